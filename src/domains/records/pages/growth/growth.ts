/** A professional life and its credentials as the screens ask for them. */

import type { credentialsContract } from '../../../../platform/credentials/contract.ts'
import { useClient } from '../../../../ui/client.tsx'
import type { IconName } from '../../../../ui/Icon.tsx'
import type { Records } from '../records.ts'

export type Growth = Awaited<ReturnType<Records['ownGrowth']>>
export type Entry = Growth['entries'][number]
export type Kind = Entry['kind']

export const GROWTH = ['records', 'growth', 'own'] as const
export const CREDENTIALS = ['credentials', 'mine'] as const

export const useCredentials = () => useClient<typeof credentialsContract>('credentials')
export type Credentials = Awaited<ReturnType<ReturnType<typeof useCredentials>['mine']>>
export type Issued = Credentials['issued'][number]

export const keyOf = ({ source, subjectId }: { source: string; subjectId: string }): string => `${source} ${subjectId}`

/** In the order in which one chooses between them. */
export const KINDS: Record<Kind, IconName> = {
  study: 'book',
  work: 'building',
  post: 'person',
  title: 'award',
  training: 'training',
  honour: 'flag',
  research: 'document',
  guiding: 'hand',
}
