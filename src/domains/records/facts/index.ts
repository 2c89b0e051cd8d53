/** Everything of people and schools that requirement sets may ask for, one file a policy domain. */
import type { FactSource } from '../../../platform/policy/index.ts'
import { certificateFacts } from './certificates.ts'
import { conductFacts } from './conduct.ts'
import { ethicsFacts } from './ethics.ts'
import { payFacts } from './pay.ts'
import { personFacts } from './person.ts'
import { qualificationFacts } from './qualification.ts'
import { rotationFacts } from './rotation.ts'
import { schoolFacts } from './school.ts'
import { serviceFacts } from './service.ts'
import { staffingFacts } from './staffing.ts'
import { talentFacts } from './talent.ts'

export { codeTables } from './person.ts'

export const recordsFacts: readonly FactSource[] = [
  ...personFacts,
  serviceFacts,
  ...certificateFacts,
  qualificationFacts,
  ...conductFacts,
  ...ethicsFacts,
  ...rotationFacts,
  talentFacts,
  payFacts,
  schoolFacts,
  staffingFacts,
]
