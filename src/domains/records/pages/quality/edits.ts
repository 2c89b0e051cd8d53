/** What is being mended: the rows as they stand, the cells that were changed, and what was refused. Pure, so that thousands of rows stay cheap. */
import type { Corrections, GridRow, Mended } from './quality.ts'

type Cells = Readonly<Record<string, string | null>>
type Problem = Mended['refused'][number]['problems'][number]
export type Edits = {
  rows: readonly GridRow[]
  cells: ReadonlyMap<string, Cells>
  problems: ReadonlyMap<string, readonly Problem[]>
  /** Changed by somebody else meanwhile: both values are shown. */
  conflicts: ReadonlySet<string>
}

export const begun = (rows: readonly GridRow[]): Edits => ({
  rows,
  cells: new Map(),
  problems: new Map(),
  conflicts: new Set(),
})

/** Rows that came later; who is there already stays as they are. */
export function joined(edits: Edits, more: readonly GridRow[]): Edits {
  const known = new Set(edits.rows.map(({ personId }) => personId))
  return { ...edits, rows: [...edits.rows, ...more.filter(({ personId }) => !known.has(personId))] }
}

/** Sets a cell; what is as it stood is no change. */
export function edited(edits: Edits, personId: string, key: string, value: string | null, was: string | null): Edits {
  const { [key]: _, ...others } = edits.cells.get(personId) ?? {}
  const own = value === was ? others : { ...others, [key]: value }
  const cells = new Map(edits.cells)
  if (Object.keys(own).length > 0) cells.set(personId, own)
  else cells.delete(personId)
  if (!edits.problems.has(personId)) return { ...edits, cells }
  const problems = new Map(edits.problems)
  const left = (problems.get(personId) ?? []).filter((problem) => problem.key !== key)
  if (left.length > 0) problems.set(personId, left)
  else problems.delete(personId)
  return { ...edits, cells, problems }
}

const isSent = (cells: Cells): boolean => Object.values(cells).some((value) => value !== null)

/** What is sent: emptied cells are not, since nothing is taken away here. */
export const toSend = ({ rows, cells }: Edits) =>
  rows.flatMap(({ personId, version }) => {
    const own = cells.get(personId)
    if (!own || !isSent(own)) return []
    return [
      { personId, version, values: Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null)) },
    ]
  })

/** How many rows would be sent. */
export const waiting = ({ cells }: Edits): number => {
  let many = 0
  for (const own of cells.values()) if (isSent(own)) many += 1
  return many
}

/** What was saved stands now; what was refused stays to be mended, with the newer values beside it where there are any. */
export function answered(edits: Edits, { saved, refused }: Mended): Edits {
  const now = new Map(saved.map((row) => [row.personId, row]))
  const back = new Map(refused.map((row) => [row.personId, row]))
  const cells = new Map(edits.cells)
  const problems = new Map(edits.problems)
  const conflicts = new Set(edits.conflicts)
  for (const { personId } of saved) {
    cells.delete(personId)
    problems.delete(personId)
    conflicts.delete(personId)
  }
  for (const { personId, problems: found, stands } of refused) {
    problems.set(personId, found)
    if (stands) conflicts.add(personId)
  }
  const rows = edits.rows.map((row) => {
    const own = now.get(row.personId)
    if (own)
      return { ...row, version: own.version, values: own.values, found: own.found, name: own.values.name ?? row.name }
    const other = back.get(row.personId)
    return other?.stands && other.version ? { ...row, version: other.version, values: other.stands } : row
  })
  return { rows, cells, problems, conflicts }
}

/** A corrected workbook laid over the grid: its rows come first, its cells are changes that nobody has saved yet. */
export function laidOver(edits: Edits, { rows: corrected, refused }: Corrections): Edits {
  const known = new Map(edits.rows.map((row) => [row.personId, row]))
  const cells = new Map(edits.cells)
  const problems = new Map(edits.problems)
  const conflicts = new Set(edits.conflicts)
  const first: GridRow[] = []
  for (const { personId, number, name, orgName, version, values, stands, since } of corrected) {
    const row = known.get(personId)
    known.delete(personId)
    first.push({ personId, number, name, orgName, version, values: stands, found: row?.found ?? [] })
    cells.set(personId, { ...cells.get(personId), ...values })
    if (since) conflicts.add(personId)
  }
  for (const { personId, problems: found } of refused) problems.set(personId, found)
  return { rows: [...first, ...known.values()], cells, problems, conflicts }
}

/** Cells copied from a spreadsheet: rows of columns. A last empty line is none. */
export const pasted = (text: string): string[][] =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()))

/** The edits of one row, for whoever shows it; the same object as long as nothing of it changed. */
type RowEdits = {
  cells: Cells | undefined
  problems: readonly Problem[] | undefined
  conflict: boolean
}
const UNTOUCHED: RowEdits = { cells: undefined, problems: undefined, conflict: false }

/** Keeps the edits of a grid while it is worked on. Everybody hears of a change and takes out what they show: a row draws itself anew only where it changed. */
export function keepEdits(rows: readonly GridRow[]) {
  let now = begun(rows)
  const seen = new Map<string, RowEdits>()
  const listeners = new Set<() => void>()
  return {
    now: () => now,
    of: (personId: string): RowEdits => {
      const cells = now.cells.get(personId)
      const problems = now.problems.get(personId)
      const conflict = now.conflicts.has(personId)
      if (!cells && !problems && !conflict) return UNTOUCHED
      const before = seen.get(personId)
      if (before && before.cells === cells && before.problems === problems && before.conflict === conflict)
        return before
      const own = { cells, problems, conflict }
      seen.set(personId, own)
      return own
    },
    change: (step: (edits: Edits) => Edits): void => {
      now = step(now)
      for (const told of listeners) told()
    },
    listen: (told: () => void): (() => void) => {
      listeners.add(told)
      return () => listeners.delete(told)
    },
  }
}
export type KeptEdits = ReturnType<typeof keepEdits>
