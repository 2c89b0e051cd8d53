/** What is held about people, as the module that holds it declares it: the notice, the export and the terms follow from it. */

export type Bilingual = { zh: string; en: string }

/**
 * On what it rests (个人信息保护法 13): a duty of the law (三), management of people under rules made by law (二), consent (一).
 * The first two need no consent, so none is asked.
 */
export type Basis = 'duty' | 'management' | 'consent'
export type HeldSensitivity = 'ordinary' | 'personal' | 'sensitive' | 'guarded'
/** Who gets to see it besides oneself; worded in the catalogs. */
export type Reader =
  | 'school'
  | 'district'
  | 'municipality'
  | 'reviewers'
  | 'platforms'
  | 'public'
  | 'auditor'
  | 'nobody'

export type HeldTable = {
  /** With its schema: `records.contact`. Its history, `records.contact_history`, belongs to it. */
  table: string
  /** The column that says whose a row is; `person_id` where absent. */
  of?: string
  /** What that column names; a person where absent. */
  is?: 'person' | 'account' | 'either'
  /** Where a row is somebody’s by what it belongs to: `t.column` is among the `key`s of their rows there, by `of` and `is` of that table. */
  through?: { column: string; table: string; key: string }
  /** Columns that are in no export: secrets. Hashes, paths and what only searches need are left out anyway. */
  without?: readonly string[]
  /** The application role may not read it. */
  closed?: true
  /** Why one's own rows are in no export. */
  withheld?: Bilingual
  /**
   * Where the holding has a term: since when it runs, as SQL over the row `t`, or since somebody works here no more (`left`).
   * Rows for which it is null are kept.
   */
  ends?: 'left' | (string & {})
  /** Columns that are set to null at the end instead of deleting the row. */
  clears?: readonly string[]
}

export type Holding = {
  /** `records.contact` */
  id: string
  title: Bilingual
  /** What it is, for people: 手机、电子邮箱. */
  kinds: Bilingual
  purpose: Bilingual
  basis: Basis
  /** The law or rule behind the basis. */
  clause: string
  /** A parameter in days or months and since when it runs; or kept as long as that, because the law has it so. */
  retention: { parameter: string; since: Bilingual } | { kept: Bilingual }
  readers: readonly Reader[]
  sensitivity: HeldSensitivity
  tables: readonly HeldTable[]
  /** Words for columns, in the export. */
  fields?: Readonly<Record<string, Bilingual>>
}

/** What a module brings: its holdings, and the acts in the trail by which somebody's data are seen. */
export type Declared = { holdings: readonly Holding[]; reveals?: readonly string[] }
