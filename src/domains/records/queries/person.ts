/** One teacher with everything that is on record, now and before. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { type PersonRow, rowOf } from './people.ts'

type Dated = { from: string | null; until: string | null }
type Fact = Dated & { id: string; code: string; name: string | null }
export type Person = PersonRow & {
  /** Raised by every change of who somebody is. */
  version: number
  sex: string
  birthDate: string | null
  idType: string
  idMasked: string | null
  /** Whether the number itself is kept, not only its mask. */
  idKept: boolean
  workSince: string | null
  teachingSince: string | null
  qualifiedOn: string | null
  employments: (Dated & {
    id: string
    orgId: string
    orgName: string
    category: string
    basis: string
    kind: string
    endReason: string | null
  })[]
  teachings: (Dated & { id: string; stage: string; subject: string })[]
  titles: Fact[]
  postHistory: (Fact & { orgName: string })[]
  honours: (Fact & { level: string; awardedOn: string | null })[]
  educations: {
    id: string
    level: string
    degree: string | null
    institution: string | null
    major: string | null
    graduatedOn: string | null
  }[]
  login: string | null
  accountActive: boolean | null
  movesOn: string | null
  movesTo: string | null
}

const span = (column: string) => sql.raw(`'from', lower(${column}), 'until', upper(${column})`)
const newestFirst = (column: string) => sql.raw(`order by lower(${column}) desc nulls last`)

export async function personOf<T>(act: Act<T>, personId: string): Promise<Person> {
  const { rows } = await sql<
    Omit<Person, keyof PersonRow>
  >`select p.version, p.sex, p.birth_date, p.id_type, p.id_masked, p.id_cipher is not null as id_kept,
      s.work_since, s.teaching_since, s.qualified_on,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'orgId', e.org_id, 'orgName', g.short_name, 'category', e.category, 'basis', e.basis, 'kind', e.kind,
        'endReason', e.end_reason, ${span('e.during')}) ${newestFirst('e.during')}) from directory.employment e join directory.organisation g on g.id = e.org_id where e.person_id = p.id), '[]') as employments,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'stage', t.stage, 'subject', t.subject, ${span('t.during')}) ${newestFirst('t.during')}) from records.teaching t where t.person_id = p.id), '[]') as teachings,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'code', t.level, 'name', null, ${span('t.during')}) ${newestFirst('t.during')}) from records.title t where t.person_id = p.id), '[]') as titles,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code, 'name', null, 'orgName', g.short_name, ${span('t.during')}) ${newestFirst('t.during')})
        from records.post t join directory.organisation g on g.id = t.org_id where t.person_id = p.id), '[]') as post_history,
      coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'code', h.code, 'name', h.name, 'level', h.level, 'awardedOn', h.awarded_on, ${span('h.during')}) ${newestFirst('h.during')})
        from records.honour h where h.person_id = p.id), '[]') as honours,
      coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'level', g.level, 'degree', g.degree, 'institution', g.institution, 'major', g.major,
        'graduatedOn', g.graduated_on) order by g.graduated_on desc nulls last) from records.education g where g.person_id = p.id), '[]') as educations,
      a.login, case when a.id is not null then a.password_hash is not null and a.disabled_at is null end as account_active, p.moves_on,
      (select g.short_name from directory.employment e join directory.organisation g on g.id = e.org_id
        where e.person_id = p.id and e.kind = 'main' and lower(e.during) = p.moves_on) as moves_to
    from directory.person p left join access.account a on a.person_id = p.id
    left join records.service s on s.person_id = p.id where p.id = ${personId}`.execute(act.tx)
  const record = rows[0]
  if (!record) throw notFound('person')
  const now = await rowOf(act, personId)
  if (!now) throw notFound('person')
  return { ...now, ...record }
}

export type CodeRow = { table: string; code: string; zh: string; en: string | null; local: boolean }

/** Code tables by name, all of them where none is named, in their own order. */
export async function codeTables<T>(act: Act<T>, tables: string | undefined): Promise<CodeRow[]> {
  const { rows } = await sql<CodeRow>`select c."table", c.code, c.zh, c.en, c.local from records.code c
    where (${tables ?? null}::text is null or c."table" = any(string_to_array(${tables ?? ''}, ','))) and (c."to" is null or c."to" > (select db.today())) order by c."table", c.position`.execute(
    act.tx,
  )
  return rows
}
