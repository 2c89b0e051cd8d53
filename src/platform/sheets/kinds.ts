/** Reads one cell as its column declares: a value, or the code of the reason why not. */
import { idNumberProblem } from '../../base/id-number.ts'
import { choices, findCode } from './codes.ts'
import {
  type Column,
  codeEntries,
  type DateColumn,
  type DecimalColumn,
  type IntegerColumn,
  type Parsed,
  type ReadContext,
  type TextColumn,
} from './columns.ts'
import type { Details } from './contract.ts'
import { dayOf } from './days.ts'
import { compareDecimals, decimalOf, hasLostDigits, scaleOf } from './numbers.ts'
import type { Cell } from './rows.ts'
import { cleaned, halfWidth, lengthOf, personName } from './text.ts'

const wrong = (reason: string, data?: Details): Parsed<never> => ({ error: `sheets.${reason}`, ...(data && { data }) })

const YES = new Set('是 对 有 yes y true t 1 √ ✓ ✔ ☑'.split(' '))
const NO = new Set('否 不是 错 无 no n false f 0 × ✗ ✘ ☒ x'.split(' '))

/** Whether the pattern covers the whole text, whatever anchors and flags it was written with. */
function wholly(pattern: RegExp, text: string): boolean {
  const found = text.match(pattern)
  return found?.[0] === text
}

function text(column: TextColumn, cell: Cell): Parsed<string> {
  if (cell.type === 'number' && hasLostDigits(cell.text)) return wrong('digits_lost')
  let value = cleaned(cell.text, column.lines)
  if (column.halfWidth) value = halfWidth(value).replace(/^'/, '')
  if (column.personName) value = personName(value)
  const length = lengthOf(value)
  if (column.maxLength !== undefined && length > column.maxLength)
    return wrong('too_long', { max: column.maxLength, length })
  if (column.pattern && !wholly(column.pattern, value))
    return wrong('not_as_expected', { hint: column.hint ?? { zh: '请核对', en: 'please check' } })
  return { value }
}

function date(column: DateColumn, cell: Cell, { asOf }: ReadContext): Parsed<string> {
  const day = dayOf(cell, column.monthIsEnough)
  if ('error' in day) return wrong(`date_${day.error}`)
  const min = typeof column.min === 'function' ? column.min(asOf) : column.min
  const max = typeof column.max === 'function' ? column.max(asOf) : column.max
  if (min !== undefined && day.value < min) return wrong('date_too_early', { min })
  if (max !== undefined && day.value > max) return wrong('date_too_late', { max })
  return day
}

const numberText = (cell: Cell): string => halfWidth(cleaned(cell.text)).replace(/^'/, '').replace(/\s/g, '')

function decimal(column: DecimalColumn | IntegerColumn, cell: Cell): Parsed<string> {
  const value = cell.type === 'text' || cell.type === 'number' ? decimalOf(numberText(cell)) : undefined
  if (value === undefined) return wrong('number_unreadable')
  if (cell.type === 'number' && hasLostDigits(value)) return wrong('digits_lost')
  const { min, max } = column
  if (min !== undefined && compareDecimals(value, String(min)) < 0) return wrong('number_too_small', { min })
  if (max !== undefined && compareDecimals(value, String(max)) > 0) return wrong('number_too_large', { max })
  if (column.kind === 'decimal' && column.scale !== undefined && scaleOf(value) > column.scale)
    return wrong('too_many_decimals', { scale: column.scale })
  return { value }
}

function integer(column: IntegerColumn, cell: Cell): Parsed<number> {
  const read = decimal(column, cell)
  if ('error' in read) return read
  if (scaleOf(read.value) > 0) return wrong('not_whole')
  const value = Number(read.value)
  return Number.isSafeInteger(value) ? { value } : wrong('digits_lost')
}

function yesNo(cell: Cell): Parsed<boolean> {
  const word = numberText(cell).toLowerCase()
  if (YES.has(word)) return { value: true }
  return NO.has(word) ? { value: false } : wrong('yes_no_unreadable')
}

/** 18 digits do not fit a number cell: the last three are already gone, so the message is about the cell format. */
function idNumber(cell: Cell, { asOf }: ReadContext): Parsed<string> {
  const value = numberText(cell).toUpperCase()
  const ruined = cell.type === 'number' ? hasLostDigits(cell.text) : /^\d(\.\d+)?E\+?1[67]$/.test(value)
  if (ruined) return wrong('id_number_lost_digits')
  const problem = idNumberProblem(value, asOf)
  return problem ? wrong(`id_number_${problem}`) : { value }
}

/** Reads a cell that is not empty. The value's type is the one that the column's kind declares. */
export function readCell(column: Column, cell: Cell, context: ReadContext): Parsed<unknown> {
  if (cell.type === 'error') return wrong('error_cell', { shown: cell.text })
  if (cell.type === 'formula') return wrong('formula_not_computed')
  switch (column.kind) {
    case 'text':
      return text(column, cell)
    case 'code': {
      const found = findCode(column.table, cell.text)
      if (!found) return wrong('code_unknown', { choices: choices(codeEntries(column.table)) })
      if ('ambiguous' in found)
        return wrong('code_ambiguous', { codes: found.ambiguous.map((e) => e.code).join(' / ') })
      return { value: found.code }
    }
    case 'date':
      return date(column, cell, context)
    case 'decimal':
      return decimal(column, cell)
    case 'integer':
      return integer(column, cell)
    case 'yesNo':
      return yesNo(cell)
    case 'idNumber':
      return idNumber(cell, context)
    case 'custom':
      return column.parse(cleaned(cell.text), context)
  }
}
