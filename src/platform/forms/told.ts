/** Answers as people read them: for print, Excel and reviewers, in one language, without what is not on the screen. */
import { isShown, rowsOf, shownQuestions, valuesIn } from './answers/shown.ts'
import type { Answers, Locale, ToldRow } from './contract.ts'
import { isEmpty } from './language/expressions.ts'
import type { Choice, FormWords, Page, Panel, Question } from './language/schema.ts'
import { type Form, type Part, partsOf, typeOf } from './language/walk.ts'
import { inBoth, pick, say } from './words.ts'

/** Headings and answers in the order of the form. A heading without any question below it is left out. */
export function told(form: Form, answers: Answers, locale: Locale): ToldRow[] {
  const rows: ToldRow[] = []
  const headed = new Set<Page | Panel>()
  for (const { question, within } of shownQuestions(form, answers)) {
    const titled = within.filter(({ title }) => title !== undefined)
    for (const [depth, group] of titled.entries()) {
      if (headed.has(group)) continue
      headed.add(group)
      rows.push({ question: null, title: inLocale(group.title!, locale), value: null, depth })
    }
    rows.push(toldOne(question, answers, locale, titled.length))
  }
  return rows
}

const inLocale = (text: FormWords, locale: Locale): string => pick(inBoth(text), locale)

function toldOne(question: Question, answers: Answers, locale: Locale, depth: number): ToldRow {
  const head = { question: question.name, title: inLocale(question.title, locale), depth }
  const value = answers[question.name]
  const parts = partsOf(question)
  if (parts.length === 0) return { ...head, value: saidOf(question, value, locale) }
  const rows = rowsOf(question, value).filter((row) => !isEmpty(row.answers))
  const cells = rows.map((row) => {
    const values = valuesIn(question, row, answers)
    return parts.map((part) => (isShown(part, values) ? saidOf(part, row.answers[part.name], locale) : ''))
  })
  const names = rows.map((row) =>
    question.type === 'matrixdropdown' ? inLocale(question.rows[row.index]!.text, locale) : '',
  )
  const titles = parts.map((part) => inLocale(part.title, locale))
  const lines = cells.map((line, at) => {
    const said = line.flatMap((text, index) =>
      text === '' ? [] : [`${titles[index]}${say('told.colon', locale)}${text}`],
    )
    return `${names[at] || `${at + 1}.`} ${said.join(say('told.between', locale))}`
  })
  const named = question.type === 'matrixdropdown'
  return {
    ...head,
    value: lines.join('\n'),
    table: {
      columns: named ? ['', ...titles] : titles,
      rows: named ? cells.map((line, at) => [names[at]!, ...line]) : cells,
    },
  }
}

const dates = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
}
const months = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
}

/** One answer in words; empty where there is none. */
function saidOf(one: Question | Part, value: unknown, locale: Locale): string {
  if (isEmpty(value)) return ''
  const asked = one as { choices?: Choice[]; inputType?: string; labelTrue?: FormWords; labelFalse?: FormWords }
  const type = typeOf(one)
  if (type === 'boolean') {
    const label = value ? asked.labelTrue : asked.labelFalse
    return label ? inLocale(label, locale) : say(value ? 'told.yes' : 'told.no', locale)
  }
  if (asked.choices) {
    const texts = (Array.isArray(value) ? value : [value]).map((chosen) => {
      const choice = asked.choices!.find((one) => one.value === chosen)
      return choice ? inLocale(choice.text, locale) : String(chosen)
    })
    return texts.join(say('told.list', locale))
  }
  const text = String(value)
  if (asked.inputType === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text)) return dated(dates[locale], text)
  if (asked.inputType === 'month' && /^\d{4}-\d{2}$/.test(text)) return dated(months[locale], `${text}-01`)
  return text
}

const dated = (format: Intl.DateTimeFormat, civil: string): string => {
  const at = new Date(`${civil}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? civil : format.format(at)
}
