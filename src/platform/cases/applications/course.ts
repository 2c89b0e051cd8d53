/** Where a case stands, who has it, and what happened to it, as the applicant may read it: offices, never the names of people. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { Office, Stage } from '../contract/definition.ts'
import { officeAt } from '../flow/enter.ts'
import { stageAt } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'
import { isWithApplicant } from './applicant.ts'

type Org = { name: string; nameEn: string | null }
export type Holder = { office: Office | null; org: Org | null; dueOn: string | null }

/** Whose turn it is; nobody's once it has ended. */
export async function heldBy<T>(act: Act<T>, { definition }: Call, application: Application): Promise<Holder[]> {
  const { state, dueOn } = application
  if (isWithApplicant(application)) return [{ office: null, org: null, dueOn }]
  if (state === 'appealed') return officesOf(act, application, [definition.appeal!.to], dueOn)
  const stage = stageAt(definition, application.stage)
  if (!stage || (state !== 'waiting' && state !== 'paused')) return []
  if (state === 'paused' && stage.kind === 'notice')
    return officesOf(act, application, [stage.objections.answer], dueOn)
  return stage.kind === 'check' ? signersOf(act, application, stage) : officesOf(act, application, [stage.by], dueOn)
}

async function officesOf<T>(act: Act<T>, { id }: Application, offices: readonly Office[], dueOn: string | null) {
  const { rows } = await sql<Office & Org>`select w.role, w.at, o.name, o.name_en
    from cases.application a cross join jsonb_to_recordset(${JSON.stringify(offices)}::jsonb) as w(role text, at text)
      cross join lateral ${officeAt(sql`w.at`, sql`a.org_path`)} f join directory.organisation o on o.id = f.id where a.id = ${id}`.execute(
    act.tx,
  )
  return rows.map(({ role, at, ...org }): Holder => ({ office: { role, at }, org, dueOn }))
}

/** At a check those whose signatures are open, also where it was handed over. */
async function signersOf<T>(act: Act<T>, { id }: Application, stage: Stage): Promise<Holder[]> {
  const { rows } = await sql<
    { role: Office['role']; kind: string; dueOn: string | null } & Org
  >`select distinct t.role, o.kind, t.due_on, o.name, o.name_en
    from cases.task t join directory.organisation o on o.id = t.org_id
    where t.application_id = ${id} and t.stage = ${stage.id} and t.state = 'open' order by o.name, t.role`.execute(
    act.tx,
  )
  return rows.map(({ role, kind, dueOn, name, nameEn }) => {
    const at = kind === 'district' || kind === 'municipality' ? kind : 'school'
    return { office: { role, at }, org: { name, nameEn }, dueOn }
  })
}

type StepRow = {
  at: string
  act: string
  fromStage: string | null
  toState: string
  toStage: string | null
  own: boolean
  byItself: boolean
  role: string | null
  words: string | null
  votes: { ayes: number; noes: number; blanks: number; entitled: number } | null
} & { orgName: string | null; orgNameEn: string | null }

/** Steps as the applicant reads them, the first one first. Closed ones are left out. */
export async function timelineOf<T>(act: Act<T>, { definition }: Call, { id, madeBy }: Application) {
  const { rows } =
    await sql<StepRow>`select s.at, s.act, s.from_stage, s.to_state, s.to_stage, s.by_account is not distinct from ${madeBy}::uuid as own,
      s.by_account is null as by_itself, t.role, o.name as org_name, o.name_en as org_name_en, s.words,
      case when s.data ? 'entitled' then s.data - 'panelId' end as votes
    from cases.step s left join lateral (select x.role, x.org_id from cases.task x
        where x.application_id = s.application_id and x.stage = s.from_stage and x.done_at = s.at and (x.done_by = s.by_account
          or x.done_by is null and not exists (select from cases.task y where y.application_id = x.application_id and y.stage = x.stage and y.done_at = x.done_at and y.id <> x.id))
        order by x.done_by is null limit 1) t on true
      left join directory.organisation o on o.id = t.org_id
    where s.application_id = ${id} and not s.closed order by s.nth`.execute(act.tx)
  const titleOf = (stage: string | null) => stageAt(definition, stage)?.title ?? null
  return rows.map(
    ({ at, act: what, fromStage, toState, toStage, own, byItself, role, orgName, orgNameEn, words, votes }) => {
      const stage = stageAt(definition, fromStage)
      const office = role ?? (stage && stage.kind !== 'check' ? stage.by.role : null)
      const applicant = ['submit', 'withdraw', 'appeal'].includes(what) || (own && role === null)
      return {
        at,
        act: what,
        state: toState,
        from: titleOf(fromStage),
        to: titleOf(toStage),
        by: byItself ? 'product' : applicant ? 'applicant' : (office ?? 'office'),
        org: orgName === null ? null : { name: orgName, nameEn: orgNameEn },
        words,
        votes,
      }
    },
  )
}

type Found = {
  reviews: { stage: string; scores: Record<string, number>; total: number | null }[]
  votes: { stage: string; ayes: number; noes: number; blanks: number; entitled: number; passed: boolean }[]
}

/** What came of it, once it has ended: scores without names, the vote, the designation. */
export async function outcomeOf<T>(act: Act<T>, { definition }: Call, { id, state, score, rank }: Application) {
  if (!['filed', 'refused', 'appealed'].includes(state)) return null
  const { rows } = await sql<{ found: Found | null }>`select cases.outcome_of(${id}) as found`.execute(act.tx)
  const { reviews, votes } = rows[0]?.found ?? { reviews: [], votes: [] }
  const { rows: held } = await sql<{ title: { zh: string; en: string }; from: string; until: string | null }>`
    select d.title, lower(d.during) as "from", upper(d.during) as until from cases.designation d where d.application_id = ${id}`.execute(
    act.tx,
  )
  const title = (stage: string) => stageAt(definition, stage)?.title ?? { zh: stage, en: stage }
  return {
    score,
    rank,
    reviews: reviews.map(({ stage, scores, total }) => {
      const found = stageAt(definition, stage)
      const rubric = found?.kind === 'review' ? found.rubric : []
      return {
        stage: title(stage),
        total: total === null ? null : String(total),
        items: rubric.map((item) => ({ title: item.title, points: Number(scores[item.id] ?? 0), most: item.most })),
      }
    }),
    votes: votes.map(({ stage, ...vote }) => ({ stage: title(stage), ...vote })),
    designation: held[0] ?? null,
  }
}
