/** The inbox door: to-dos and messages. */
export type { InboxCount, InboxItem } from './contract.ts'
export { type Held, heldBy, holds } from './held.ts'
export { inboxCountOf, inboxOf } from './queries.ts'
export { finish, finishAll, finishUnder, markRead, type NewItem, notify } from './service.ts'
export type { InboxTables } from './tables.ts'
