/** Who is signed in, for every page: what they may see decides what is shown; the server decides what is allowed. */
import { createContext, useContext } from 'react'
import type { Locale } from './locale.ts'

/** An organisation as the session names it; without an English name it keeps its own in English too. */
type SessionOrg = { orgId: string; orgName: string; orgNameEn: string | null }
/** `emergency`: until when a role that was taken in an emergency is held. */
type SessionRole = SessionOrg & { role: string; orgPath: string; emergency?: string; emergencyId?: string }

export type Session = {
  account: {
    id: string
    login: string
    name: string
    locale: string
    mustChangePassword: boolean
    mustAddSecond: boolean
  }
  person: (SessionOrg & { id: string; name: string; number: string }) | null
  roles: SessionRole[]
  permissions: string[]
  /** The product's own time as an ISO instant; `moved` when a demonstration stands at another day than the wall. */
  clock: { now: string; moved: boolean }
  demo: boolean
}

export const SessionContext = createContext<Session | null>(null)

/** The session, or null on a public page. */
export const useSession = (): Session | null => useContext(SessionContext)

/** For pages behind the sign-in: the session that the shell has made sure of. */
export function useSignedIn(): Session {
  const session = useSession()
  if (!session) throw new Error('This page needs a session: declare its route without `public`.')
  return session
}

/** `can('training.plan.edit')`: show an act only to those who hold its permission. */
export function useCan(): (permission: string) => boolean {
  const session = useSession()
  return (permission) => session?.permissions.includes(permission) ?? false
}

/** The organisation's name in the language of the screen. */
export const orgNameIn = (locale: Locale, { orgName, orgNameEn }: Pick<SessionOrg, 'orgName' | 'orgNameEn'>): string =>
  locale === 'en' && orgNameEn ? orgNameEn : orgName

/** Under this key the session lies among the answers of the server. */
export const SESSION_KEY = ['session'] as const
