/** A list of cases as a workbook: where each stands, and below every question what was answered. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import { setBased } from '../../db/index.ts'
import { formOf, told } from '../../forms/index.ts'
import type { Held } from '../../inbox/index.ts'
import { type ExportColumn, exportFile } from '../../sheets/index.ts'
import { type CaseRow, caseState, type Listed } from '../contract/office.ts'
import { callOf } from '../flow/rows.ts'
import type { Application } from '../tables.ts'
import { type PaperLocale, paperWords } from './paper-words.ts'
import { columns, listedWhere } from './rows.ts'

const text = (key: string, zh: string, en: string, width?: number): ExportColumn => ({
  key,
  kind: 'text',
  header: { zh, en },
  ...(width ? { width } : {}),
})

export type Exported = CaseRow & Pick<Application, 'formVersion' | 'answers'> & { personId: string | null }

/** All rows of a list, by school and name. */
export async function listedRows<T>(act: Act<T>, held: readonly Held[], ask: Listed): Promise<Exported[]> {
  const { rows: count } = await sql<{
    n: number
  }>`select count(*)::int as n from cases.application a where a.call_id = ${ask.callId}`.execute(act.tx)
  await setBased(act, count[0]!.n)
  const { rows } =
    await sql<Exported>`select ${columns(held)}, a.form_version, a.answers, a.person_id from cases.application a
    join cases.call c on c.id = a.call_id join directory.organisation o on o.id = a.org_id where ${listedWhere(ask)}
    order by o.path, a.name collate "zh-x-icu", a.id`.execute(act.tx)
  return rows
}

/** With whom it is about. @throws Refusal `not_found` where the call is not seen */
export async function exportCases<T>(
  act: Act<T>,
  held: readonly Held[],
  { locale, ...ask }: Listed & { locale: PaperLocale },
): Promise<{ file: File; personIds: string[] }> {
  const call = await callOf(act, ask.callId)
  const words = paperWords(locale)
  const rows = await listedRows(act, held, ask)
  const forms = new Map(
    await Promise.all(
      [...new Set(rows.map(({ formVersion }) => formVersion))].map(
        async (version) => [version, await formOf(act, version)] as const,
      ),
    ),
  )
  const questions = new Map<string, ExportColumn>()
  const filled = rows.map(({ formVersion, answers, personId: _, ...row }) => {
    const said = told(forms.get(formVersion)!, answers, locale).filter(({ question }) => question !== null)
    for (const { question, title } of said)
      if (!questions.has(question!)) questions.set(question!, text(`q.${question}`, title, title, 30))
    return {
      ...row,
      orgName: locale === 'en' ? (row.orgNameEn ?? row.orgName) : row.orgName,
      track: words.say(row.track),
      stage: words.say(row.stageTitle),
      since: new Date(row.since),
      submittedAt: row.submittedAt ? new Date(row.submittedAt) : null,
      ...Object.fromEntries(said.map(({ question, value }) => [`q.${question}`, value])),
    }
  })
  const states = caseState.options.map((code) => ({
    code,
    zh: paperWords('zh-CN').t(`office.state.${code}`),
    en: paperWords('en').t(`office.state.${code}`),
  }))
  const file = await exportFile({
    title: call.title,
    columns: [
      text('name', '申报人', 'Applicant', 12),
      text('orgName', '单位', 'Organisation', 22),
      ...(call.definition.tracks.length > 0 ? [text('track', '申报类别', 'Track', 16)] : []),
      { key: 'state', kind: 'code', table: states, header: { zh: '状态', en: 'State' } },
      text('stage', '环节', 'Stage', 16),
      { key: 'since', kind: 'instant', header: { zh: '到达时间', en: 'Since' } },
      { key: 'dueOn', kind: 'date', header: { zh: '办理期限', en: 'Due' } },
      { key: 'submittedAt', kind: 'instant', header: { zh: '提交时间', en: 'Submitted' } },
      { key: 'score', kind: 'decimal', scale: 2, header: { zh: '评审得分', en: 'Score' } },
      { key: 'rank', kind: 'integer', header: { zh: '名次', en: 'Rank' } },
      ...questions.values(),
    ],
    rows: filled,
    locale,
    at: new Date(act.now),
    note: act.actor.name,
  })
  return { file, personIds: [...new Set(rows.flatMap(({ personId }) => personId ?? []))] }
}
