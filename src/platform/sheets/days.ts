/** The day that a cell means, in the ways people write one; what could mean two days is refused, never guessed. */
import { type CivilDate, isCivilDate } from '../../base/dates.ts'
import { serialDate } from './formats.ts'
import type { Cell } from './rows.ts'
import { cleaned, halfWidth } from './text.ts'

type Day = { readonly value: CivilDate } | { readonly error: 'unreadable' | 'impossible' | 'without_day' }

const TIME = String.raw`(?:[T\s]\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[分秒]?(?:Z|[+-]\d\d:?\d\d)?)?`
const FULL = new RegExp(String.raw`^(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*[日号]?${TIME}$`)
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const MONTH = /^(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*月?$/
const COMPACT_MONTH = /^((?:19|20)\d{2})(0[1-9]|1[0-2])$/

/** Serial numbers of 1910 to 2099; below lie year numbers (1995, 1995.07), above lie months (199507) and days (19950701). */
const SERIAL = { from: 3654, until: 73051 }

const two = (digits: string): string => digits.padStart(2, '0')

function day(year: string, month: string, date: string): Day {
  const value = `${year}-${two(month)}-${two(date)}`
  return isCivilDate(value) ? { value } : { error: 'impossible' }
}

function month(year: string, month: string, monthIsEnough: boolean): Day {
  if (Number(month) < 1 || Number(month) > 12) return { error: 'impossible' }
  return monthIsEnough ? { value: `${year}-${two(month)}-01` } : { error: 'without_day' }
}

function written(text: string, monthIsEnough: boolean): Day {
  const full = FULL.exec(text) ?? COMPACT.exec(text)
  if (full) return day(full[1]!, full[2]!, full[3]!)
  const short = MONTH.exec(text) ?? COMPACT_MONTH.exec(text)
  if (short) return month(short[1]!, short[2]!, monthIsEnough)
  return { error: 'unreadable' }
}

/** A number in a cell without date format: 45000, 20230228 or 199507 are clear; 1995.1 could be January or October. */
function numbered(text: string, monthIsEnough: boolean): Day {
  if (!/^\d+$/.test(text)) return { error: 'unreadable' }
  const serial = Number(text)
  if (serial >= SERIAL.from && serial < SERIAL.until) return { value: serialDate(serial)!.slice(0, 10) }
  return written(text, monthIsEnough)
}

/** With `monthIsEnough`, a month is its first day. */
export function dayOf(cell: Cell, monthIsEnough = false): Day {
  if (cell.type === 'date')
    return isCivilDate(cell.text.slice(0, 10)) ? { value: cell.text.slice(0, 10) } : { error: 'unreadable' }
  const text = halfWidth(cleaned(cell.text)).replace(/^'/, '')
  if (cell.type === 'number' || /^\d{5}$/.test(text)) return numbered(text, monthIsEnough)
  return cell.type === 'text' ? written(text, monthIsEnough) : { error: 'unreadable' }
}
