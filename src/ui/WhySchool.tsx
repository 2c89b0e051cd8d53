/** Why a school meets a rule or not, with a way to print it, and for those who answer for the school a way to object. */
import { PrintWhy } from './PrintWhy.tsx'
import { Why } from './Why.tsx'
import { AsKnown } from './WhyKnown.tsx'
import { WhyObject } from './WhyObject.tsx'
import { useExplanation, type WhyRule } from './why-ask.ts'

export function WhySchool({ orgId, status = false, ...rule }: WhyRule & { orgId: string; status?: boolean }) {
  const { ask, why, known } = useExplanation({ orgId }, rule)
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
