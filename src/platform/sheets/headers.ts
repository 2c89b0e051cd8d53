/** Finds the columns of a sheet in somebody's file: which worksheet, which row is the header, which column is which. */
import { invalid } from '../../base/errors.ts'
import type { WorkbookCells, Worksheet } from './cells.ts'
import { type AnySheet, type Column, inLocale } from './columns.ts'
import type { Locale } from './contract.ts'
import { columnLetter } from './formats.ts'
import type { RawRow } from './rows.ts'
import { cleaned } from './text.ts'

/** The header of the column in which faulty rows are handed back with their reasons; never data. */
export const REASONS_HEADER = { zh: '错误说明', en: 'What to correct' }

/** Titles, units and dates of reports stand above the header; it is looked for in so many rows with content. */
const HEADER_WITHIN = 10

/** Only letters and digits count: 「*姓 名」, 「姓名：」 and 「姓名」 are one header, as are “ID Number” and “id-number”. */
const exact = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Without remarks in brackets, leading numbers and the words that mark columns to be filled in. */
const loose = (header: string): string =>
  exact(
    header
      .normalize('NFKC')
      .replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|〈[^〈〉]*〉|《[^《》]*》/g, '')
      .replace(/^\s*(\d+|[一二三四五六七八九十]+)\s*[.、)]/, '')
      .replace(/必填项?|选填项?|\brequired\b|\boptional\b/gi, ''),
  )

interface Match {
  /** Column of the file by key of ours. */
  readonly placed: ReadonlyMap<string, number>
  /** Keys that several columns of the file claim. */
  readonly claimed: readonly { readonly column: Column; readonly indexes: readonly number[] }[]
  /** Columns of the file with a header that is none of ours. */
  readonly unknown: readonly number[]
}

/**
 * Matches headers of a file, by column, to the columns of a sheet. A header that is ours word for word goes before one that is so
 * only without its bracketed remark: 「学时」 is the hours when 「学时（折算）」 stands beside it.
 */
export function matchHeaders(columns: readonly Column[], headers: readonly (string | undefined)[]): Match {
  const named = new Map<string, Column>()
  for (const column of columns)
    for (const name of [column.header.zh, column.header.en, ...(column.aliases ?? [])]) named.set(exact(name), column)
  const claims = new Map<Column, { exact: number[]; loose: number[] }>()
  const unknown: number[] = []
  headers.forEach((header, index) => {
    if (header === undefined || cleaned(header) === '') return
    const word = named.get(exact(header))
    const column = word ?? named.get(loose(header))
    if (!column) {
      unknown.push(index)
      return
    }
    const claim = claims.get(column) ?? { exact: [], loose: [] }
    claims.set(column, claim)
    claim[word ? 'exact' : 'loose'].push(index)
  })
  const placed = new Map<string, number>()
  const claimed: { column: Column; indexes: number[] }[] = []
  for (const [column, claim] of claims) {
    const best = claim.exact.length > 0 ? claim.exact : claim.loose
    if (best.length > 1) claimed.push({ column, indexes: best })
    else placed.set(column.key, best[0]!)
    if (best === claim.exact) unknown.push(...claim.loose)
  }
  return { placed, claimed, unknown: unknown.sort((a, b) => a - b) }
}

export interface Located {
  readonly worksheet: Worksheet
  readonly headerRow: number
  /** As they stand in the file, by column. */
  readonly headers: readonly (string | undefined)[]
  readonly match: Match
  /** Rows with content down to the header. */
  readonly above: readonly RawRow[]
  readonly widths: readonly number[]
  /** Further worksheets on which the same columns were found. */
  readonly others: readonly string[]
}

const textsOf = (row: RawRow): (string | undefined)[] => Array.from(row.cells, (cell) => cell?.text)

const strength = ({ match }: Located): number => match.placed.size + match.claimed.length

async function locateIn(
  workbook: WorkbookCells,
  worksheet: Worksheet,
  columns: readonly Column[],
  signal?: AbortSignal,
) {
  let best: Located | undefined
  const widths: number[] = []
  const above: RawRow[] = []
  search: for await (const batch of workbook.rows(worksheet, { widths, ...(signal && { signal }) }))
    for (const row of batch) {
      above.push(row)
      const headers = textsOf(row)
      const match = matchHeaders(columns, headers)
      const found = { worksheet, headerRow: row.number, headers, match, above: [...above], widths, others: [] }
      if (strength(found) > (best ? strength(best) : 0)) best = found
      if (above.length >= HEADER_WITHIN) break search
    }
  return best
}

const quoted = (texts: readonly string[], locale: Locale): string =>
  texts.map((text) => (locale === 'en' ? `“${text}”` : `「${text}」`)).join(locale === 'en' ? ', ' : '')

/** All visible worksheets with a header, in their order, and the best of them; refuses where that one does not do. */
async function foundIn(
  workbook: WorkbookCells,
  sheet: AnySheet,
  locale: Locale,
  signal?: AbortSignal,
): Promise<{ found: Located[]; best: Located }> {
  const { columns } = sheet
  const found: Located[] = []
  for (const worksheet of workbook.worksheets) {
    if (worksheet.hidden) continue
    const located = await locateIn(workbook, worksheet, columns, signal)
    if (located) found.push(located)
  }
  const best = found.toSorted((a, b) => strength(b) - strength(a))[0]
  const wanted = columns.filter((column) => column.required)
  const title = (column: Column): string => inLocale(column.header, locale)
  if (!best || strength(best) < Math.min(2, columns.length))
    throw invalid('sheets.no_header', { columns: quoted((wanted.length > 0 ? wanted : columns).map(title), locale) })
  const { match, headers } = best
  const place = { sheet: best.worksheet.name, row: best.headerRow }
  if (match.claimed.length > 0) {
    const twice = match.claimed.flatMap(({ indexes }) =>
      indexes.map((i) => `${columnLetter(i)} ${cleaned(headers[i] ?? '')}`),
    )
    throw invalid('sheets.columns_twice', { ...place, columns: quoted(twice, locale) })
  }
  const missing = wanted.filter((column) => !match.placed.has(column.key))
  if (missing.length > 0)
    throw invalid('sheets.columns_missing', { ...place, columns: quoted(missing.map(title), locale) })
  return { found, best }
}

const nameOf = ({ worksheet }: Located): string => worksheet.name

/** Finds worksheet and header, or refuses: no header, required columns missing, two columns for one thing. */
export async function locate(
  workbook: WorkbookCells,
  sheet: AnySheet,
  locale: Locale,
  signal?: AbortSignal,
): Promise<Located> {
  const { found, best } = await foundIn(workbook, sheet, locale, signal)
  const others = found.filter((each) => each !== best && strength(each) === strength(best))
  return { ...best, others: others.map(nameOf) }
}

const sameColumns = ({ match: a }: Located, { match: b }: Located): boolean =>
  a.claimed.length === 0 && a.placed.size === b.placed.size && [...a.placed.keys()].every((key) => b.placed.has(key))

/**
 * All worksheets with the columns of the best one, and the names of those that have some of them and are left out.
 * Refuses as `locate` does.
 */
export async function locateAll(
  workbook: WorkbookCells,
  sheet: AnySheet,
  locale: Locale,
  signal?: AbortSignal,
): Promise<{ pages: readonly Located[]; left: readonly string[] }> {
  const { found, best } = await foundIn(workbook, sheet, locale, signal)
  const pages = found.filter((each) => sameColumns(each, best))
  const left = found.filter((each) => !pages.includes(each) && strength(each) * 2 >= strength(best))
  return { pages, left: left.map(nameOf) }
}

export const isReasonsHeader = (header: string | undefined): boolean =>
  header !== undefined && [REASONS_HEADER.zh, REASONS_HEADER.en].some((name) => exact(name) === exact(header))
