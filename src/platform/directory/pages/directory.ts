/** The directory as its pages ask for it: one client, and one key for each answer. */
import { useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../base/dates.ts'
import { useClient } from '../../../ui/client.tsx'
import { useSignedIn } from '../../../ui/session.tsx'
import type { directoryContract } from '../contract.ts'

export const useDirectory = () => useClient<typeof directoryContract>('directory')
export type Directory = ReturnType<typeof useDirectory>
type Answer<K extends keyof Directory> = Awaited<ReturnType<Directory[K]>>

export type Organisation = Answer<'tree'>[number]
export type Cluster = Answer<'clusters'>[number]

export const ALL = ['directory'] as const

/** Organisations directly under one; the tops of the scope without it. */
export function useChildren(parentId: string | undefined, enabled = true) {
  const directory = useDirectory()
  return useQuery({
    queryKey: [...ALL, 'tree', parentId ?? ''],
    queryFn: () => directory.tree(parentId ? { parentId } : {}),
    enabled,
  })
}

/** Today by the product's own clock. */
export const useToday = () => civilDate(new Date(useSignedIn().clock.now))
