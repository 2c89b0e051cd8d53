/** The yearly audit: the school confirms, the district checks a sample, the year is locked with a sealed total. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { notify } from '../../../platform/inbox/index.ts'
import { seal } from '../../../platform/ledger/index.ts'
import { decideAll, type FactBook } from '../../../platform/policy/index.ts'
import { countsOf, openObjectionsOf, placed } from '../queries/audits.ts'
import { CYCLE, endOf, PACE } from '../queries/standing.ts'
import { creditYearOf, cycleOf } from '../rules/credits.ts'
import type { TrainingTables } from '../tables.ts'
import { type Figures, figuresOfOrg } from './figures.ts'

type TrainingAct = Act<TrainingTables>
type SchoolsYear = { orgIds: string[]; year: number }

/** Paths of the schools by id. @throws Refusal `not_found` where one lies outside the scope */
async function pathsInScope(act: TrainingAct, orgIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; path: string }>`select o.id, o.path::text from directory.organisation o
    where o.id = any(${orgIds}::uuid[]) and o.path <@ any (db.scope()) order by o.path`.execute(act.tx)
  const found = new Map(rows.map(({ id, path }) => [id, path]))
  if (!orgIds.every((id) => found.has(id))) throw notFound('organisation')
  return found
}

/** Where the audit of each school stands; those that confirmed nothing are absent. */
async function statesOf(act: TrainingAct, { orgIds, year }: SchoolsYear): Promise<Map<string, string>> {
  const { rows } = await sql<{ orgId: string; state: string }>`select a.org_id, a.state from training.audit a
    where a.org_id = any(${orgIds}::uuid[]) and a.year = ${year} order by a.org_id for update`.execute(act.tx)
  return new Map(rows.map(({ orgId, state }) => [orgId, state]))
}

const aboutSchool = (action: string, orgId: string, orgPath: string | undefined, after: Record<string, unknown>) => ({
  action,
  subject: { kind: 'organisation', id: orgId },
  ...(orgPath ? { orgPath } : {}),
  after,
})

/**
 * Schools confirm that their credits of the year are right and whole. Confirming again changes nothing.
 * @throws Refusal `training.year_not_begun` for a credit year that lies ahead
 */
export async function confirmCredits(act: TrainingAct, { orgIds, year }: SchoolsYear): Promise<number> {
  const paths = await pathsInScope(act, orgIds)
  const { yearStart } = await figuresOfOrg(act, orgIds[0], year)
  if (year > creditYearOf(act.today, yearStart)) throw refused('training.year_not_begun', { year })
  const { rows } = await sql<{ orgId: string }>`
    insert into training.audit (org_id, org_path, year, state, confirmed_by, confirmed_at)
    select o.id, o.path, ${year}, 'confirmed', db.account(), db.now() from directory.organisation o where o.id = any(${orgIds}::uuid[])
    on conflict do nothing returning org_id`.execute(act.tx)
  await record(
    act,
    ...rows.map(({ orgId }) => aboutSchool('training.credits_confirmed', orgId, paths.get(orgId), { year })),
  )
  return rows.length
}

/**
 * Draws the samples of schools by the share that holds for each, at least one person: by the order of a hash over year and person,
 * which nobody can choose and everybody can repeat. People named by hand come on top. Drawing again adds nobody twice. Returns how
 * many people were drawn.
 */
export async function drawSamples(
  act: TrainingAct,
  input: SchoolsYear & { personIds: string[] },
  shares: ReadonlyMap<string, string>,
): Promise<number> {
  const { year } = input
  const paths = await pathsInScope(act, input.orgIds)
  const states = await statesOf(act, input)
  if (!input.orgIds.every((id) => states.has(id))) throw refused('training.not_confirmed')
  if ([...states.values()].some((state) => state !== 'confirmed')) throw conflict('training.check_finished')
  const asked = input.orgIds.map((id) => ({ org_id: id, share: shares.get(id) }))
  const { rows } = await sql<{ orgId: string; people: number }>`
    with people as (
      select p.id, p.org_id, r.share, row_number() over (partition by p.org_id order by md5(${String(year)} || p.id::text)) as place,
        count(*) over (partition by p.org_id) as heads
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as r(org_id uuid, share numeric) join directory.person p on p.org_id = r.org_id
      where exists (select from ledger.entry e where e.person_id = p.id and e.credit_year = ${year})
    ), drawn as (
      insert into training.audit_sample (person_id, year, org_id, drawn)
      select x.id, ${year}, x.org_id, case when x.place <= ceil(x.heads * x.share) then 'rule' else 'hand' end from people x
      where x.place <= ceil(x.heads * x.share) or x.id = any(${input.personIds}::uuid[])
      on conflict do nothing returning org_id
    )
    select d.org_id, count(*)::int as people from drawn d group by d.org_id`.execute(act.tx)
  await record(
    act,
    ...rows.map(({ orgId, people }) =>
      aboutSchool('training.sample_drawn', orgId, paths.get(orgId), { year, share: shares.get(orgId), people }),
    ),
  )
  return rows.reduce((sum, { people }) => sum + people, 0)
}

/** Records what the check of sampled people found. Nobody checks their own credits. */
export async function checkSample(
  act: TrainingAct,
  input: { year: number; personIds: string[]; result: 'sound' | 'fault'; note: string },
): Promise<number> {
  if (act.actor.person && input.personIds.includes(act.actor.person)) throw refused('training.not_oneself')
  if (input.result === 'fault' && input.note.trim() === '') throw refused('training.reason_needed')
  const { rows } = await sql<{
    personId: string
  }>`update training.audit_sample a set result = ${input.result}, note = ${input.note}, checked_by = db.account(), checked_at = db.now()
    where a.year = ${input.year} and a.person_id = any(${input.personIds}::uuid[])
      and exists (select from training.audit u where u.org_id = a.org_id and u.year = a.year and u.state = 'confirmed')
    returning a.person_id`.execute(act.tx)
  if (rows.length === 0) throw notFound('sample')
  await record(
    act,
    ...rows.map(({ personId }) => ({
      action: 'training.credits_checked',
      subject: { kind: 'person', id: personId },
      about: personId,
      after: { year: input.year, result: input.result },
    })),
  )
  return rows.length
}

/**
 * Finishes the check of schools: a sample was drawn where there is anything to check, and everybody in it was checked. One that is
 * not ready refuses all. Returns how many were finished now.
 */
export async function finishChecks(act: TrainingAct, input: SchoolsYear): Promise<number> {
  const { year } = input
  const paths = await pathsInScope(act, input.orgIds)
  const states = await statesOf(act, input)
  if (!input.orgIds.every((id) => states.has(id))) throw refused('training.not_confirmed')
  const open = [...states].flatMap(([orgId, state]) => (state === 'confirmed' ? [orgId] : []))
  const { rows } = await sql<{ drawn: number; open: number; any: boolean }>`
    select count(a.person_id)::int as drawn, (count(a.person_id) filter (where a.result is null))::int as open,
      exists (select from ledger.entry e join directory.person p on p.id = e.person_id where p.org_id = o.id and e.credit_year = ${year}) as any
    from unnest(${open}::uuid[]) o (id) left join training.audit_sample a on a.org_id = o.id and a.year = ${year} group by o.id`.execute(
    act.tx,
  )
  if (rows.some(({ any, drawn }) => any && drawn === 0)) throw refused('training.no_sample')
  const unchecked = rows.reduce((sum, row) => sum + row.open, 0)
  if (unchecked > 0) throw refused('training.sample_unchecked', { open: unchecked })
  await sql`update training.audit set state = 'checked', checked_by = db.account(), checked_at = db.now()
    where org_id = any(${open}::uuid[]) and year = ${year}`.execute(act.tx)
  await record(act, ...open.map((orgId) => aboutSchool('training.check_finished', orgId, paths.get(orgId), { year })))
  return open.length
}

/** Locks every checked school in scope: totals and a seal over all entries. Open objections must be answered first. */
export async function lockYear(act: TrainingAct, book: FactBook, year: number): Promise<number> {
  const { rows } = await sql<{ orgId: string; objections: number }>`
    select a.org_id, coalesce(b.open, 0) as objections
    from training.audit a left join (${openObjectionsOf(year)}) b on b.org_id = a.org_id where a.year = ${year} and a.state = 'checked' and a.org_path <@ any (db.scope()) order by a.org_id for update of a`.execute(
    act.tx,
  )
  const open = rows.reduce((sum, { objections }) => sum + objections, 0)
  if (open > 0) throw refused('training.objections_open', { open })
  const orgIds = rows.map(({ orgId }) => orgId)
  if (orgIds.length === 0) return 0
  await seal(act, orgIds, year)
  const figures = await figuresOfOrg(act, undefined, year)
  // What is sealed is kept as it was: people come and go afterwards, and counter-entries do not change a seal.
  await sql`
    with people as materialized (${await countsOf(act, book, year, figures)})
    update training.audit a set state = 'locked', locked_at = db.now(), teachers = coalesce(n.teachers, 0), compliant = coalesce(n.compliant, 0),
      entries = l.entries, credits = l.credits
    from ledger.lock l left join people n on n.org_id = l.org_id
    where a.year = ${year} and a.org_id = any(${orgIds}::uuid[]) and l.org_id = a.org_id and l.credit_year = a.year`.execute(
    act.tx,
  )
  await notify(
    act,
    orgIds.map((orgId) => ({
      role: 'clerk',
      orgId,
      kind: 'message' as const,
      code: 'training.message.locked',
      data: { year },
      link: '/credits',
      key: `locked:${year}`,
    })),
  )
  await decideOn(act, book, orgIds, year, figures)
  await record(act, { action: 'training.year_locked', after: { year, schools: orgIds.length } })
  return orgIds.length
}

/** With the lock it is decided of everybody of these schools whether their credits are on pace, and in the last year whether the cycle is complete. */
async function decideOn(act: TrainingAct, book: FactBook, orgIds: string[], year: number, figures: Figures) {
  const people = sql`select l.person_id from ${placed(year, figures)} l where l.org_id = any(${orgIds}::uuid[])`
  const deciding = {
    asOf: endOf(year),
    purpose: `${year}年度学分审核`,
    belongsTo: { kind: 'credit_year', id: String(year) },
  }
  for (const set of year === cycleOf(year, figures.cycle).to ? [PACE, CYCLE] : [PACE]) {
    try {
      await decideAll(act, book, { ...deciding, set }, { people, below: null })
    } catch (error) {
      // Not every authority prescribes a pace.
      if ((error as { code?: string }).code !== 'policy.set_absent') throw error
    }
  }
}
