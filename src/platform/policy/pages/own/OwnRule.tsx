/** One rule on oneself: why it comes out as it does, and what would if what one states is so. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useClient } from '../../../../ui/client.tsx'
import { Sheet } from '../../../../ui/Dialog.tsx'
import { PrintWhy } from '../../../../ui/PrintWhy.tsx'
import { Why } from '../../../../ui/Why.tsx'
import { AsKnown } from '../../../../ui/WhyKnown.tsx'
import { WhyObject } from '../../../../ui/WhyObject.tsx'
import { useKnown } from '../../../../ui/why-ask.ts'
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
  const known = useKnown()
  const ask = { set, personId, given, ...(known.on ? { knownOn: known.on } : {}) }
  const why = useQuery({
    queryKey: ['policy', 'explain', ask],
    queryFn: () => policy.explain(ask),
    // What was stated last may stand until the answer is there; what was known on another day may not.
    placeholderData: (last) => ((last?.knownOn ?? undefined) === known.on ? last : undefined),
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
      <AsKnown of={why} known={known} height={300}>
        {(answer, choosing) => (
          <div ref={body}>
            <Why
              answer={answer}
              status={status}
              stating={<StateFacts answer={answer} given={given} onState={state} />}
              known={choosing}
              acts={<PrintWhy {...ask} />}
              objection={<WhyObject answer={answer} />}
            />
          </div>
        )}
      </AsKnown>
    </Sheet>
  )
}
