/** One rule on oneself: why it comes out as it does, and what would if what one states is so. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { PrintWhy } from '../../../../ui/PrintWhy.tsx'
import { Why } from '../../../../ui/Why.tsx'
import { WhyObject } from '../../../../ui/WhyObject.tsx'
import type { policyContract } from '../../contract.ts'
import { StateFacts } from './StateFacts.tsx'
import type { Given } from './stated.ts'

export function OwnRule({
  set,
  title,
  personId,
  given,
  onState,
  onClose,
}: {
  set: string
  title: string
  personId: string
  given: Given
  onState: (given: Given) => void
  onClose: () => void
}) {
  const policy = useClient<typeof policyContract>('policy')
  const ask = { set, personId, given }
  const why = useQuery({
    queryKey: ['policy', 'explain', ask],
    queryFn: () => policy.explain(ask),
    placeholderData: keepPreviousData,
  })
  return (
    <Sheet open title={title} onClose={onClose}>
      <Answer of={why} height={300}>
        {(answer) => (
          <Why
            answer={answer}
            stating={<StateFacts answer={answer} given={given} onState={onState} />}
            acts={<PrintWhy {...ask} />}
            objection={<WhyObject answer={answer} />}
          />
        )}
      </Answer>
    </Sheet>
  )
}
