/** What an act on many would do to each of them, found out without doing it. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { setBased } from '../../db/index.ts'
import { surveyOf } from '../../forms/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { Definition, StageOf } from '../contract/definition.ts'
import type { BULK_ACTS, BulkPreview, EFFECTS } from '../contract/office.ts'
import { callOf } from '../flow/rows.ts'
import { isAsked } from '../flow/sign.ts'
import { placesHeld, stageAt } from '../rules/flow.ts'
import { type Signature, settled } from '../rules/signing.ts'
import type { Application } from '../tables.ts'
import { inReach } from './rows.ts'

export type BulkAct = (typeof BULK_ACTS)[number]
type Effect = (typeof EFFECTS)[number]
type Task = Signature & { added: boolean; mine: boolean; role: string; orgName: string }
type Row = Pick<Application, 'id' | 'callId' | 'name' | 'state' | 'stage'> & { orgName: string; tasks: Task[] }
type Check = StageOf<'check'>

/** @throws Refusal `not_found` where one of them is not seen */
export async function bulkPreview<T>(
  act: Act<T>,
  held: readonly Held[],
  { ids, act: what }: { ids: readonly string[]; act: BulkAct },
): Promise<BulkPreview> {
  await setBased(act, ids.length, 'cases.application')
  const { rows } =
    await sql<Row>`select a.id, a.call_id, a.name, a.state, a.stage, o.short_name as org_name, coalesce(x.tasks, '[]') as tasks
    from cases.application a join directory.organisation o on o.id = a.org_id
    left join (
      select t.application_id, t.stage, jsonb_agg(jsonb_build_object('state', t.state, 'added', t.added, 'mine', ${isAsked(held)}, 'role', t.role,
        'orgName', w.short_name)) as tasks
      from cases.task t join cases.application b on b.id = t.application_id and t.opened_at >= b.since join directory.organisation w on w.id = t.org_id
      where t.application_id = any (${ids}::uuid[]) group by t.application_id, t.stage) x on x.application_id = a.id and x.stage = a.stage
    where a.id = any (${ids}::uuid[]) and ${inReach} order by a.name collate "zh-x-icu", a.id`.execute(act.tx)
  if (rows.length !== new Set(ids).size) throw notFound('application')
  const call = await callOf(act, rows[0]!.callId)
  const first = rows[0]!
  const here = stageAt(call.definition, first.stage)
  const found = rows.map((row) => {
    const other = row.callId !== first.callId || row.stage !== first.stage || row.state !== 'waiting'
    const effect = other || here?.kind !== 'check' ? ('other_stage' as const) : effectOf(what, here, row.tasks)
    return { row, effect, others: effect === 'waits' ? othersOf(here as Check, row.tasks) : [] }
  })
  const passing = what === 'sign' ? found.filter(({ effect }) => effect === 'moves').map(({ row }) => row.id) : []
  const lacking = here ? await lackingOf(act, call.definition, passing, here.id) : []
  const without = new Set(lacking.flatMap(({ ids: those }) => those))
  const told = found.map(({ row, effect, others }) => ({
    id: row.id,
    name: row.name,
    orgName: row.orgName,
    effect: without.has(row.id) ? ('quota' as const) : effect,
    others,
  }))
  return {
    rows: told,
    lacking: lacking.map(({ ids: _, ...rest }) => rest),
    possible: told.every(({ effect }) => !['not_asked', 'other_stage', 'may_not', 'quota'].includes(effect)),
    returnTo: call.definition.stages
      .slice(
        0,
        Math.max(
          call.definition.stages.findIndex(({ id }) => id === here?.id),
          0,
        ),
      )
      .map(({ id, title }) => ({ id, title })),
    report: here?.kind === 'check' && here.report ? (surveyOf(here.report as never) as Record<string, unknown>) : null,
  }
}

const NEEDS = { refuse: 'refuse', send_back: 'return', hand_over: 'hand_over', add_signer: 'add_signer' } as const

function effectOf(what: BulkAct, here: Check, tasks: readonly Task[]): Effect {
  if (what === 'urge') return tasks.some(({ state }) => state === 'open') ? 'urged' : 'other_stage'
  if (!tasks.some(({ mine }) => mine)) return 'not_asked'
  if (what !== 'sign' && !here.may.includes(NEEDS[what])) return 'may_not'
  if (what === 'send_back') return 'moves'
  if (what === 'hand_over' || what === 'add_signer') return 'asked'
  const mine = what === 'sign' ? ('signed' as const) : ('refused' as const)
  const after = tasks.map((task) => (task.mine ? { ...task, state: mine } : task))
  return settled(here.signs, after) === 'open' ? 'waits' : 'moves'
}

/** Whose signatures are still needed: of all, or of those who were added. */
const othersOf = (here: Check, tasks: readonly Task[]) =>
  tasks
    .filter(({ state, mine, added }) => state === 'open' && !mine && (here.signs === 'all' || added))
    .map(({ role, orgName }) => ({ role, orgName }))

type Lacking = BulkPreview['lacking'][number] & { ids: string[] }

/** Quotas that have fewer places left than these cases would take, with all the cases that would need one. */
async function lackingOf<T>(act: Act<T>, definition: Definition, ids: string[], stage: string): Promise<Lacking[]> {
  if (ids.length === 0 || placesHeld(definition, { state: 'waiting', stage }).includes(stage)) return []
  const { rows } = await sql<Omit<Lacking, 'track'> & { track: string | null }>`
    select o.short_name as org_name, q.track, q.places, q.taken + count(*)::int - q.places as lacking, array_agg(a.id) as ids
    from cases.application a join cases.quota q on q.call_id = a.call_id and q.stage = ${stage} and (q.track is null or q.track = a.track)
      and a.org_path <@ q.org_path join directory.organisation o on o.id = q.org_id
    where a.id = any (${ids}::uuid[]) group by q.call_id, q.id, o.short_name having q.taken + count(*) > q.places order by o.short_name`.execute(
    act.tx,
  )
  return rows.map((row) => ({ ...row, track: definition.tracks.find(({ id }) => id === row.track)?.title ?? null }))
}
