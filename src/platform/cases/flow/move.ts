/** Moves cases: the only code that changes where a case stands. As many of one call as there are, each step in one statement. */
import { sql } from 'kysely'
import { conflict, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { type NewItem, notify } from '../../inbox/index.ts'
import { type Move, moved, type Position, placesHeld, stageAt } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'
import { enterStage, leaveStage, titleAt } from './enter.ts'
import { assertInTime } from './rows.ts'

export type Note = {
  words?: string | undefined
  data?: Record<string, unknown> | undefined
  /** Not for the applicant to read. */
  closed?: boolean | undefined
  /** What is to be corrected, with a return. */
  points?: Application['points'] | undefined
  /** The product itself moves it (a term is over): deadlines of stages do not bind it. */
  byItself?: boolean | undefined
}

/**
 * Moves cases of one call that were locked before.
 * @throws Refusal `cases.not_possible` with names where one of them cannot be moved so, `cases.too_late`, `cases.quota_full` with what lacks where
 */
export async function moveAll<T>(
  act: Act<T>,
  call: Call,
  applications: readonly Application[],
  move: Move,
  note: Note = {},
): Promise<void> {
  const { definition } = call
  const ways = applications.map((application) => ({ application, to: moved(definition, application, move) }))
  const stuck = ways.filter(({ to }) => to === null)
  if (stuck.length > 0)
    throw conflict('cases.not_possible', {
      act: move.act,
      names: stuck.slice(0, 5).map(({ application }) => application.name),
      count: stuck.length,
    })
  const key = ({ application, to }: (typeof ways)[number]) =>
    `${application.state}@${application.stage}>${to!.state}@${to!.stage}`
  for (const group of Map.groupBy(ways, key).values())
    await moveGroup(
      act,
      call,
      group.map(({ application }) => application),
      group[0]!.to!,
      move,
      note,
    )
}

export const moveOne = <T>(act: Act<T>, call: Call, application: Application, move: Move, note?: Note): Promise<void> =>
  moveAll(act, call, [application], move, note)

/** Cases that stand at the same place and go to the same place. */
async function moveGroup<T>(
  act: Act<T>,
  call: Call,
  applications: Application[],
  to: Position,
  move: Move,
  note: Note,
) {
  const from: Position = { state: applications[0]!.state, stage: applications[0]!.stage }
  const ids = applications.map(({ id }) => id)
  if (!note.byItself && move.act !== 'withdraw' && move.act !== 'appeal')
    await assertInTime(act, call.id, from.stage ?? 'submit')
  await movePlaces(act, call, ids, from, to)
  await sql`update cases.application a set state = ${to.state}, stage = ${to.stage}, since = db.now(), changed_at = db.now(), due_on = null,
      points = ${JSON.stringify(note.points ?? [])}::jsonb, revision = a.revision + 1,
      submitted_at = coalesce(a.submitted_at, case when ${move.act === 'submit'} then ${act.received}::timestamptz end)
    where a.id = any (${ids}::uuid[])`.execute(act.tx)
  await sql`insert into cases.step (application_id, act, from_state, from_stage, to_state, to_stage, by_account, by_name, closed, words, data)
    select id, ${move.act}, ${from.state}, ${from.stage}, ${to.state}, ${to.stage}, db.account(), ${act.actor.name}, ${note.closed ?? false}, ${note.words ?? null},
      ${JSON.stringify(note.data ?? {})}::jsonb from unnest(${ids}::uuid[]) as id`.execute(act.tx)
  await sql`update cases.task t set state = 'dropped', done_at = db.now() where t.application_id = any (${ids}::uuid[]) and t.state = 'open'`.execute(
    act.tx,
  )
  const left = stageAt(call.definition, from.stage)
  if (left && from.state !== 'returned') await leaveStage(act, call, applications, left)
  if (to.state === 'waiting' && move.act !== 'resume')
    await enterStage(act, call, applications, stageAt(call.definition, to.stage)!)
  await tellApplicants(act, call, applications, to, note)
  await record(
    act,
    ...applications.map(({ id, personId, orgPath }) => ({
      action: `cases.case_moved`,
      subject: { kind: 'application', id },
      ...(personId ? { about: personId } : {}),
      orgPath,
      before: from,
      after: { ...to, act: move.act },
    })),
  )
}

/** Takes the places that the new position holds and the old one did not, and gives the others back. */
async function movePlaces<T>(act: Act<T>, call: Call, ids: string[], from: Position, to: Position) {
  const before = placesHeld(call.definition, from)
  const after = placesHeld(call.definition, to)
  for (const stage of before.filter((id) => !after.includes(id)))
    await sql`select from cases.take_places(${ids}::uuid[], ${stage}, true)`.execute(act.tx)
  for (const stage of after.filter((id) => !before.includes(id))) {
    const { rows } = await sql<{
      org: string
      track: string | null
      places: number
      lacking: number
    }>`select o.short_name as org, q.track, q.places, t.lacking
      from cases.take_places(${ids}::uuid[], ${stage}) t join cases.quota q on q.id = t.quota_id join directory.organisation o on o.id = q.org_id
      order by o.short_name`.execute(act.tx)
    if (rows.length > 0) throw refused('cases.quota_full', { ...rows[0]!, stage, others: rows.length - 1 })
  }
}

/** The applicant is told of everything but their own acts. */
async function tellApplicants<T>(act: Act<T>, call: Call, applications: Application[], to: Position, { words }: Note) {
  const stage = stageAt(call.definition, to.stage)
  const others = applications.filter(({ personId, madeBy }) =>
    personId === null ? madeBy !== act.actor.account : personId !== act.actor.person,
  )
  const items = others.map(({ id, personId, orgId }): NewItem => {
    const whom = personId === null ? { role: 'clerk', orgId } : { personId }
    const returned = to.state === 'returned'
    return {
      ...whom,
      kind: returned ? 'todo' : 'message',
      code: `cases.told.${to.state}`,
      data: { ...titleAt(call, stage), text: words ?? '' },
      link: `/my/applications/${id}`,
      ...(returned ? { key: `cases.returned:${id}` } : {}),
    }
  })
  await notify(act, items)
}
