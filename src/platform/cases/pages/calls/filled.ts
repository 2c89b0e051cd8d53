/** What a form shows as filled in from the record, for a preview: an example at every question that the product answers. Pure. */
import type { Answers, Filled } from '../../../forms/contract.ts'

type Element = {
  type?: string
  name?: string
  from?: string
  inputType?: string
  choices?: unknown
  elements?: Element[]
}
type Words = { default?: string; 'zh-CN'?: string; en: string }

/**
 * @param example stands at questions that take any text
 * @param day stands at questions that take a date
 */
export function filledIn(form: object, example: string, day: string): { answers: Answers; filled: Filled[] } {
  const answers: Answers = {}
  const filled: Filled[] = []
  const within = (elements: readonly Element[]) => {
    for (const one of elements) {
      if (one.elements) within(one.elements)
      // Only a line of text or a date can show an example: numbers and choices would look as if they were somebody's.
      if (one.from === undefined || one.type !== 'text' || (one.inputType && one.inputType !== 'date')) continue
      const { whereCorrect: where } = one as { whereCorrect?: Words }
      answers[one.name!] = one.inputType === 'date' ? day : example
      filled.push({
        question: one.name!,
        from: one.from,
        where: where ? { zh: where['zh-CN'] ?? where.default ?? '', en: where.en } : null,
      })
    }
  }
  for (const page of (form as { pages?: Element[] }).pages ?? []) within(page.elements ?? [])
  return { answers, filled }
}
