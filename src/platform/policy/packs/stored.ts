/** A version as it was loaded, as a pack again: for comparing it with another and for running its cases. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { ParameterDeclaration } from '../pack-schema.ts'
import type { Case, SetDeclaration } from '../rules/requirements/declared.ts'
import { overlaid } from './overlaid.ts'
import type { Pack } from './pack.ts'

type Row = {
  authority: string
  name: Pack['name']
  extends: string | null
  parameters: ParameterDeclaration[] | null
  requirements: SetDeclaration[] | null
  cases: Case[] | null
}

/** @throws Refusal `not_found` where no such version was loaded */
export async function storedPack<T>(act: Act<T>, version: string): Promise<Pack> {
  const { rows } = await sql<Row>`select v.authority, v.name, v.extends,
      (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', p.id, 'title', p.title, 'unit', p.unit, 'below', nullif(p.below, 'free'),
          'permission', p.permission)) || jsonb_build_object('values', (
            select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('from', lower(w.during), 'clause', w.clause, 'confidence', w.confidence,
              'note', w.note, 'review', w.review_on)) || jsonb_build_object('value', w.value) order by w.during)
            from policy.parameter_value w where w.version_id = p.version_id and w.parameter_id = p.id)) order by p.id)
        from policy.parameter p where p.version_id = v.id) as parameters,
      (select jsonb_agg(r.declared order by r.id) from policy.requirement r where r.version_id = v.id) as requirements,
      (select jsonb_agg(c.declared order by c.nth) from policy.pack_case c where c.version_id = v.id) as cases
    from policy.pack_version v where v.id = ${version}`.execute(act.tx)
  const [found] = rows
  if (!found) throw notFound('pack_version')
  const { parameters, requirements, cases, ...head } = found
  return { ...head, version, parameters: parameters ?? [], requirements: requirements ?? [], cases: cases ?? [] }
}

/**
 * What holds where this version does: an adopted one over its file, a file as it is.
 * @param other the version that it is compared with: its file, where that is one of the same authority; the file in force otherwise
 * @throws Refusal `not_found` where no such version was loaded
 */
export async function heldPack<T>(act: Act<T>, version: string, other?: string): Promise<Pack> {
  const pack = await storedPack(act, version)
  const { rows } = await sql<{ file: string }>`select f.id as file
    from policy.pack_version v join policy.pack_version f on f.authority = v.authority and f.origin = 'file'
    left join policy.pack p on p.version_id = f.id
    where v.id = ${version} and v.origin = 'adopted' and (f.id = ${other ?? null} or p.version_id is not null)
    order by (f.id = ${other ?? null}) desc nulls last limit 1`.execute(act.tx)
  return rows[0] ? overlaid(await storedPack(act, rows[0].file), pack) : pack
}
