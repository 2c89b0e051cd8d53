/** What the pages of other systems share. */
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../ui/client.tsx'
import type { Tone } from '../../../ui/Tag.tsx'
import type { directoryContract } from '../../directory/contract.ts'
import type { DeliveryRow, EndpointRow, provisioningContract, TokenRow } from '../contract.ts'

export const KEY = ['provisioning'] as const
export const useProvisioning = () => useClient<typeof provisioningContract>('provisioning')

export const TOKEN_TONES: Record<TokenRow['state'], Tone> = {
  active: 'done',
  expiring: 'alert',
  expired: 'off',
  revoked: 'off',
}
export const ENDPOINT_TONES: Record<EndpointRow['state'], Tone> = { active: 'done', paused: 'alert', ended: 'off' }
export const DELIVERY_TONES: Record<DeliveryRow['state'], Tone> = { waiting: 'wait', delivered: 'done', dead: 'alert' }

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

/** The tops of the scope, what is directly below a city, and the schools. */
export function useOrganisations(): { value: string; label: string }[] {
  const directory = useClient<typeof directoryContract>('directory')
  const { data = [] } = useQuery({
    queryKey: ['directory', 'choices'],
    queryFn: async () => {
      const [roots, schools] = await Promise.all([directory.tree({}), directory.schools({})])
      const cities = roots.filter(({ kind }) => kind === 'municipality')
      const below = await Promise.all(cities.map(({ id }) => directory.tree({ parentId: id })))
      return [...roots, ...below.flat(), ...schools].map(({ id, shortName }) => ({ value: id, label: shortName }))
    },
    staleTime: 300_000,
  })
  return [...new Map(data.map((choice) => [choice.value, choice])).values()]
}
