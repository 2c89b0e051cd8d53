/** Reads a sheet out of somebody's workbook: typed values of the good rows, and every fault with its cell. */
import type { CivilDate } from '../../base/dates.ts'
import { invalid } from '../../base/errors.ts'
import { WorkbookCells } from './cells.ts'
import { hasData, type JudgedRow, judgeOf, judgeRow, judgeTogether } from './check.ts'
import type { Column, PartialValues, Sheet, Values } from './columns.ts'
import type { Limits, Source } from './container.ts'
import type { Fault, Locale, Notice, ReadProgress, Words } from './contract.ts'
import type { PlacedColumn } from './faults.ts'
import { columnLetter } from './formats.ts'
import { isReasonsHeader, type Located, locate, locateAll } from './headers.ts'
import type { RawRow } from './rows.ts'
import { cleaned } from './text.ts'

export interface ReadOptions {
  /** The day on which dates and ages are judged. */
  readonly asOf: CivilDate
  /** For the column names in refusals; zh-CN unless said. Faults can be worded in both. */
  readonly locale?: Locale
  /** Called about a hundred times. */
  readonly onProgress?: (progress: ReadProgress) => void
  readonly signal?: AbortSignal
  readonly limits?: Partial<Limits>
}

export interface Reading<Cs extends readonly Column[]> {
  /** The worksheet that was read. */
  readonly sheet: string
  readonly headerRow: number
  /** The columns that the file has; a key that is absent was not sent, which is not the same as sent empty. */
  readonly columns: { readonly [K in Cs[number]['key']]?: PlacedColumn }
  /** Rows without faults, in the order of the file. */
  readonly rows: readonly { readonly row: number; readonly values: Values<Cs> }[]
  /** Rows with faults: what could be read of them, for further checks that shall be told at the same time. */
  readonly faulty: readonly { readonly row: number; readonly values: PartialValues<Cs> }[]
  /** In the order of the rows. */
  readonly faults: readonly Fault[]
  readonly notices: readonly Notice[]
  /** Rows with data, good and faulty. */
  readonly rowsRead: number
}

function placementOf(sheet: { columns: readonly Column[] }, { worksheet, match, headers }: Located) {
  const columns: Record<string, PlacedColumn> = {}
  for (const column of sheet.columns) {
    const index = match.placed.get(column.key)
    if (index === undefined) continue
    const sensitive = column.sensitive ?? column.kind === 'idNumber'
    columns[column.key] = { index, letter: columnLetter(index), header: cleaned(headers[index] ?? ''), sensitive }
  }
  return { sheet: worksheet.name, columns }
}

/** Forms printed over several pages repeat their header. */
const repeatsHeader = (row: RawRow, { headers, match }: Located): boolean =>
  [...match.placed.values()].every((index) => row.cells[index]?.text === headers[index])

const listed = (names: readonly string[]): Words => ({ zh: names.join('、'), en: names.join(', ') })

function noticesOf(located: Located, hidden: number, remarks: readonly number[]): Notice[] {
  const sheet = located.worksheet.name
  const unknown = located.match.unknown.map((index) => located.headers[index] ?? '').filter((h) => !isReasonsHeader(h))
  const notices: Notice[] = []
  const tell = (code: string, data: Notice['data']): unknown => notices.push({ sheet, code, data })
  if (unknown.length > 0) {
    const names = unknown.map((header) => cleaned(header))
    tell('sheets.columns_unused', { columns: listed(names), count: names.length })
  }
  if (located.others.length > 0) {
    tell('sheets.sheets_unused', { sheet, sheets: listed(located.others) })
  }
  if (hidden > 0) tell('sheets.hidden_rows', { count: hidden })
  if (remarks.length > 0) {
    const rows = `${remarks.slice(0, 10).join(', ')}${remarks.length > 10 ? ' …' : ''}`
    tell('sheets.remark_rows', { count: remarks.length, rows })
  }
  return notices
}

/** Reads one worksheet; `before` are the rows that others had. */
async function readPage<const Cs extends readonly Column[]>(
  workbook: WorkbookCells,
  sheet: Sheet<Cs>,
  located: Located,
  { asOf, locale = 'zh-CN', onProgress, signal }: ReadOptions,
  before = 0,
): Promise<Reading<Cs>> {
  const judge = judgeOf(sheet)
  const placement = placementOf(sheet, located)
  const context = { asOf, locale }
  const judged: JudgedRow[] = []
  const remarks: number[] = []
  const { rows: most } = workbook.limits
  let hidden = 0
  let percent = -1
  const onShare = (share: number): void => {
    const now = Math.floor(share * 100)
    if (now > percent) onProgress?.({ rows: judged.length, share })
    percent = now
  }
  const wide = Math.max(3, located.match.placed.size / 2)
  for await (const batch of workbook.rows(located.worksheet, { onShare, ...(signal && { signal }) }))
    for (const row of batch) {
      if (row.number <= located.headerRow || !hasData(row, placement)) continue
      if (row.hidden) hidden++
      else if (row.banner >= wide) remarks.push(row.number)
      else if (!repeatsHeader(row, located)) judged.push(judgeRow(judge, placement, row, context))
      if (before + judged.length > most) throw invalid('sheets.too_many_rows', { max: most })
    }
  judgeTogether(judge, placement, judged)
  onProgress?.({ rows: judged.length, share: 1 })
  const clean = judged.filter(({ faults }) => faults.length === 0)
  const faulty = judged.filter(({ faults }) => faults.length > 0)
  return {
    sheet: placement.sheet,
    headerRow: located.headerRow,
    columns: placement.columns as Reading<Cs>['columns'],
    rows: clean.map(({ row, values }) => ({ row, values: values as Values<Cs> })),
    faulty: faulty.map(({ row, values }) => ({ row, values: values as PartialValues<Cs> })),
    faults: faulty.flatMap(({ faults }) => faults),
    notices: noticesOf(located, hidden, remarks),
    rowsRead: judged.length,
  }
}

/**
 * Reads a workbook of up to some hundred thousand rows as it streams by: the worksheet that has most of our columns. Refuses (`Refusal`,
 * kind invalid, codes `sheets.*`) what is no .xlsx, is locked, too large, or lacks required columns; everything else becomes a fault or a notice.
 */
export async function readSheet<const Cs extends readonly Column[]>(
  source: Source,
  sheet: Sheet<Cs>,
  options: ReadOptions,
): Promise<Reading<Cs>> {
  const workbook = await WorkbookCells.open(source, options.limits)
  try {
    const located = await locate(workbook, sheet, options.locale ?? 'zh-CN', options.signal)
    return await readPage(workbook, sheet, located, options)
  } finally {
    await workbook.close()
  }
}

/** What all worksheets with the same columns say. What may be there once is judged within each of them. */
export interface Readings<Cs extends readonly Column[]> {
  /** At least one, in the order of the workbook; all have the same columns. */
  readonly pages: readonly Reading<Cs>[]
  /** Of all pages, and which worksheets were read and left out where there are several. */
  readonly notices: readonly Notice[]
  readonly rowsRead: number
}

/** Reads every visible worksheet that has the columns of the best one; a school may keep one for each department. Refuses as `readSheet` does. */
export async function readSheets<const Cs extends readonly Column[]>(
  source: Source,
  sheet: Sheet<Cs>,
  options: ReadOptions,
): Promise<Readings<Cs>> {
  const workbook = await WorkbookCells.open(source, options.limits)
  try {
    const { pages: located, left } = await locateAll(workbook, sheet, options.locale ?? 'zh-CN', options.signal)
    const pages: Reading<Cs>[] = []
    let before = 0
    for (const [at, page] of located.entries()) {
      const onProgress = ({ rows, share }: ReadProgress): void =>
        options.onProgress?.({ rows: before + rows, share: (at + share) / located.length })
      const reading = await readPage(workbook, sheet, page, { ...options, onProgress }, before)
      pages.push(reading)
      before += reading.rowsRead
    }
    const names = pages.map((page) => page.sheet)
    const about: Notice[] = []
    const tell = (code: string, data: Notice['data']): unknown => about.push({ sheet: names[0]!, code, data })
    if (names.length > 1) tell('sheets.sheets_read', { count: names.length, sheets: listed(names) })
    if (left.length > 0) tell('sheets.sheets_unlike', { read: listed(names), sheets: listed(left) })
    return { pages, notices: [...about, ...pages.flatMap(({ notices }) => notices)], rowsRead: before }
  } finally {
    await workbook.close()
  }
}
