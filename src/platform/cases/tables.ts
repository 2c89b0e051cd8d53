/** Rows of the tables of cases as the services read them. */
import type { Bilingual } from '../policy/contract.ts'
import type { Definition } from './contract/definition.ts'
import type { State } from './rules/flow.ts'

export type CallState = 'draft' | 'published' | 'ended' | 'dropped'

export type Call = {
  id: string
  orgId: string
  orgPath: string
  authority: string
  template: string | null
  definition: Definition
  formVersion: string | null
  title: Bilingual
  state: CallState
  opensOn: string
  judgedOn: string
  seed: string | null
  revision: number
  madeBy: string
}

/** How a requirement set came out when it was handed in; `decisionId` where the decision on the person was kept. */
export type Judged = {
  set: string
  outcome: string
  decisionId: string | null
  title?: Bilingual
  /** Null: it could not be said, for lack of these facts. */
  holds?: boolean | null
  unknown?: { id: string; title: Bilingual; ask: Bilingual }[]
}

export type Application = {
  id: string
  callId: string
  personId: string | null
  orgId: string
  orgPath: string
  name: string
  track: string | null
  state: State
  stage: string | null
  since: string
  dueOn: string | null
  formVersion: string
  answers: Record<string, unknown>
  known: Record<string, unknown>
  judged: Judged[]
  points: { question?: string; material?: string; says: string }[]
  score: string | null
  rank: number | null
  submittedAt: string | null
  madeBy: string
  revision: number
}
