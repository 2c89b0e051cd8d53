/** What others see of policy: the library, explanations, trials. */
import { authoringProcedures } from './contract/authoring.ts'
import { decisionProcedures } from './contract/decisions.ts'
import { draftProcedures } from './contract/drafts.ts'
import { explainProcedures } from './contract/explain.ts'
import { libraryProcedures } from './contract/library.ts'
import { printProcedures } from './contract/print.ts'
import { trialProcedures } from './contract/trial.ts'

export type { CheckedExpression, PolicyWords, RanCase, SetProblem } from './contract/authoring.ts'
export type { DecisionAgain, DecisionRow, ObjectionRow } from './contract/decisions.ts'
export type {
  DraftCase,
  DraftDetail,
  DraftEffect,
  DraftFigures,
  DraftRow,
  DraftState,
  DraftsCompared,
} from './contract/drafts.ts'
export type { Explanation, Outcomes, ToldCondition, ToldGroup } from './contract/explain.ts'
export type {
  DueForReview,
  PacksCompared,
  PackVersionRow,
  ParameterPage,
  ParameterRow,
  WrittenCondition,
  WrittenGroup,
} from './contract/library.ts'
export type { WhatIf, WhatIfPeople } from './contract/trial.ts'
export {
  type Bilingual,
  bilingual,
  type Clause,
  CONFIDENCES,
  type Confidence,
  clause,
  confidence,
  NATURES,
  type Nature,
} from './contract/words.ts'

export const policyContract = {
  ...explainProcedures,
  ...decisionProcedures,
  ...trialProcedures,
  ...draftProcedures,
  ...libraryProcedures,
  ...printProcedures,
  ...authoringProcedures,
}
