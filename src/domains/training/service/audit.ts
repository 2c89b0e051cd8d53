/** The yearly audit: the school confirms, the district checks a sample, the year is locked with a sealed total. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { notify } from '../../../platform/inbox/index.ts'
import { seal } from '../../../platform/ledger/index.ts'
import type { TrainingTables } from '../tables.ts'
import { pathInScope } from './plan.ts'

type TrainingAct = Act<TrainingTables>
type SchoolYear = { orgId: string; year: number }

const stateOf = async (act: TrainingAct, { orgId, year }: SchoolYear): Promise<string | null> => {
  const { rows } = await sql<{
    state: string
  }>`select a.state from training.audit a where a.org_id = ${orgId} and a.year = ${year} for update`.execute(act.tx)
  return rows[0]?.state ?? null
}

/** The school confirms that its credits of the year are right and whole. Confirming again changes nothing. */
export async function confirmCredits(act: TrainingAct, input: SchoolYear): Promise<void> {
  const orgPath = await pathInScope(act, input.orgId)
  const { rows } = await sql<{
    orgId: string
  }>`insert into training.audit (org_id, org_path, year, state, confirmed_by, confirmed_at)
    values (${input.orgId}, ${orgPath}::ltree, ${input.year}, 'confirmed', db.account(), db.now()) on conflict do nothing returning org_id`.execute(
    act.tx,
  )
  if (rows[0])
    await record(act, {
      action: 'training.credits_confirmed',
      subject: { kind: 'organisation', id: input.orgId },
      orgPath,
      after: { year: input.year },
    })
}

/**
 * Draws the sample of a school by the pack's share, at least one person: by the order of a hash over year and person, which nobody
 * can choose and everybody can repeat. People named by hand come on top. Drawing again adds nobody twice.
 */
export async function drawSample(
  act: TrainingAct,
  input: SchoolYear & { personIds: string[] },
  share: string,
): Promise<number> {
  const orgPath = await pathInScope(act, input.orgId)
  const state = await stateOf(act, input)
  if (state === null) throw refused('training.not_confirmed')
  if (state !== 'confirmed') throw conflict('training.check_finished')
  const { rows } = await sql<{ personId: string }>`
    with people as (
      select p.id, row_number() over (order by md5(${String(input.year)} || p.id::text)) as place, count(*) over () as heads
      from directory.person p where p.org_id = ${input.orgId}
        and exists (select from ledger.entry e where e.person_id = p.id and e.credit_year = ${input.year})
    )
    insert into training.audit_sample (person_id, year, org_id, drawn)
    select x.id, ${input.year}, ${input.orgId}, case when x.place <= ceil(x.heads * ${share}::numeric) then 'rule' else 'hand' end from people x
    where x.place <= ceil(x.heads * ${share}::numeric) or x.id = any(${input.personIds}::uuid[])
    on conflict do nothing returning person_id`.execute(act.tx)
  if (rows.length > 0)
    await record(act, {
      action: 'training.sample_drawn',
      subject: { kind: 'organisation', id: input.orgId },
      orgPath,
      after: { year: input.year, share, people: rows.length },
    })
  return rows.length
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

/** Finishes the check of a school: a sample was drawn where there is anything to check, and everybody in it was checked. */
export async function finishCheck(act: TrainingAct, input: SchoolYear): Promise<void> {
  const orgPath = await pathInScope(act, input.orgId)
  const state = await stateOf(act, input)
  if (state === 'checked' || state === 'locked') return
  if (state === null) throw refused('training.not_confirmed')
  const { rows } = await sql<{ drawn: number; open: number; any: boolean }>`
    select count(*)::int as drawn, count(*) filter (where a.result is null)::int as open,
      exists (select from ledger.entry e join directory.person p on p.id = e.person_id where p.org_id = ${input.orgId} and e.credit_year = ${input.year}) as any
    from training.audit_sample a where a.org_id = ${input.orgId} and a.year = ${input.year}`.execute(act.tx)
  const { drawn, open, any } = rows[0]!
  if (any && drawn === 0) throw refused('training.no_sample')
  if (open > 0) throw refused('training.sample_unchecked', { open })
  await sql`update training.audit set state = 'checked', checked_by = db.account(), checked_at = db.now() where org_id = ${input.orgId} and year = ${input.year}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'training.check_finished',
    subject: { kind: 'organisation', id: input.orgId },
    orgPath,
    after: { year: input.year },
  })
}

/** Locks every checked school in scope: totals and a seal over all entries. Open objections must be answered first. */
export async function lockYear(act: TrainingAct, year: number): Promise<number> {
  const { rows } = await sql<{ orgId: string; objections: number }>`
    select a.org_id, (select count(*) from training.objection x join directory.person p on p.id = x.person_id where x.state = 'open' and p.org_id = a.org_id)::int as objections
    from training.audit a where a.year = ${year} and a.state = 'checked' and a.org_path <@ any (db.scope()) order by a.org_id for update`.execute(
    act.tx,
  )
  const open = rows.reduce((sum, { objections }) => sum + objections, 0)
  if (open > 0) throw refused('training.objections_open', { open })
  const orgIds = rows.map(({ orgId }) => orgId)
  if (orgIds.length === 0) return 0
  await seal(act, orgIds, year)
  await sql`update training.audit set state = 'locked', locked_at = db.now() where year = ${year} and org_id = any(${orgIds}::uuid[])`.execute(
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
  await record(act, { action: 'training.year_locked', after: { year, schools: orgIds.length } })
  return orgIds.length
}
