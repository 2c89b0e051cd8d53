/** What the parts of a set and its fields are called, for what is said of them elsewhere than in their place. */
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import type { EditedCase } from './cases.ts'
import type { Bilingual, EditedSet } from './set.ts'

type Part = { says?: Bilingual; title?: Bilingual; name?: string }

const NEW = {
  grades: 'author.new_grade',
  consequences: 'author.new_consequence',
  exceptions: 'author.new_exception',
} as const

/** The innermost part with words on the way, then the field: “学分达标 · 判断表达式”. */
export function usePlaceWords(held: { set: EditedSet; cases: readonly EditedCase[] }): (path: string) => string {
  const t = useWords('policy')
  const pick = useBilingual()
  const nameless = (list = '') => (list in NEW ? t(NEW[list as keyof typeof NEW]) : t('author.new_condition'))
  return (path) => {
    const steps = path.split('.')
    let part = ''
    let on: unknown = steps[0] === 'cases' ? held : held.set
    for (const [nth, step] of steps.entries()) {
      on = (on as Record<string, unknown> | null | undefined)?.[step]
      if (typeof on !== 'object' || on === null) break
      const { says, title, name } = on as Part
      if (step === 'says' || step === 'title' || step === 'cure') break
      if (says || title) part = pick((says ?? title)!) || nameless(steps[nth - 1])
      else if (name !== undefined) part = name || t('cases.new')
    }
    return [part, fieldOf(steps, t)].filter(Boolean).join(' · ')
  }
}

function fieldOf(steps: readonly string[], t: ReturnType<typeof useWords>): string {
  const [before = '', last = ''] = steps.slice(-2)
  const name = (key: string) => (t.has(`author.field.${key}`) ? t(`author.field.${key}`) : '')
  if (last === 'zh' || last === 'en') return t(`author.in_${last}`, { what: name(before) })
  return name(last) || (before === 'facts' ? '' : name(before))
}
