/** Goes through a form: its questions, where they stand, and what one has in common with the cells of another. */
import type { Column, Element, FormDefinition, Page, Panel, Plain, Question } from './schema.ts'

/** A form that was checked. Only `readForm` makes one. */
export type Form = FormDefinition & { readonly __checked?: true }

/** A question of a form with the groups it stands in, outermost first. */
export type Placed = { question: Question; within: readonly (Page | Panel)[]; path: string }

/** All questions, in the order in which they are read; cells and repeated groups are parts of theirs. */
export function* questionsOf(form: FormDefinition): Generator<Placed> {
  for (const [index, page] of form.pages.entries())
    yield* questionsIn(page.elements as Element[], [page], `pages[${index}]`)
}

function* questionsIn(elements: readonly Element[], within: (Page | Panel)[], at: string): Generator<Placed> {
  for (const [index, element] of elements.entries()) {
    const path = `${at}.elements[${index}]`
    if (element.type === 'panel') yield* questionsIn(element.elements, [...within, element], path)
    else yield { question: element, within, path }
  }
}

/** Pages and panels, each with its place. */
export function* groupsOf(form: FormDefinition): Generator<{ group: Page | Panel; path: string }> {
  for (const [index, page] of form.pages.entries()) {
    yield { group: page, path: `pages[${index}]` }
    yield* panelsIn(page.elements as Element[], `pages[${index}]`)
  }
}

function* panelsIn(elements: readonly Element[], at: string): Generator<{ group: Panel; path: string }> {
  for (const [index, element] of elements.entries()) {
    if (element.type !== 'panel') continue
    const path = `${at}.elements[${index}]`
    yield { group: element, path }
    yield* panelsIn(element.elements, path)
  }
}

export type Part = Column | Plain
/** Columns of a table, or what a repeated group asks; nothing for other questions. */
export function partsOf(question: Question): readonly Part[] {
  if (question.type === 'paneldynamic') return question.templateElements
  return 'columns' in question ? question.columns : []
}

/** How a question or a cell is answered. */
export const typeOf = (one: Question | Part): string => ('cellType' in one ? one.cellType : one.type)
