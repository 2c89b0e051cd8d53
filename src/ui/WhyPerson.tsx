/** Why a person meets a rule or not, with a way to print it. */
import type { ReactNode } from 'react'
import type { Explanation } from '../platform/policy/contract.ts'
import { Answer } from './Answer.tsx'
import { PrintWhy } from './PrintWhy.tsx'
import { Why } from './Why.tsx'
import { WhyObject } from './WhyObject.tsx'
import { useExplanation, type WhyRule } from './why-ask.ts'

type Asked = WhyRule & { personId: string; objection?: (answer: Explanation) => ReactNode }

export function WhyPerson({ personId, objection, ...rule }: Asked) {
  const { ask, why } = useExplanation({ personId }, rule)
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
