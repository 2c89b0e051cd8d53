/** Taking a school over into the next school year: what everybody teaches goes on or ends, posts of the year are confirmed or end. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'

/** School years begin on 1 September (义务教育法实施细则; 各省校历). */
const FIRST_DAY = '09-01'
/** Posts that are given for a year: shown for confirmation. */
const OF_THE_YEAR = ['class_teacher', 'grade_leader', 'research_group_leader']

export const yearOf = (today: string): number => Number(today.slice(0, 4)) - (today.slice(5) < '06-01' ? 1 : 0)

export type YearRow = {
  personId: string
  number: string
  name: string
  teaching: { stage: string; subject: string; from: string | null }[]
  posts: { code: string; from: string | null }[]
  leaves: string | null
}
export type YearView = {
  orgId: string
  orgName: string
  year: number
  from: string
  doneAt: string | null
  rows: YearRow[]
}

async function schoolOf<T>(act: Act<T>, orgId: string): Promise<{ path: string; name: string }> {
  const { rows } = await sql<{
    path: string
    name: string
  }>`select o.path::text, o.short_name as name from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope()) and o.kind in ('school', 'institution')`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  return rows[0]
}

/** Everybody who works there, with what goes on unless it is ended. */
export async function yearView<T>(
  act: Act<T>,
  { orgId, year = yearOf(act.today) }: { orgId: string; year?: number | undefined },
): Promise<YearView> {
  const { name } = await schoolOf(act, orgId)
  const from = `${year}-${FIRST_DAY}`
  const { rows } = await sql<YearRow>`select p.id as person_id, p.number, p.name, upper(e.during)::text as leaves,
      coalesce((select jsonb_agg(jsonb_build_object('stage', t.stage, 'subject', t.subject, 'from', lower(t.during)) order by t.stage, t.subject) from records.teaching t
        where t.person_id = p.id and (upper_inf(t.during) or upper(t.during) > ${from}::date)), '[]') as teaching,
      coalesce((select jsonb_agg(jsonb_build_object('code', t.code, 'from', lower(t.during)) order by t.code) from records.post t
        where t.person_id = p.id and t.org_id = ${orgId} and t.code = any(${OF_THE_YEAR}::text[]) and lower(t.during) < ${from}::date and (upper_inf(t.during) or upper(t.during) > ${from}::date)), '[]') as posts
    from directory.employment e join directory.person p on p.id = e.person_id
    where e.org_id = ${orgId} and e.kind = 'main' and e.during @> db.today() order by p.name collate "zh-x-icu", p.id`.execute(
    act.tx,
  )
  const { rows: done } = await sql<{
    doneAt: string
  }>`select r.done_at from records.year_roll r where r.org_id = ${orgId} and r.year = ${year}`.execute(act.tx)
  return { orgId, orgName: name, year, from, doneAt: done[0]?.doneAt ?? null, rows }
}

export type Roll = {
  orgId: string
  year: number
  teachingEnds: string[]
  postsEnd: { personId: string; code: string }[]
}

/** Ends what is named on the first day of the school year; everything else goes on. Again for the same year it ends more, and nothing twice. */
export async function rollYear<T>(
  act: Act<T>,
  { orgId, year, teachingEnds, postsEnd }: Roll,
): Promise<{ people: number; teachingEnded: number; postsEnded: number }> {
  const { path } = await schoolOf(act, orgId)
  if (Math.abs(year - yearOf(act.today)) > 1) throw invalid('records.year_far', { year: yearOf(act.today) })
  const from = `${year}-${FIRST_DAY}`
  const { rows: staff } = await sql<{ personId: string }>`select e.person_id from directory.employment e
    where e.org_id = ${orgId} and e.kind = 'main' and e.during @> db.today()`.execute(act.tx)
  const here = new Set(staff.map(({ personId }) => personId))
  if ([...teachingEnds, ...postsEnd.map(({ personId }) => personId)].some((id) => !here.has(id)))
    throw notFound('person')
  await sql`delete from records.teaching t where t.person_id = any(${teachingEnds}::uuid[]) and lower(t.during) >= ${from}::date`.execute(
    act.tx,
  )
  const { numAffectedRows: teaching } =
    await sql`update records.teaching t set during = daterange(lower(t.during), ${from})
    where t.person_id = any(${teachingEnds}::uuid[]) and t.during @> ${from}::date`.execute(act.tx)
  const { numAffectedRows: posts } = await sql`update records.post t set during = daterange(lower(t.during), ${from})
    from jsonb_to_recordset(${JSON.stringify(postsEnd.map(({ personId, code }) => ({ person_id: personId, code })))}::jsonb) as x(person_id uuid, code text)
    where t.person_id = x.person_id and t.code = x.code and t.org_id = ${orgId} and lower(t.during) < ${from}::date and (upper_inf(t.during) or upper(t.during) > ${from}::date)`.execute(
    act.tx,
  )
  const outcome = { people: here.size, teachingEnded: Number(teaching ?? 0), postsEnded: Number(posts ?? 0) }
  await sql`insert into records.year_roll as r (org_id, year, org_path, people, teaching_ended, posts_ended, done_by, done_at)
    values (${orgId}, ${year}, ${path}::ltree, ${outcome.people}, ${outcome.teachingEnded}, ${outcome.postsEnded}, ${act.actor.account}, db.now())
    on conflict (org_id, year) do update set people = excluded.people, teaching_ended = r.teaching_ended + excluded.teaching_ended,
      posts_ended = r.posts_ended + excluded.posts_ended, done_by = excluded.done_by, done_at = excluded.done_at`.execute(
    act.tx,
  )
  await sql`delete from records.finding f where f.rule = 'teaching.unconfirmed' and f.person_id = any(${[...here]}::uuid[])`.execute(
    act.tx,
  )
  await record(act, {
    action: 'records.year_rolled',
    subject: { kind: 'organisation', id: orgId },
    orgPath: path,
    after: { year, ...outcome, ended: teachingEnds },
  })
  return outcome
}

export type YearSchool = {
  orgId: string
  name: string
  people: number
  doneAt: string | null
  teachingEnded: number | null
  postsEnded: number | null
}

/** Which schools have done it. */
export async function yearSchools<T>(
  act: Act<T>,
  year = yearOf(act.today),
): Promise<{ year: number; rows: YearSchool[] }> {
  const { rows } =
    await sql<YearSchool>`select o.id as org_id, o.short_name as name, r.done_at, r.teaching_ended, r.posts_ended, coalesce(n.people, 0)::int as people
    from directory.organisation o left join records.year_roll r on r.org_id = o.id and r.year = ${year}
    left join (select s.org_id, count(*) as people from directory.seen() s group by 1) n on n.org_id = o.id
    where o.kind = 'school' and o.path <@ any ((select db.scope())::ltree[]) and o.during @> db.today() and n.people > 0
    order by r.done_at is not null, o.path limit 2000`.execute(act.tx)
  return { year, rows }
}
