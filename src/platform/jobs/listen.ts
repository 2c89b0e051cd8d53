/** Hears what the database announces on a channel, and listens again when the connection was lost. */
import type pg from 'pg'
import { ownerClient } from '../db/index.ts'

const AGAIN_AFTER = 1000

/** `onHeard` gets each payload; an empty one after every (re)connection, when something may have been missed. */
export function listen(url: string, channel: 'jobs', onHeard: (payload: string) => void): { stop(): Promise<void> } {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const again = () => {
    client?.removeAllListeners('notification')
    client?.end().catch(() => {})
    client = undefined
    if (!stopped) timer ??= setTimeout(begin, AGAIN_AFTER)
  }
  const begin = async () => {
    timer = undefined
    const opened = ownerClient(url)
    client = opened
    opened.on('error', () => opened === client && again())
    opened.on('notification', ({ payload }) => onHeard(payload ?? ''))
    try {
      await opened.connect()
      await opened.query(`listen ${channel}`)
      onHeard('')
    } catch {
      if (opened === client) again()
    }
  }
  const begun = begin()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await begun
      await client?.end().catch(() => {})
    },
  }
}
