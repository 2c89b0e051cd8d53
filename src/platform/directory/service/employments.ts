/** Where people are employed over time: a main employment is followed by the next, never overlapped, and nothing is forgotten. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../db/index.ts'
import type { DirectoryTables } from '../tables.ts'
import { broke } from './organisations.ts'

export type Employing = {
  personId: string
  orgId: string
  kind?: 'main' | 'secondary'
  category?: string
  basis?: 'in_post' | 'contract'
  from: CivilDate
  until?: CivilDate | null
}

/** Employs somebody besides, again, or after a break. */
export async function employ(act: Act<DirectoryTables>, input: Employing): Promise<{ employmentId: string }> {
  await personInScope(act, input.personId)
  const orgPath = await openOrganisation(act, input.orgId, input.from)
  const until = input.until ?? null
  if (until !== null && until <= input.from) throw invalid('directory.dates_reversed')
  const id = newId()
  await sql`insert into directory.employment (person_id, id, org_id, org_path, kind, category, basis, during)
    values (${input.personId}, ${id}, ${input.orgId}, ${orgPath}::ltree, ${input.kind ?? 'main'}, ${input.category ?? '11'},
      ${input.basis ?? 'in_post'}, daterange(${input.from}, ${until}))`
    .execute(act.tx)
    .catch(overlap)
  await settle(act, sql`select ${input.personId}::uuid as id`)
  return { employmentId: id }
}

export type Transfer = { personId: string; toOrgId: string; on: CivilDate; reason: string }
export type Transferred = { personId: string; fromOrgId: string; fromPath: string; toOrgId: string; toPath: string; settled: boolean }

/**
 * Moves a person's main employment to another organisation from `on`, keeping the history. The person belongs there at once
 * when the day has come (`settled`); otherwise when `settle` runs on or after it.
 */
export async function transfer(act: Act<DirectoryTables>, input: Transfer): Promise<Transferred> {
  await personInScope(act, input.personId)
  const { rows } = await sql<{ orgId: string; orgPath: string; since: CivilDate; current: boolean }>`
    select e.org_id, e.org_path::text, lower(e.during) as since, e.during @> ${input.on}::date as current
    from directory.employment e where e.person_id = ${input.personId} and e.kind = 'main' and not e.during << daterange(${input.on}, null)
    order by e.during for update`.execute(act.tx)
  const [from, next] = rows
  if (!from?.current) throw from ? conflict('directory.employment_overlaps') : refused('directory.not_employed', { on: input.on })
  if (next) throw conflict('directory.employment_overlaps')
  if (from.orgId === input.toOrgId) throw invalid('directory.same_organisation')
  if (from.since >= input.on) throw refused('directory.transfer_too_early', { since: from.since })
  const toPath = await openOrganisation(act, input.toOrgId, input.on)
  const { personId, toOrgId, on, reason } = input
  await transferFrom(
    act,
    sql`select ${personId}::uuid as person_id, ${newId()}::uuid as employment_id, ${toOrgId}::uuid as org_id, ${on}::date as since,
      null::text as category, null::text as basis, ${reason}::text as reason`,
  )
  return { personId, fromOrgId: from.orgId, fromPath: from.orgPath, toOrgId, toPath, settled: on <= act.today }
}

/**
 * Moves many people at once. The query has the columns `person_id, employment_id, org_id, since, category, basis, reason`;
 * category and basis stay the same where null. The main employment that holds on `since` ends there.
 */
export async function transferFrom(act: Act<DirectoryTables>, source: RawBuilder<unknown>): Promise<number> {
  const left = await sql<{ personId: string; category: string; basis: string }>`update directory.employment e
    set during = daterange(lower(e.during), s.since), end_reason = s.reason
    from (${source}) s where e.person_id = s.person_id and e.kind = 'main' and e.during @> s.since and lower(e.during) < s.since
    returning e.person_id, e.category, e.basis`.execute(act.tx)
  const { numAffectedRows } = await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    select s.person_id, s.employment_id, o.id, o.path, coalesce(s.category, l.category), coalesce(s.basis, l.basis), daterange(s.since, null)
    from (${source}) s join directory.organisation o on o.id = s.org_id
    join jsonb_to_recordset(${JSON.stringify(left.rows)}::jsonb) as l("personId" uuid, category text, basis text) on l."personId" = s.person_id`
    .execute(act.tx)
    .catch(overlap)
  await settle(act, sql`select s.person_id as id from (${source}) s`)
  return Number(numAffectedRows ?? 0)
}

/** Ends the main employment from `on`. The person stays with the organisation's records until employed elsewhere. */
export async function endEmployment(act: Act<DirectoryTables>, input: { personId: string; on: CivilDate; reason: string }): Promise<{ orgId: string; orgPath: string }> {
  await personInScope(act, input.personId)
  const { rows } = await sql<{ orgId: string; orgPath: string }>`update directory.employment e
    set during = daterange(lower(e.during), ${input.on}), end_reason = ${input.reason}
    where e.person_id = ${input.personId} and e.kind = 'main' and e.during @> ${input.on}::date and lower(e.during) < ${input.on}::date
    returning e.org_id, e.org_path::text`.execute(act.tx)
  if (!rows[0]) throw refused('directory.not_employed', { on: input.on })
  return rows[0]
}

/**
 * Lets people belong where their main employment of today is: the people of a query with the column `id`, or all in scope.
 * Returns whom it moved and where to, so that whoever keeps accounts can follow.
 */
export async function settle(act: Act<DirectoryTables>, people?: RawBuilder<unknown>): Promise<{ id: string; orgId: string; orgPath: string }[]> {
  const { rows } = await sql<{ id: string; orgId: string; orgPath: string }>`update directory.person p set org_id = e.org_id, org_path = e.org_path
    from directory.employment e
    where e.person_id = p.id and e.kind = 'main' and e.during @> (select db.today()) and p.org_id <> e.org_id
      ${people ? sql`and p.id in (${people})` : sql``}
    returning p.id, p.org_id, p.org_path::text`.execute(act.tx)
  return rows
}

async function personInScope(act: Act<DirectoryTables>, id: string): Promise<void> {
  const { rows } = await sql`select p.id from directory.person p where p.id = ${id} for update`.execute(act.tx)
  if (rows.length === 0) throw notFound('person')
}

/** The path of an organisation in scope that is open on that day. */
async function openOrganisation(act: Act<DirectoryTables>, id: string, on: CivilDate): Promise<string> {
  const { rows } = await sql<{ path: string; open: boolean }>`select o.path::text, o.during @> ${on}::date as open
    from directory.organisation o where o.id = ${id} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  if (!rows[0].open) throw refused('directory.not_open', { on })
  return rows[0].path
}

const overlap = (error: unknown): never => {
  throw broke(error, /one_main_employment/) ? conflict('directory.employment_overlaps') : error
}
