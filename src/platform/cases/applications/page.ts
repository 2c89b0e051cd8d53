/** Everything an applicant reads of one application: what is to be filled in, where it stands, what came of it. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { Locale } from '../../forms/contract.ts'
import { formOf, surveyOf, told, withPrefill } from '../../forms/index.ts'
import type { FactBook } from '../../policy/index.ts'
import type { ApplicationPage, Standing } from '../contract/applications.ts'
import { callOf, closesAt } from '../flow/rows.ts'
import { moved, stageAt } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'
import { type Applicant, applicantOf, handInStage, isWithApplicant, ownApplication } from './applicant.ts'
import { heldBy, outcomeOf, timelineOf } from './course.ts'
import { appealUntil } from './end.ts'
import { knownOf } from './known.ts'
import { HEAD, type HeadRow, headOf, trackOf } from './queries.ts'
import { standingsOf } from './standing.ts'

/** @throws Refusal `not_found` */
export async function applicationPage<T>(
  act: Act<T>,
  book: FactBook,
  { applicationId, locale }: { applicationId: string; locale: Locale },
): Promise<ApplicationPage> {
  const application = await ownApplication(act, applicationId)
  const call = await callOf(act, application.callId)
  const { definition } = call
  const applicant = await applicantOf(act, application.orgId)
  const writing = isWithApplicant(application)
  const until = writing ? await closesAt(act, call.id, handInStage(application)) : null
  const { rows } = await sql<HeadRow>`select ${HEAD} from cases.call c join directory.organisation o on o.id = c.org_id
    where c.id = ${call.id}`.execute(act.tx)
  const stage = stageAt(definition, application.stage)
  return {
    id: application.id,
    revision: application.revision,
    name: application.name,
    about: { kind: applicant.kind, id: applicant.id },
    state: application.state,
    stage: stage ? { id: stage.id, kind: stage.kind, title: stage.title } : null,
    since: application.since,
    dueOn: application.dueOn,
    submittedAt: application.submittedAt,
    track: trackOf(definition, application.track),
    call: {
      ...headOf(rows[0]!),
      ...(writing ? { closesAt: until } : {}),
      stages: definition.stages.map(({ id, kind, title }) => ({ id, kind, title })),
    },
    editable: writing && call.state === 'published' && (until === null || Date.parse(act.now) <= Date.parse(until)),
    form: await formPart(act, book, call, application, applicant, locale),
    materials: await materialsOf(act, definition, applicationId),
    points: application.points,
    standing: writing
      ? (await standingsOf(act, book, call, applicant, [application.track]))[0]!
      : asJudged(application),
    with: await heldBy(act, call, application),
    timeline: await timelineOf(act, call, application),
    outcome: await outcomeOf(act, call, application),
    appeal: await appealOf(act, call, application),
    withdrawable: moved(definition, application, { act: 'withdraw' }) !== null && call.state === 'published',
  }
}

/** While it is written, with what the product knows now; afterwards as it was handed in. */
async function formPart<T>(
  act: Act<T>,
  book: FactBook,
  call: Call,
  application: Application,
  applicant: Applicant,
  locale: Locale,
): Promise<ApplicationPage['form']> {
  const form = await formOf(act, application.formVersion)
  const known = isWithApplicant(application) ? await knownOf(act, book, call, applicant, form) : application.known
  const { answers, filled } = withPrefill(form, application.answers, known)
  return { definition: surveyOf(form) as Record<string, unknown>, answers, filled, told: told(form, answers, locale) }
}

async function materialsOf<T>(act: Act<T>, { materials }: Call['definition'], applicationId: string) {
  const { rows } = await sql<{
    id: string
    kind: string
    fileId: string
    name: string
    size: number
    addedAt: string
    named: boolean | null
  }>`
    select m.id, m.kind, m.file_id, m.name, f.size, m.added_at, m.names_applicant as named from cases.material m left join files.file f on f.id = m.file_id
    where m.application_id = ${applicationId} order by m.added_at, m.id`.execute(act.tx)
  return materials.map(({ id, title, required, most, kinds, blind }) => ({
    id,
    title,
    required,
    most,
    kinds,
    blind: blind === 'shown',
    files: rows.filter(({ kind }) => kind === id).map(({ kind: _, size, ...file }) => ({ ...file, size: size ?? 0 })),
  }))
}

const asJudged = ({ judged }: Application): Standing => {
  const sets = judged.map(({ set, title, outcome, holds, unknown }) => ({
    set,
    title: title ?? { zh: set, en: set },
    outcome,
    holds: holds ?? null,
    failed: [],
    unknown: unknown ?? [],
  }))
  return { eligible: sets.some(({ holds }) => holds === null) ? null : true, sets, excluded: [] }
}

async function appealOf<T>(act: Act<T>, call: Call, application: Application): Promise<ApplicationPage['appeal']> {
  const { appeal } = call.definition
  if (!appeal) return null
  const { rows } = await sql<
    NonNullable<ApplicationPage['appeal']>['raised'][number]
  >`select x.raised_at as at, x.words, x.due_on, x.state, x.answer, x.answered_at
    from cases.objection x where x.application_id = ${application.id} and x.kind = 'appeal' order by x.raised_at`.execute(
    act.tx,
  )
  return { until: await appealUntil(act, call, application), clause: appeal.clause ?? null, raised: rows }
}
