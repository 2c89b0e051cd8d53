/** What can be named in the conditions of a draft, in the words of the screen. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { policyContract } from '../../contract.ts'
import { type Offer, offersOf } from './completion.ts'

const NONE: readonly Offer[] = []

export function useOffers(draftId: string): readonly Offer[] {
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
  return useMemo(
    () =>
      words.data
        ? offersOf(words.data, {
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
          })
        : NONE,
    [words.data, f.locale],
  )
}
