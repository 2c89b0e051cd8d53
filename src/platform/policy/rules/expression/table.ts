/** Tables of figures: one cell for each combination of bands and names, and how a cell is looked up. */
import { amount } from './decimal.ts'

/** A table as a parameter's value says it: everything that is needed to read it is in it. */
export type TableValue = {
  /** Unit of a cell. */
  of: string
  axes: readonly TableAxis[]
  rows: readonly TableRow[]
}
/** Bands are of numbers, `[from, below)`; otherwise one of the names. */
export type TableAxis = {
  id: string
  title: { zh: string; en: string }
  unit?: string | undefined
  bands?: true | undefined
  names?: Readonly<Record<string, { zh: string; en: string }>> | undefined
}
/** Under the id of each axis a band, null where it is open, or the names; `is` is the cell. */
export type TableRow = { is: number | null } & Readonly<Record<string, TableKey | number | null>>
export type TableKey = readonly [number | null, number | null] | readonly string[]

export type Band = { from: bigint | null; below: bigint | null }
export type Table = {
  given: TableValue
  axes: readonly ('number' | 'text')[]
  rows: readonly { keys: readonly (Band | readonly string[])[]; is: bigint | null }[]
}

export const isBand = (key: Band | readonly string[]): key is Band => !Array.isArray(key)
const maybe = (given: number | null): bigint | null => (given === null ? null : amount(given))

/** @throws RangeError where it is no table */
export function readTable(given: unknown): Table {
  const { axes, rows } = (given ?? {}) as Partial<TableValue>
  if (!Array.isArray(axes) || !Array.isArray(rows)) throw new RangeError('not of type table')
  return {
    given: given as TableValue,
    axes: (axes as TableAxis[]).map(({ bands }) => (bands ? 'number' : 'text')),
    rows: (rows as TableRow[]).map((row) => ({
      keys: (axes as TableAxis[]).map(({ id, bands }) => {
        const key = row[id] as TableKey
        return bands
          ? { from: maybe(key[0] as number | null), below: maybe(key[1] as number | null) }
          : (key as string[])
      }),
      is: maybe(row.is),
    })),
  }
}

/** The cell for these keys, one for each axis in order; null where there is none. */
export function cellOf({ axes, rows }: Table, keys: readonly (bigint | string)[]): bigint | null {
  if (keys.length !== axes.length) return null
  const fits = (key: Band | readonly string[], asked: bigint | string): boolean =>
    isBand(key)
      ? typeof asked === 'bigint' &&
        (key.from === null || asked >= key.from) &&
        (key.below === null || asked < key.below)
      : typeof asked === 'string' && key.includes(asked)
  return rows.find(({ keys: own }) => own.every((key, nth) => fits(key, keys[nth]!)))?.is ?? null
}
