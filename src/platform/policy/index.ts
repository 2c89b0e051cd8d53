/** The policy door: dated parameters from packs, and yearly plans. */
import { type Permission, ROLES, type Role } from '../access/index.ts'

export { policyApi } from './api.ts'
export { FactBook, type FactSource } from './facts.ts'
export { PACKS, readPacks } from './packs.ts'
export { loadPlan } from './plan.ts'
export type { Plan, PlanClass } from './plan-schema.ts'
export { authorityOf, parameters } from './queries.ts'
export { runCases } from './requirements/pack-cases.ts'
export { hoursPerCredit } from './rules/hours-per-credit.ts'
export type { Found, Parameters } from './rules/reader.ts'
export { type Loaded, loadPacks } from './service.ts'
export { HoursPerCredit, Period } from './units.ts'

export const policyPermissions: Permission[] = [
  {
    id: 'policy.explain',
    roles: ['teacher', 'clerk', 'principal', 'trainer', 'commission', 'auditor'],
    zh: '查看条件逐项说明',
    en: 'See why conditions are met or not',
  },
  { id: 'policy.try', roles: ['trainer', 'commission', 'auditor'], zh: '试算政策', en: 'Try policies out' },
  { id: 'policy.read', roles: Object.keys(ROLES) as Role[], zh: '查看政策参数', en: 'See policy parameters' },
]
