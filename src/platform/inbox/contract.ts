/** What others see of the inbox. The procedures are those of the desk. */
import { z } from 'zod'

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
})
export type InboxItem = z.infer<typeof inboxItem>

export const inboxCount = z.object({ todos: z.number().int(), overdue: z.number().int(), unread: z.number().int() })
export type InboxCount = z.infer<typeof inboxCount>
