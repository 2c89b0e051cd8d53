/** One case as an office sees it: what was applied for, how it was judged, what was done with it, and what may be done now. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { type Form, formOf, surveyOf, told } from '../../forms/index.ts'
import type { Held } from '../../inbox/index.ts'
import { type FactBook, rulesOf } from '../../policy/index.ts'
import type { Definition, Stage } from '../contract/definition.ts'
import type { CaseView } from '../contract/office.ts'
import { callOf } from '../flow/rows.ts'
import { moved, stageAt } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'
import { columns, inReach } from './rows.ts'

type Locale = 'zh-CN' | 'en'
type Row = CaseView['case'] & Pick<Application, 'callId' | 'formVersion' | 'answers' | 'judged' | 'points' | 'orgPath'>

/** @throws Refusal `not_found` outside the reach */
export async function caseRowOf<T>(act: Act<T>, held: readonly Held[], applicationId: string): Promise<Row> {
  const { rows } =
    await sql<Row>`select ${columns(held)}, a.call_id, a.form_version, a.answers, a.judged, a.points, a.org_path::text, a.person_id, p.number
    from cases.application a join cases.call c on c.id = a.call_id join directory.organisation o on o.id = a.org_id
      left join directory.person p on p.id = a.person_id
    where a.id = ${applicationId} and a.state <> 'draft' and ${inReach}`.execute(act.tx)
  if (!rows[0]) throw notFound('application')
  return rows[0]
}

export async function casePage<T>(
  act: Act<T>,
  book: FactBook,
  held: readonly Held[],
  { applicationId, locale }: { applicationId: string; locale: Locale },
): Promise<CaseView> {
  const { answers, formVersion, judged, points, callId, orgPath: _, ...row } = await caseRowOf(act, held, applicationId)
  const call = await callOf(act, callId)
  const { definition } = call
  const materials = await materialsOf(act, applicationId, definition)
  return {
    case: row,
    call: {
      id: call.id,
      title: call.title,
      clause: { ...definition.clause, confidence: definition.confidence },
      stages: definition.stages.map(({ id, title, kind }) => ({ id, title, kind })),
    },
    answers: told(await formOf(act, formVersion), answers, locale),
    points,
    materials,
    lacking: definition.materials
      .filter(({ id, required }) => required && !materials.some(({ kind }) => kind === id))
      .map(({ id, title }) => ({ kind: id, title })),
    judged: await judgedOf(act, book, call, judged),
    steps: await stepsOf(act, applicationId),
    tasks: await tasksOf(act, applicationId, definition, locale),
    notices: await noticesOf(act, applicationId),
    objections: await objectionsOf(act, applicationId),
    handling: handlingOf(definition, row),
  }
}

async function materialsOf<T>(act: Act<T>, applicationId: string, { materials }: Definition) {
  const { rows } = await sql<{
    id: string
    kind: string
    fileId: string
    name: string
    namesApplicant: boolean | null
  }>`
    select m.id, m.kind, m.file_id, m.name, m.names_applicant from cases.material m where m.application_id = ${applicationId}
    order by m.added_at, m.id`.execute(act.tx)
  return rows.map((row) => {
    const asked = materials.find(({ id }) => id === row.kind)
    return { ...row, title: asked?.title ?? { zh: row.kind, en: row.kind }, required: asked?.required ?? false }
  })
}

/** Titles of sets are those in force; one that is gone keeps its id. */
async function judgedOf<T>(act: Act<T>, book: FactBook, call: Call, judged: Application['judged']) {
  if (judged.length === 0) return []
  const rules = await rulesOf(act, call.authority, book)
  return judged.map(({ set, outcome, decisionId }) => ({
    set,
    outcome,
    decisionId,
    title: rules.find(set, call.judgedOn)?.title ?? null,
  }))
}

export async function stepsOf<T>(act: Act<T>, applicationId: string): Promise<CaseView['steps']> {
  const { rows } = await sql<
    CaseView['steps'][number]
  >`select s.nth, s.act, s.from_state, s.from_stage, s.to_state, s.to_stage,
      s.by_name, s.at, s.words, case when s.data ? 'entitled' then s.data - 'panelId' end as votes, s.closed
    from cases.step s where s.application_id = ${applicationId} order by s.nth`.execute(act.tx)
  return rows
}

export async function tasksOf<T>(
  act: Act<T>,
  applicationId: string,
  definition: Definition,
  locale: Locale,
): Promise<CaseView['tasks']> {
  type Task = Omit<CaseView['tasks'][number], 'report'> & { report: Record<string, unknown> | null }
  const { rows } =
    await sql<Task>`select t.id, t.stage, t.role, t.org_id, o.short_name as org_name, o.name_en as org_name_en, t.added, t.state,
      t.due_on, t.opened_at, t.done_at, t.done_by_name, t.words, t.report
    from cases.task t join directory.organisation o on o.id = t.org_id where t.application_id = ${applicationId}
    order by t.opened_at, t.id`.execute(act.tx)
  return rows.map((task) => ({ ...task, report: toldReport(stageAt(definition, task.stage), task.report, locale) }))
}

/** The form of a report was checked with the call. */
function toldReport(stage: Stage | undefined, report: Record<string, unknown> | null, locale: Locale) {
  if (report === null || stage?.kind !== 'check' || !stage.report) return null
  return told(stage.report as unknown as Form, report, locale)
}

export async function noticesOf<T>(act: Act<T>, applicationId: string): Promise<CaseView['notices']> {
  const { rows } = await sql<
    CaseView['notices'][number]
  >`select n.id, n.code, n.from_on as "from", n.until_on as until, n.state
    from cases.notice_entry e join cases.notice n on n.id = e.notice_id where e.application_id = ${applicationId}
    order by n.published_at`.execute(act.tx)
  return rows
}

/** That there is one, and how it ended; words and names are for who answers. */
async function objectionsOf<T>(act: Act<T>, applicationId: string): Promise<CaseView['objections']> {
  const { rows } = await sql<CaseView['objections'][number]>`select j.id, j.kind, j.state, j.raised_at, j.due_on
    from cases.objection j where j.application_id = ${applicationId} order by j.raised_at`.execute(act.tx)
  return rows
}

/** What the asker may do with the case as it stands. */
function handlingOf(definition: Definition, { state, stage, asked }: CaseView['case']): CaseView['handling'] {
  const here = stageAt(definition, stage)
  const nth = definition.stages.findIndex(({ id }) => id === stage)
  const titled = (stages: readonly Stage[]) => stages.map(({ id, title }) => ({ id, title }))
  const check = here?.kind === 'check' ? here : undefined
  return {
    asked: asked && check !== undefined,
    may: check?.may ?? [],
    returnTo: titled(definition.stages.slice(0, Math.max(nth, 0))),
    report: check?.report ? (surveyOf(check.report as never) as Record<string, unknown>) : null,
    reopenTo: titled(
      definition.stages.filter(({ id }) => moved(definition, { state, stage }, { act: 'reopen', to: id }) !== null),
    ),
    urge: state === 'waiting' && check !== undefined && !asked,
  }
}
