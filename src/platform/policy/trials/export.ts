/** Everybody judged in a trial as a sheet, with the facts and both outcomes; a second sheet says what was tried. */
import { isDeepStrictEqual } from 'node:util'
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../../sheets/index.ts'
import { codeWords } from '../code-words.ts'
import type { Bilingual } from '../contract.ts'
import type { FactBook } from '../facts.ts'
import { titlesOf } from '../library.ts'
import { type PaperWords, paperWords } from '../print/paper-words.ts'
import { packsInForce } from '../queries.ts'
import { factsOfCut, keyOfCut, namesOfCut, whoseCut } from './cuts.ts'
import { factsSql, sayCodes, shownFacts } from './shown.ts'
import { gradesIn, judged, type Trial, trialOf, type WhatIfAsk } from './trial.ts'

type About = Trial['now']['about']
const WHO: Record<About, RawBuilder<unknown>> = {
  person: sql`p.number, p.name, o.short_name as org_name`,
  organisation: sql`coalesce(o.code, '') as number, o.name,
    coalesce((select a.short_name from directory.organisation a where a.id = o.parent_id), '') as org_name`,
}
const DISTRICT: ExportColumn = { key: 'district', kind: 'text', header: { zh: '区县', en: 'District' } }
const STAGE: ExportColumn = { key: 'stage', kind: 'text', header: { zh: '任教学段', en: 'Stage taught' } }
const HEAD: Record<About, ExportColumn[]> = {
  person: [
    { key: 'number', kind: 'text', header: { zh: '教职工号', en: 'Teacher number' } },
    { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' } },
    { key: 'orgName', kind: 'text', header: { zh: '学校', en: 'School' } },
    DISTRICT,
    { key: 'age', kind: 'integer', header: { zh: '年龄', en: 'Age' } },
  ],
  organisation: [
    { key: 'number', kind: 'text', header: { zh: '学校代码', en: 'School code' } },
    { key: 'name', kind: 'text', header: { zh: '学校', en: 'School' } },
    { key: 'orgName', kind: 'text', header: { zh: '所属', en: 'Belongs to' } },
    DISTRICT,
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
  district: string | null
  stage: string
  before: string
  after: string
  facts: Record<string, string | null>
}

export async function exportWhatIf<T>(act: Act<T>, book: FactBook, ask: WhatIfAsk, locale: Locale): Promise<File> {
  const trial = await trialOf(act, book, ask)
  const shown = shownFacts(book, trial)
  const { about, title } = trial.now
  // Not twice where the rule itself asks for it.
  const staged = about === 'person' && [...factsOfCut(book, 'stage')].some((id) => !shown.includes(id))
  const columns: ExportColumn[] = [
    ...HEAD[about],
    ...(staged ? [STAGE] : []),
    ...shown.map((id): ExportColumn => {
      const { title: called, type } = book.declared(id)!
      return type === 'number'
        ? { key: id, kind: 'decimal', scale: 2, header: called }
        : { key: id, kind: 'text', header: called }
    }),
    { key: 'before', kind: 'text', header: { zh: '现行规定', en: 'As it is' } },
    { key: 'after', kind: 'text', header: { zh: '试改后', en: 'As it would be' } },
  ]
  const { rows } = await sql<Row>`${judged(book, trial, staged ? 'stage' : 'school')}
    select ${WHO[about]}, ${about === 'person' ? sql`extract(year from age(${trial.asOf}::date, p.birth_date))::int` : sql`null::int`} as age,
      (select a.short_name from directory.organisation a where a.id = d.id) as district,
      ${staged ? keyOfCut(book, 'stage', trial.asOf) : sql`''`} as stage,
      j.before, j.after, ${factsSql(book, shown)} as facts
    from judged j ${whoseCut('district', about)} order by o.path, 1`.execute(act.tx)
  const stages = staged
    ? await namesOfCut(
        act,
        book,
        'stage',
        rows.map(({ stage }) => ({ key: stage })),
      )
    : undefined
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
    rows: rows.map(({ facts: values, before, after, stage, ...who }) => ({
      ...who,
      ...(stages ? { stage: pick(stages(stage)) } : {}),
      ...Object.fromEntries(shown.map((id) => [id, cell(id, values[id] ?? null)])),
      before: word(before),
      after: word(after),
    })),
    locale,
    at: new Date(act.now),
    note: act.actor.name,
    about: await told(act, ask.orgId, trial, paper),
  })
}

/** What was tried, line by line: the rule, the day, of whom, and by authority each figure as it is and would be, with its clause and version. */
async function told<T>(act: Act<T>, orgId: string, trial: Trial, words: PaperWords): Promise<[string, string][]> {
  const { t, say } = words
  const { now, others, asOf } = trial
  const names = new Map((await packsInForce(act)).map(({ authority, name }) => [authority, name]))
  const lines: [string, string][] = []
  for (const side of [trial, ...others]) {
    const whose = others.length > 0 ? (names.get(side.authority) ?? { zh: side.authority, en: side.authority }) : null
    lines.push(...(await figuresOf(act, side, whose, words)))
  }
  const { rows } = await sql<{
    name: string
  }>`select o.name from directory.organisation o where o.id = ${orgId}`.execute(act.tx)
  return [
    [t('lab.set'), `${say(now.title)}（${now.id}）`],
    [t('lab.org'), rows[0]?.name ?? ''],
    [t('lab.as_of'), words.date(asOf)],
    ...lines,
  ]
}

/** @param whose the authority, named before each figure where several apply; everybody is judged by the rules of their own */
async function figuresOf<T>(
  act: Act<T>,
  { now, would }: Pick<Trial, 'now' | 'would'>,
  whose: Bilingual | null,
  { t, say, value: written, clause: source, chinese }: PaperWords,
): Promise<[string, string][]> {
  const titles = await titlesOf(act, now.parameters)
  const before = whose ? `${say(whose)}${chinese ? '：' : ': '}` : ''
  return now.parameters.map(({ id, value, unit, clause, confidence, packVersion }) => {
    const tried = (would.parameters.find((found) => found.id === id) ?? { value }).value
    const [is, then] = [written(value, unit), written(tried, unit)]
    const figure = isDeepStrictEqual(value, tried) ? t('lab.figure_kept', { value: is }) : `${is} → ${then}`
    return [
      `${before}${titles.has(id) ? say(titles.get(id)!) : id}`,
      [figure, source(clause), t(`confidence.${confidence}`), packVersion].join(chinese ? '；' : '; '),
    ]
  })
}
