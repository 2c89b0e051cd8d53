/** Makes faults, and words them for people. */
import { IntlMessageFormat } from 'intl-messageformat'
import { inLocale } from './columns.ts'
import type { Details, Fault, Locale, Notice, Words } from './contract.ts'
import { columnLetter } from './formats.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { masked } from './text.ts'

type Catalog = Readonly<Record<string, string>>
type Catalogs = { readonly [L in Locale]: Catalog }

const own = { 'zh-CN': zh, en }

/** Where the columns of a sheet stand in one file. */
export interface Placement {
  readonly sheet: string
  readonly columns: { readonly [key: string]: PlacedColumn | undefined }
}

export interface PlacedColumn {
  readonly index: number
  readonly letter: string
  /** As the file writes it. */
  readonly header: string
  readonly sensitive: boolean
}

/**
 * A fault found after reading, for instance against the database: `faultAt(reading, row, 'school', 'records.unknown_school')`.
 * With `key` null, or of a column that the file does not have, the row as a whole is meant.
 */
export function faultAt(
  placement: Placement,
  row: number,
  key: string | null,
  code: string,
  data: Details = {},
  value: string | null = null,
): Fault {
  const column = key === null ? undefined : placement.columns[key]
  return {
    sheet: placement.sheet,
    row,
    column: column && key !== null ? { key, letter: column.letter, header: column.header } : null,
    cell: column ? `${columnLetter(column.index)}${row}` : null,
    code,
    data,
    value: value !== null && column?.sensitive ? masked(value) : value,
  }
}

const formats = new Map<string, IntlMessageFormat>()

function format(message: string, locale: Locale, values: Record<string, string | number | boolean>): string {
  const key = `${locale}\n${message}`
  const known = formats.get(key) ?? new IntlMessageFormat(message, locale)
  formats.set(key, known)
  return String(known.format(values))
}

type OwnCode = keyof typeof zh & keyof typeof en

/** A text of this module. */
export const worded = (code: OwnCode, locale: Locale, values: Record<string, string | number> = {}): string =>
  format(own[locale][code], locale, values)

const isWords = (value: Details[string]): value is Words => typeof value === 'object'

function reason(code: string, data: Details, locale: Locale, catalogs?: Catalogs): string {
  const message = catalogs?.[locale][code] ?? (own[locale] as Catalog)[code] ?? own[locale]['sheets.not_worded']
  const values = Object.entries(data).map(([key, value]) => [key, isWords(value) ? inLocale(value, locale) : value])
  // What another row says may stand on another worksheet.
  const elsewhere = data.otherSheet === undefined ? 'no' : 'yes'
  return format(message, locale, { code, otherSheet: '', elsewhere, ...Object.fromEntries(values) })
}

/** Only the reason: 「校验码不对…」. `catalogs` are the sheet's own messages, for codes that are not of this module. */
export const reasonOf = (fault: Fault, locale: Locale, catalogs?: Catalogs): string =>
  reason(fault.code, fault.data, locale, catalogs)

/** The place and the reason: 「第 17 行 D 列“身份证号码”：校验码不对…」; with `named`, the worksheet first. */
export function wording(fault: Fault, locale: Locale, catalogs?: Catalogs, { named = false } = {}): string {
  const { sheet, row, column } = fault
  const told = { sheet, row, reason: reasonOf(fault, locale, catalogs) }
  const place = column
    ? worded('sheets.at_cell', locale, { ...told, letter: column.letter, header: column.header })
    : worded('sheets.at_row', locale, told)
  return named ? worded('sheets.in_sheet', locale, { sheet, place }) : place
}

const OF_THE_WORKBOOK = new Set(['sheets.sheets_read', 'sheets.sheets_unlike', 'sheets.sheets_unused'])

/** With `named`, which worksheet it is about, unless it is about several. */
export function wordingOfNotice(notice: Notice, locale: Locale, catalogs?: Catalogs, { named = false } = {}): string {
  const { sheet, code, data } = notice
  const place = reason(code, { sheet, ...data }, locale, catalogs)
  return named && !OF_THE_WORKBOOK.has(code) ? worded('sheets.in_sheet', locale, { sheet, place }) : place
}
