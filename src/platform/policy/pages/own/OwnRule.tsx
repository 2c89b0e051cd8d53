/** One rule on oneself: why it comes out as it does, and what would if what one states is so. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
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
  status,
  personId,
  given,
  onState,
  onClose,
}: {
  set: string
  title: string
  status: boolean
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
  const body = useRef<HTMLDivElement>(null)
  const [asked, setAsked] = useState(0)
  const shown = useRef(0)
  // The outcome stands above the fields, out of sight: it is brought before the reader once it is there.
  useEffect(() => {
    if (shown.current === asked || why.isPlaceholderData || !why.data) return
    shown.current = asked
    const outcome = body.current?.querySelector<HTMLElement>('.q-why-outcome')
    outcome?.focus({ preventScroll: true })
    outcome?.scrollIntoView({ block: 'start' })
  }, [asked, why.isPlaceholderData, why.data])
  const state = (stated: Given) => {
    onState(stated)
    setAsked(asked + 1)
  }
  return (
    <Sheet open title={title} onClose={onClose}>
      <Answer of={why} height={300}>
        {(answer) => (
          <div ref={body}>
            <Why
              answer={answer}
              status={status}
              stating={<StateFacts answer={answer} given={given} onState={state} />}
              acts={<PrintWhy {...ask} />}
              objection={<WhyObject answer={answer} />}
            />
          </div>
        )}
      </Answer>
    </Sheet>
  )
}
