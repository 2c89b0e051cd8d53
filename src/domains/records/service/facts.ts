/** Dated facts about a teacher: what holds from a day on. What held before stays on record up to that day. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'

type Held = { orgId: string; orgPath: string }

async function inScope<T>(act: Act<T>, personId: string): Promise<Held> {
  const { rows } = await sql<Held>`select p.org_id, p.org_path::text from directory.person p where p.id = ${personId} and p.org_path <@ any (db.scope()) for update`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  return rows[0]
}

/** Every code must be in its table. */
export async function assertCodes<T>(act: Act<T>, table: string, codes: string[]): Promise<void> {
  const { rows } = await sql<{ code: string }>`select x.code from unnest(${codes}::text[]) as x(code) where not exists (select from records.code c where c."table" = ${table} and c.code = x.code)`.execute(act.tx)
  if (rows[0]) throw invalid('records.unknown_code', { table, code: rows[0].code })
}

/** Ends what holds on the day in a table, save the rows that go on; what would have begun later is taken off. */
async function endOthers<T>(act: Act<T>, table: string, personId: string, from: string, goesOn: ReturnType<typeof sql<boolean>>): Promise<void> {
  await sql`delete from ${sql.raw(`records.${table}`)} f where f.person_id = ${personId} and lower(f.during) >= ${from}::date and not ${goesOn}`.execute(act.tx)
  await sql`update ${sql.raw(`records.${table}`)} f set during = daterange(lower(f.during), ${from}) where f.person_id = ${personId} and f.during @> ${from}::date and not ${goesOn}`.execute(act.tx)
}

export async function setTeaching<T>(act: Act<T>, input: { personId: string; from: string; teaching: { stage: string; subject: string }[] }): Promise<void> {
  const { orgPath } = await inScope(act, input.personId)
  await assertCodes(act, 'RKXD', input.teaching.map(({ stage }) => stage))
  await assertCodes(act, 'ZXXKC', input.teaching.map(({ subject }) => subject))
  const pairs = input.teaching.map(({ stage, subject }) => `${stage}/${subject}`)
  await endOthers(act, 'teaching', input.personId, input.from, sql<boolean>`(f.stage || '/' || f.subject = any(${pairs}::text[]))`)
  const rows = input.teaching.map((pair) => ({ id: newId(), ...pair }))
  await sql`insert into records.teaching (person_id, id, stage, subject, during) select ${input.personId}, r.id, r.stage, r.subject, daterange(${input.from}, null)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, stage text, subject text)
    where not exists (select from records.teaching t where t.person_id = ${input.personId} and t.stage = r.stage and t.subject = r.subject and t.during && daterange(${input.from}, null))`.execute(act.tx)
  await record(act, { action: 'records.teaching_set', subject: { kind: 'person', id: input.personId }, about: input.personId, orgPath, after: { from: input.from, teaching: pairs } })
}

export async function setTitle<T>(act: Act<T>, input: { personId: string; from: string; title: string }): Promise<void> {
  const { orgPath } = await inScope(act, input.personId)
  await assertCodes(act, 'TITLE', [input.title])
  await endOthers(act, 'title', input.personId, input.from, sql<boolean>`(f.level = ${input.title})`)
  await sql`insert into records.title (person_id, id, level, during) select ${input.personId}, ${newId()}, ${input.title}, daterange(${input.from}, null)
    where not exists (select from records.title t where t.person_id = ${input.personId} and t.level = ${input.title} and t.during && daterange(${input.from}, null))`.execute(act.tx)
  await record(act, { action: 'records.title_set', subject: { kind: 'person', id: input.personId }, about: input.personId, orgPath, after: { from: input.from, title: input.title } })
}

export async function setPosts<T>(act: Act<T>, input: { personId: string; from: string; posts: string[] }): Promise<void> {
  const { orgId, orgPath } = await inScope(act, input.personId)
  await assertCodes(act, 'POST', input.posts)
  await endOthers(act, 'post', input.personId, input.from, sql<boolean>`(f.code = any(${input.posts}::text[]) and f.org_id = ${orgId})`)
  const rows = input.posts.map((code) => ({ id: newId(), code }))
  await sql`insert into records.post (person_id, id, code, org_id, org_path, during) select ${input.personId}, r.id, r.code, ${orgId}, ${orgPath}::ltree, daterange(${input.from}, null)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text)
    where not exists (select from records.post t where t.person_id = ${input.personId} and t.code = r.code and t.org_id = ${orgId} and t.during && daterange(${input.from}, null))`.execute(act.tx)
  await record(act, { action: 'records.posts_set', subject: { kind: 'person', id: input.personId }, about: input.personId, orgPath, after: { from: input.from, posts: input.posts } })
}

/** Since when somebody has worked as a teacher. */
export async function setService<T>(act: Act<T>, personId: string, workSince: string | null): Promise<void> {
  if (workSince === null) return
  await sql`insert into records.service (person_id, id, work_since, teaching_since) values (${personId}, ${newId()}, ${workSince}, ${workSince})
    on conflict (person_id) do update set work_since = excluded.work_since, teaching_since = greatest(records.service.teaching_since, excluded.work_since)`.execute(act.tx)
}
