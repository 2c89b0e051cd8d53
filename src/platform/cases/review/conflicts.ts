/** Who may not review whom: ties that people declare, and everything that the rules find in one statement. */
import { sql } from 'kysely'
import { addYears } from '../../../base/dates.ts'
import { invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { parameters } from '../../policy/index.ts'
import type { StageOf } from '../contract/definition.ts'
import { stageAt } from '../rules/flow.ts'
import type { Call } from '../tables.ts'

export type Found = { applicationId: string; accountId: string; why: string }

/** The first day that still counts: those who parted before it are no colleagues any more. */
async function countsSince<T>(act: Act<T>, call: Call): Promise<string> {
  const years = Number((await parameters(act, call.authority)).number('review.conflict_years', act.today).value)
  return addYears(act.today, -years)
}

/**
 * Every pair that must not be, with each reason, in one statement. Nobody reviews their own case (`self`), whatever the call says.
 * Looks over all that is known of both sides, also where a person has left the asker's scope meanwhile.
 */
export async function conflictsOf<T>(
  act: Act<T>,
  call: Call,
  stage: StageOf<'review'>,
  applicationIds: readonly string[],
  accountIds: readonly string[],
): Promise<Found[]> {
  const since = await countsSince(act, call)
  const { rows } = await sql<Found>`select f.application_id, f.account_id, f.why
    from cases.conflicts(${applicationIds}::uuid[], ${accountIds}::uuid[], ${stage.conflicts}::text[], ${since}::date) f`.execute(
    act.tx,
  )
  return rows
}

/** Could this expert review this case, and if not why? Asked before anybody is invited. @throws Refusal `not_found` */
export async function couldReview<T>(
  act: Act<T>,
  call: Call,
  { accountId, applicationId }: { accountId: string; applicationId: string },
): Promise<{ possible: boolean; why: string[] }> {
  const { rows } = await sql<{ active: boolean; declined: boolean; stage: string | null }>`select e.active, a.stage,
      exists (select from cases.review r join cases.paper_of f on f.paper_id = r.paper_id
        where f.application_id = a.id and r.account_id = e.account_id and r.state = 'declined') as declined
    from cases.expert e, cases.application a where e.account_id = ${accountId} and a.id = ${applicationId}`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('expert')
  const here = stageAt(call.definition, rows[0].stage)
  const stage =
    here?.kind === 'review'
      ? here
      : call.definition.stages.find((one): one is StageOf<'review'> => one.kind === 'review')
  if (!stage) throw notFound('stage')
  const why = (await conflictsOf(act, call, stage, [applicationId], [accountId])).map((one) => one.why).sort()
  if (rows[0].declined) why.push('declined')
  if (!rows[0].active) why.push('inactive')
  return { possible: why.length === 0, why }
}

type Called = { name: string; number: string; org: string }

async function personCalled<T>(act: Act<T>, { name, number, org }: Called): Promise<string> {
  const { rows } = await sql<{
    id: string | null
  }>`select cases.person_called(${name}, ${number}, ${org}) as id`.execute(act.tx)
  const id = rows[0]?.id
  if (!id) throw invalid('cases.relation_unknown', { name })
  return id
}

export type Tie = { kind: string; from?: string | undefined; until?: string | undefined; note?: string | undefined }

/** @throws Refusal `cases.relation_unknown` where nobody or more than one is called so, `cases.relation_self`, `not_found` out of scope */
export async function declareRelation<T>(
  act: Act<T>,
  one: Called | null,
  other: Called,
  { kind, from, until, note }: Tie,
): Promise<{ id: string }> {
  const personId = one ? await personCalled(act, one) : act.actor.person
  if (!personId) throw invalid('cases.relation_no_person')
  if (one) {
    const { rows } =
      await sql`select from directory.person p where p.id = ${personId} and p.org_path <@ any (db.scope())`.execute(
        act.tx,
      )
    if (rows.length === 0) throw notFound('person')
  }
  const otherId = await personCalled(act, other)
  if (otherId === personId) throw invalid('cases.relation_self')
  if (from !== undefined && until !== undefined && until < from) throw invalid('cases.relation_term')
  const id = newId()
  await sql`insert into cases.relation (person_id, id, other_id, other_name, kind, during, note, by_account)
    values (${personId}, ${id}, ${otherId}, ${other.name}, ${kind}, daterange(${from ?? null}, ${until ?? null}, '[]'), ${note ?? null}, ${act.actor.account})`.execute(
    act.tx,
  )
  await record(act, {
    action: 'cases.relation_declared',
    subject: { kind: 'relation', id },
    about: personId,
    after: { kind },
  })
  return { id }
}

/** @throws Refusal `not_found` where the asker has nothing to take back */
export async function dropRelation<T>(act: Act<T>, personId: string | null, id: string): Promise<void> {
  const { rows } = await sql`delete from cases.relation r where r.person_id = ${personId} and r.id = ${id}
    and (r.by_account = db.account() or exists (select from directory.person p where p.id = r.person_id and p.org_path <@ any (db.scope()))) returning r.id`.execute(
    act.tx,
  )
  if (rows.length === 0) throw notFound('relation')
  await record(act, { action: 'cases.relation_dropped', subject: { kind: 'relation', id } })
}

/** Ties within the asker's sight. Of the other side no more than the name, and that only to offices and to who declared it. */
export async function relations<T>(act: Act<T>, own: boolean) {
  const { rows } = await sql<{
    personId: string
    id: string
    name: string
    otherName: string
    kind: 'same_studio' | 'mentor' | 'co_author' | 'relative' | 'declared'
    from: string | null
    until: string | null
    note: string | null
    own: boolean
  }>`select r.person_id, r.id, coalesce(p.name, case when r.person_id = db.self() then ${act.actor.name} end, '') as name, r.other_name, r.kind, lower(r.during) as "from",
      (upper(r.during) - 1) as until, r.note, r.by_account = db.account() as own
    from cases.relation r left join directory.person p on p.id = r.person_id
    where not ${own} or r.person_id = db.self() and r.by_account = db.account() order by r.at desc, r.id limit 2000`.execute(
    act.tx,
  )
  return rows
}
