/** Some acts ask whether it is still the same person: the call waits here while a dialog asks, and goes on or not. */
import { useSyncExternalStore } from 'react'

type Waiting = { settle: (confirmed: boolean) => void }

let waiting: Waiting[] = []
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Asks the person; several calls at once are answered by one confirmation. */
export const askAgain = (): Promise<boolean> =>
  new Promise((settle) => {
    waiting = [...waiting, { settle }]
    tell()
  })

/** What came of it: the calls that wait go on, or keep their refusal. */
export function answerAgain(confirmed: boolean): void {
  const asked = waiting
  waiting = []
  tell()
  for (const { settle } of asked) settle(confirmed)
}

export const useAskedAgain = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting.length > 0,
  )
