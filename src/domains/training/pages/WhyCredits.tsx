/** Why a person's credits are enough or not: the requirement sets of their authority, explained condition by condition. */
import { useQuery } from '@tanstack/react-query'
import type { policyContract } from '../../../platform/policy/contract.ts'
import { Answer } from '../../../ui/Answer.tsx'
import { useClient } from '../../../ui/client.tsx'
import { Why } from '../../../ui/Why.tsx'

export function WhyCredits({ personId, asOf }: { personId: string; asOf?: string }) {
  const policy = useClient<typeof policyContract>('policy')
  const ask = { set: 'training.credit.cycle', personId, ...(asOf ? { asOf } : {}) }
  const why = useQuery({ queryKey: ['policy', 'explain', ask], queryFn: () => policy.explain(ask) })
  return (
    <Answer of={why} height={160}>
      {(answer) => <Why answer={answer} />}
    </Answer>
  )
}
