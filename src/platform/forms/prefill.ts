/** What the product knows already is not asked: it fills it in, the person reads it and is told where to have it corrected. */

import { checkAnswers } from './answers/check.ts'
import { fitAnswer } from './answers/fit.ts'
import type { Answers, Filled } from './contract.ts'
import { isEmpty } from './language/expressions.ts'
import { type Form, partsOf, questionsOf } from './language/walk.ts'
import { inBoth } from './words.ts'

/** The facts and fields that the form wants filled in, each once. */
export const prefilled = (form: Form): string[] =>
  [...questionsOf(form)].flatMap(({ question: { from } }) => (from === undefined ? [] : [from]))

export type Prefilled = {
  answers: Answers
  /** Questions that the product answered; the others with a `from` are asked. */
  filled: Filled[]
  /** What is known but is no answer to its question, as a code that is not among the choices. It is asked. */
  unfit: string[]
}

/** Answers with everything that is known in its place; whatever the person sent for these questions does not count. */
export function withPrefill(form: Form, given: Answers, known: Readonly<Record<string, unknown>>): Prefilled {
  const answers = { ...given }
  const filled: Filled[] = []
  const unfit: string[] = []
  for (const { question } of questionsOf(form)) {
    const { from, name } = question
    if (from === undefined || !Object.hasOwn(known, from) || isEmpty(known[from])) continue
    const found = partsOf(question).length > 0 ? answersOf(form, name, known[from]) : fitAnswer(question, known[from])
    if (found.wrong || found.value === undefined) {
      unfit.push(from)
      continue
    }
    answers[name] = found.value
    filled.push({ question: name, from, where: question.whereCorrect ? inBoth(question.whereCorrect) : null })
  }
  return { answers, filled, unfit }
}

/** A whole table that is known: its rows as the form keeps them. */
function answersOf(form: Form, name: string, value: unknown): { value?: unknown; wrong?: true } {
  const { answers, problems } = checkAnswers(form, { [name]: value }, { whole: false })
  return problems.length > 0 ? { wrong: true } : { value: answers[name] }
}
