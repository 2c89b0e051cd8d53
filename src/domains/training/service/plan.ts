/** Commands on plans and classes. */
import { sql } from 'kysely'
import { conflict, invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import type { Plan } from '../../../platform/policy/index.ts'
import { target } from '../contract.ts'
import { ownClass } from '../queries/classes.ts'
import type { Target } from '../rules/target.ts'
import type { TrainingTables } from '../tables.ts'

type TrainingAct = Act<TrainingTables>

/** Takes a plan over from a pack: the plan, its projects and its classes. Doing it again changes nothing. */
export async function importPlan(
  act: TrainingAct,
  org: { id: string },
  authority: string,
  file: Plan,
): Promise<{ planId: string; created: boolean }> {
  const orgPath = await pathInScope(act, org.id)
  const { rows: there } = await sql<{
    id: string
  }>`select p.id from training.plan p where p.org_id = ${org.id} and p.year = ${file.year}`.execute(act.tx)
  if (there[0]) return { planId: there[0].id, created: false }
  const planId = newId()
  await sql`insert into training.plan (id, org_id, org_path, year, authority, document, title, title_en, issued_on)
    values (${planId}, ${org.id}, ${orgPath}::ltree, ${file.year}, ${authority}, ${file.document.number}, ${file.document.title}, ${file.document.titleEn ?? ''}, ${file.document.date})`.execute(
    act.tx,
  )
  const projects = file.projects.map((project, ord) => ({
    id: newId(),
    code: project.code,
    name: project.name.zh,
    name_en: project.name.en,
    aim: project.aim?.zh ?? '',
    ord,
  }))
  await sql`insert into training.project (plan_id, id, code, name, name_en, aim, ord)
    select ${planId}, r.* from jsonb_to_recordset(${JSON.stringify(projects)}::jsonb) as r(id uuid, code text, name text, name_en text, aim text, ord int)`.execute(
    act.tx,
  )
  const projectId = new Map(projects.map(({ code, id }) => [code, id]))
  const classes = file.classes.map((one, ord) => ({
    id: newId(),
    project_id: projectId.get(one.project),
    code: one.code,
    name: one.name.zh,
    name_en: one.name.en,
    ord,
    level: one.level,
    kind: one.nature,
    credit_kind: one.creditKind,
    target: target.parse(one.target),
    places: one.places,
    hours: one.hours,
    terms: Math.max(1, one.terms.length),
    enrolment: one.enrolment,
    schedule: one.terms,
    sessions_planned: one.sessions,
    assumed: one.assumed,
    clause: clauseOf(file, one),
  }))
  await sql`insert into training.class (id, plan_id, project_id, org_id, org_path, code, name, name_en, ord, level, kind, credit_kind, target, places, hours,
      terms, enrolment, schedule, sessions_planned, assumed, clause)
    select r.id, ${planId}, r.project_id, ${org.id}, ${orgPath}::ltree, r.code, r.name, r.name_en, r.ord, r.level, r.kind, r.credit_kind, r.target, r.places,
      r.hours, r.terms, r.enrolment, r.schedule, r.sessions_planned, array(select jsonb_array_elements_text(r.assumed)), r.clause
    from jsonb_to_recordset(${JSON.stringify(classes)}::jsonb) as r(id uuid, project_id uuid, code text, name text, name_en text, ord int, level text,
      kind text, credit_kind text, target jsonb, places int, hours numeric, terms int, enrolment text, schedule jsonb, sessions_planned jsonb, assumed jsonb,
      clause jsonb)`.execute(act.tx)
  await record(act, {
    action: 'training.plan_imported',
    subject: { kind: 'plan', id: planId },
    orgPath,
    after: { document: file.document.number, classes: classes.length },
  })
  return { planId, created: true }
}

/** Publishes a plan. Publishing a published plan changes nothing. */
export async function publishPlan(act: TrainingAct, planId: string): Promise<void> {
  const { rows } = await sql<{ state: string; orgPath: string }>`select p.state, p.org_path::text from training.plan p
    where p.id = ${planId} and p.org_path <@ any (db.scope()) for update`.execute(act.tx)
  if (!rows[0]) throw notFound('plan')
  if (rows[0].state !== 'draft') return
  await sql`update training.plan set state = 'published', published_at = db.now() where id = ${planId}`.execute(act.tx)
  await record(act, {
    action: 'training.plan_published',
    subject: { kind: 'plan', id: planId },
    orgPath: rows[0].orgPath,
  })
}

const clauseOf = (file: Plan, one: Plan['classes'][number]) => ({
  document: file.document.title,
  number: file.document.number,
  article: one.clause.part,
  words: one.clause.words,
})

/** First and last day of what is planned. */
type Span = { from: string; until: string }

const plannedIn = (period: Span | null) => ({ plannedFrom: period?.from ?? null, plannedUntil: period?.until ?? null })

type NewClass = {
  planId: string
  projectId: string
  code: string
  name: string
  nameEn: string
  level: string
  kind: string
  creditKind: string
  target: Target
  places: number | null
  hours: string
  terms: number
  period: Span | null
  budgetFen: number
  enrolment: 'delegated' | 'open'
}

export async function createClass(act: TrainingAct, { period, ...input }: NewClass): Promise<string> {
  const { rows } = await sql<{ orgId: string; orgPath: string; taken: boolean }>`
    select p.org_id, p.org_path::text, exists (select from training.class c where c.plan_id = p.id and c.code = ${input.code}) as taken
    from training.plan p join training.project j on j.plan_id = p.id and j.id = ${input.projectId}
    where p.id = ${input.planId} and p.org_path <@ any (db.scope())`.execute(act.tx)
  const plan = rows[0]
  if (!plan) throw notFound('plan')
  if (plan.taken) throw invalid('training.code_taken', { code: input.code })
  const id = newId()
  await act.tx
    .insertInto('training.class')
    .values({
      ...input,
      ...plannedIn(period),
      id,
      orgId: plan.orgId,
      orgPath: plan.orgPath,
      target: JSON.stringify(input.target),
      ord: 1000,
    })
    .execute()
  await record(act, {
    action: 'training.class_created',
    subject: { kind: 'class', id },
    orgPath: plan.orgPath,
    after: { ...input, period },
  })
  return id
}

type ClassChange = {
  classId: string
  name?: string
  nameEn?: string
  period?: Span | null
  places?: number | null
  hours?: string
  target?: Target
  budgetFen?: number
  enrolment?: 'delegated' | 'open'
}

/** Changes a class; whom it is for and how many places it has only before places are shared out. */
export async function updateClass(act: TrainingAct, { classId, ...change }: ClassChange): Promise<void> {
  const before = await ownClass(act, classId)
  const structural =
    change.places !== undefined ||
    change.target !== undefined ||
    change.hours !== undefined ||
    change.enrolment !== undefined
  if (structural && before.state !== 'planned') throw conflict('training.class_already_shared')
  const { period, ...plain } = change
  const set = {
    ...plain,
    ...(period === undefined ? {} : plannedIn(period)),
    ...(change.target ? { target: JSON.stringify(change.target) } : {}),
  }
  if (Object.keys(set).length > 0)
    await act.tx.updateTable('training.class').set(set).where('id', '=', classId).execute()
  await record(act, {
    action: 'training.class_changed',
    subject: { kind: 'class', id: classId },
    orgPath: before.orgPath,
    before: { name: before.name, places: before.places, hours: before.hours },
    after: change,
  })
}

export async function pathInScope(act: TrainingAct, orgId: string): Promise<string> {
  const { rows } = await sql<{
    path: string
  }>`select o.path::text from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('organisation')
  return rows[0].path
}
