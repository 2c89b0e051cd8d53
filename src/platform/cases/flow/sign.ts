/** Signatures at a check: signing, refusing, sending back, handing over, asking one more, urging. Whoever acts holds the role that was asked. */
import { sql } from 'kysely'
import { conflict, invalid, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../db/index.ts'
import { type Held, holds, notify } from '../../inbox/index.ts'
import type { StageOf } from '../contract/definition.ts'
import { stageAt } from '../rules/flow.ts'
import { settled } from '../rules/signing.ts'
import type { Application, Call } from '../tables.ts'
import { officeAt, stageKey, titleAt } from './enter.ts'
import { moveAll } from './move.ts'
import { lockedApplications, openCall } from './rows.ts'

/** Whether somebody who holds these roles is asked by an open task `t`. */
export const isAsked = (held: readonly Held[]) =>
  sql`t.state = 'open' and (t.account_id = db.account() or t.account_id is null and ${holds(held, sql.ref('t.role'), sql.ref('t.org_id'))})`

/** The acting account's open signatures on these cases, at the stages where they stand. */
const asked = (ids: readonly string[], held: readonly Held[]) =>
  sql`cases.task t join cases.application a on a.id = t.application_id and a.stage = t.stage
  where t.application_id = any (${ids}::uuid[]) and a.state = 'waiting' and ${isAsked(held)}`

type Asked = { call: Call; stage: StageOf<'check'>; applications: Application[] }

/** @throws Refusal `cases.not_asked` where a signature of the actor is not asked for on every one of them, `cases.several_stages` */
export async function askedOf<T>(act: Act<T>, held: readonly Held[], ids: readonly string[]): Promise<Asked> {
  const applications = await lockedApplications(act, ids)
  const call = await openCall(act, applications[0]!.callId)
  const { rows } = await sql<{ id: string }>`select distinct t.application_id as id from ${asked(ids, held)}`.execute(
    act.tx,
  )
  if (rows.length !== applications.length) {
    const open = new Set(rows.map(({ id }) => id))
    const others = applications.filter(({ id }) => !open.has(id))
    throw refused('cases.not_asked', { names: others.slice(0, 5).map(({ name }) => name), count: others.length })
  }
  const stage = stageAt(call.definition, applications[0]!.stage)
  if (stage?.kind !== 'check' || applications.some((one) => one.stage !== stage.id))
    throw refused('cases.several_stages')
  return { call, stage, applications }
}

export type Verdict = {
  verdict: 'signed' | 'refused'
  words?: string | undefined
  report?: Record<string, unknown> | undefined
}

/**
 * Signs for all of these cases, or refuses them; those whose signatures are complete go on. Returns how many did.
 * @throws Refusal as `askedOf` and `moveAll`, `cases.words_needed` for a refusal without a reason, `cases.may_not` where the stage does not refuse
 */
export async function sign<T>(
  act: Act<T>,
  held: readonly Held[],
  ids: readonly string[],
  { verdict, words, report }: Verdict,
): Promise<{ moved: number }> {
  const { call, stage, applications } = await askedOf(act, held, ids)
  if (verdict === 'refused') {
    if (!stage.may.includes('refuse')) throw refused('cases.may_not', { act: 'refuse' })
    if (!words?.trim()) throw invalid('cases.words_needed')
  }
  await sql`update cases.task u set state = ${verdict}, done_at = db.now(), done_by = db.account(), done_by_name = ${act.actor.name},
      words = ${words ?? null}, report = ${report === undefined ? null : JSON.stringify(report)}::jsonb
    from (select t.id from ${asked(ids, held)}) mine where u.id = mine.id`.execute(act.tx)
  const { rows } = await sql<{
    applicationId: string
    state: 'open' | 'signed' | 'refused' | 'handed_over' | 'dropped'
    added: boolean
  }>`
    select t.application_id, t.state, t.added from cases.task t join cases.application a on a.id = t.application_id
    where t.application_id = any (${ids}::uuid[]) and t.stage = ${stage.id} and t.opened_at >= a.since`.execute(act.tx)
  const byCase = Map.groupBy(rows, ({ applicationId }) => applicationId)
  const verdicts = Map.groupBy(applications, ({ id }) => settled(stage.signs, byCase.get(id) ?? []))
  const passed = verdicts.get('signed') ?? []
  const stopped = verdicts.get('refused') ?? []
  if (passed.length > 0) await moveAll(act, call, passed, { act: 'pass' }, { words, data: report ? { report } : {} })
  if (stopped.length > 0) await moveAll(act, call, stopped, { act: 'refuse' }, { words })
  return { moved: passed.length + stopped.length }
}

/** Back to the applicant (null) or to an earlier stage, with what is to be corrected. @throws Refusal as `askedOf`, `cases.words_needed`, `cases.may_not` */
export async function sendBack<T>(
  act: Act<T>,
  held: readonly Held[],
  ids: readonly string[],
  { to, words, points }: { to: string | null; words: string; points?: Application['points'] | undefined },
): Promise<void> {
  const { call, stage, applications } = await askedOf(act, held, ids)
  if (!stage.may.includes('return')) throw refused('cases.may_not', { act: 'return' })
  if (!words.trim()) throw invalid('cases.words_needed')
  await moveAll(act, call, applications, { act: 'return', to }, { words, points })
}

type To = { role: 'clerk' | 'principal' | 'trainer' | 'commission'; at: 'school' | 'district' | 'municipality' }

/** The actor's signature is asked of somebody else instead. @throws Refusal as `askedOf`, `cases.may_not`, `cases.asked_already` */
export const handOver = <T>(
  act: Act<T>,
  held: readonly Held[],
  ids: readonly string[],
  to: To & { words: string },
): Promise<void> => askOthers(act, held, ids, to, 'hand_over')

/** One more signature, without which the case does not go on. */
export const addSigner = <T>(
  act: Act<T>,
  held: readonly Held[],
  ids: readonly string[],
  to: To & { words: string },
): Promise<void> => askOthers(act, held, ids, to, 'add_signer')

async function askOthers<T>(
  act: Act<T>,
  held: readonly Held[],
  ids: readonly string[],
  to: To & { words: string },
  how: 'hand_over' | 'add_signer',
) {
  const { call, stage, applications } = await askedOf(act, held, ids)
  if (!stage.may.includes(how)) throw refused('cases.may_not', { act: how })
  if (!to.words.trim()) throw invalid('cases.words_needed')
  const place = sql`cases.application a cross join lateral ${officeAt(sql`${to.at}::text`, sql`a.org_path`)} o where a.id = any (${ids}::uuid[])`
  const { rows: twice } =
    await sql`select from ${place} and exists (select from cases.task t where t.application_id = a.id and t.stage = a.stage
    and t.state = 'open' and t.role = ${to.role} and t.org_id = o.id)`.execute(act.tx)
  if (twice.length > 0) throw conflict('cases.asked_already')
  if (how === 'hand_over')
    await sql`update cases.task u set state = 'handed_over', done_at = db.now(), done_by = db.account(), done_by_name = ${act.actor.name}, words = ${to.words}
      from (select t.id from ${asked(ids, held)}) mine where u.id = mine.id`.execute(act.tx)
  const { rows } = await sql<{ orgId: string }>`with made as (
      insert into cases.task (application_id, id, stage, role, org_id, org_path, added, due_on)
      select a.id, gen_random_uuid(), a.stage, ${to.role}, o.id, o.path, ${how === 'add_signer'}, a.due_on from ${place} returning org_id)
    select distinct m.org_id from made m`.execute(act.tx)
  await noteActs(act, applications, how, to.words, { role: to.role, at: to.at })
  await notify(
    act,
    rows.map(({ orgId }) => ({
      role: to.role,
      orgId,
      kind: 'todo' as const,
      code: 'cases.todo.check',
      data: titleAt(call, stage),
      link: `/cases/${call.id}?stage=${stage.id}`,
      key: `${stageKey(call, stage.id)}${act.today}`,
    })),
  )
}

/** Reminds whoever is asked; once a day. Returns how many were reminded. */
export async function urge<T>(act: Act<T>, ids: readonly string[]): Promise<{ urged: number }> {
  const applications = await lockedApplications(act, ids)
  const call = await openCall(act, applications[0]!.callId)
  const { rows } = await sql<{ role: string; orgId: string; stage: string }>`with urged as (
      update cases.task t set urged_at = db.now() where t.application_id = any (${ids}::uuid[]) and t.state = 'open'
        and (t.urged_at is null or t.urged_at < db.now() - interval '1 day') returning t.role, t.org_id, t.stage)
    select distinct u.role, u.org_id, u.stage from urged u`.execute(act.tx)
  if (rows.length === 0) throw refused('cases.urged_today')
  await noteActs(act, applications, 'urge', null, {})
  await notify(
    act,
    rows.map(({ role, orgId, stage }) => ({
      role,
      orgId,
      kind: 'message' as const,
      code: 'cases.told.urged',
      data: call.title,
      link: `/cases/${call.id}?stage=${stage}`,
      key: `cases.urge:${newId()}`,
    })),
  )
  return { urged: rows.length }
}

/** An act that does not move the case. */
export async function noteActs<T>(
  act: Act<T>,
  applications: readonly Application[],
  what: string,
  words: string | null,
  data: Record<string, unknown>,
) {
  await sql`insert into cases.step (application_id, act, from_state, from_stage, to_state, to_stage, by_account, by_name, words, data)
    select a.id, ${what}, a.state, a.stage, a.state, a.stage, db.account(), ${act.actor.name}, ${words}, ${JSON.stringify(data)}::jsonb
    from cases.application a where a.id = any (${applications.map(({ id }) => id)}::uuid[])`.execute(act.tx)
}
