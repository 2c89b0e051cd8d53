/** What happens when cases come to a stage: signatures are asked for, the offices that have to act are told, the term begins. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { Office, Stage } from '../contract/definition.ts'
import type { Application, Call } from '../tables.ts'
import { asOffice } from './as-office.ts'
import { figureOf, workingDaysAfter } from './figures.ts'

/** Which organisation acts for an office, seen from the applicant's: the nearest of this height above it, or else the next above that. */
export const officeAt = (
  at: RawBuilder<unknown>,
  path: RawBuilder<unknown>,
) => sql`(select o.id, o.path from directory.organisation o
  where o.path @> ${path} and case ${at} when 'school' then true when 'district' then o.kind in ('district', 'municipality') else o.kind = 'municipality' end
  order by nlevel(o.path) desc limit 1)`

/** Beginning of the keys under which an organisation is told of a stage of a call; a day follows, so that what comes later is told again. */
export const stageKey = ({ id }: Pick<Call, 'id'>, stage: string): string => `cases.stage:${id}:${stage}:`

const officesOf = (stage: Stage): Office[] => (stage.kind === 'check' ? stage.by : [stage.by])

/** Where each kind of stage is worked on. */
const PAGES: Record<Stage['kind'], (call: string, stage: string) => string> = {
  check: (call, stage) => `/cases?call=${call}&stage=${stage}`,
  notice: () => '/notices',
  review: (call, stage) => `/reviews/rounds/${call}/${stage}`,
  panel: (call, stage) => `/panels/new?call=${call}&stage=${stage}`,
  decide: (call, stage) => `/decisions/${call}/decide?stage=${stage}`,
  file: (call, stage) => `/decisions/${call}/file?stage=${stage}`,
}

/** The call and the stage in one title, for messages. */
export const titleAt = ({ title }: Call, stage: Stage | undefined) => ({
  zh: stage ? `${title.zh}·${stage.title.zh}` : title.zh,
  en: stage ? `${title.en}: ${stage.title.en}` : title.en,
})

/** The cases were just put there. */
export async function enterStage<T>(
  act: Act<T>,
  call: Call,
  applications: readonly Application[],
  stage: Stage,
): Promise<void> {
  const days = 'days' in stage && stage.kind !== 'notice' ? stage.days : undefined
  const due =
    days === undefined
      ? null
      : await workingDaysAfter(act, call.authority, act.today, (await figureOf(act, call.authority, days)).value)
  const ids = applications.map(({ id }) => id)
  const offices = sql`jsonb_to_recordset(${JSON.stringify(officesOf(stage))}::jsonb) as w(role text, at text)`
  if (due !== null)
    await sql`update cases.application set due_on = ${due}::date where id = any (${ids}::uuid[])`.execute(act.tx)
  if (stage.kind === 'check')
    await sql`insert into cases.task (application_id, id, stage, role, org_id, org_path, due_on)
      select a.id, gen_random_uuid(), ${stage.id}, w.role, o.id, o.path, ${due}::date
      from cases.application a cross join ${offices} cross join lateral ${officeAt(sql`w.at`, sql`a.org_path`)} o where a.id = any (${ids}::uuid[])`.execute(
      act.tx,
    )
  const { rows } = await sql<{ role: string; orgId: string }>`select distinct w.role, o.id as org_id
    from cases.application a cross join ${offices} cross join lateral ${officeAt(sql`w.at`, sql`a.org_path`)} o where a.id = any (${ids}::uuid[])`.execute(
    act.tx,
  )
  await notify(
    act,
    rows.map(({ role, orgId }) => ({
      role,
      orgId,
      kind: 'todo' as const,
      code: `cases.todo.${stage.kind}`,
      data: titleAt(call, stage),
      link: PAGES[stage.kind](call.id, stage.id),
      key: `${stageKey(call, stage.id)}${act.today}`,
      ...(due ? { due } : {}),
    })),
  )
}

/** The cases just left this stage: offices of which nothing waits there any more have nothing left to do. */
export async function leaveStage<T>(
  act: Act<T>,
  call: Call,
  applications: readonly Application[],
  stage: Stage,
): Promise<void> {
  // Who sees only their own case cannot tell whether others wait: that is looked up where the offices are, from the top of their tree.
  if (act.scope.paths.length === 0) {
    for (const root of new Set(applications.map(({ orgPath }) => orgPath.split('.')[0]!)))
      await asOffice(act, { orgPath: root, permission: 'cases.handle' }, (office) =>
        settleLeft(office, call, applications, stage),
      )
    return
  }
  await settleLeft(act, call, applications, stage)
}

async function settleLeft<T>(act: Act<T>, call: Call, applications: readonly Application[], stage: Stage) {
  const ids = applications.map(({ id }) => id)
  const offices = sql`jsonb_to_recordset(${JSON.stringify(officesOf(stage))}::jsonb) as w(role text, at text)`
  await sql`select inbox.settle_under(${stageKey(call, stage.id)}, x.id) from (
      select distinct o.id, o.path from cases.application a cross join ${offices} cross join lateral ${officeAt(sql`w.at`, sql`a.org_path`)} o
      where a.id = any (${ids}::uuid[])) x
    where not exists (select from cases.application b where b.call_id = ${call.id} and b.stage = ${stage.id} and b.state in ('waiting', 'paused')
      and b.org_path <@ x.path)`.execute(act.tx)
}
