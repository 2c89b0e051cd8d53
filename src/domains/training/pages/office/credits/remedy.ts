/** What the answer dialog holds, and the remedy that the contract takes. Pure. */
import { CREDIT_KINDS, LEVELS } from '../class/class-values.ts'
import type { Objection } from '../training.ts'

export type RemedyValues = {
  /** Of an entry that is there: taken back or corrected. */
  as: 'take_back' | 'correct' | null
  kind: (typeof CREDIT_KINDS)[number]
  level: (typeof LEVELS)[number]
  hours: string
  occurredOn: string
  title: string
  evidence: string
  intoOpenYear: boolean
}

const oneOf = <T extends string>(list: readonly T[], text: string | undefined, otherwise: T): T =>
  list.find((value) => value === text) ?? otherwise

export const blankRemedy = ({ entry }: Pick<Objection, 'entry'>): RemedyValues => ({
  as: null,
  kind: oneOf(CREDIT_KINDS, entry?.kind, 'concentrated'),
  level: oneOf(LEVELS, entry?.level, 'district'),
  hours: entry ? entry.hours.replace(/\.?0+$/, '') : '',
  occurredOn: '',
  title: '',
  evidence: '',
  intoOpenYear: false,
})

/** More than nothing, at most 999.99, two decimals. */
export const areHours = (typed: string): boolean => /^\d{1,3}(\.\d{1,2})?$/.test(typed) && Number(typed) > 0

/** Null while something is missing. */
export function remedyOf({ entry }: Pick<Objection, 'entry'>, values: RemedyValues) {
  const { as, kind, level, intoOpenYear } = values
  const hours = values.hours.trim()
  if (entry && as === 'take_back') return { as }
  if (!areHours(hours)) return null
  if (entry) return as === 'correct' ? { as, kind, level, hours, intoOpenYear } : null
  const [title, evidence] = [values.title.trim(), values.evidence.trim()]
  if (title.length < 2 || evidence.length < 2 || values.occurredOn === '') return null
  return { as: 'enter' as const, kind, level, hours, intoOpenYear, occurredOn: values.occurredOn, title, evidence }
}
