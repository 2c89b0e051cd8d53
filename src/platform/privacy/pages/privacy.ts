/** What the pages of privacy share: the calls, and terms in words. */
import { useClient } from '../../../ui/client.tsx'
import { useBilingual, useWords } from '../../../ui/i18n.tsx'
import type { privacyContract, ToldHolding } from '../contract.ts'

export const usePrivacy = () => useClient<typeof privacyContract>('privacy')
export type Privacy = ReturnType<typeof usePrivacy>
export type OwnRequest = Awaited<ReturnType<Privacy['ownRequests']>>[number]
export type OfficeRequest = Awaited<ReturnType<Privacy['requests']>>['rows'][number]

export const REQUESTS = ['privacy', 'requests'] as const
export const OWN_REQUESTS = ['privacy', 'own-requests'] as const
export const EXPORTS = ['privacy', 'exports'] as const

/** How long something is kept, as a sentence. */
export function useTerm() {
  const t = useWords('privacy')
  const say = useBilingual()
  return ({ retention }: Pick<ToldHolding, 'retention'>): string => {
    if (retention.kind === 'kept') return say(retention.says)
    if (retention.length === null) return t('term.none')
    return t(`term.${retention.unit}`, { n: retention.length, since: say(retention.since) })
  }
}

export const TONES = { open: 'wait', granted: 'done', refused: 'alert', withdrawn: 'off' } as const
export const SENSITIVE = new Set(['sensitive', 'guarded'])
