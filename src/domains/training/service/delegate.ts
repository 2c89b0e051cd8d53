/** Delegation: the school proposes, the person answers, the district confirms. Places are counted in the database, never in memory. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, finishAll, notify } from '../../../platform/inbox/index.ts'
import { classOf, ownClass } from '../queries/classes.ts'
import { candidates } from '../queries/eligible.ts'
import type { ClassFacts, TrainingTables } from '../tables.ts'
import { pathInScope } from './plan.ts'

type TrainingAct = Act<TrainingTables>

const LIVE = ['proposed', 'accepted', 'waiting', 'confirmed', 'passed', 'failed']

/**
 * Proposes eligible people of one school within its places. Who is in the class already is left alone, so that sending the same
 * list again changes nothing. With `waitIfFull` those beyond the places wait in line, else the whole list is refused.
 */
export async function propose(
  act: TrainingAct,
  input: { classId: string; orgId: string; personIds: string[]; waitIfFull: boolean },
) {
  const orgPath = await pathInScope(act, input.orgId)
  const one = await classOf(act, input.classId)
  assertOpenFor(act, one, 'delegated')
  const asked = [...new Set(input.personIds)]
  const { rows: found } = await candidates(act, {
    classId: one.id,
    target: one.target,
    year: one.year,
    orgId: input.orgId,
    personIds: asked,
    limit: null,
  })
  const fit = new Map(found.map((candidate) => [candidate.personId, candidate]))
  const unfit = asked.filter((id) => !fit.has(id))
  if (unfit.length > 0) throw refused('training.not_eligible', { people: unfit, count: unfit.length })
  const fresh = asked.filter((id) => !LIVE.includes(fit.get(id)!.state ?? ''))
  const { rows } = await sql<{ places: number; taken: number }>`select q.places, q.taken from training.quota q
    where q.class_id = ${one.id} and q.org_id = ${input.orgId} for update`.execute(act.tx)
  const free = rows[0] ? rows[0].places - rows[0].taken : 0
  if (fresh.length > free && !input.waitIfFull) throw refused('training.quota_full', { free, asked: fresh.length })
  const seated = fresh.slice(0, free)
  const waiting = fresh.slice(free)
  if (fresh.length > 0) {
    const list = fresh.map((id, i) => ({
      person_id: id,
      state: i < free ? 'proposed' : 'waiting',
      seated: i < free,
      fair_share: fit.get(id)!.fairShare,
      ord: i,
    }))
    await sql`insert into training.enrolment (person_id, class_id, org_id, org_path, state, seated, fair_share, proposed_by, proposed_at)
      select r.person_id, ${one.id}, ${input.orgId}, ${orgPath}::ltree, r.state, r.seated, r.fair_share, db.account(), db.now() + r.ord * interval '1 microsecond'
      from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as r(person_id uuid, state text, seated boolean, fair_share numeric, ord int)
      on conflict (person_id, class_id) do update set state = excluded.state, seated = excluded.seated, org_id = excluded.org_id, org_path = excluded.org_path,
        fair_share = excluded.fair_share, proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at, reason = null, answered_at = null
      where training.enrolment.state in ('declined', 'withdrawn')`.execute(act.tx)
    await sql`update training.quota set taken = taken + ${seated.length} where class_id = ${one.id} and org_id = ${input.orgId}`.execute(
      act.tx,
    )
    await notify(
      act,
      seated.map((personId) => invitation(one, personId)),
    )
    await record(act, {
      action: 'training.people_proposed',
      subject: { kind: 'class', id: one.id },
      orgPath,
      after: { proposed: seated, waiting },
    })
  }
  return { proposed: seated, waiting }
}

const invitation = (one: ClassFacts, personId: string) => ({
  personId,
  kind: 'todo' as const,
  code: 'training.todo.answer',
  data: { class: one.name, classEn: one.nameEn, deadline: one.deadline },
  link: '/my/training',
  ...(one.deadline ? { due: one.deadline } : {}),
  key: `answer:${one.id}`,
  // Who accepts may still decline until the list is confirmed.
  act: { call: 'training.answer', input: { classId: one.id, accept: true }, label: 'training.act.accept' },
})

function assertOpenFor(act: TrainingAct, one: ClassFacts, enrolment: ClassFacts['enrolment']): void {
  if (one.state !== 'open' || one.enrolment !== enrolment) throw conflict('training.class_not_open')
  if (one.deadline !== null && one.deadline <= act.now)
    throw refused('training.deadline_passed', { deadline: one.deadline })
}

/** The school takes proposals back; whoever is not on its list any more is left out. Returns how many were taken back. */
export async function takeBackProposals(
  act: TrainingAct,
  input: { classId: string; personIds: string[]; reason: string },
): Promise<number> {
  const one = await classOf(act, input.classId)
  if (one.state !== 'open') throw conflict('training.class_not_open')
  return leave(act, one, input.personIds, 'withdrawn', input.reason, ['proposed', 'accepted', 'waiting'])
}

/** A person answers a proposal. Declining needs a reason and gives the place to the next in line. */
export async function answer(
  act: TrainingAct,
  input: { classId: string; accept: boolean; reason?: string | undefined },
): Promise<void> {
  const personId = act.actor.person
  if (!personId) throw notFound('class')
  const one = await classOf(act, input.classId)
  if (one.state !== 'open') throw conflict('training.class_not_open')
  if (!input.accept) {
    if (!input.reason) throw refused('training.reason_needed')
    await leave(act, one, [personId], 'declined', input.reason, ['proposed', 'accepted', 'waiting'])
    return
  }
  const { rows } = await sql<{ state: string }>`update training.enrolment set state = 'accepted', answered_at = db.now()
    where person_id = ${personId} and class_id = ${one.id} and state in ('proposed', 'accepted') returning state`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('class')
  await finish(act, `answer:${one.id}`)
  await record(act, {
    action: 'training.proposal_accepted',
    subject: { kind: 'class', id: one.id },
    about: personId,
    orgPath: one.orgPath,
  })
}

type Gone = { personId: string; orgId: string; orgPath: string; wasSeated: boolean; before: string }

/** Gives places back, whoever gives them up, and lets the next in the lines move up. Returns how many were given back. */
export async function leave(
  act: TrainingAct,
  one: ClassFacts,
  personIds: string[],
  state: 'declined' | 'withdrawn',
  reason: string,
  from: string[],
): Promise<number> {
  // The places are counted down with those who go, in one statement; an open class counts them all in one line.
  const { rows: gone } = await sql<Gone>`
    with held as (
      select e.person_id, e.seated, e.state from training.enrolment e
      where e.class_id = ${one.id} and e.person_id = any(${personIds}::uuid[]) and e.state = any(${from}::text[]) order by e.person_id for update
    ), gone as (
      update training.enrolment e set state = ${state}, seated = false, reason = ${reason}, answered_at = db.now()
      from held h where e.class_id = ${one.id} and e.person_id = h.person_id
      returning e.person_id, e.org_id, e.org_path, h.seated as was_seated, h.state as before
    ), freed as (
      update training.quota q set taken = q.taken - x.seats from (
        select case when ${one.enrolment} = 'open' then ${one.orgId}::uuid else g.org_id end as line, count(*) as seats
        from gone g where g.was_seated group by 1
      ) x where q.class_id = ${one.id} and q.org_id = x.line
    )
    select g.person_id, g.org_id, g.org_path::text, g.was_seated, g.before from gone g order by g.person_id`.execute(
    act.tx,
  )
  if (gone.length === 0) throw notFound('enrolment')
  await moveUp(act, one, gone)
  await finishAll(
    act,
    gone.map(({ personId }) => ({ key: `answer:${one.id}`, whose: personId })),
  )
  await record(
    act,
    ...gone.map(({ personId, orgPath, before }) => ({
      action: state === 'declined' ? 'training.proposal_declined' : 'training.place_given_back',
      subject: { kind: 'class', id: one.id },
      about: personId,
      orgPath,
      before: { state: before },
      after: { reason },
    })),
  )
  return gone.length
}

/** Those next in line for the places that became free: invited to a delegated class, told that they are in an open one. */
async function moveUp(act: TrainingAct, one: ClassFacts, gone: Gone[]): Promise<void> {
  const seats = Map.groupBy(
    gone.filter(({ wasSeated }) => wasSeated),
    ({ orgId }) => orgId,
  )
  const lines = [...seats].map(([org, people]) => ({ org, seats: people.length }))
  if (lines.length === 0) return
  const { rows } = await sql<{ personId: string }>`select m.person_id
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(org uuid, seats int)
    cross join lateral training.move_up(${one.id}, l.org, l.seats) as m(person_id)`.execute(act.tx)
  await notify(
    act,
    rows.map(({ personId }) => (one.enrolment === 'open' ? listed(one, personId) : invitation(one, personId))),
  )
}

const listed = (one: ClassFacts, personId: string) => ({
  personId,
  kind: 'message' as const,
  code: 'training.message.confirmed',
  data: { class: one.name, classEn: one.nameEn },
  link: '/my/training',
  key: `confirmed:${one.id}`,
})

/**
 * The district confirms: everybody who did not decline is in; places nobody filled go to the waiting lines of other schools in the
 * order of waiting. Terms are filled in turn. Set-based: a class of a thousand takes a few statements.
 */
export async function confirmClass(
  act: TrainingAct,
  classId: string,
): Promise<{ confirmed: number; fromWaiting: number }> {
  const one = await ownClass(act, classId)
  if (one.state !== 'open') throw conflict('training.class_not_open')
  await sql`select from training.quota q where q.class_id = ${classId} order by q.org_id for update`.execute(act.tx)
  const { rows: moved } = await sql<{ orgId: string }>`
    with free as (
      select greatest(c.places - (select coalesce(sum(q.taken), 0) from training.quota q where q.class_id = c.id), 0) as places
      from training.class c where c.id = ${classId}
    ), chosen as (
      select e.person_id, e.class_id from training.enrolment e where e.class_id = ${classId} and e.state = 'waiting'
      order by e.proposed_at, e.person_id limit (select f.places from free f)
    )
    update training.enrolment e set state = 'confirmed', seated = true from chosen x
      where e.person_id = x.person_id and e.class_id = x.class_id returning e.org_id`.execute(act.tx)
  const extra = Object.entries(Object.groupBy(moved, ({ orgId }) => orgId)).map(([org, list]) => ({
    org_id: org,
    n: list!.length,
  }))
  await sql`update training.quota q set granted = q.places, places = q.taken where q.class_id = ${classId}`.execute(
    act.tx,
  )
  await sql`insert into training.quota as q (class_id, org_id, places, taken, reason)
    select ${classId}, case when ${one.enrolment} = 'open' then ${one.orgId}::uuid else r.org_id end, sum(r.n), sum(r.n), 'waiting_line'
    from jsonb_to_recordset(${JSON.stringify(extra)}::jsonb) as r(org_id uuid, n int) group by 2
    on conflict (class_id, org_id) do update set places = q.places + excluded.places, taken = q.taken + excluded.taken, reason = excluded.reason`.execute(
    act.tx,
  )
  await sql`update training.enrolment e set state = 'confirmed' where e.class_id = ${classId} and e.state in ('proposed', 'accepted')`.execute(
    act.tx,
  )
  await sql`update training.enrolment e set term = x.term from (
      select n.person_id, (row_number() over (order by n.org_id, n.person_id) - 1) % ${one.terms} + 1 as term
      from training.enrolment n where n.class_id = ${classId} and n.state = 'confirmed'
    ) x where e.class_id = ${classId} and e.person_id = x.person_id and e.term <> x.term`.execute(act.tx)
  await sql`update training.class set state = 'confirmed', confirmed_at = db.now() where id = ${classId}`.execute(
    act.tx,
  )
  const { rows: people } = await sql<{
    personId: string
  }>`select e.person_id from training.enrolment e where e.class_id = ${classId} and e.state = 'confirmed'`.execute(
    act.tx,
  )
  await finish(act, `answer:${classId}`, null)
  await finish(act, `delegate:${classId}`, null)
  await notify(
    act,
    people.map(({ personId }) => listed(one, personId)),
  )
  await record(act, {
    action: 'training.class_confirmed',
    subject: { kind: 'class', id: classId },
    orgPath: one.orgPath,
    after: { confirmed: people.length, fromWaiting: moved.length },
  })
  return { confirmed: people.length, fromWaiting: moved.length }
}
