/** The rule of a class in words: one sentence a condition. */
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { type CodeTable, useCodes } from './codes.ts'
import type { Target } from './training.ts'

const LISTS: readonly [keyof Target, CodeTable][] = [
  ['categories', 'categories'],
  ['stages', 'stages'],
  ['subjects', 'subjects'],
  ['titlesAny', 'titles'],
  ['posts', 'posts'],
  ['honoursAny', 'honours'],
  ['excludePosts', 'posts'],
]

/** `value('stages', ['2', '3'])` is what a condition asks for or what was found, as people say it. */
export function useTargetWords() {
  const t = useWords('training')
  const f = useFormat()
  const { label } = useCodes()
  const tableOf = (id: string) => LISTS.find(([key]) => key === id)?.[1]

  const value = (id: string, given: unknown): string => {
    if (given === null || given === undefined) return t('office.target.unknown')
    const table = tableOf(id)
    if (table) {
      const codes = Array.isArray(given) ? given.map(String) : [String(given)]
      return codes.length > 0 ? f.list(codes.map((code) => label(table, code))) : t('office.target.none')
    }
    if (id === 'serviceYears' && typeof given === 'object') return years(given)
    if (id === 'serviceYears') return t('office.target.years', { n: Number(given) })
    if (id === 'hiredWithinMonths')
      return typeof given === 'number' ? t('office.target.months', { n: given }) : f.date(String(given))
    return String(given)
  }
  const years = ({ from, to }: { from?: number; to?: number }): string => {
    if (from !== undefined && to !== undefined) return t('office.target.years_between', { from, to })
    if (from !== undefined) return t('office.target.years_from', { n: from })
    return t('office.target.years_to', { n: to ?? 0 })
  }
  /** Conditions of the rule, each as 「任教学段：小学、初中」; nobody is left out by an empty rule. */
  const conditions = (target: Target): string[] => {
    const ids = [...LISTS.map(([id]) => id), 'serviceYears', 'hiredWithinMonths'] as const
    return ids
      .filter((id) => target[id] !== undefined)
      .map((id) => t('office.target.condition', { name: t(`office.target.${id}`), value: value(id, target[id]) }))
  }
  const sentence = (target: Target): string => conditions(target).join(t('office.target.and')) || t('office.target.all')
  return { value, conditions, sentence, name: (id: string) => t(`office.target.${id}`) }
}
