/** Judges rows: each cell by its column, the row by the sheet's own rule, and all rows together for what may be there once. */
import type { AnySheet, Column, PartialValues, Problem, ReadContext, Sheet, Values } from './columns.ts'
import type { Fault } from './contract.ts'
import { faultAt, type Placement } from './faults.ts'
import { readCell } from './kinds.ts'
import type { RawRow } from './rows.ts'
import { cleaned } from './text.ts'

export interface JudgedRow {
  readonly row: number
  readonly values: Record<string, unknown>
  readonly faults: Fault[]
}

/** The part of a sheet that judges, without the types of its columns. */
type Judge = AnySheet & {
  keyOf?(values: Record<string, unknown>): string | null
  check?(values: Record<string, unknown>, context: ReadContext): readonly Problem[]
}

/** A sheet's rules take values of its own columns; the reader makes exactly those, which the compiler cannot follow. */
export const judgeOf = <Cs extends readonly Column[]>(sheet: Sheet<Cs>): Judge => ({
  ...sheet,
  ...(sheet.keyOf && { keyOf: (values) => sheet.keyOf?.(values as PartialValues<Cs>) ?? null }),
  ...(sheet.check && { check: (values, context) => sheet.check?.(values as Values<Cs>, context) ?? [] }),
})

/** Whether any column of ours has something in it; rows with a running number only are empty. */
export const hasData = (row: RawRow, placement: Placement): boolean =>
  Object.values(placement.columns).some((column) => column && row.cells[column.index] !== undefined)

export function judgeRow(sheet: Judge, placement: Placement, row: RawRow, context: ReadContext): JudgedRow {
  const values: Record<string, unknown> = {}
  const faults: Fault[] = []
  for (const column of sheet.columns) {
    const { key } = column
    const placed = placement.columns[key]
    const cell = placed && row.cells[placed.index]
    values[key] = null
    if (!cell) {
      if (column.kind === 'yesNo' && column.blankMeans !== undefined) values[key] = column.blankMeans
      else if (column.required) faults.push(faultAt(placement, row.number, key, 'sheets.required'))
      continue
    }
    const read = readCell(column, cell, context)
    if ('value' in read) values[key] = read.value
    else faults.push(faultAt(placement, row.number, key, read.error, read.data, cleaned(cell.text)))
  }
  if (faults.length === 0)
    for (const { key, code, data } of sheet.check?.(values, context) ?? []) {
      const cell = key === undefined ? undefined : row.cells[placement.columns[key]?.index ?? -1]
      faults.push(faultAt(placement, row.number, key ?? null, code, data, cell ? cleaned(cell.text) : null))
    }
  return { row: row.number, values, faults }
}

/** Adds a fault to every row that has what another row has too; each names the first other row. */
export function judgeTogether(sheet: Judge, placement: Placement, rows: readonly JudgedRow[]): void {
  const once = (key: string | null, code: string, entryOf: (row: JudgedRow) => string | null): void => {
    const firsts = new Map<string, JudgedRow>()
    const told = new Set<JudgedRow>()
    for (const row of rows) {
      const value = entryOf(row)
      if (value === null) continue
      const first = firsts.get(value)
      if (!first) {
        firsts.set(value, row)
        continue
      }
      if (!told.has(first)) first.faults.push(faultAt(placement, first.row, key, code, { other: row.row }))
      told.add(first)
      row.faults.push(faultAt(placement, row.row, key, code, { other: first.row }))
    }
  }
  for (const { key, unique } of sheet.columns)
    if (unique) once(key, 'sheets.duplicate_value', ({ values }) => (values[key] === null ? null : String(values[key])))
  const { keyOf } = sheet
  if (keyOf) once(null, 'sheets.duplicate_row', ({ values }) => keyOf(values))
}
