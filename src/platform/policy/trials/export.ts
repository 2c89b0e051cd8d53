/** Everybody judged in a trial as a sheet, with the facts and both outcomes. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../../sheets/index.ts'
import { codeWords } from '../code-words.ts'
import type { FactBook } from '../facts.ts'
import { paperWords } from '../print/paper-words.ts'
import { whoseCut } from './cuts.ts'
import { factsSql, sayCodes, shownFacts } from './shown.ts'
import { gradesIn, judged, type Trial, trialOf, type WhatIfAsk } from './trial.ts'

type About = Trial['now']['about']
const WHO: Record<About, RawBuilder<unknown>> = {
  person: sql`p.number, p.name, o.short_name as org_name`,
  organisation: sql`coalesce(o.code, '') as number, o.name,
    coalesce((select a.short_name from directory.organisation a where a.id = o.parent_id), '') as org_name`,
}
const HEAD: Record<About, ExportColumn[]> = {
  person: [
    { key: 'number', kind: 'text', header: { zh: '教职工号', en: 'Teacher number' } },
    { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' } },
    { key: 'orgName', kind: 'text', header: { zh: '学校', en: 'School' } },
  ],
  organisation: [
    { key: 'number', kind: 'text', header: { zh: '学校代码', en: 'School code' } },
    { key: 'name', kind: 'text', header: { zh: '学校', en: 'School' } },
    { key: 'orgName', kind: 'text', header: { zh: '所属', en: 'Belongs to' } },
  ],
}
const OUTCOMES: Record<string, { zh: string; en: string }> = {
  met: { zh: '符合', en: 'Met' },
  unmet: { zh: '不符合', en: 'Not met' },
  unknown: { zh: '无法判断', en: 'Cannot be decided' },
  exempt: { zh: '不适用', en: 'Does not apply' },
}

type Row = {
  number: string
  name: string
  orgName: string
  before: string
  after: string
  facts: Record<string, string | null>
}

export async function exportWhatIf<T>(act: Act<T>, book: FactBook, ask: WhatIfAsk, locale: Locale): Promise<File> {
  const trial = await trialOf(act, book, ask)
  const shown = shownFacts(book, trial)
  const { about, title } = trial.now
  const columns: ExportColumn[] = [
    ...HEAD[about],
    ...shown.map((id): ExportColumn => {
      const { title: called, type } = book.declared(id)!
      return type === 'number'
        ? { key: id, kind: 'decimal', scale: 2, header: called }
        : { key: id, kind: 'text', header: called }
    }),
    { key: 'before', kind: 'text', header: { zh: '现行规定', en: 'As it is' } },
    { key: 'after', kind: 'text', header: { zh: '试改后', en: 'As it would be' } },
  ]
  const { rows } = await sql<Row>`${judged(book, trial)}
    select ${WHO[about]}, j.before, j.after, ${factsSql(book, shown)} as facts
    from judged j ${whoseCut('school', about)} order by o.path, 1`.execute(act.tx)
  const grades = new Map(gradesIn(trial).map(({ id, title: called }) => [id, called]))
  const pick = ({ zh, en }: { zh: string; en: string }) => (locale === 'en' ? en : zh)
  const word = (outcome: string) => pick(OUTCOMES[outcome] ?? grades.get(outcome) ?? { zh: outcome, en: outcome })
  const words = await codeWords(act, book, shown)
  const paper = paperWords(locale)
  const cell = (id: string, value: string | null): string | null => {
    const { type, unit } = book.declared(id)!
    if (value === null || type === 'number') return value
    const said = sayCodes(words.get(id), type, value)
    if (said) return pick(said)
    if (type === 'bool') return paper.value(value === 'true')
    return type === 'text' || type === 'date' ? value : paper.value(JSON.parse(value), unit)
  }
  return exportFile({
    title: { zh: `政策试算 ${title.zh}`, en: `Trial ${title.en}` },
    columns,
    rows: rows.map(({ facts: values, before, after, ...who }) => ({
      ...who,
      ...Object.fromEntries(shown.map((id) => [id, cell(id, values[id] ?? null)])),
      before: word(before),
      after: word(after),
    })),
    locale,
    at: new Date(act.now),
    note: act.actor.name,
  })
}
