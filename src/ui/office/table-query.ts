/** What a table asks for, kept in the address: cursor, size, order and filters. Pure, so that it can be tested. */
import { many, one, type Search } from '../address.ts'

export const SIZES = [20, 50, 100, 200] as const
const DEFAULT_SIZE = 50

export type TableQuery = {
  /** Opaque start of the page as the server gave it; absent on the first page. */
  cursor?: string
  limit: number
  /** Key of the column to sort by. */
  sort?: string
  desc?: boolean
  /** Values of the filter fields that are set. */
  filter: Record<string, string | string[]>
}

export type TableState = TableQuery & {
  /** Number of the page for people; the cursor is what counts. */
  page: number
}

/** Keys in the address; several tables on one page take different prefixes. */
export const addressKey = (prefix: string, key: string): string => (prefix ? `${prefix}.${key}` : key)

export function readTable(
  search: Search,
  fields: readonly string[],
  options: { prefix?: string; sort?: string; size?: number } = {},
): TableState {
  const { prefix = '' } = options
  const value = (key: string) => search[addressKey(prefix, key)]
  const size = Number(one(value('size')))
  const sort = one(value('sort')) || options.sort || ''
  const cursor = one(value('cursor'))
  const page = Math.max(1, Math.floor(Number(one(value('page')))) || 1)
  const filter: TableQuery['filter'] = {}
  for (const field of fields) {
    const values = many(value(field)).filter((text) => text !== '')
    if (values.length > 0) filter[field] = values.length === 1 ? (values[0] as string) : [...values]
  }
  return {
    limit: (SIZES as readonly number[]).includes(size) ? size : (options.size ?? DEFAULT_SIZE),
    page: cursor ? Math.max(2, page) : 1,
    filter,
    ...(cursor ? { cursor } : {}),
    ...(sort ? { sort: sort.replace(/^-/, ''), desc: sort.startsWith('-') } : {}),
  }
}

/** The change of the address for another filter, order or size: always back to the first page. */
export function changeTable(prefix: string, change: Record<string, string | readonly string[] | undefined>): Search {
  const patch: Record<string, string | readonly string[] | undefined> = {
    [addressKey(prefix, 'cursor')]: undefined,
    [addressKey(prefix, 'page')]: undefined,
  }
  for (const [key, value] of Object.entries(change)) patch[addressKey(prefix, key)] = value
  return patch
}

/** Pressing a column's head: ascending, descending, then the table's own order again. */
export function nextSort(key: string, now: { sort?: string; desc?: boolean }): string | undefined {
  if (now.sort !== key) return key
  return now.desc ? undefined : `-${key}`
}
