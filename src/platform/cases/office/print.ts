/** Papers of an office: the application form as PDF and Word, and the summary table of a list. */
import { readFileSync } from 'node:fs'
import type { Act } from '../../db/index.ts'
import { organisationOf } from '../../directory/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { Listed } from '../contract/office.ts'
import { callOf } from '../flow/rows.ts'
import type { CasesHouseParts } from '../parts.ts'
import { casePaper } from './case-paper.ts'
import { listedRows } from './export.ts'
import { fileNamed, type PaperLocale, PDF, paperWords } from './paper-words.ts'
import { DOCX, wordOf } from './word.ts'

const template = (name: string) => readFileSync(new URL(`./${name}.typ`, import.meta.url), 'utf8')
const FORM = template('application-form')
const SUMMARY = template('summary')

type Ask = { applicationId: string; as: 'pdf' | 'docx'; locale: PaperLocale }

/** @throws Refusal `not_found` outside the reach */
export async function printCase<T>(
  act: Act<T>,
  { book, print }: CasesHouseParts,
  held: readonly Held[],
  { as, ...ask }: Ask,
): Promise<File> {
  const paper = await casePaper(act, book, held, ask)
  const name = `${paper.subtitle} ${paper.facts[0]![1]}`
  return as === 'pdf'
    ? fileNamed(await print(FORM, paper, { at: act.now }), name, 'pdf', PDF)
    : fileNamed(await wordOf(paper), name, 'docx', DOCX)
}

/** @throws Refusal `not_found` where the call is not seen */
export async function printSummary<T>(
  act: Act<T>,
  { print }: CasesHouseParts,
  held: readonly Held[],
  { locale, ...ask }: Listed & { locale: PaperLocale },
): Promise<File> {
  const call = await callOf(act, ask.callId)
  const { t, say, date, chinese } = paperWords(locale)
  const rows = await listedRows(act, held, ask)
  const owner = await organisationOf(act, call.orgId)
  const tracks = call.definition.tracks.length > 0
  const scored = rows.some(({ score }) => score !== null)
  const data = {
    locale,
    words: { page: t('office.paper.page', { page: '{page}', pages: '{pages}' }) },
    head: owner.name,
    title: say(call.title),
    subtitle: t('office.paper.summary'),
    sheet: {
      columns: [
        { title: t('office.paper.nth'), align: 'right' },
        { title: t('office.paper.applicant') },
        { title: t('office.paper.org'), weight: 2 },
        ...(tracks ? [{ title: t('office.paper.track'), weight: 1 }] : []),
        { title: t('office.paper.stage'), weight: 1 },
        { title: t('office.paper.state') },
        { title: t('office.paper.submitted') },
        ...(scored ? [{ title: t('office.paper.score'), align: 'right' }] : []),
        { title: t('office.paper.remark'), weight: 1 },
      ],
      rows: rows.map((row, nth) => ({
        cells: [
          nth + 1,
          row.name,
          chinese ? row.orgName : (row.orgNameEn ?? row.orgName),
          ...(tracks ? [say(row.track)] : []),
          say(row.stageTitle),
          t(`office.state.${row.state}`),
          date(row.submittedAt),
          ...(scored ? [row.score === null ? '' : row.score.replace(/\.?0+$/, '')] : []),
          '',
        ],
      })),
    },
    filled: t('office.paper.filled', { n: rows.length }),
    signed: t('office.paper.sign_here'),
    printed: t('office.paper.printed', { date: date(act.today), by: act.actor.name }),
  }
  return fileNamed(await print(SUMMARY, data, { at: act.now }), `${data.title} ${data.subtitle}`, 'pdf', PDF)
}
