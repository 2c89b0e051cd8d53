/** Keeps answers as they are typed: one save at a time, the latest words last, tried again while the line is down. */
import { useEffect, useState } from 'react'
import { troubleOf } from '../../../../ui/trouble.ts'
import type { Applying } from './applying.ts'

export type Saving =
  | { state: 'still' }
  | { state: 'saving' }
  | { state: 'saved'; at: string }
  /** The line is down: tried again by itself. */
  | { state: 'waiting' }
  /** Written elsewhere since, or its time is over: typing on here keeps nothing. */
  | { state: 'stopped'; error: unknown }

type Answers = Record<string, unknown>
export type Save = (given: { applicationId: string; revision: number; answers: Answers }) => Promise<{
  revision: number
  savedAt: string
}>

/** Milliseconds until it is tried again. */
const AGAIN = 5_000
const PASSING = new Set(['offline', 'fault', 'limited'])

/** @param tell is told how it stands each time that it changes */
export function keeper(
  save: Save,
  applicationId: string,
  begun: number,
  tell: (saving: Saving) => void,
  again = AGAIN,
) {
  let revision = begun
  let wanted: Answers | null = null
  let running: Promise<void> | null = null
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const run = async (): Promise<void> => {
    while (wanted && !stopped) {
      const answers = wanted
      wanted = null
      tell({ state: 'saving' })
      try {
        const saved = await save({ applicationId, revision, answers })
        revision = saved.revision
        tell({ state: 'saved', at: saved.savedAt })
      } catch (error) {
        // What was typed meanwhile is later than what failed.
        wanted ??= answers
        stopped = !PASSING.has(troubleOf(error).kind)
        tell(stopped ? { state: 'stopped', error } : { state: 'waiting' })
        if (!stopped) timer = setTimeout(() => void settle(), again)
        return
      }
    }
  }
  const settle = (): Promise<void> => {
    clearTimeout(timer)
    running ??= run().finally(() => {
      running = null
    })
    return running
  }
  return {
    keep: (answers: Answers): void => {
      wanted = answers
      void settle()
    },
    /** Whatever was typed has been sent; the revision that holds. */
    settled: async (): Promise<number> => {
      await settle()
      return revision
    },
    /** The page is left: what waits for the line is tried no more. */
    leave: (): void => clearTimeout(timer),
  }
}

export function useSaving(save: Applying['saveAnswers'], applicationId: string, begun: number) {
  const [saving, tell] = useState<Saving>({ state: 'still' })
  const [kept] = useState(() => keeper(save, applicationId, begun, tell))
  useEffect(() => kept.leave, [kept])
  return { saving, ...kept }
}
