/** The inbox door: to-dos and messages, by e-mail and as a calendar too. */
export { type CalendarEntry, type CalendarSource, type Span, spanAround, todoEntries } from './calendar/entries.ts'
export { accountOfFeed, makeFeed, revokeFeed } from './calendar/feed.ts'
export { ics } from './calendar/ics.ts'
export type { InboxCount, InboxItem, ItemAct } from './contract.ts'
export { type Held, heldBy, holds } from './held.ts'
export { inboxHoldings } from './holdings.ts'
export { accountOfToken, inboxKept } from './mail/outbox.ts'
export { mailRound } from './mail/round.ts'
export { type MailServer, reachMail } from './mail/server.ts'
export {
  claimAddress,
  confirmAddress,
  noticesOf,
  noticesTidied,
  removeAddress,
  setWishes,
  unsubscribe,
} from './mail/wishes.ts'
export { inboxAreas, inboxCountOf, inboxOf } from './queries.ts'
export { finish, finishAll, finishUnder, markAllRead, markRead, type NewItem, notify } from './service.ts'
export type { InboxTables } from './tables.ts'
export { type Catalog, localeOf, ownWords } from './words.ts'
