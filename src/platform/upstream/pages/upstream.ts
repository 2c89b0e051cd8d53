/** What the pages of sign-in by other providers ask for. */
import { useClient } from '../../../ui/client.tsx'
import { useLocale } from '../../../ui/locale.ts'
import type { upstreamContract } from '../contract.ts'

export const useUpstream = () => useClient<typeof upstreamContract>('upstream')
export const PROVIDERS = ['upstream', 'providers'] as const
export const REQUESTS = ['upstream', 'requests'] as const

/** A provider's name as the language has it. */
export function useNameOf(): (named: { name: string; nameEn: string | null }) => string {
  const locale = useLocale()
  return ({ name, nameEn }) => (locale === 'en' && nameEn ? nameEn : name)
}
