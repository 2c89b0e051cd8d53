/** Lists as workbooks: streamed row by row, typed as what they are, and never a formula. */
import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { WorkbookWriter, type WorksheetWriter } from '@cj-tech-master/excelts'
import { type CodeEntry, type CodeTable, codeEntries, inLocale } from './columns.ts'
import type { Locale, Words } from './contract.ts'
import { worded } from './faults.ts'
import { columnLetter } from './formats.ts'
import {
  CREATOR,
  DATE_FORMAT,
  dateValue,
  decimalValue,
  defaultWidth,
  HEADER,
  INSTANT_FORMAT,
  TEXT_FORMAT,
  textValue,
  WRAPPED,
  worksheetName,
} from './look.ts'

/** A column of an export; the columns of a declared sheet are such columns. `instant` takes a `Date`, shown as China's clocks show it. */
export interface ExportColumn {
  readonly key: string
  readonly header: Words
  readonly kind: 'text' | 'code' | 'date' | 'decimal' | 'integer' | 'yesNo' | 'idNumber' | 'custom' | 'instant'
  readonly width?: number
  /** Of a code column: its labels are written, in the language of the export. */
  readonly table?: CodeTable
  /** Of a decimal column: digits after the point that are shown. */
  readonly scale?: number
}

export interface Export {
  readonly title: Words
  readonly columns: readonly ExportColumn[]
  /** Values by key as `readSheet` gives them: text, code, exact decimal, `YYYY-MM-DD`, number, boolean, `Date`, null. */
  readonly rows: Iterable<object> | AsyncIterable<object>
  readonly locale: Locale
  /** When the list is made: stands in its provenance. */
  readonly at: Date
  /** Where the list comes from: who made it, for which scope and filter. Stands on a second worksheet and in the page footer. */
  readonly note?: string
  /** What else the second worksheet says of the list, by line: a name and a text. */
  readonly about?: readonly (readonly [string, string])[]
}

type Value = string | number | boolean | Date | null

/** Excel has 1,048,576 rows, the header among them; longer lists go on in a further worksheet. */
const ROWS_PER_WORKSHEET = 1_048_575

/** Rows between two looks at whether the reader of the stream keeps up. */
const BREATH = 500

const CHINA = 8 * 3_600_000

function valueFor(column: ExportColumn, labels: ReadonlyMap<string, string> | undefined, locale: Locale) {
  return (value: unknown): Value => {
    if (value === null || value === undefined || value === '') return null
    if (typeof value === 'boolean') return worded(value ? 'sheets.yes' : 'sheets.no', locale)
    if (value instanceof Date) return new Date(value.getTime() + CHINA)
    if (column.kind === 'date') return dateValue(String(value))
    if (column.kind === 'decimal' || column.kind === 'integer') return decimalValue(String(value))
    return textValue(labels?.get(String(value)) ?? String(value))
  }
}

function labelsOf(table: CodeTable | undefined, locale: Locale): ReadonlyMap<string, string> | undefined {
  const label = (entry: CodeEntry): string => (locale === 'en' ? entry.en : entry.zh)
  return table && new Map(Array.from(codeEntries(table), (entry) => [entry.code, label(entry)]))
}

/** Text columns have the text format, so that a cell stays text when somebody edits it: “=1+1” is never computed. */
function formatOf({ kind, scale }: ExportColumn): string {
  if (kind === 'date') return DATE_FORMAT
  if (kind === 'instant') return INSTANT_FORMAT
  if (kind === 'integer') return '0'
  if (kind === 'decimal') return scale === undefined ? 'General' : scale === 0 ? '0' : `0.${'0'.repeat(scale)}`
  return TEXT_FORMAT
}

function begin(book: WorkbookWriter, { title, columns, locale, note }: Export, part: number): WorksheetWriter {
  const worksheet = book.addWorksheet(worksheetName(inLocale(title, locale), part), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: {
      oddHeader: `&C${footerText(inLocale(title, locale))}`,
      oddFooter: `&L${footerText(note ?? '')}&R&P / &N`,
    },
  })
  worksheet.columns = columns.map((column) => ({
    width: defaultWidth(
      { ...column, kind: column.kind === 'instant' ? 'text' : column.kind },
      inLocale(column.header, locale),
    ),
    style: { numFmt: formatOf(column) },
  }))
  const header = worksheet.addRow(columns.map((column) => textValue(inLocale(column.header, locale))))
  header.eachCell((cell) => Object.assign(cell, { style: HEADER }))
  header.height = 24
  header.commit()
  return worksheet
}

/** In headers and footers `&` begins a command, and 255 characters are the limit. */
const footerText = (text: string): string =>
  [...textValue(text).replace(/\s+/g, ' ')].slice(0, 90).join('').replaceAll('&', '&&')

function finish(worksheet: WorksheetWriter, { columns }: Export, rows: number): void {
  const last = columnLetter(columns.length - 1)
  worksheet.autoFilter = `A1:${last}${rows + 1}`
  // Without this every identity number wears a green triangle. It would stand in the wrong place in a sheet with notes.
  worksheet.ignoredErrors = [{ ref: `A1:${last}${rows + 1}`, numberStoredAsText: true }]
  worksheet.commit()
}

function addProvenance(book: WorkbookWriter, { title, locale, at, note, about = [] }: Export, rows: number): void {
  const worksheet = book.addWorksheet(worded('sheets.export_about', locale))
  worksheet.columns = [
    { width: 14, style: { font: { bold: true }, alignment: { vertical: 'top' } } },
    { width: 80, style: { numFmt: TEXT_FORMAT, ...WRAPPED } },
  ]
  const made = new Date(at.getTime() + CHINA).toISOString().slice(0, 16).replace('T', ' ')
  worksheet.addRow([worded('sheets.export_title', locale), textValue(inLocale(title, locale))]).commit()
  worksheet.addRow([worded('sheets.export_made', locale), made]).commit()
  worksheet.addRow([worded('sheets.export_rows', locale), String(rows)]).commit()
  if (note) worksheet.addRow([worded('sheets.export_note', locale), textValue(note)]).commit()
  for (const [name, text] of about) worksheet.addRow([textValue(name), textValue(text)]).commit()
  worksheet.commit()
}

async function write(wanted: Export, out: PassThrough): Promise<void> {
  const { columns, rows, locale, at } = wanted
  const stream = out as unknown as WritableStream<Uint8Array>
  const book = new WorkbookWriter({
    stream,
    created: at,
    modified: at,
    creator: CREATOR,
    useStyles: true,
    useSharedStrings: true,
  })
  const makers = columns.map((column) => valueFor(column, labelsOf(column.table, locale), locale))
  const gone = new AbortController()
  out.once('close', () => gone.abort())
  let part = 1
  let worksheet = begin(book, wanted, part)
  let here = 0
  let total = 0
  for await (const row of rows as AsyncIterable<Record<string, unknown>>) {
    if (here === ROWS_PER_WORKSHEET) {
      finish(worksheet, wanted, here)
      worksheet = begin(book, wanted, ++part)
      here = 0
    }
    worksheet.addRow(columns.map((column, i) => makers[i]!(row[column.key]))).commit()
    here++
    if (++total % BREATH === 0) {
      if (out.writableNeedDrain) await once(out, 'drain', { signal: gone.signal })
      await nextTurn()
      gone.signal.throwIfAborted()
    }
  }
  finish(worksheet, wanted, here)
  addProvenance(book, wanted, total)
  await book.commit()
}

/**
 * A list as a workbook that is sent while it is made, whatever its length. When the rows fail, the stream ends with their error.
 */
export function streamWorkbook(wanted: Export): Readable {
  const out = new PassThrough({ highWaterMark: 256 << 10 })
  write(wanted, out).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return out
}

/** A list as a workbook in memory. */
export async function exportWorkbook(wanted: Export): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of streamWorkbook(wanted)) pieces.push(piece)
  return Buffer.concat(pieces)
}
