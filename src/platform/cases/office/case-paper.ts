/** The application form on paper, all of it text in one language: what was applied for, what is attached, who signed and what happened. */
import type { Act } from '../../db/index.ts'
import { organisationOf } from '../../directory/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { FactBook } from '../../policy/index.ts'
import type { CaseView } from '../contract/office.ts'
import { callOf } from '../flow/rows.ts'
import { casePage } from './case-page.ts'
import { type PaperLocale, type PaperWords, paperWords } from './paper-words.ts'

type Table = { columns: string[]; rows: string[][] }
export type PaperLine = { heading: string | null; title: string; value: string; table: Table | null }
export type CasePaper = {
  locale: PaperLocale
  words: { page: string }
  title: string
  subtitle: string
  head: string
  facts: [label: string, value: string][]
  answers: PaperLine[]
  materials: [title: string, names: string][]
  opinions: {
    stage: string
    office: string
    verdict: string
    words: string
    by: string
    date: string
    report: PaperLine[]
  }[]
  steps: [date: string, act: string, by: string, words: string][]
  label: Record<'applied' | 'materials' | 'opinions' | 'course' | 'signature' | 'date' | 'act' | 'by' | 'words', string>
  printed: string
}

/** @throws Refusal `not_found` outside the reach */
export async function casePaper<T>(
  act: Act<T>,
  book: FactBook,
  held: readonly Held[],
  { applicationId, locale }: { applicationId: string; locale: PaperLocale },
): Promise<CasePaper> {
  const view = await casePage(act, book, held, { applicationId, locale })
  const call = await callOf(act, view.call.id)
  const owner = await organisationOf(act, call.orgId)
  return paperOf(view, paperWords(locale), { head: owner.name, day: act.today, by: act.actor.name })
}

const lines = (rows: CaseView['answers']): PaperLine[] =>
  rows.map(({ title, value, table }) =>
    value === null
      ? { heading: title, title: '', value: '', table: null }
      : { heading: null, title, value, table: table && table.rows.length > 0 ? table : null },
  )

/** Pure. */
export function paperOf(
  view: CaseView,
  words: PaperWords,
  { head, day, by }: { head: string; day: string; by: string },
): CasePaper {
  const { t, say, date } = words
  const { case: row, call } = view
  const stageOf = (id: string | null) => say(call.stages.find((stage) => stage.id === id)?.title)
  const opinions = view.tasks.filter(({ state }) => state === 'signed' || state === 'refused')
  // Parts are counted as they stand on the paper: an application without materials has none of them.
  const parts = [
    'applied',
    ...(view.materials.length > 0 ? ['materials'] : []),
    ...(opinions.length > 0 ? ['opinions'] : []),
    'course',
  ]
  const part = (name: string) =>
    t('office.paper.part', { nth: parts.indexOf(name) + 1, title: t(`office.paper.${name}`) })
  const byKind = Map.groupBy(view.materials, ({ kind }) => kind)
  return {
    locale: words.locale,
    words: { page: t('office.paper.page', { page: '{page}', pages: '{pages}' }) },
    title: t('office.paper.title'),
    subtitle: say(call.title),
    head,
    facts: [
      [t('office.paper.applicant'), row.name],
      [t('office.paper.number'), row.number ?? ''],
      [t('office.paper.org'), words.chinese ? row.orgName : (row.orgNameEn ?? row.orgName)],
      [t('office.paper.track'), say(row.track)],
      [t('office.paper.submitted'), date(row.submittedAt)],
      [
        t('office.paper.state'),
        [t(`office.state.${row.state}`), say(row.stageTitle)].filter(Boolean).join(words.chinese ? '·' : ': '),
      ],
    ].filter(([, value]) => value !== '') as [string, string][],
    answers: lines(view.answers),
    materials: [...byKind.values()].map((files) => [
      say(files[0]!.title),
      files.map(({ name }) => name).join(words.chinese ? '、' : ', '),
    ]),
    opinions: opinions.map((task) => ({
      stage: stageOf(task.stage),
      office: words.office(task.role, words.chinese ? task.orgName : (task.orgNameEn ?? task.orgName)),
      verdict: t(`office.task.${task.state}`),
      words: task.words ?? '',
      by: words.who(task.doneByName ?? ''),
      date: date(task.doneAt),
      report: lines(task.report ?? []),
    })),
    steps: view.steps
      .filter(({ closed }) => !closed)
      .map((step) => [
        date(step.at),
        [t(`office.act.${step.act}`), stageOf(step.fromStage ?? step.toStage)]
          .filter(Boolean)
          .join(words.chinese ? '·' : ': '),
        words.who(step.byName),
        step.words ?? '',
      ]),
    label: {
      applied: part('applied'),
      materials: part('materials'),
      opinions: part('opinions'),
      course: part('course'),
      signature: t('office.paper.signature'),
      date: t('office.paper.date'),
      act: t('office.paper.act'),
      by: t('office.paper.by'),
      words: t('office.paper.words'),
    },
    printed: t('office.paper.printed', { date: date(day), by }),
  }
}
