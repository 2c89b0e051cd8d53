/** Hands the faulty rows back as a workbook of the same shape, so that only they need to be corrected and sent again. */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Row, WorkbookWriter, type WorksheetWriter } from '@cj-tech-master/excelts'
import { WorkbookCells } from './cells.ts'
import { type AnySheet, inLocale } from './columns.ts'
import type { Limits, Source } from './container.ts'
import type { Fault, Locale } from './contract.ts'
import { reasonOf, worded } from './faults.ts'
import { columnIndex } from './formats.ts'
import { isReasonsHeader, type Located, locateAll, REASONS_HEADER } from './headers.ts'
import {
  CREATOR,
  DATE_FORMAT,
  dateValue,
  FAULTY,
  HEADER,
  TEXT_FORMAT,
  textValue,
  WRAPPED,
  worksheetName,
} from './look.ts'
import type { Cell, RawRow } from './rows.ts'

/** Notes are drawings: thousands make a file slow to open. Beyond this number the reasons stand in the last column alone. */
const MOST_NOTES = 3000

interface CorrectionOptions {
  readonly signal?: AbortSignal
  readonly limits?: Partial<Limits>
}

/** A number that the double could not hold stays a number, so that the reader still sees why it is wrong. */
function written(cell: Cell | undefined): string | number | boolean | Date | null {
  if (!cell) return null
  if (cell.type === 'date') return cell.text.length === 10 ? dateValue(cell.text) : textValue(cell.text)
  if (cell.type === 'boolean') return cell.text === 'TRUE'
  const padded = /^0\d/.test(cell.text)
  if (cell.type === 'number' && !padded) return Number(cell.text)
  return textValue(cell.text)
}

function byRow(faults: readonly Fault[]): Map<number, Fault[]> {
  const rows = new Map<number, Fault[]>()
  for (const fault of faults) {
    const same = rows.get(fault.row)
    if (same) same.push(fault)
    else rows.set(fault.row, [fault])
  }
  return rows
}

function reasonsOf(row: number, faults: readonly Fault[], locale: Locale, messages: AnySheet['messages']): string {
  const reasons = faults.map((fault) => {
    const reason = reasonOf(fault, locale, messages)
    return fault.column ? worded('sheets.reason_in_column', locale, { header: fault.column.header, reason }) : reason
  })
  return worded('sheets.reasons_row', locale, { row, reasons: reasons.join(locale === 'en' ? '; ' : '；') })
}

/** Text columns get the text format, so that identity numbers stay what is typed. */
function formatsOf(sheet: AnySheet, { match }: Located): Map<number, string> {
  const formats = new Map<number, string>()
  for (const { key, kind } of sheet.columns) {
    const index = match.placed.get(key)
    if (index === undefined) continue
    if (kind === 'date') formats.set(index, DATE_FORMAT)
    else if (kind === 'text' || kind === 'code' || kind === 'idNumber') formats.set(index, TEXT_FORMAT)
  }
  return formats
}

class Correction {
  readonly #worksheet: WorksheetWriter
  readonly #located: Located
  readonly #reasonsAt: number
  #notes = 0
  #next: number

  constructor(book: WorkbookWriter, sheet: AnySheet, located: Located) {
    this.#located = located
    const { headers, headerRow, widths } = located
    const existing = headers.findIndex(isReasonsHeader)
    this.#reasonsAt = existing >= 0 ? existing : headers.length
    this.#next = headerRow + 1
    this.#worksheet = book.addWorksheet(worksheetName(located.worksheet.name), {
      views: [{ state: 'frozen', ySplit: headerRow }],
    })
    const formats = formatsOf(sheet, located)
    this.#worksheet.columns = Array.from({ length: this.#reasonsAt + 1 }, (_, i) => {
      const numFmt = formats.get(i)
      if (i === this.#reasonsAt) return { width: 60, style: { ...WRAPPED, numFmt: TEXT_FORMAT } }
      return { width: widths[i] ?? 14, ...(numFmt && { style: { numFmt } }) }
    })
  }

  #fill(row: Row, { cells }: RawRow): void {
    cells.forEach((cell, i) => {
      if (cell && i !== this.#reasonsAt) row.getCell(i + 1).value = written(cell)
    })
  }

  addAbove(locale: Locale): void {
    for (const above of this.#located.above) {
      const row = this.#worksheet.getRow(above.number)
      this.#fill(row, above)
      if (above.number === this.#located.headerRow) {
        row.getCell(this.#reasonsAt + 1).value = inLocale(REASONS_HEADER, locale)
        row.eachCell((cell) => Object.assign(cell, { style: HEADER }))
      }
      row.commit()
    }
  }

  addFaulty(
    raw: RawRow,
    faults: readonly Fault[],
    reasons: string,
    locale: Locale,
    messages: AnySheet['messages'],
  ): void {
    const row = this.#worksheet.getRow(this.#next++)
    this.#fill(row, raw)
    const marked = new Map<number, string[]>()
    for (const fault of faults) {
      const index = fault.cell === null ? -1 : columnIndex(fault.cell)
      if (index >= 0) marked.set(index, [...(marked.get(index) ?? []), reasonOf(fault, locale, messages)])
    }
    for (const [index, texts] of marked) {
      const cell = row.getCell(index + 1)
      const numFmt = cell.numFmt
      Object.assign(cell, { style: { ...FAULTY, ...(numFmt && { numFmt }) } })
      if (this.#notes++ < MOST_NOTES) cell.note = { texts: [{ text: textValue(texts.join('\n')) }] }
    }
    row.getCell(this.#reasonsAt + 1).value = textValue(reasons)
    row.commit()
  }

  finish(): void {
    this.#worksheet.commit()
  }
}

/**
 * A workbook with the faulty rows of somebody's file in its own columns, titles and header kept: faulty cells are coloured and have
 * a note, and a last column says in words what to correct. Reading the corrected workbook ignores that column.
 * `faults`, one at least, are those of the reading and any that were found afterwards; each worksheet with faults becomes one.
 */
export async function faultWorkbook(
  source: Source,
  sheet: AnySheet,
  faults: readonly Fault[],
  locale: Locale,
  { signal, limits }: CorrectionOptions = {},
): Promise<Buffer> {
  const workbook = await WorkbookCells.open(source, limits)
  try {
    const { pages } = await locateAll(workbook, sheet, locale, signal)
    const out = new PassThrough()
    const collected = buffer(out)
    const stream = out as unknown as WritableStream<Uint8Array>
    const book = new WorkbookWriter({ stream, useStyles: true, useSharedStrings: true, creator: CREATOR })
    for (const located of pages) {
      const wanted = byRow(faults.filter((fault) => fault.sheet === located.worksheet.name))
      if (wanted.size === 0) continue
      const correction = new Correction(book, sheet, located)
      correction.addAbove(locale)
      for await (const batch of workbook.rows(located.worksheet, signal ? { signal } : {}))
        for (const raw of batch) {
          const here = wanted.get(raw.number)
          if (!here || raw.number <= located.headerRow) continue
          correction.addFaulty(raw, here, reasonsOf(raw.number, here, locale, sheet.messages), locale, sheet.messages)
        }
      correction.finish()
    }
    await book.commit()
    return await collected
  } finally {
    await workbook.close()
  }
}
