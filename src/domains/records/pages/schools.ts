/** The schools that the person may see, as choices. */
import { useQuery } from '@tanstack/react-query'
import type { directoryContract } from '../../../platform/directory/contract.ts'
import { useClient } from '../../../ui/client.tsx'

export function useSchools() {
  const directory = useClient<typeof directoryContract>('directory')
  const { data = [] } = useQuery({
    queryKey: ['directory', 'schools'],
    queryFn: () => directory.schools({}),
    staleTime: 300_000,
  })
  return data.map(({ id, shortName }) => ({ value: id, label: shortName }))
}
