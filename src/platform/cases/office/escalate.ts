/** Signatures that are overdue: the office that the stage names for it may sign as well, or signs instead where everybody has to. */
import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { StageOf } from '../contract/definition.ts'
import { officeAt, stageKey, titleAt } from '../flow/enter.ts'
import { figureOf, workingDaysAfter } from '../flow/figures.ts'
import { openCall } from '../flow/rows.ts'
import type { Call } from '../tables.ts'

type Late = { callId: string; stage: string }

/** Once a case at a stage: who was asked because of it is not asked again. Returns how many cases went up. */
export async function escalate<T>(act: Act<T>): Promise<number> {
  const { rows } = await sql<Late>`select distinct a.call_id, t.stage from cases.task t
    join cases.application a on a.id = t.application_id and a.stage = t.stage and a.state = 'waiting' join cases.call c on c.id = a.call_id
    where t.state = 'open' and t.due_on < db.today() and c.state = 'published'
      and exists (select from jsonb_array_elements(c.definition -> 'stages') s where s ->> 'id' = t.stage and s ? 'escalates')`.execute(
    act.tx,
  )
  let count = 0
  for (const { callId, stage } of rows) {
    const call = await openCall(act, callId)
    const here = call.definition.stages.find(({ id }) => id === stage)
    if (here?.kind === 'check' && here.escalates) count += await escalateStage(act, call, here, here.escalates)
  }
  return count
}

async function escalateStage<T>(
  act: Act<T>,
  call: Call,
  stage: StageOf<'check'>,
  { role, at }: NonNullable<StageOf<'check'>['escalates']>,
): Promise<number> {
  const due =
    stage.days === undefined
      ? null
      : await workingDaysAfter(act, call.authority, act.today, (await figureOf(act, call.authority, stage.days)).value)
  const instead = stage.signs === 'all'
  const { rows } = await sql<{ id: string; personId: string | null; orgPath: string; orgId: string }>`
    with late as materialized (
      select distinct a.id, a.person_id, a.org_path, o.id as org_id, o.path from cases.application a
        join cases.task t on t.application_id = a.id and t.stage = a.stage and t.state = 'open' and t.due_on < db.today()
        cross join lateral ${officeAt(sql`${at}::text`, sql`a.org_path`)} o
      where a.call_id = ${call.id} and a.stage = ${stage.id} and a.state = 'waiting'
        and not exists (select from cases.task x where x.application_id = a.id and x.stage = a.stage and x.opened_at >= a.since
          and x.role = ${role} and x.org_id = o.id)),
    over as (
      update cases.task t set state = 'handed_over', done_at = db.now(), done_by_name = ${act.actor.name} from late l
      where ${instead} and t.application_id = l.id and t.stage = ${stage.id} and t.state = 'open' and t.due_on < db.today()),
    made as (
      insert into cases.task (application_id, id, stage, role, org_id, org_path, due_on)
      select l.id, gen_random_uuid(), ${stage.id}, ${role}, l.org_id, l.path, ${due}::date from late l),
    noted as (
      insert into cases.step (application_id, act, from_state, from_stage, to_state, to_stage, by_name, data)
      select l.id, 'escalate', 'waiting', ${stage.id}, 'waiting', ${stage.id}, ${act.actor.name}, jsonb_build_object('role', ${role}::text, 'at', ${at}::text)
      from late l)
    select l.id, l.person_id, l.org_path::text, l.org_id from late l`.execute(act.tx)
  await notify(
    act,
    [...new Set(rows.map(({ orgId }) => orgId))].map((orgId) => ({
      role,
      orgId,
      kind: 'todo' as const,
      code: 'cases.todo.escalated',
      data: titleAt(call, stage),
      link: `/cases/${call.id}?stage=${stage.id}`,
      key: `${stageKey(call, stage.id)}${act.today}`,
      ...(due ? { due } : {}),
    })),
  )
  await record(
    act,
    ...rows.map(({ id, personId, orgPath }) => ({
      action: 'cases.escalated',
      subject: { kind: 'application', id },
      ...(personId ? { about: personId } : {}),
      orgPath,
      after: { stage: stage.id, role, at },
    })),
  )
  return rows.length
}

export const escalateDaily = {
  name: 'cases.escalate',
  permission: 'cases.handle',
  run: async <T>(act: Act<T>): Promise<void> => void (await escalate(act)),
}
