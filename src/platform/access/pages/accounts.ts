/** Accounts as their pages ask for them, with the organisations that an account or a role can stand at. */
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../ui/client.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import type { directoryContract } from '../../directory/contract.ts'
import type { accessContract } from '../contract.ts'

export const useAccess = () => useClient<typeof accessContract>('access')
export type Account = Awaited<ReturnType<ReturnType<typeof useAccess>['accounts']>>['rows'][number]

export const KEY = ['access', 'accounts'] as const
export const RECOVERIES = ['access', 'recoveries'] as const
export const EMERGENCIES = ['access', 'emergencies'] as const
/** One's own second factors. */
export const SECURITY = ['access', 'security'] as const

/** In the order of the house, for filters of those who may not read the matrix of roles. */
export const ROLES = [
  'teacher',
  'clerk',
  'principal',
  'trainer',
  'commission',
  'auditor',
  'security',
  'administrator',
] as const

/** Given and ended by security administrators only. */
export const TRUSTED = ['security', 'auditor'] as const
/** Their passwords are recovered by two people: whoever could reset one alone would be that person. */
export const OFFICERS = ['administrator', 'security', 'auditor'] as const
export const isOfficer = ({ roles }: Account): boolean =>
  roles.some(({ role }) => (OFFICERS as readonly string[]).includes(role))
export const isTrusted = (role: string): boolean => (TRUSTED as readonly string[]).includes(role)
/** Offices that can be taken in an emergency. */
export const OFFICES = ['clerk', 'principal', 'trainer', 'commission'] as const

export function useRoleWord(): (role: string) => string {
  const t = useWords('access')
  return (role) => (t.has(`role.${role}`) ? t(`role.${role}`) : role)
}

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
