/** A trial as the address carries it: which rule, on what day, with which figures changed. Pure. */
import type { Search } from '../../../ui/address.ts'
import { one } from '../../../ui/address.ts'
import type { Bilingual, WhatIf } from '../contract.ts'
import type { Table } from './TableFigure.tsx'

export type TrialAsk = {
  set: string
  orgId: string
  asOf: string
  changes: Record<string, unknown>
  by: WhatIf['by']
  /** A draft that is tried. */
  draftId?: string
}

/** How those judged can be told apart; the first where the address says nothing, or what does not fit the rule. */
export const CUTS_OF: Record<WhatIf['about'], readonly [WhatIf['by'], ...WhatIf['by'][]]> = {
  person: ['school', 'district', 'type', 'stage', 'age'],
  organisation: ['school', 'district', 'type'],
}
export const cutOf = (named: string, about: WhatIf['about']): WhatIf['by'] =>
  CUTS_OF[about].find((cut) => cut === named) ?? CUTS_OF[about][0]

const MARK = 'f.'

/** One figure of a rule: a parameter, one of the amounts under names in it, or a cell of its table; `tried` is that of the draft on trial, or the same. */
export type Figure = {
  key: string
  parameter: WhatIf['parameters'][number]
  name: string | null
  /** The cell's place in a table. */
  cell?: { table: Table; row: Table['rows'][number] }
  unit: string
  value: number | null
  tried: number | null
}

/** Every figure that can be changed, amounts under names one by one. */
export const figuresOf = (parameters: WhatIf['parameters']): Figure[] =>
  parameters.flatMap((parameter): Figure[] => {
    const { id, unit, value, changed = value } = parameter
    if (value === null || typeof value === 'number') {
      const tried = typeof changed === 'number' ? changed : null
      return [{ key: `${MARK}${id}`, parameter, name: null, unit, value, tried }]
    }
    if (typeof value !== 'object' || Array.isArray(value)) return []
    if (unit === 'table') {
      const table = value as Table
      const other = (changed as Table).rows
      return table.rows.map((row, nth) => ({
        key: `${MARK}${id}:${nth}`,
        parameter,
        name: null,
        cell: { table, row },
        unit: table.of,
        value: row.is,
        tried: (other.length === table.rows.length ? other[nth]! : row).is,
      }))
    }
    const amounts = (changed ?? {}) as Record<string, number | null>
    return Object.entries(value as Record<string, number | null>).map(([name, amount]) => ({
      key: `${MARK}${id}:${name}`,
      parameter,
      name,
      unit,
      value: amount,
      tried: amounts[name] ?? null,
    }))
  })

/** Values by parameter from the address; “none” stands for no limit. What is no number is left out. */
export function changesIn(search: Search): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const key of Object.keys(search)) {
    if (!key.startsWith(MARK)) continue
    const typed = one(search[key])
    const value = typed === 'none' ? null : Number(typed)
    if (typed === '' || (value !== null && !Number.isFinite(value))) continue
    const [id, name] = key.slice(MARK.length).split(':') as [string, string | undefined]
    changes[id] = name === undefined ? value : { ...(changes[id] as object | undefined), [name]: value }
  }
  return changes
}

/** Amounts under names, and tables, are sent whole: what was not changed as it is. */
export const wholeChanges = (
  changes: Record<string, unknown>,
  parameters: WhatIf['parameters'],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(changes).map(([id, value]) => {
      const held = parameters.find((found) => found.id === id)
      const now = held?.changed === undefined ? held?.value : held.changed
      if (held?.unit === 'table') return [id, withCells(now as Table, value as Record<string, number | null>)]
      const named = typeof now === 'object' && now !== null && typeof value === 'object' && value !== null
      return [id, named ? { ...now, ...value } : value]
    }),
  )

const withCells = (table: Table, cells: Record<string, number | null>): Table => ({
  ...table,
  rows: table.rows.map((row, nth) => ({ ...row, is: cells[nth] === undefined ? row.is : cells[nth] })),
})

export type Move = { before: string; after: string }
type Row = WhatIf['rows'][number]

export const countOf = (rows: readonly Row[], keep: (move: Move) => boolean): number =>
  rows.filter(keep).reduce((sum, { people }) => sum + people, 0)

export const loses = ({ before, after }: Move): boolean => before === 'met' && after !== 'met'
export const gains = ({ before, after }: Move): boolean => before !== 'met' && after === 'met'

export type Line = {
  key: string
  name: Bilingual
  people: number
  before: number
  after: number
  lost: number
  gained: number
  /** After the change: of whom it cannot be said, and to whom it does not apply. */
  unknown: number
  exempt: number
}

/** A line for each part; by age in the order of age, otherwise those that would change most first. */
export function linesOf(rows: readonly Row[], by: WhatIf['by']): Line[] {
  const lines = [...Map.groupBy(rows, ({ key }) => key)].map(([key, some]) => ({
    key,
    name: some[0]!.name,
    people: countOf(some, () => true),
    before: countOf(some, ({ before }) => before === 'met'),
    after: countOf(some, ({ after }) => after === 'met'),
    lost: countOf(some, loses),
    gained: countOf(some, gains),
    unknown: countOf(some, ({ after }) => after === 'unknown'),
    exempt: countOf(some, ({ after }) => after === 'exempt'),
  }))
  return by === 'age'
    ? lines.sort((a, b) => Number(a.key) - Number(b.key))
    : lines.sort((a, b) => b.lost + b.gained - (a.lost + a.gained) || (a.name.zh < b.name.zh ? -1 : 1))
}
