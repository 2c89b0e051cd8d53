/** What changes of a call once it is published: always with the reason, on record beside what was before. */
import { sql } from 'kysely'
import { notFound, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import { moveAll } from '../flow/move.ts'
import { APPLICATION, closesAt } from '../flow/rows.ts'
import type { Application, Call } from '../tables.ts'
import { ownCall } from './own.ts'
import { assertPlaces, putPlaces } from './places.ts'
import { tellSchools } from './publish.ts'
import { setDeadlines } from './service.ts'

type Words = { zh: string; en: string }
export type Change =
  | { what: 'deadline'; stage: string; closesAt: string }
  | { what: 'places'; quota: number; orgId: string; places: number }
  | { what: 'words'; title: Words; about: Words | null }

/** @throws Refusal as `ownCall`, `cases.deadline_past`, `cases.no_such_stage`, `cases.places_below_taken`, `cases.places_beyond` */
export async function amendCall<T>(
  act: Act<T>,
  { callId, reason, change }: { callId: string; reason: string; change: Change },
): Promise<void> {
  const call = await ownCall(act, callId, { state: 'published' })
  const before = await made(act, call, change, reason)
  const { what, ...after } = change
  await amended(act, call, what, before, after, reason)
}

/** Makes the change and returns what was before. */
async function made<T>(act: Act<T>, call: Call, change: Change, reason: string): Promise<unknown> {
  switch (change.what) {
    case 'deadline': {
      if (Date.parse(change.closesAt) <= Date.parse(act.now))
        throw refused('cases.deadline_past', { until: change.closesAt })
      const before = await closesAt(act, call.id, change.stage)
      await setDeadlines(act, call.id, call.definition, [change], reason)
      if (change.stage === 'submit') {
        await tellSchools(act, call, 'cases.told.call_extended')
        await tellApplicants(act, call)
      }
      return { stage: change.stage, closesAt: before }
    }
    case 'places': {
      const quota = call.definition.quotas[change.quota]
      const { rows } = await sql<{ places: number }>`select q.places from cases.quota q where q.call_id = ${call.id}
        and q.stage = ${quota?.at ?? ''} and q.track is not distinct from ${quota?.track ?? null} and q.org_id = ${change.orgId}`.execute(
        act.tx,
      )
      if (!rows[0]) throw notFound('organisation')
      await putPlaces(act, call, [change], reason)
      await assertPlaces(act, call)
      return { quota: change.quota, orgId: change.orgId, places: rows[0].places }
    }
    case 'words': {
      const { about, ...rest } = call.definition
      const definition = { ...rest, ...(change.about ? { about: change.about } : {}) }
      await sql`update cases.call set title = ${JSON.stringify(change.title)}::jsonb, definition = ${JSON.stringify(definition)}::jsonb
        where id = ${call.id}`.execute(act.tx)
      return { title: call.title, about: about ?? null }
    }
  }
}

async function amended<T>(act: Act<T>, call: Call, what: string, before: unknown, after: unknown, reason: string) {
  await sql`insert into cases.amendment (call_id, what, before, after, reason, by_account, by_name)
    values (${call.id}, ${what}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb, ${reason}, ${act.actor.account}, ${act.actor.name})`.execute(
    act.tx,
  )
  await sql`update cases.call set revision = call.revision + 1, changed_at = db.now() where id = ${call.id}`.execute(
    act.tx,
  )
  await record(act, {
    action: what === 'ended' ? 'cases.call_ended' : 'cases.call_amended',
    subject: { kind: 'call', id: call.id },
    orgPath: call.orgPath,
    before,
    after: { ...(after as object), what, reason },
  })
}

/** Whoever has not handed in yet has more time, or less. */
async function tellApplicants<T>(act: Act<T>, call: Call) {
  const { rows } = await sql<{ id: string; personId: string }>`select a.id, a.person_id from cases.application a
    where a.call_id = ${call.id} and a.state = 'draft' and a.person_id is not null`.execute(act.tx)
  await notify(
    act,
    rows.map(({ id, personId }) => ({
      personId,
      kind: 'message' as const,
      code: 'cases.told.call_extended',
      data: call.title,
      link: `/my/applications/${id}`,
    })),
  )
}

/** Nothing is taken any more. Drafts lapse; what is under way is brought to its end first. @throws Refusal as `ownCall`, `cases.call_has_cases` */
export async function endCall<T>(act: Act<T>, { callId, reason }: { callId: string; reason: string }): Promise<void> {
  const call = await ownCall(act, callId, { state: 'published' })
  const { rows: open } = await sql<Application>`select ${APPLICATION} from cases.application a
    where a.call_id = ${call.id} and a.state in ('draft', 'returned', 'waiting', 'paused', 'appealed') order by a.id for update`.execute(
    act.tx,
  )
  const drafts = open.filter(({ state }) => state === 'draft')
  if (drafts.length < open.length) throw refused('cases.call_has_cases', { count: open.length - drafts.length })
  if (drafts.length > 0) await moveAll(act, call, drafts, { act: 'lapse' }, { words: reason, byItself: true })
  await sql`update cases.call set state = 'ended' where id = ${call.id}`.execute(act.tx)
  await amended(act, call, 'ended', { state: 'published' }, { state: 'ended' }, reason)
}
