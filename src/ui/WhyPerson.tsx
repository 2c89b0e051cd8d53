/** Asks why a person meets a rule or not, and shows it with a way to print it. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Explanation, policyContract } from '../platform/policy/contract.ts'
import { Answer } from './Answer.tsx'
import { useClient } from './client.tsx'
import { PrintWhy } from './PrintWhy.tsx'
import { Why } from './Why.tsx'
import { WhyObject } from './WhyObject.tsx'

/** `set`: the requirement set; the day judged is today where none is given; a draft, or changed figures, instead of what is in force. */
export type WhyAsk = {
  set: string
  personId: string
  asOf?: string | undefined
  draftId?: string | undefined
  /** New values by parameter. */
  changes?: Record<string, unknown> | undefined
  /** Whose figures are changed: an organisation. */
  changedAt?: string | undefined
}

export function WhyPerson({
  set,
  personId,
  asOf,
  draftId,
  changes,
  changedAt,
  objection,
}: WhyAsk & { objection?: (answer: Explanation) => ReactNode }) {
  const policy = useClient<typeof policyContract>('policy')
  const ask = {
    set,
    personId,
    ...(asOf ? { asOf } : {}),
    ...(draftId ? { draftId } : {}),
    ...(changes ? { changes, ...(changedAt ? { changedAt } : {}) } : {}),
  }
  const why = useQuery({ queryKey: ['policy', 'explain', ask], queryFn: () => policy.explain(ask) })
  return (
    <Answer of={why} height={160}>
      {(answer) => (
        <Why
          answer={answer}
          acts={<PrintWhy {...ask} />}
          objection={answer.trial ? undefined : objection ? objection(answer) : <WhyObject answer={answer} />}
        />
      )}
    </Answer>
  )
}
