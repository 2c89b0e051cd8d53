/** What the form of a class holds, and the way from and to the contract. Pure. */
import { times } from '../../../../../base/decimal.ts'
import type { ClassRow, Plan, Target } from '../training.ts'

export const LEVELS = ['district', 'city', 'national', 'school'] as const
export const CREDIT_KINDS = ['concentrated', 'online', 'practice', 'research', 'school_based', 'self_study'] as const
export const NATURES = ['class', 'activity'] as const

export type ClassValues = {
  projectId: string
  code: string
  name: string
  nameEn?: string
  level: (typeof LEVELS)[number]
  kind: string
  creditKind: string
  places: number | null
  hours: string
  terms: number
  /** First and last day planned; both or neither. */
  from?: string
  until?: string
  /** Yuan as typed, exact. */
  budget: string | null
  enrolment: 'delegated' | 'open'
  target: Target
}

export const emptyClass = (plan: Plan): Partial<ClassValues> => ({
  ...(plan.projects[0] ? { projectId: plan.projects[0].id } : {}),
  level: 'district',
  kind: 'class',
  creditKind: 'concentrated',
  places: null,
  terms: 1,
  enrolment: 'delegated',
  target: { categories: ['11'] },
})

export const valuesOf = (one: ClassRow): Partial<ClassValues> => ({
  projectId: one.projectId,
  code: one.code,
  name: one.name,
  nameEn: one.nameEn,
  level: one.level as ClassValues['level'],
  kind: one.kind,
  creditKind: one.creditKind,
  places: one.places,
  ...(one.hours ? { hours: one.hours } : {}),
  terms: one.terms,
  ...one.period,
  budget: one.budgetFen ? `${Math.trunc(one.budgetFen / 100)}.${String(one.budgetFen % 100).padStart(2, '0')}` : null,
  enrolment: one.enrolment,
  target: one.target,
})

/** The planned period as the contract takes it. */
export const periodOf = ({ from, until }: Pick<ClassValues, 'from' | 'until'>) =>
  from && until ? { from, until } : null

export const fenOf = (yuan: string | null | undefined): number => (yuan ? Number(times(yuan, '100')) : 0)

/** The rule without what was left empty, as the contract wants it. */
export function tidyTarget(target: Target | undefined): Target {
  const { serviceYears, hiredWithinMonths, ...lists } = target ?? {}
  const kept = Object.fromEntries(Object.entries(lists).filter(([, codes]) => (codes?.length ?? 0) > 0)) as Target
  const { from, to } = serviceYears ?? {}
  const years = { ...(typeof from === 'number' ? { from } : {}), ...(typeof to === 'number' ? { to } : {}) }
  return {
    ...kept,
    ...(Object.keys(years).length > 0 ? { serviceYears: years } : {}),
    ...(typeof hiredWithinMonths === 'number' ? { hiredWithinMonths } : {}),
  }
}
