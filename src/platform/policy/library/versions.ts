/** Versions of packs: those there have been, what two say otherwise, and values in force whose day of review has come. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import type { DueForReview, PacksCompared, PackVersionRow } from '../contract.ts'
import { diffPacks } from '../packs/diff.ts'
import { heldPack } from '../packs/stored.ts'

/** Values in force on the day, none that an adopted one stands over, that were to be looked at again on or before it; the longest overdue first. */
export async function dueForReview<T>(
  act: Act<T>,
  { asOf = act.today }: { asOf?: CivilDate | undefined },
): Promise<DueForReview[]> {
  const { rows } = await sql<DueForReview>`select q.id, q.title, q.unit, p.authority, v.name as authority_name,
      w.value, lower(w.during) as "from", w.review_on as review, w.clause, w.confidence
    from policy.pack p join policy.pack_version v on v.id = p.version_id
    join policy.parameter_value w on w.version_id = v.id join policy.parameter q on q.version_id = v.id and q.id = w.parameter_id
    where w.during @> ${asOf}::date and w.review_on <= ${asOf}::date
      and not (p.origin = 'file' and exists (select from policy.pack a
        join policy.parameter_value over on over.version_id = a.version_id and over.parameter_id = w.parameter_id
        where a.authority = p.authority and a.origin = 'adopted' and over.during @> ${asOf}::date))
    order by w.review_on, q.id, p.authority`.execute(act.tx)
  return rows
}

export async function packVersions<T>(act: Act<T>): Promise<PackVersionRow[]> {
  const { rows } =
    await sql<PackVersionRow>`select v.id, v.authority, v.name, v.origin = 'adopted' as adopted, v.loaded_at,
      exists (select from policy.pack p where p.version_id = v.id) as in_force
    from policy.pack_version v order by v.authority, v.loaded_at desc, v.id`.execute(act.tx)
  return rows
}

/** What holds under each of them: what was adopted is taken together with its file. @throws Refusal `not_found` where a version was never loaded */
export async function comparePacks<T>(
  act: Act<T>,
  { before, after }: { before: string; after: string },
): Promise<PacksCompared> {
  return diffPacks(await heldPack(act, before, after), await heldPack(act, after, before)) as PacksCompared
}
