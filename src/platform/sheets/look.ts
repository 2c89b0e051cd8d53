/** How the workbooks that we hand out look and what makes them safe: one style for templates, exports and corrections. */
import type { Style } from '@cj-tech-master/excelts'
import type { CivilDate } from '../../base/dates.ts'
import type { Column } from './columns.ts'
import { lengthOf } from './text.ts'

export const CREATOR = '强师 Qiangshi'

export const TEXT_FORMAT = '@'
export const DATE_FORMAT = 'yyyy-mm-dd'
export const INSTANT_FORMAT = 'yyyy-mm-dd hh:mm'

const solid = (argb: string): Style['fill'] => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })
const thin = { style: 'thin', color: { argb: 'FFB9C4C4' } } as const

export const HEADER: Partial<Style> = {
  font: { bold: true, color: { argb: 'FFFFFFFF' } },
  fill: solid('FF1F6B70'),
  alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
  border: { top: thin, left: thin, bottom: thin, right: thin },
}

/** Colour is never the only signal: a marked cell has a note, and its row a reason in words. */
export const FAULTY: Partial<Style> = {
  fill: solid('FFFBE0D9'),
  font: { color: { argb: 'FF9E2A1B' } },
  border: { top: thin, left: thin, bottom: thin, right: thin },
}

export const WRAPPED: Partial<Style> = { alignment: { vertical: 'top', wrapText: true } }

/** Chinese characters take the room of two. */
export function defaultWidth(column: Pick<Column, 'kind' | 'width'>, header: string): number {
  if (column.width !== undefined) return column.width
  const kind = { idNumber: 21, date: 13, text: 16, code: 14, decimal: 11, integer: 9, yesNo: 9, custom: 16 }[
    column.kind
  ]
  const wide = header.replace(/[^\u2e80-\uffef]/g, '').length
  return Math.min(40, Math.max(kind, lengthOf(header) + wide + 4))
}

/** How many digits a double keeps. */
const EXACT_DIGITS = 15

/** An exact decimal as a number where a spreadsheet can hold it exactly, as text otherwise. */
export const decimalValue = (decimal: string): number | string =>
  decimal.replace(/^-?0*\.?0*|\D/g, '').length <= EXACT_DIGITS ? Number(decimal) : decimal

/** A day as a spreadsheet date. Days before March 1900 stay text: spreadsheets count them wrongly. */
export const dateValue = (date: CivilDate): Date | string =>
  date < '1900-03-01' ? date : new Date(`${date}T00:00:00Z`)

/** Text as data: at most 32,767 UTF-16 units, the limit of a cell, and no character that XML cannot carry. */
export function textValue(text: string): string {
  const legal = text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
  return legal.length <= 32767
    ? legal
    : `${legal
        .slice(0, 32766)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}

/** A name that a worksheet may have: at most 31 characters, none of []:*?/\, no quote at either end. */
export function worksheetName(title: string, part = 1): string {
  const suffix = part > 1 ? ` (${part})` : ''
  const name = textValue(title)
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
  return `${
    [...name]
      .join('')
      .slice(0, 31 - suffix.length)
      .toWellFormed()
      .replace(/\ufffd$/, '') || 'Sheet'
  }${suffix}`
}
