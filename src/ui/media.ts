/** What the window is like, for the few decisions that CSS cannot take. */
import { useSyncExternalStore } from 'react'
import { breakpoint } from './tokens.ts'

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
    () => false,
  )
}

/** Narrower than a small tablet: tables become cards. */
export const useIsPhone = (): boolean => useMedia(`(max-width: ${breakpoint.phone - 1}px)`)
/** Wide enough for the navigation to stand at the side. */
export const useIsWide = (): boolean => useMedia(`(min-width: ${breakpoint.wide}px)`)
export const useIsCalm = (): boolean => useMedia('(prefers-reduced-motion: reduce)')
/** While the page is being put on paper: tables then stand whole, with a head that repeats on every sheet. */
export const useIsPrinting = (): boolean => useMedia('print')
