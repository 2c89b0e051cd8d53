/** Moves entered for a day to come: who is expected, taking a move back, and its coming into force on the day. */
import { sql } from 'kysely'
import { notFound } from '../../base/errors.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'

export type Settled = { personId: string; orgId: string; orgPath: string; on: string }

/** Brings into force what has come due by today, in one statement. The employments say so already; now the person belongs there. */
export async function settleMoves<T>(act: Act<T>): Promise<Settled[]> {
  const { rows } = await sql<Settled & { fromOrgId: string }>`with due as (
      select p.id, p.org_id, p.moves_on from directory.person p where p.moves_on <= db.today() order by p.id for update
    ), there as (
      select d.id, d.org_id as from_org, d.moves_on, e.org_id, e.org_path from due d
      join directory.employment e on e.person_id = d.id and e.kind = 'main' and lower(e.during) = d.moves_on
    ) update directory.person p set org_id = t.org_id, org_path = t.org_path, moves_on = null from there t where p.id = t.id
    returning p.id as person_id, p.org_id, p.org_path::text, t.from_org as from_org_id, t.moves_on as "on"`.execute(
    act.tx,
  )
  await record(
    act,
    ...rows.map(({ personId, orgId, orgPath, fromOrgId, on }) => ({
      action: 'directory.person_moved',
      subject: { kind: 'person', id: personId },
      about: personId,
      orgPath,
      before: { orgId: fromOrgId },
      after: { orgId, on },
    })),
  )
  return rows.map(({ personId, orgId, orgPath, on }) => ({ personId, orgId, orgPath, on }))
}

/** Takes back a move whose day has not come; the employment that was to end goes on. */
export async function withdrawMove<T>(act: Act<T>, personId: string): Promise<void> {
  const { rows } = await sql<{ orgPath: string; on: string }>`update directory.person p set moves_on = null
    from (select q.id, q.moves_on from directory.person q where q.id = ${personId} and q.moves_on > db.today() and q.org_path <@ any (db.scope()) for update) was
    where p.id = was.id returning p.org_path::text, was.moves_on as "on"`.execute(act.tx)
  const entered = rows[0]
  if (!entered) throw notFound('move')
  const { rows: back } = await sql<{ orgId: string }>`delete from directory.employment e
    where e.person_id = ${personId} and e.kind = 'main' and lower(e.during) = ${entered.on}::date returning e.org_id`.execute(
    act.tx,
  )
  await sql`update directory.employment e set during = daterange(lower(e.during), null), end_reason = null
    where e.person_id = ${personId} and e.kind = 'main' and upper(e.during) = ${entered.on}::date`.execute(act.tx)
  await record(act, {
    action: 'directory.move_withdrawn',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath: entered.orgPath,
    before: { orgId: back[0]?.orgId ?? null, on: entered.on },
  })
}

export type Arrival = {
  personId: string
  number: string
  name: string
  orgId: string
  orgName: string
  fromName: string
  movesOn: string
}

/** Who is expected at organisations in scope, the nearest day first. */
export async function arrivalsInSight<T>(act: Act<T>): Promise<Arrival[]> {
  const { rows } = await sql<Arrival>`select a.* from directory.arrivals() a`.execute(act.tx)
  return rows
}
