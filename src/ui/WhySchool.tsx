/** Why a school meets a rule or not. */
import { Answer } from './Answer.tsx'
import { Why } from './Why.tsx'
import { useExplanation, type WhyRule } from './why-ask.ts'

export function WhySchool({ orgId, ...rule }: WhyRule & { orgId: string }) {
  const { why } = useExplanation({ orgId }, rule)
  return (
    <Answer of={why} height={160}>
      {(answer) => <Why answer={answer} />}
    </Answer>
  )
}
