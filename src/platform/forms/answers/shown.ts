/** What of a form is on the screen under given answers: pages, panels, questions and cells whose conditions hold. */
import type { Answers } from '../contract.ts'
import { holds } from '../language/expressions.ts'
import type { Page, Panel, Question } from '../language/schema.ts'
import { type Form, type Part, questionsOf } from '../language/walk.ts'

/** A row of a table or a repeated group; `key` is the row's name in a table whose rows are given. */
export type Row = { answers: Answers; index: number; key?: string }

/** Under which values the conditions inside of a row are decided. */
export const valuesIn = (question: Question, row: Row, answers: Answers): Answers => ({
  ...answers,
  [question.type === 'paneldynamic' ? 'panel' : 'row']: row.answers,
})

export const isShown = (one: { visibleIf?: string | undefined }, values: Answers): boolean =>
  one.visibleIf === undefined || holds(one.visibleIf, values)

/** The questions on the screen, with the groups they stand in. */
export function shownQuestions(
  form: Form,
  answers: Answers,
): { question: Question; within: readonly (Page | Panel)[] }[] {
  const groups = new Map<Page | Panel, boolean>()
  return [...questionsOf(form)].filter(
    ({ question, within }) => within.every((group) => isOpen(group, answers, groups)) && isShown(question, answers),
  )
}

function isOpen(group: Page | Panel, answers: Answers, decided: Map<Page | Panel, boolean>): boolean {
  const known = decided.get(group) ?? isShown(group, answers)
  decided.set(group, known)
  return known
}

/** The rows of a table or a repeated group, in order. */
export function rowsOf(question: Question, value: unknown): Row[] {
  if (question.type === 'matrixdropdown') {
    const given = (value ?? {}) as Record<string, Answers>
    return question.rows.map(({ value: key }, index) => ({
      answers: given[String(key)] ?? {},
      index,
      key: String(key),
    }))
  }
  return ((value ?? []) as Answers[]).map((answers, index) => ({ answers, index }))
}

/**
 * Answers without those that are not on the screen. In the order of the form, as a person goes through it: what is dropped first
 * counts no more for what comes later; again until nothing changes.
 */
export function withoutHidden(form: Form, given: Answers): Answers {
  const now = { ...given }
  const questions = [...questionsOf(form)]
  // Each round but the last drops something; conditions in a circle come to an end too.
  for (let changed = true; changed; ) {
    changed = false
    let groups = new Map<Page | Panel, boolean>()
    for (const { question, within } of questions) {
      const { name } = question
      if (!Object.hasOwn(now, name)) continue
      const shown = within.every((group) => isOpen(group, now, groups)) && isShown(question, now)
      const kept = shown ? withoutHiddenCells(question, now[name], now) : undefined
      if (kept === now[name]) continue
      changed = true
      groups = new Map()
      if (kept === undefined) delete now[name]
      else now[name] = kept
    }
  }
  return now
}

function withoutHiddenCells(question: Question, value: unknown, answers: Answers): unknown {
  const parts: readonly Part[] =
    question.type === 'paneldynamic' ? question.templateElements : 'columns' in question ? question.columns : []
  const conditional = parts.filter(({ visibleIf }) => visibleIf !== undefined)
  if (conditional.length === 0) return value
  let changed = false
  const rows = rowsOf(question, value).map((row) => {
    const values = valuesIn(question, row, answers)
    const hidden = conditional.filter((part) => Object.hasOwn(row.answers, part.name) && !isShown(part, values))
    if (hidden.length === 0) return row
    changed = true
    const names = new Set(hidden.map(({ name }) => name))
    const kept = Object.fromEntries(Object.entries(row.answers).filter(([name]) => !names.has(name)))
    return { ...row, answers: kept }
  })
  if (!changed) return value
  return question.type === 'matrixdropdown'
    ? Object.fromEntries(
        rows.filter(({ answers: cells }) => Object.keys(cells).length > 0).map((row) => [row.key, row.answers]),
      )
    : rows.map((row) => row.answers)
}
