/** The order in which somebody goes through a sheet to correct it: sheet by sheet, row by row, and in a row from left to right. */

type Place = { sheet: string; row: number; cell: string | null }

/** A fault of a whole row comes before those of its cells; sheets stay as they came. */
export function byPlace(a: Place, b: Place): number {
  if (a.sheet !== b.sheet) return 0
  return a.row - b.row || columnOf(a.cell) - columnOf(b.cell)
}

/** `B3` → 2, `AA3` → 27; 0 without a cell. */
const columnOf = (cell: string | null): number =>
  [...(cell?.match(/^[A-Z]+/)?.[0] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
