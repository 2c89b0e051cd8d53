/** Filters, orders and pages a short list that came whole, in the form in which the table asks a server. */
import { many } from '../../../../ui/address.ts'
import type { TablePage } from '../../../../ui/office/table.ts'
import type { TableQuery } from '../../../../ui/office/table-query.ts'

export type Ways<T> = {
  /** What makes a row stay, by filter field; called only for fields that are set. */
  keep?: Record<string, (row: T, values: readonly string[]) => boolean>
  /** Value to order by, by column; texts are ordered as names are. */
  order?: Record<string, (row: T) => number | string | null>
}

const collator = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

/** Rows that stay, in the order asked for; rows without a value come last whichever way. */
export function arrange<T>(
  rows: readonly T[],
  query: Pick<TableQuery, 'filter' | 'sort' | 'desc'>,
  ways: Ways<T>,
): T[] {
  const kept = rows.filter((row) =>
    Object.entries(query.filter).every(([field, value]) => ways.keep?.[field]?.(row, many(value)) ?? true),
  )
  const by = query.sort ? ways.order?.[query.sort] : undefined
  if (!by) return kept
  const sign = query.desc ? -1 : 1
  return kept.sort((a, b) => {
    const [x, y] = [by(a), by(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y)))
  })
}

/** One page of them; the cursor is the place of the first row. */
export function pageOf<T>(rows: readonly T[], query: TableQuery, ways: Ways<T> = {}): TablePage<T> {
  const all = arrange(rows, query, ways)
  const from = Math.max(0, Number(query.cursor ?? 0) || 0)
  const until = from + (query.limit || all.length)
  return { rows: all.slice(from, until), next: until < all.length ? String(until) : null, total: all.length }
}

/** True when one of the texts contains what was typed, whatever its case. */
export const matches = (typed: readonly string[], ...texts: (string | null | undefined)[]): boolean => {
  const wanted = (typed[0] ?? '').toLocaleLowerCase()
  return texts.some((text) => text?.toLocaleLowerCase().includes(wanted))
}
