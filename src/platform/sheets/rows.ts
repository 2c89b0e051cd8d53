/** Turns the XML of one worksheet, as it comes in, into rows of the values that the person sees there. */
import type { PartHandlers } from './container.ts'
import { columnIndex, type NumberStyle, PLAIN, serialDate } from './formats.ts'
import { plainNumber } from './numbers.ts'

/**
 * A cell that is not empty. `text` is for `date` “2023-02-28”, with “ 09:30:00” when there is a time; for `number` the plain
 * decimal number; for `boolean` TRUE or FALSE; for `error` “#N/A” and the like; for `formula`, a formula that nobody
 * has computed yet, empty.
 */
export interface Cell {
  readonly type: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula'
  readonly text: string
}

export interface RawRow {
  /** As the spreadsheet program numbers it, from 1. */
  readonly number: number
  readonly hidden: boolean
  /** By column, A first. */
  readonly cells: (Cell | undefined)[]
  /** The number of columns over which the only cell of the row is merged: a title or a remark. 0 in other rows. */
  readonly banner: number
}

export interface Merge {
  readonly column: number
  readonly lastColumn: number
  readonly lastRow: number
}

/** What the cells of a worksheet refer to. */
interface Surroundings {
  readonly strings: readonly string[]
  readonly styles: readonly NumberStyle[]
  readonly since1904: boolean
  /** By first row. */
  readonly merges: ReadonlyMap<number, readonly Merge[]>
}

/** `_x000D_` stands for a character that XML cannot carry (ECMA-376 part 1, 22.4.2.4). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** Cells of blanks only, full-width and non-breaking ones included, are empty. */
const textCell = (text: string): Cell | undefined =>
  /[^\s\u200b\u2060\ufeff]/.test(text) ? { type: 'text', text } : undefined

/**
 * Gathers rows while the parser walks. In a range merged downwards every row that has cells of its own gets the value of the
 * first; across, only the first column has it.
 */
export class RowGatherer implements PartHandlers {
  readonly #around: Surroundings
  readonly #running = new Map<number, { until: number; cell: Cell }>()
  readonly #widths: number[]
  #batch: RawRow[] = []
  #number = 0
  #hidden = false
  #cells: (Cell | undefined)[] = []
  #column = -1
  #type = ''
  #style = PLAIN
  #formula = false
  #valued = false
  #taking = false
  #phonetic = false
  #value = ''

  /** @param widths filled with the widths of the columns that have one, in characters */
  constructor(around: Surroundings, widths: number[] = []) {
    this.#around = around
    this.#widths = widths
  }

  /** The rows gathered since the last call. */
  take(): RawRow[] {
    const batch = this.#batch
    this.#batch = []
    return batch
  }

  open = (name: string, attributes: Record<string, string>): void => {
    if (name === 'c') {
      this.#column = attributes.r === undefined ? this.#column + 1 : columnIndex(attributes.r)
      this.#type = attributes.t ?? ''
      this.#style = attributes.s === undefined ? PLAIN : (this.#around.styles[Number(attributes.s)] ?? PLAIN)
      this.#formula = this.#valued = false
      this.#value = ''
    } else if (name === 'v' || name === 't') {
      if (!this.#phonetic) this.#taking = this.#valued = true
    } else if (name === 'f') this.#formula = true
    else if (name === 'row') {
      this.#number = attributes.r === undefined ? this.#number + 1 : Number(attributes.r)
      this.#hidden = attributes.hidden === '1' || attributes.hidden === 'true'
      this.#cells = []
      this.#column = -1
    } else if (name === 'rPh') this.#phonetic = true
    else if (name === 'col') {
      const last = Math.min(Number(attributes.max), 256)
      for (let i = Number(attributes.min) - 1; i < last; i++) this.#widths[i] = Number(attributes.width)
    }
  }

  text = (text: string): void => {
    if (this.#taking) this.#value += text
  }

  close = (name: string): void => {
    if (name === 'v' || name === 't') this.#taking = false
    else if (name === 'c') {
      const cell = this.#cell()
      if (cell && this.#column >= 0) this.#cells[this.#column] = cell
    } else if (name === 'row') this.#endRow()
    else if (name === 'rPh') this.#phonetic = false
  }

  #cell(): Cell | undefined {
    if (!this.#valued) return this.#formula ? { type: 'formula', text: '' } : undefined
    const value = this.#value
    switch (this.#type) {
      case 's':
        return textCell(this.#around.strings[Number(value)] ?? '')
      case 'inlineStr':
      case 'str':
        return textCell(unescaped(value))
      case 'e':
        return { type: 'error', text: value }
      case 'b':
        return { type: 'boolean', text: value.trim() === '1' ? 'TRUE' : 'FALSE' }
      case 'd':
        return { type: 'date', text: value.slice(0, 19).replace('T', ' ').replace(' 00:00:00', '') }
      default:
        if (value.trim() === '') return this.#formula ? { type: 'formula', text: '' } : undefined
        return this.#numberCell(value.trim())
    }
  }

  #numberCell(raw: string): Cell {
    if (this.#style.date) {
      const date = serialDate(Number(raw), this.#around.since1904)
      // A time alone is eight characters and means no day.
      if (date) return { type: date.length < 10 ? 'text' : 'date', text: date }
    }
    const text = plainNumber(raw)
    const { zeros } = this.#style
    return { type: 'number', text: zeros > text.length && /^\d+$/.test(text) ? text.padStart(zeros, '0') : text }
  }

  #endRow(): void {
    const number = this.#number
    const cells = this.#cells
    const starting = this.#around.merges.get(number) ?? []
    const own = cells.reduce((count, cell) => (cell ? count + 1 : count), 0)
    if (own > 0) {
      const wide = own === 1 ? starting.find((merge) => cells[merge.column]) : undefined
      for (const [column, { until, cell }] of this.#running) {
        if (number > until) this.#running.delete(column)
        else cells[column] ??= cell
      }
      const banner = wide ? wide.lastColumn - wide.column + 1 : 0
      this.#batch.push({ number, hidden: this.#hidden, cells, banner })
    }
    for (const { column, lastRow } of starting) {
      const cell = cells[column]
      if (cell && lastRow > number) this.#running.set(column, { until: lastRow, cell })
    }
  }
}
