/** What can be named in the conditions of a draft, in the words of the screen. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { PolicyWords, policyContract } from '../../contract.ts'
import { type Offer, offersOf } from './completion.ts'

type Names = { offers: readonly Offer[]; facts: PolicyWords['facts'] }
const NONE: Names = { offers: [], facts: [] }

/** @param about a rule about schools cannot name facts of people */
export function useNames(draftId: string, about: string): Names {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const words = useQuery({
    queryKey: ['policy', 'words', draftId],
    queryFn: () => policy.words({ draftId }),
    staleTime: 300_000,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words of the screen change with its language only
  return useMemo(() => {
    if (!words.data) return NONE
    const facts = words.data.facts.filter(({ ofSchools }) => about === 'person' || ofSchools)
    const offers = offersOf(
      { ...words.data, facts },
      {
        text: pick,
        type: (type) => (t.has(`type.${type}`) ? t(`type.${type}`) : type),
        value: (value, unit) =>
          typeof value === 'number'
            ? t.has(`unit.${unit}`)
              ? t(`unit.${unit}`, { n: value, text: f.number(value) })
              : f.number(value)
            : value === null
              ? t('parameters.no_limit')
              : '',
        about: (name) => (t.has(`function.${name}`) ? t(`function.${name}`) : ''),
      },
    )
    return { offers, facts }
  }, [words.data, f.locale, about])
}
