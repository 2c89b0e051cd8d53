/** What the product answered: plain text with a mark that says where it comes from and where to have it corrected. */

import { createContext, type ReactElement, use } from 'react'
import type { Question } from 'survey-core'
import { ReactQuestionFactory } from 'survey-react-ui'
import { isCivilDate } from '../../base/dates.ts'
import type { Filled } from '../../platform/forms/contract.ts'
import { formatter } from '../format.ts'
import { useWords } from '../i18n.tsx'
import type { Locale } from '../locale.ts'

type Source = { filled: readonly Filled[]; correctAt: string | undefined; locale: Locale }
const Context = createContext<Source>({ filled: [], correctAt: undefined, locale: 'zh-CN' })
export const FilledIn = Context.Provider

const drawn = ({ question }: { question: Question }) => <FilledAnswer question={question} />

/** Makes the way of showing it known to survey-react-ui, under the name that `survey.ts` gives it. */
export const registerFilled = (): void =>
  // Declared as if it were given a name; it is given what the component of a question is given.
  ReactQuestionFactory.Instance.registerQuestion('q-filled', drawn as unknown as (name: string) => ReactElement)

function FilledAnswer({ question }: { question: Question }) {
  const t = useWords('form')
  const { filled, correctAt, locale } = use(Context)
  const where = filled.find((one) => one.question === question.name)?.where
  const words = where?.[locale === 'en' ? 'en' : 'zh']
  return (
    <div className="q-form-filled">
      <Said question={question} locale={locale} />
      <small>
        {t('from_archive')}
        {correctAt ? <a href={correctAt}>{words || t('correct')}</a> : words && <span>{words}</span>}
      </small>
    </div>
  )
}

type Titled = { name: string; locTitle: { renderedHtml: string } }
type Table = { columns: Titled[]; visibleRows: { id: string; cells: { question: Question }[] }[] }
type Groups = { templateElements: Titled[]; panels: { id: string; questions: Question[] }[] }
type Grid = { titles: Titled[]; rows: { id: string; cells: Question[] }[] }

/** Tables and repeated groups as a grid; nothing for what has one answer. */
function gridOf(question: Question): Grid | undefined {
  const type = question.getType()
  if (type.startsWith('matrix')) {
    const { columns, visibleRows } = question as unknown as Table
    const rows = visibleRows.map(({ id, cells }) => ({ id, cells: cells.map((cell) => cell.question) }))
    return { titles: columns, rows }
  }
  if (type !== 'paneldynamic') return undefined
  const { templateElements, panels } = question as unknown as Groups
  return { titles: templateElements, rows: panels.map(({ id, questions }) => ({ id, cells: questions })) }
}

function Said({ question, locale }: { question: Question; locale: Locale }) {
  const grid = gridOf(question)
  if (!grid) return <p>{said(question, locale)}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className="q-form-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {grid.titles.map((column) => (
              <th key={column.name} scope="col">
                {column.locTitle.renderedHtml}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <tr key={row.id}>
              {row.cells.map((cell) => (
                <td key={cell.id}>{said(cell, locale)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Chosen = { choices?: { value: unknown; locText: { renderedHtml: string } }[] }

function said(question: Question, locale: Locale): string {
  const { value } = question
  const { choices } = question as unknown as Chosen
  if (choices) {
    const chosen = Array.isArray(value) ? value : [value]
    const texts = choices.filter((choice) => chosen.includes(choice.value)).map(({ locText }) => locText.renderedHtml)
    return texts.join(locale === 'en' ? ', ' : '、')
  }
  if (typeof value !== 'string') return String(question.displayValue ?? '')
  if (isCivilDate(value)) return formatter(locale).date(value)
  return isCivilDate(`${value}-01`) ? month(value, locale) : value
}

const month = (value: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${value}-01`))
