/** The declaration of a sheet: one list of columns serves reading, checking, the template and the export. */
import type { CivilDate } from '../../base/dates.ts'
import type { Details, Locale, Words } from './contract.ts'

/** One entry of a code table, for instance of GB/T 3304 or JY/T 1001. Aliases are other labels in use. */
export interface CodeEntry {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly aliases?: readonly string[]
}
export type CodeTable = readonly CodeEntry[] | ReadonlyMap<string, CodeEntry>

/** What a check may know besides the value: the day it is judged as of, and the language of labels. */
export interface ReadContext {
  readonly asOf: CivilDate
  readonly locale: Locale
}

/** A fixed day, or one that depends on the day of reading: `(asOf) => addYears(asOf, -16)`. Both ends are allowed values. */
type DateBound = CivilDate | ((asOf: CivilDate) => CivilDate)

/** A value, or the code of a message with its data. The message is found in the catalog of the sheet's owner. */
export type Parsed<T> = { readonly value: T } | { readonly error: string; readonly data?: Details }

interface Named {
  /** The name of the value in `values`. */
  readonly key: string
  readonly header: Words
  /** Other headers under which people send this column. Spaces, stars, brackets and case need no alias. */
  readonly aliases?: readonly string[]
  /** The column must be there, and each cell must be filled. */
  readonly required?: boolean
  /** No value twice within one file. */
  readonly unique?: boolean
  /** Values are masked in faults. Identity numbers always are. */
  readonly sensitive?: boolean
  /** What to fill in, for the template. */
  readonly hint?: Words
  /** Width in characters of the default font. */
  readonly width?: number
}

export interface TextColumn extends Named {
  readonly kind: 'text'
  /** In characters as people count them: 𠮷 is one. */
  readonly maxLength?: number
  /** Full-width letters and digits become half-width ones: for telephone numbers, staff numbers and the like. */
  readonly halfWidth?: boolean
  /** A personal name: “张  三” is 张三, and every middle dot is “·”. */
  readonly personName?: boolean
  /** Line breaks within the cell are kept. */
  readonly lines?: boolean
  /** The whole text must match; say what is expected in `hint`, which becomes part of the message. */
  readonly pattern?: RegExp
}
export interface CodeColumn extends Named {
  readonly kind: 'code'
  readonly table: CodeTable
}
export interface DateColumn extends Named {
  readonly kind: 'date'
  readonly min?: DateBound
  readonly max?: DateBound
  /** “1995.07” is accepted as the first day of that month, as personnel files write it. */
  readonly monthIsEnough?: boolean
}
export interface DecimalColumn extends Named {
  readonly kind: 'decimal'
  /** At most so many digits after the point. */
  readonly scale?: number
  readonly min?: string
  readonly max?: string
}
export interface IntegerColumn extends Named {
  readonly kind: 'integer'
  readonly min?: number
  readonly max?: number
}
interface YesNoColumn extends Named {
  readonly kind: 'yesNo'
  /** In columns that people only tick (√), an empty cell means no. */
  readonly blankMeans?: boolean
}
interface IdNumberColumn extends Named {
  readonly kind: 'idNumber'
}
interface CustomColumn<T> extends Named {
  readonly kind: 'custom'
  /** Gets the trimmed text of a cell that is not empty, numbers and dates included (“2023-02-28”). */
  parse(text: string, context: ReadContext): Parsed<T>
}

export type Column =
  | TextColumn
  | CodeColumn
  | DateColumn
  | DecimalColumn
  | IntegerColumn
  | YesNoColumn
  | IdNumberColumn
  | CustomColumn<unknown>

type ValueOf<C> = C extends { kind: 'integer' }
  ? number
  : C extends { kind: 'yesNo' }
    ? boolean
    : C extends { kind: 'custom'; parse(text: string, context: ReadContext): infer R }
      ? R extends { readonly value: infer T }
        ? T
        : never
      : string

type Filled<C> = C extends { required: true } | { blankMeans: boolean } ? ValueOf<C> : ValueOf<C> | null

/** The values of a row without faults: by key, null for an empty cell or a column that the file does not have. */
export type Values<Cs extends readonly Column[]> = { [C in Cs[number] as C['key']]: Filled<C> }

/** The values of a row with faults: what could be read. */
export type PartialValues<Cs extends readonly Column[]> = { [K in keyof Values<Cs>]: Values<Cs>[K] | null }

/** A reason against a whole row, or against the cell of `key` in it. */
export interface Problem<Key extends string = string> {
  readonly key?: Key
  readonly code: string
  readonly data?: Details
}

export interface Sheet<Cs extends readonly Column[] = readonly Column[]> {
  /** Stable name in code, for instance `records.teachers`. */
  readonly name: string
  readonly title: Words
  readonly columns: Cs
  /** Two rows with the same key are the same thing twice; null when the row cannot say. Called for rows with faults too. */
  keyOf?(values: PartialValues<Cs>): string | null
  /** What can only be judged from several cells together. Called for rows whose cells are all right. */
  check?(values: Values<Cs>, context: ReadContext): readonly Problem<Cs[number]['key']>[]
  /** Wordings of the owner's codes, as in its message catalogs. */
  readonly messages?: { readonly [L in Locale]: Readonly<Record<string, string>> }
}

/** Any sheet, whatever its columns: for code that reads, writes or words sheets without knowing them. */
export type AnySheet = Pick<Sheet, 'name' | 'title' | 'columns' | 'messages'>

/** Declares a sheet. Throws when two columns share a key, since values would overwrite each other. */
export function defineSheet<const Cs extends readonly Column[]>(sheet: Sheet<Cs>): Sheet<Cs> {
  const keys = new Set<string>()
  for (const { key } of sheet.columns) {
    if (keys.has(key)) throw new Error(`sheet ${sheet.name}: two columns have the key ${key}`)
    keys.add(key)
  }
  return sheet
}

export const inLocale = (words: Words, locale: Locale): string => (locale === 'en' ? words.en : words.zh)

export const codeEntries = (table: CodeTable): Iterable<CodeEntry> => table.values()
