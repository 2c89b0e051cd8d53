/** What the pages of the register share. */
import { useClient } from '../../../ui/client.tsx'
import type { Tone } from '../../../ui/Tag.tsx'
import type { Platform, PlatformRow, ssoContract } from '../contract.ts'

export const KEY = ['sso', 'platforms'] as const
export const useSso = () => useClient<typeof ssoContract>('sso')

export const CATEGORIES = [
  'teaching',
  'training',
  'resources',
  'office',
  'evaluation',
  'service',
] as const satisfies Platform['category'][]
export const COLOURS = ['qing', 'zhu', 'indigo', 'amber', 'plum', 'slate'] as const satisfies Platform['colour'][]

/** The state as people mean it: a platform whose contract is over takes nobody in, whatever else is said. */
export const standing = ({ state, open }: Pick<PlatformRow, 'state' | 'open'>): { key: string; tone: Tone } => {
  if (state === 'active') return open ? { key: 'active', tone: 'done' } : { key: 'out_of_contract', tone: 'alert' }
  return state === 'suspended' ? { key: 'suspended', tone: 'wait' } : { key: 'ended', tone: 'off' }
}
