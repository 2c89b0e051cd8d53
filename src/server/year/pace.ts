/** Doing many things a few at a time, and keeping a journal of what was acknowledged. */
import { appendFileSync } from 'node:fs'

/** Notes an acknowledged command: what, about which class or session, and for whom. */
export type Journal = (what: string, subject: string, person?: string) => void

/** A journal in a file, one line a command, written before the next command is sent. */
export const journalIn = (file: string | undefined): Journal =>
  file ? (what, subject, person = '') => appendFileSync(file, `${what}\t${subject}\t${person}\n`) : () => {}

/** Runs `work` over all items, eight at a time; the first failure ends it. */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>, atOnce = 8): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < items.length) await work(items[next++]!)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
}
