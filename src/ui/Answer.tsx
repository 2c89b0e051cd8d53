/** One question to the server on the screen: waiting, failed with a way to try again, or the answer. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failure } from './Notice.tsx'
import { Skeleton } from './Skeleton.tsx'

export function Answer<T>({
  of,
  wait,
  height,
  children,
}: {
  of: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  wait?: ReactNode
  height?: number
  children: (data: T) => ReactNode
}) {
  // An answer on the screen stays there when asking again failed; the shell says that the line is down.
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <Failure error={of.error} onRetry={() => void of.refetch()} />
  return wait ?? <Skeleton {...(height ? { height } : {})} lines={height ? Math.max(2, Math.floor(height / 48)) : 3} />
}
