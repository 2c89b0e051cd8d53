/** The policy door: dated parameters from packs, and yearly plans. */
import { type Permission, ROLES, type Role } from '../access/index.ts'
import { ADOPTERS, DRAFTERS } from './drafts/index.ts'

export { policyApi } from './api.ts'
export { authoritiesIn, isUnder } from './authorities.ts'
export { codeWords } from './code-words.ts'
export { decideAll } from './decisions/decide.ts'
export { type Demand, demandIn, demandsOf, outcomeIn } from './demands.ts'
export { judgedBy } from './explain.ts'
export { judged } from './explanation.ts'
export { among, columnOf, FactBook, type FactSource, type SourceAsk, type SourceToShow, unrecorded } from './facts.ts'
export { policyHoldings } from './holdings.ts'
export { diffPacks, type PackDiff } from './packs/diff.ts'
export { hash as contentHash, PACKS, type Pack } from './packs/pack.ts'
export { readPacks } from './packs/read.ts'
export { heldPack } from './packs/stored.ts'
export { loadPlan } from './plan.ts'
export type { Plan, PlanClass } from './plan-schema.ts'
export { authorityOf, parameters, rulesOf } from './queries.ts'
export { runCases } from './requirements/pack-cases.ts'
export { addWorkingDays } from './rules/expression/calendar.ts'
export { plain } from './rules/expression/value.ts'
export { hoursPerCredit } from './rules/hours-per-credit.ts'
export type { Found, Parameters } from './rules/reader.ts'
export { type Loaded, loadOrKeep, loadPacks, unfit } from './service.ts'
export { type Shortfall, shortfallOf } from './shortfall.ts'
export { HoursPerCredit, Period } from './units.ts'
export { valuesOf } from './values.ts'
export { type Located, type Problem, readYaml, readYamlText } from './yaml-file.ts'

export const policyPermissions: Permission[] = [
  {
    id: 'policy.explain',
    roles: ['teacher', 'clerk', 'principal', 'trainer', 'commission', 'auditor'],
    zh: '查看条件逐项说明',
    en: 'See why conditions are met or not',
  },
  { id: 'policy.decide', roles: ['trainer', 'commission'], zh: '作出认定', en: 'Decide by requirement sets' },
  { id: 'policy.object', roles: ['teacher'], zh: '对认定提出异议', en: 'Object to decisions on oneself' },
  {
    id: 'policy.school.object',
    roles: ['clerk', 'principal'],
    zh: '代表学校提出异议',
    en: 'Object on behalf of a school',
  },
  {
    id: 'policy.objection.answer',
    roles: ['clerk', 'principal', 'trainer', 'commission'],
    zh: '答复认定异议',
    en: 'Answer objections to decisions',
  },
  { id: 'policy.draft', roles: DRAFTERS, zh: '起草政策修订', en: 'Draft changes of policy' },
  { id: 'policy.adopt', roles: ADOPTERS, zh: '采纳政策修订', en: 'Adopt changes of policy' },
  { id: 'policy.try', roles: ['trainer', 'commission', 'auditor'], zh: '试算政策', en: 'Try policies out' },
  {
    id: 'policy.packs',
    roles: ['trainer', 'commission', 'auditor', 'administrator'],
    zh: '查看参数包载入情况',
    en: 'See whether the policy packs were loaded',
  },
  { id: 'policy.read', roles: Object.keys(ROLES) as Role[], zh: '查看政策参数', en: 'See policy parameters' },
]
