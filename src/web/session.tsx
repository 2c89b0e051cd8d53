/** Asks who is signed in, once, and keeps the answer where routes and pages find it. */
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { switchLocale } from '../ui/i18n.tsx'
import { LOCALES, type Locale, localeWasChosen } from '../ui/locale.ts'
import { SESSION_KEY, type Session, SessionContext } from '../ui/session.tsx'
import { client } from './client.ts'

export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async (): Promise<Session | null> => client.access.me(),
  staleTime: 5 * 60_000,
})

export const sessionOf = (queries: QueryClient): Promise<Session | null> => queries.ensureQueryData(sessionQuery)

/** Forgets everything that belonged to the person who was signed in. */
export function forgetSession(queries: QueryClient): void {
  // The session's own place stays: whoever watches it must learn that it is empty now.
  queries.setQueryData(sessionQuery.queryKey, null)
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] })
  queries.getMutationCache().clear()
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const { data: session = null } = useQuery(sessionQuery)
  const wanted = session?.account.locale
  useEffect(() => {
    // A device on which nobody chose a language takes the account's.
    if (wanted && !localeWasChosen() && LOCALES.includes(wanted as Locale)) void switchLocale(wanted as Locale)
  }, [wanted])
  return <SessionContext value={session}>{children}</SessionContext>
}
