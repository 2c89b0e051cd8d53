/** Asks why a school meets a rule or not, and shows it. */
import { useQuery } from '@tanstack/react-query'
import type { policyContract } from '../platform/policy/contract.ts'
import { Answer } from './Answer.tsx'
import { useClient } from './client.tsx'
import { Why } from './Why.tsx'

/** The day judged is today where none is given; a draft, or changed figures, instead of what is in force. */
export type WhySchoolAsk = {
  set: string
  orgId: string
  asOf?: string | undefined
  draftId?: string | undefined
  changes?: Record<string, unknown> | undefined
  /** Whose figures are changed: an organisation. */
  changedAt?: string | undefined
}

export function WhySchool({ set, orgId, asOf, draftId, changes, changedAt }: WhySchoolAsk) {
  const policy = useClient<typeof policyContract>('policy')
  const ask = {
    set,
    orgId,
    ...(asOf ? { asOf } : {}),
    ...(draftId ? { draftId } : {}),
    ...(changes ? { changes, ...(changedAt ? { changedAt } : {}) } : {}),
  }
  const why = useQuery({ queryKey: ['policy', 'explain', ask], queryFn: () => policy.explain(ask) })
  return (
    <Answer of={why} height={160}>
      {(answer) => <Why answer={answer} />}
    </Answer>
  )
}
