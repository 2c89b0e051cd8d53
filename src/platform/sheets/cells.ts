/** A workbook as the list of its worksheets and the rows in them; knows the parts of the format, not what they mean to us. */
import { invalid } from '../../base/errors.ts'
import { Container, type Limits, type Source } from './container.ts'
import { columnIndex, type NumberStyle, numberStyle } from './formats.ts'
import { type Merge, type RawRow, RowGatherer, unescaped } from './rows.ts'

export interface Worksheet {
  readonly name: string
  readonly hidden: boolean
  readonly path: string
}

export class WorkbookCells {
  readonly #container: Container
  readonly #strings: string[] = []
  readonly #styles: NumberStyle[] = []
  readonly #merges = new Map<string, Map<number, Merge[]>>()
  readonly worksheets: Worksheet[] = []
  #since1904 = false

  private constructor(container: Container) {
    this.#container = container
  }

  /** Opens a workbook; close it. Refuses with `sheets.*` codes what is not one. */
  static async open(source: Source, limits?: Partial<Limits>): Promise<WorkbookCells> {
    const container = await Container.open(source, limits)
    const workbook = new WorkbookCells(container)
    try {
      await workbook.#readParts()
    } catch (error) {
      await container.close()
      throw error
    }
    return workbook
  }

  get limits(): Limits {
    return this.#container.limits
  }

  close(): Promise<void> {
    return this.#container.close()
  }

  async #readParts(): Promise<void> {
    const main = await this.#relations('_rels/.rels', '')
    const path = main.find((relation) => relation.type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
    if (path.endsWith('.bin')) throw invalid('sheets.old_format')
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    if (!this.#container.has(path)) throw invalid('sheets.not_a_workbook')
    const relations = await this.#relations(`${folder}_rels/${path.slice(folder.length)}.rels`, folder)
    let isWorkbook = false
    await this.#container.walk(path, {
      open: (name, attributes) => {
        if (name === 'workbook') isWorkbook = true
        else if (name === 'workbookPr') this.#since1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
        else if (name === 'sheet') {
          const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
          const relation = relations.find((each) => each.id === id)
          if (!relation?.type.endsWith('/worksheet') || !this.#container.has(relation.target)) return
          const hidden = attributes.state !== undefined && attributes.state !== 'visible'
          this.worksheets.push({ name: attributes.name ?? '', hidden, path: relation.target })
        }
      },
    })
    if (!isWorkbook) throw invalid('sheets.not_a_workbook')
    const part = (type: string): string | undefined => {
      const target = relations.find((relation) => relation.type.endsWith(type))?.target
      return target && this.#container.has(target) ? target : undefined
    }
    const styles = part('/styles')
    if (styles) await this.#readStyles(styles)
    const strings = part('/sharedStrings')
    if (strings) await this.#readStrings(strings)
  }

  async #relations(path: string, folder: string): Promise<{ id: string; type: string; target: string }[]> {
    const found: { id: string; type: string; target: string }[] = []
    if (!this.#container.has(path)) return found
    await this.#container.walk(path, {
      open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
        if (name !== 'Relationship' || TargetMode === 'External') return
        const target = new URL(Target, `file:///${folder}`).pathname.slice(1)
        found.push({ id: Id, type: Type, target: decodeURIComponent(target) })
      },
    })
    return found
  }

  async #readStyles(path: string): Promise<void> {
    const formats = new Map<number, string>()
    let inCells = false
    await this.#container.walk(path, {
      open: (name, attributes) => {
        if (name === 'cellXfs') inCells = true
        else if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
        else if (name === 'xf' && inCells) {
          const id = Number(attributes.numFmtId ?? 0)
          this.#styles.push(numberStyle(id, formats.get(id)))
        }
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false
      },
    })
  }

  /** Rich text is its text; the reading aid over characters (`rPh`) is not part of it. */
  async #readStrings(path: string): Promise<void> {
    let item = ''
    let taking = false
    let phonetic = false
    await this.#container.walk(path, {
      open: (name) => {
        if (name === 'si') item = ''
        else if (name === 't') taking = !phonetic
        else if (name === 'rPh') phonetic = true
      },
      text: (text) => {
        if (taking) item += text
      },
      close: (name) => {
        if (name === 't') taking = false
        else if (name === 'rPh') phonetic = false
        else if (name === 'si') this.#strings.push(unescaped(item))
      },
    })
  }

  /**
   * Merged ranges stand behind the rows they are needed for, so each worksheet is first passed through as bytes: about 0.2 s
   * for 50 MB, which also proves size and checksum before anything is made of the content.
   */
  async #mergesOf(path: string, signal?: AbortSignal): Promise<Map<number, Merge[]>> {
    const known = this.#merges.get(path)
    if (known) return known
    let tail = ''
    let behind = false
    for await (const piece of this.#container.bytes(path, signal)) {
      tail += piece.toString('latin1')
      if (behind) continue
      const end = tail.lastIndexOf('sheetData>')
      behind = end >= 0 && /<\/(\w+:)?$/.test(tail.slice(Math.max(0, end - 32), end))
      tail = tail.slice(behind ? end : -64)
    }
    const merges = new Map<number, Merge[]>()
    const ranges = tail.matchAll(/mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g)
    for (const [, left = '', top, right = '', bottom] of ranges) {
      const merge = { column: columnIndex(left), lastColumn: columnIndex(right), lastRow: Number(bottom) }
      const same = merges.get(Number(top))
      if (same) same.push(merge)
      else merges.set(Number(top), [merge])
    }
    this.#merges.set(path, merges)
    return merges
  }

  /**
   * The rows of a worksheet that have any content, in batches as the file comes in.
   * @param onShare told the share of the worksheet behind us, 0 to 1
   * @param widths filled with the widths of columns, in characters
   */
  async *rows(
    sheet: Worksheet,
    { signal, onShare, widths }: { signal?: AbortSignal; onShare?: (share: number) => void; widths?: number[] } = {},
  ): AsyncGenerator<RawRow[]> {
    const merges = await this.#mergesOf(sheet.path, signal)
    const around = { strings: this.#strings, styles: this.#styles, since1904: this.#since1904, merges }
    const gatherer = new RowGatherer(around, widths)
    for await (const _ of this.#container.parse(sheet.path, gatherer, signal, onShare)) {
      const batch = gatherer.take()
      if (batch.length > 0) yield batch
    }
    const rest = gatherer.take()
    if (rest.length > 0) yield rest
  }
}
