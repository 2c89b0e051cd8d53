/** What others see of policy: the library, explanations, trials. */
import { explainProcedures } from './contract/explain.ts'
import { libraryProcedures } from './contract/library.ts'
import { trialProcedures } from './contract/trial.ts'

export type { Explanation, ToldCondition, ToldGroup } from './contract/explain.ts'
export type { ParameterRow, WrittenCondition, WrittenGroup } from './contract/library.ts'
export type { WhatIf, WhatIfPeople } from './contract/trial.ts'
export { type Bilingual, type Clause, CONFIDENCES, type Confidence, clause } from './contract/words.ts'

export const policyContract = { ...explainProcedures, ...trialProcedures, ...libraryProcedures }
