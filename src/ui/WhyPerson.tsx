/** Why a person meets a rule or not, with a way to print it, and for the person a way to object. */
import { PrintWhy } from './PrintWhy.tsx'
import { Why } from './Why.tsx'
import { AsKnown } from './WhyKnown.tsx'
import { WhyObject } from './WhyObject.tsx'
import { useExplanation, type WhyRule } from './why-ask.ts'

/** `status`: the rule tells a state that nobody aims at. */
export function WhyPerson({ personId, status = false, ...rule }: WhyRule & { personId: string; status?: boolean }) {
  const { ask, why, known } = useExplanation({ personId }, rule)
  return (
    <AsKnown of={why} known={known} height={160}>
      {(answer, choosing) => (
        <Why
          answer={answer}
          status={status}
          known={choosing}
          acts={<PrintWhy {...ask} />}
          objection={<WhyObject answer={answer} />}
        />
      )}
    </AsKnown>
  )
}
