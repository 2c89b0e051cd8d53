/** Asks why somebody meets a rule or not. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { policyContract } from '../platform/policy/contract.ts'
import { useClient } from './client.tsx'

/** `set`: the requirement set; the day judged is today where none is given; a draft, or changed figures, instead of what is in force. */
export type WhyRule = {
  set: string
  asOf?: string | undefined
  draftId?: string | undefined
  /** New values by parameter. */
  changes?: Record<string, unknown> | undefined
  /** Whose figures are changed: an organisation. */
  changedAt?: string | undefined
}

/** The civil day, all of it, as which facts and rules are known; the present where there is none. */
export type Known = { on: string | undefined; choose: (on: string | undefined) => void }

export function useKnown(): Known {
  const [on, choose] = useState<string>()
  return { on, choose }
}

/** The explanation of a person or a school, what was asked for it, and as known when. */
export function useExplanation<T extends { personId: string } | { orgId: string }>(
  whom: T,
  { set, asOf, draftId, changes, changedAt }: WhyRule,
) {
  const policy = useClient<typeof policyContract>('policy')
  const known = useKnown()
  const ask = {
    ...whom,
    set,
    ...(asOf ? { asOf } : {}),
    ...(known.on ? { knownOn: known.on } : {}),
    ...(draftId ? { draftId } : {}),
    ...(changes ? { changes, ...(changedAt ? { changedAt } : {}) } : {}),
  }
  const why = useQuery({ queryKey: ['policy', 'explain', ask], queryFn: () => policy.explain(ask) })
  return { ask, why, known }
}
