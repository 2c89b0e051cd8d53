/** Row types of background work. */
import type { RunState, Said } from './contract.ts'

export type RunRow = {
  id: string
  name: string
  accountId: string | null
  orgPath: string | null
  input: unknown
  state: RunState
  attempt: number
  failures: number
  cancelAsked: boolean
  done: number
  total: number | null
  message: Said | null
  result: unknown
  error: Said | null
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}

export type JobsTables = { 'jobs.run': RunRow }
