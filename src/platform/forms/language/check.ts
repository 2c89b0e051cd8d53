/** Checks a form before anybody fills it in: outline by schema, then names, bounds, expressions, and what survey-core says of it. */
import { Model } from 'survey-core'
import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import { surveyOf } from '../survey.ts'
import { both, type Key, say } from '../words.ts'
import { FUNCTIONS, mentions } from './expressions.ts'
import { type FormDefinition, formSchema, type INPUTS, MOST, type Page, type Question } from './schema.ts'
import { type Form, groupsOf, type Part, partsOf, questionsOf, typeOf } from './walk.ts'

/** What is wrong with a form, and where: `pages[0].elements[2].title`. */
export type Problem = { path: string; zh: string; en: string }

const MOST_PROBLEMS = 100

/** Everything that is wrong with the form, in both languages; nothing where it may be used. */
export function checkForm(json: unknown): Problem[] {
  const bytes = sizeOf(json)
  if (bytes === undefined) return [{ path: '', ...both('check.object') }]
  if (bytes > MOST.bytes) return [{ path: '', ...both('check.bytes', { most: MOST.bytes }) }]
  const outline = outlineProblems(json)
  if (outline.length > 0) return outline.slice(0, MOST_PROBLEMS)
  const form = json as FormDefinition
  const found = [...nameProblems(form), ...questionProblems(form), ...expressionProblems(form)]
  return (found.length > 0 ? found : surveyProblems(form)).slice(0, MOST_PROBLEMS)
}

/** @throws Refusal `forms.not_fit` with `problems` */
export function readForm(json: unknown): Form {
  const problems = checkForm(json)
  if (problems.length > 0) throw new Refusal('invalid', 'forms.not_fit', { n: problems.length, problems })
  return json as Form
}

function sizeOf(json: unknown): number | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  try {
    return Buffer.byteLength(JSON.stringify(json))
  } catch {
    // In a circle, or deeper than can be written down.
    return undefined
  }
}

const chinese = z.locales.zhCN().localeError
const english = z.locales.en().localeError
type Issue = Parameters<typeof chinese>[0]

function outlineProblems(json: unknown): Problem[] {
  const read = (locale: 'zh-CN' | 'en') =>
    formSchema.safeParse(json, {
      error: (issue) => {
        const key = (issue as { params?: { key?: Key } }).params?.key
        return key ? say(key, locale) : (locale === 'en' ? english : chinese)(issue as Issue)
      },
    })
  const zh = read('zh-CN')
  if (zh.success) return []
  const en = read('en').error?.issues ?? []
  return zh.error.issues.map((issue, index) => ({
    path: written(issue.path),
    zh: issue.message,
    en: en[index]?.message ?? issue.message,
  }))
}

const written = (path: readonly PropertyKey[]): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${String(step)}`)).join('')

function* nameProblems(form: FormDefinition): Generator<Problem> {
  const names = new Set<string>()
  const sources = new Set<string>()
  const named = function* (name: string, path: string, among: Set<string>): Generator<Problem> {
    if (among.has(name.toLowerCase())) yield { path: `${path}.name`, ...both('check.twice', { name }) }
    among.add(name.toLowerCase())
  }
  let count = 0
  for (const { group, path } of groupsOf(form)) {
    yield* named(group.name, path, names)
    if (form.pages.length > 1 && form.pages.includes(group as Page) && !group.title)
      yield { path: `${path}.title`, ...both('check.page_title') }
  }
  for (const { question, path } of questionsOf(form)) {
    yield* named(question.name, path, names)
    const inner = new Set<string>()
    for (const [index, part] of partsOf(question).entries())
      yield* named(part.name, `${path}.${partsKey(question)}[${index}]`, inner)
    count += 1 + partsOf(question).length
    const { from } = question
    if (from !== undefined) {
      if (sources.has(from)) yield { path: `${path}.from`, ...both('check.from_twice', { from }) }
      sources.add(from)
    } else if (question.whereCorrect) yield { path: `${path}.whereCorrect`, ...both('check.where_without_from') }
  }
  if (count > MOST.questions) yield { path: '', ...both('check.questions', { most: MOST.questions }) }
}

const partsKey = (question: Question) => (question.type === 'paneldynamic' ? 'templateElements' : 'columns')

function* questionProblems(form: FormDefinition): Generator<Problem> {
  for (const { question, path } of questionsOf(form)) {
    yield* oneProblems(question, path)
    for (const [index, part] of partsOf(question).entries())
      yield* oneProblems(part, `${path}.${partsKey(question)}[${index}]`)
  }
}

const PAIRS = [
  ['min', 'max'],
  ['minSelectedChoices', 'maxSelectedChoices'],
  ['minRowCount', 'maxRowCount'],
  ['minPanelCount', 'maxPanelCount'],
] as const

function* oneProblems(one: Question | Part, path: string): Generator<Problem> {
  const given = one as Record<string, unknown>
  for (const [low, high] of PAIRS) {
    const [least, most] = [given[low], given[high]] as (number | string | undefined)[]
    if (least !== undefined && most !== undefined && typeof least === typeof most && least > most)
      yield { path: `${path}.${low}`, ...both('check.range') }
  }
  if (typeOf(one) === 'text') {
    const { inputType = 'text', min, max, step } = one as { inputType?: (typeof INPUTS)[number] } & typeof given
    const fits = (value: unknown) =>
      value === undefined ||
      (inputType === 'number' && typeof value === 'number') ||
      (inputType === 'date' && String(value).length === 10) ||
      (inputType === 'month' && String(value).length === 7)
    if (!fits(min) || !fits(max) || (step !== undefined && inputType !== 'number'))
      yield { path: `${path}.min`, ...both('check.bound_kind') }
  }
  if (typeOf(one) === 'rating') {
    const { rateMin = 1, rateMax = 5 } = one as { rateMin?: number; rateMax?: number }
    if (rateMax <= rateMin || rateMax - rateMin > 19) yield { path: `${path}.rateMax`, ...both('check.rate') }
  }
  for (const key of ['choices', 'rows'] as const) {
    const values = new Set<string>()
    if (!Array.isArray(given[key])) continue
    for (const [index, { value }] of (given[key] as { value: string | number }[]).entries()) {
      if (values.has(String(value).toLowerCase()))
        yield { path: `${path}.${key}[${index}].value`, ...both('check.value_twice', { value }) }
      values.add(String(value).toLowerCase())
    }
  }
}

function* expressionProblems(form: FormDefinition): Generator<Problem> {
  const names = new Set([...questionsOf(form)].map(({ question }) => question.name))
  for (const { group, path } of groupsOf(form)) yield* inExpression(group.visibleIf, `${path}.visibleIf`, names)
  for (const { question, path } of questionsOf(form)) {
    yield* inExpressions(question, path, names)
    const prefix = question.type === 'paneldynamic' ? 'panel' : 'row'
    const inside = new Set([...names, ...partsOf(question).map(({ name }) => `${prefix}.${name}`)])
    for (const [index, part] of partsOf(question).entries())
      yield* inExpressions(part, `${path}.${partsKey(question)}[${index}]`, inside)
  }
}

function* inExpressions(one: Question | Part, path: string, names: Set<string>): Generator<Problem> {
  yield* inExpression(one.visibleIf, `${path}.visibleIf`, names)
  yield* inExpression(one.requiredIf, `${path}.requiredIf`, names)
  for (const [index, validator] of (one.validators ?? []).entries())
    if (validator.type === 'expression')
      yield* inExpression(validator.expression, `${path}.validators[${index}].expression`, names)
}

function* inExpression(expression: string | undefined, path: string, names: Set<string>): Generator<Problem> {
  if (expression === undefined) return
  const found = mentions(expression)
  if (!found) {
    yield { path, ...both('check.expression') }
    return
  }
  for (const { name, given } of found.functions)
    if (!FUNCTIONS.has(name)) yield { path, ...both('check.function', { name }) }
    // The third would be an expression of its own, in a text.
    else if (name.endsWith('InArray') && given > 2) yield { path, ...both('check.function_given', { name }) }
  for (const name of found.variables)
    if (!names.has(name.replace(/\.length$/, ''))) yield { path, ...both('check.variable', { name }) }
}

const surveyProblems = (form: FormDefinition): Problem[] =>
  (new Model(surveyOf(form)).jsonErrors ?? []).map(({ message }) => ({
    path: '',
    ...both('check.survey', { what: message }),
  }))
