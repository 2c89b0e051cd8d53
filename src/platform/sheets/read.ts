/** Reads a sheet out of somebody's workbook: typed values of the good rows, and every fault with its cell. */
import type { CivilDate } from '../../base/dates.ts'
import { invalid } from '../../base/errors.ts'
import { WorkbookCells } from './cells.ts'
import { hasData, type JudgedRow, judgeOf, judgeRow, judgeTogether } from './check.ts'
import type { Column, PartialValues, Sheet, Values } from './columns.ts'
import type { Limits, Source } from './container.ts'
import type { Fault, Locale, Notice, ReadProgress } from './contract.ts'
import type { PlacedColumn } from './faults.ts'
import { columnLetter } from './formats.ts'
import { isReasonsHeader, type Located, locate } from './headers.ts'
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

function noticesOf(located: Located, hidden: number, remarks: readonly number[]): Notice[] {
  const sheet = located.worksheet.name
  const unknown = located.match.unknown.map((index) => located.headers[index] ?? '').filter((h) => !isReasonsHeader(h))
  const notices: Notice[] = []
  const tell = (code: string, data: Notice['data']): unknown => notices.push({ sheet, code, data })
  if (unknown.length > 0) {
    const names = unknown.map((header) => cleaned(header))
    tell('sheets.columns_unused', { columns: { zh: names.join('、'), en: names.join(', ') }, count: names.length })
  }
  if (located.others.length > 0) {
    tell('sheets.sheets_unused', { sheets: { zh: located.others.join('、'), en: located.others.join(', ') } })
  }
  if (hidden > 0) tell('sheets.hidden_rows', { count: hidden })
  if (remarks.length > 0) {
    const rows = `${remarks.slice(0, 10).join(', ')}${remarks.length > 10 ? ' …' : ''}`
    tell('sheets.remark_rows', { count: remarks.length, rows })
  }
  return notices
}

/**
 * Reads a workbook of up to some hundred thousand rows as it streams by. Refuses (`Refusal`, kind invalid, codes `sheets.*`)
 * what is no .xlsx, is locked, too large, or lacks required columns; everything else becomes a fault or a notice.
 */
export async function readSheet<const Cs extends readonly Column[]>(
  source: Source,
  sheet: Sheet<Cs>,
  { asOf, locale = 'zh-CN', onProgress, signal, limits }: ReadOptions,
): Promise<Reading<Cs>> {
  const workbook = await WorkbookCells.open(source, limits)
  try {
    const judge = judgeOf(sheet)
    const located = await locate(workbook, sheet, locale, signal)
    const placement = placementOf(sheet, located)
    const context = { asOf, locale }
    const judged: JudgedRow[] = []
    const remarks: number[] = []
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
        if (judged.length > workbook.limits.rows) throw invalid('sheets.too_many_rows', { max: workbook.limits.rows })
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
  } finally {
    await workbook.close()
  }
}
