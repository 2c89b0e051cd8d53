/** The questions of a form by name, with what a call asks of them. */
import type { Form } from '../../forms/index.ts'

export type Asked = {
  /** Where it stands in the form. */
  path: PropertyKey[]
  title: { zh: string; en: string }
  from: string | undefined
  identifies: boolean
  /** Answered by one or more of the choices. */
  choice: boolean
  contact: boolean
}

type Element = {
  type: string
  name: string
  elements?: Element[]
  title?: { default?: string; 'zh-CN'?: string; en: string }
  from?: string
  identifies?: boolean
  inputType?: string
}

export function questionsIn(form: Form): Map<string, Asked> {
  const found = new Map<string, Asked>()
  const within = (elements: readonly Element[], path: PropertyKey[]) => {
    for (const [nth, one] of elements.entries()) {
      const at = [...path, 'elements', nth]
      if (one.type === 'panel') within(one.elements ?? [], at)
      else
        found.set(one.name, {
          path: at,
          title: { zh: one.title?.['zh-CN'] ?? one.title?.default ?? one.name, en: one.title?.en ?? one.name },
          from: one.from,
          identifies: one.identifies === true,
          choice: ['dropdown', 'radiogroup', 'checkbox'].includes(one.type),
          contact: one.inputType === 'tel' || one.inputType === 'email',
        })
    }
  }
  for (const [nth, page] of (form.pages as unknown as { elements: Element[] }[]).entries())
    within(page.elements, ['pages', nth])
  return found
}
