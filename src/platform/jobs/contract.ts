/** What others see of background work. The procedures are those of the desk. */
import { z } from 'zod'

const runState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled'])
export type RunState = z.infer<typeof runState>

/** A message as data: a key of the catalogs and what fills it. */
const said = z.object({ code: z.string(), data: z.record(z.string(), z.unknown()).optional() })
export type Said = z.infer<typeof said>

/** One piece of background work. `name` is a message key too: what the work is called. */
export const run = z.object({
  id: z.uuid(),
  name: z.string(),
  state: runState,
  cancelAsked: z.boolean(),
  done: z.number().int(),
  /** Null while it is not known how much there is to do. */
  total: z.number().int().nullable(),
  message: said.nullable(),
  result: z.unknown(),
  error: said.nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
})
export type Run = z.infer<typeof run>
