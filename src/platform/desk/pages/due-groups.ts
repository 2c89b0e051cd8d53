/** To-dos by when they are due, in the order in which they come. */
import { addDays } from '../../../base/dates.ts'
import type { InboxItem } from '../../inbox/contract.ts'

const GROUPS = ['overdue', 'today', 'week', 'later', 'none'] as const
export type DueGroup = (typeof GROUPS)[number]

function groupOf(due: string | null, today: string): DueGroup {
  if (due === null) return 'none'
  if (due < today) return 'overdue'
  if (due === today) return 'today'
  return due < addDays(today, 8) ? 'week' : 'later'
}

/** Groups that hold nothing are left out. */
export function byDue(items: readonly InboxItem[], today: string): { key: DueGroup; rows: InboxItem[] }[] {
  const groups = Map.groupBy(items, ({ due }) => groupOf(due, today))
  return GROUPS.flatMap((key) => (groups.has(key) ? [{ key, rows: groups.get(key)! }] : []))
}
