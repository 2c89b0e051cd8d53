/** Checks what was filled in: a draft only for shape and size, the whole as the screen checks it, with survey-core's expressions. */
import type { AnswerProblem, Answers, Bilingual } from '../contract.ts'
import { holds, isEmpty } from '../language/expressions.ts'
import { MOST, type Question } from '../language/schema.ts'
import { type Form, type Part, partsOf, questionsOf } from '../language/walk.ts'
import { both, inBoth } from '../words.ts'
import { type Fit, fitAnswer, worded } from './fit.ts'
import { isShown, rowsOf, shownQuestions, valuesIn, withoutHidden } from './shown.ts'

/** All answers of one form together. */
const MOST_BYTES = 524_288

export type Checked = { answers: Answers; problems: AnswerProblem[] }

/**
 * Answers as they are kept, and what is wrong with them. Unknown names are refused, what is not on the screen is dropped.
 * With `whole: false` (a draft) answers stay as they are typed, hidden ones too; only what is no answer at all is a problem.
 */
export function checkAnswers(form: Form, given: unknown, { whole }: { whole: boolean }): Checked {
  if (!isRecord(given)) return refused('answer.shape')
  if (bytesOf(given) > MOST_BYTES) return refused('answer.bytes')
  const problems: AnswerProblem[] = []
  const taken: Answers = {}
  const wrong = new Map<string, AnswerProblem>()
  const known = new Map([...questionsOf(form)].map(({ question }) => [question.name, question]))
  for (const name of Object.keys(given)) {
    const short = name.slice(0, 60)
    if (!known.has(name))
      problems.push(problemOf(short, { zh: short, en: short }, both('answer.unknown', { name: short })))
  }
  const at = (place: Place, found: Fit): unknown => {
    const { value, wrong: bad } = found
    if (bad && (whole || value === undefined || bad.key === 'answer.too_long'))
      wrong.set(idOf(place), problemAt(place, bad))
    return value
  }
  for (const [name, question] of known) {
    if (!Object.hasOwn(given, name)) continue
    const value = taking(question, given[name], at)
    if (value !== undefined) taken[name] = value
  }
  if (!whole) return { answers: taken, problems: [...problems, ...wrong.values()] }
  const answers = withoutHidden(form, taken)
  // Unknown names first, then in the order in which the form is read.
  for (const { question } of shownQuestions(form, answers)) problems.push(...problemsOf(question, answers, wrong))
  return { answers, problems }
}

const refused = (key: 'answer.shape' | 'answer.bytes'): Checked => {
  const title = both('answer.form')
  return { answers: {}, problems: [problemOf('', title, both(key, { title }))] }
}

const isRecord = (value: unknown): value is Answers =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function bytesOf(value: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(value))
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Where an answer stands: a question, or a cell of one of its rows. */
type Place = { question: Question; row?: { index: number; key?: string }; part?: Part }

const idOf = ({ question, row, part }: Place): string =>
  part && row ? `${question.name} ${row.key ?? row.index} ${part.name}` : question.name

function titleOf({ question, row, part }: Place): Bilingual {
  const title = inBoth(question.title)
  if (!part || !row) return title
  const cell = inBoth(part.title)
  if (row.key === undefined) return both('told.cell', { title, n: row.index + 1, cell })
  const named =
    question.type === 'matrixdropdown' ? question.rows.find(({ value }) => String(value) === row.key) : undefined
  return both('told.cell_named', { title, row: named ? inBoth(named.text) : row.key, cell })
}

const problemOf = (question: string, title: Bilingual, said: Bilingual): AnswerProblem => ({ question, title, ...said })

function saidAt(place: Place, said: Bilingual): AnswerProblem {
  const { question, row, part } = place
  return {
    ...problemOf(question.name, titleOf(place), said),
    ...(row && part ? { row: row.index + 1, cell: part.name } : {}),
  }
}

const problemAt = (place: Place, wrong: NonNullable<Fit['wrong']>): AnswerProblem =>
  saidAt(place, worded(wrong, titleOf(place)))

type Take = (place: Place, found: Fit) => unknown

/** Reads an answer into the form's shape. Rows without any answer stay: somebody added them. */
function taking(question: Question, given: unknown, at: Take): unknown {
  if (given === null || given === undefined) return undefined
  const shape = () => at({ question }, { wrong: { key: 'answer.shape' } })
  if (question.type === 'matrixdropdown') {
    if (!isRecord(given)) return shape()
    const keys = new Map(question.rows.map(({ value }, index) => [String(value), index]))
    if (Object.keys(given).some((key) => !keys.has(key))) return shape()
    const rows: Answers = {}
    for (const [key, index] of keys) {
      if (!Object.hasOwn(given, key) || given[key] === null) continue
      const cells = takingRow(question, given[key], { index, key }, at)
      if (cells === undefined) return shape()
      if (Object.keys(cells).length > 0) rows[key] = cells
    }
    return Object.keys(rows).length > 0 ? rows : undefined
  }
  if (question.type !== 'matrixdynamic' && question.type !== 'paneldynamic')
    return at({ question }, fitAnswer(question, given))
  if (!Array.isArray(given)) return shape()
  const most =
    question.type === 'matrixdynamic' ? (question.maxRowCount ?? MOST.rows) : (question.maxPanelCount ?? MOST.panels)
  if (given.length > most) return at({ question }, { wrong: { key: 'answer.rows_most', values: { most } } })
  const rows: Answers[] = []
  for (const [index, row] of given.entries()) {
    const cells = takingRow(question, row ?? {}, { index }, at)
    if (cells === undefined) return shape()
    rows.push(cells)
  }
  return rows.length > 0 ? rows : undefined
}

function takingRow(question: Question, given: unknown, row: NonNullable<Place['row']>, at: Take): Answers | undefined {
  if (!isRecord(given)) return undefined
  const parts = partsOf(question)
  if (Object.keys(given).some((name) => !parts.some((part) => part.name === name))) return undefined
  const cells: Answers = {}
  for (const part of parts) {
    if (!Object.hasOwn(given, part.name)) continue
    const value = at({ question, row, part }, fitAnswer(part, given[part.name]))
    if (value !== undefined) cells[part.name] = value
  }
  return cells
}

/** What is wrong with a question on the screen, its cells included. */
function* problemsOf(
  question: Question,
  answers: Answers,
  wrong: ReadonlyMap<string, AnswerProblem>,
): Generator<AnswerProblem> {
  const value = answers[question.name]
  yield* oneProblems({ question }, question, value, answers, wrong)
  const parts = partsOf(question)
  if (parts.length === 0 || wrong.has(question.name)) return
  const rows = rowsOf(question, value)
  const least =
    question.type === 'matrixdynamic'
      ? question.minRowCount
      : question.type === 'paneldynamic'
        ? question.minPanelCount
        : 0
  if (least && rows.length < least && !(rows.length === 0 && question.isRequired))
    yield problemAt({ question }, { key: 'answer.rows_least', values: { least } })
  for (const row of rows) {
    const values = valuesIn(question, row, answers)
    for (const part of parts)
      if (isShown(part, values))
        yield* oneProblems({ question, row, part }, part, row.answers[part.name], values, wrong)
  }
}

function* oneProblems(
  place: Place,
  one: Question | Part,
  value: unknown,
  values: Answers,
  wrong: ReadonlyMap<string, AnswerProblem>,
): Generator<AnswerProblem> {
  const found = wrong.get(idOf(place))
  if (found) {
    yield found
    return
  }
  const must = () => one.isRequired || (one.requiredIf !== undefined && holds(one.requiredIf, values))
  if (isEmpty(value) && must()) {
    yield saidAt(
      place,
      one.requiredErrorText ? inBoth(one.requiredErrorText) : both('answer.required', { title: titleOf(place) }),
    )
    return
  }
  // As survey-core does it: what is not answered is held against other answers too.
  for (const validator of one.validators ?? []) {
    if (validator.type === 'expression') {
      if (!holds(validator.expression, values)) yield saidAt(place, inBoth(validator.text))
    } else if (typeof value === 'string' && value.length < validator.minLength)
      yield problemAt(place, { key: 'answer.too_short', values: { least: validator.minLength, n: value.length } })
  }
}
