/** Row types of the loaded packs. */
import type { Clause, Confidence } from './contract.ts'
import type { SetDeclaration } from './rules/requirements/declared.ts'

type Bilingual = { zh: string; en: string }

export type PolicyTables = {
  'policy.packVersion': { id: string; authority: string; name: Bilingual; extends: string | null; loadedAt: string }
  'policy.pack': { authority: string; versionId: string; since: string }
  'policy.parameter': { versionId: string; id: string; title: Bilingual; unit: string }
  'policy.requirement': { versionId: string; id: string; declared: SetDeclaration }
  'policy.parameterValue': {
    versionId: string
    parameterId: string
    during: string
    value: unknown
    clause: Clause | null
    confidence: Confidence
    note: string | null
  }
}
