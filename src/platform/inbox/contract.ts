/** What others see of the inbox. The procedures are those of the desk. */
import { z } from 'zod'

export const itemAct = z.object({
  /** `training.answer`: a procedure of the module named by its first part. */
  call: z.string(),
  input: z.record(z.string(), z.unknown()),
  /** A key of the catalogs of the module that sent it. */
  label: z.string(),
})
export type ItemAct = z.infer<typeof itemAct>

export const inboxItem = z.object({
  id: z.uuid(),
  kind: z.enum(['todo', 'message']),
  /** A key of the catalogs of the module named by its first part; `data` fills it. */
  code: z.string(),
  data: z.record(z.string(), z.unknown()),
  link: z.string().nullable(),
  due: z.iso.date().nullable(),
  overdue: z.boolean(),
  /** The role and the organisation it is for; null where it is for oneself. */
  role: z.string().nullable(),
  orgName: z.string().nullable(),
  createdAt: z.string(),
  readAt: z.string().nullable(),
  doneAt: z.string().nullable(),
  /** What settles it with one tap: a procedure, its input, and the key of its label. */
  act: itemAct.nullable(),
})
export type InboxItem = z.infer<typeof inboxItem>

export const inboxCount = z.object({ todos: z.number().int(), overdue: z.number().int(), unread: z.number().int() })
export type InboxCount = z.infer<typeof inboxCount>

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** How one wants to be told by e-mail. Times are on a wall clock in China. */
export const wishes = z.object({
  frequency: z.enum(['never', 'at_once', 'daily', 'weekly']),
  sendAt: time,
  weekday: z.coerce.number().int().min(1).max(7).describe('1 is Monday'),
  quietFrom: time.nullable(),
  quietUntil: time.nullable(),
})

export const notices = wishes.extend({
  mail: z.boolean().describe('Whether this installation sends e-mail'),
  address: z.string().nullable().describe('The verified address, masked'),
  refused: z.boolean().describe('The mail server says that nobody is there'),
  claim: z.object({ address: z.string() }).nullable().describe('An address whose code is awaited'),
  latest: z.object({ state: z.enum(['waiting', 'sent', 'failed']), at: z.string() }).nullable(),
  feed: z.object({ madeAt: z.string(), readAt: z.string().nullable() }).nullable().describe('The calendar feed'),
})
export type Notices = z.infer<typeof notices>
