/** Row types of the loaded packs. */
import type { Clause, Confidence } from './contract.ts'
import type { Below } from './rules/below.ts'
import type { Case, SetDeclaration } from './rules/requirements/declared.ts'

type Bilingual = { zh: string; en: string }

export type PolicyTables = {
  'policy.packVersion': { id: string; authority: string; name: Bilingual; extends: string | null; loadedAt: string }
  'policy.pack': { authority: string; origin: 'file' | 'adopted'; versionId: string; since: string }
  'policy.inForce': { nth: number; authority: string; origin: 'file' | 'adopted'; versionId: string; since: string }
  'policy.parameter': {
    versionId: string
    id: string
    title: Bilingual
    unit: string
    below: Below
    permission: Clause | null
  }
  'policy.packCase': { versionId: string; nth: number; declared: Case }
  'policy.requirement': { versionId: string; id: string; declared: SetDeclaration }
  'policy.parameterValue': {
    versionId: string
    parameterId: string
    during: string
    value: unknown
    clause: Clause | null
    confidence: Confidence
    note: string | null
    reviewOn: string | null
  }
}
