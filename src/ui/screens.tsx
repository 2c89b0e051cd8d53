/** Which pages of the product rest on a figure or a rule: declared with their entries in the navigation. */
import { createContext, useContext } from 'react'
import type { NavEntry } from './module.ts'
import { useSession } from './session.tsx'

export const ScreensContext = createContext<readonly NavEntry[]>([])

export type Screen = Pick<NavEntry, 'path' | 'label'> & {
  /** Whoever looks may go there. */
  open: boolean
}

/** Pages that declare one of these parameters or requirement sets under `uses`. */
export function useScreensUsing(ids: readonly string[]): Screen[] {
  const entries = useContext(ScreensContext)
  const session = useSession()
  return entries
    .filter(({ uses = [] }) => uses.some((id) => ids.includes(id)))
    .map(({ path, label, permission, roles }) => ({
      path,
      label,
      open:
        (permission === undefined || [permission].flat().some((one) => session?.permissions.includes(one))) &&
        (roles === undefined || (session?.roles.some(({ role }) => roles.includes(role)) ?? false)),
    }))
}
