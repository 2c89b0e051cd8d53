/** Long lists in the order asked for, paged by where the last row stood: value of the sort key, then teacher number. */
import { type RawBuilder, sql } from 'kysely'
import { invalid } from '../../../base/errors.ts'

export type Order<K extends string = string> = {
  sort?: K | undefined
  desc?: boolean | undefined
  cursor?: string | undefined
}

/** A key to sort by: an expression over the rows, never null; texts are ordered as names are. */
export type SortKey = { of: RawBuilder<unknown>; text: boolean }
export const byText = (of: RawBuilder<unknown>): SortKey => ({ of: sql`${of}::text collate "zh-x-icu"`, text: true })
export const byFigure = (of: RawBuilder<unknown>): SortKey => ({ of: sql`${of}::numeric`, text: false })

export type Keyset = { key: RawBuilder<unknown>; after: RawBuilder<boolean>; by: RawBuilder<unknown> }

/**
 * The parts of a statement over rows `v` with the columns `key` (as `key` here makes it) and `number`: which come after the cursor,
 * and in which order. @throws Refusal `training.bad_cursor`
 */
export function keyset({ of, text }: SortKey, { desc = false, cursor }: Order): Keyset {
  const column = text ? sql`v.key collate "zh-x-icu"` : sql`v.key`
  const way = desc ? sql`desc` : sql`asc`
  return {
    key: of,
    after: cursor ? comes(text, column, desc, cursor) : sql`true`,
    by: sql`${column} ${way}, v.number ${way}`,
  }
}

function comes(text: boolean, column: RawBuilder<unknown>, desc: boolean, cursor: string): RawBuilder<boolean> {
  const [value, number] = read(cursor)
  if (!text && !/^-?\d+(\.\d+)?$/.test(value)) throw invalid('training.bad_cursor')
  const last = text ? sql`${value}::text collate "zh-x-icu"` : sql`${value}::numeric`
  return sql`(${column}, v.number) ${desc ? sql`<` : sql`>`} (${last}, ${number})`
}

/** How a statement says how many rows `found` has even where the page has none: the total beside each row, one row at least. */
export const besideTotal = (found: RawBuilder<unknown>, page: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select count(*)::int as total from ${found} f) n left join (${page}) v on true`

type Found = { key: string; number: string; total: number }

/** The rows of a page out of one more than its limit, and the cursor of the next; each row brings its key as text. */
export function pageOf<T extends Found>(
  found: readonly (T | { number: null; total: number })[],
  limit: number | null,
): { rows: Omit<T, 'key' | 'total'>[]; next: string | null; total: number } {
  const rows = found.filter((row): row is T => row.number !== null)
  const shown = limit === null ? rows : rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ key: _key, total: _total, ...row }) => row),
    next: last && shown.length < rows.length ? write(last.key, last.number) : null,
    total: found[0]?.total ?? 0,
  }
}

const write = (value: string, number: string): string =>
  Buffer.from(JSON.stringify([value, number])).toString('base64url')

function read(cursor: string): [value: string, number: string] {
  try {
    const [value, number] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (typeof value === 'string' && typeof number === 'string') return [value, number]
  } catch {
    // Falls through to the refusal.
  }
  throw invalid('training.bad_cursor')
}
