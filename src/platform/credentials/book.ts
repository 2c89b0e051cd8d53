/** What can be issued: modules bring their items as SQL, the composition root hands them over. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../db/index.ts'

type Bilingual = { zh: string; en: string }
export type Kind = 'completion' | 'title' | 'honour' | 'designation'

/**
 * One kind of items. `rows` gives, under row-level security, `person_id, subject_id, name jsonb {zh, en}, about jsonb or null, awarder text or null,
 * awarded_on date, until date or null` (the last day)`, number text or null, mark text` (what must stay the same for a credential to hold)`,
 * gone text` (null, or why it does not hold any more: `taken_back`, `corrected`, `removed`).
 */
export type AchievementSource = { source: string; kind: Kind; rows: RawBuilder<unknown> }

export type Said = {
  name: Bilingual
  about: Bilingual | null
  awarder: string | null
  awardedOn: string
  until: string | null
  number: string | null
}
export type Item = { source: string; kind: Kind; subjectId: string; said: Said; mark: string; gone: string | null }

export class CredentialBook {
  readonly #sources: readonly AchievementSource[]
  constructor(sources: readonly AchievementSource[]) {
    this.#sources = sources
  }

  /** All items as one query: `person_id, source, kind, subject_id, said, mark, gone`. */
  rows(): RawBuilder<unknown> {
    const parts = this.#sources.map(
      ({
        source,
        kind,
        rows,
      }) => sql`select r.person_id, ${source}::text as source, ${kind}::text as kind, r.subject_id,
        jsonb_build_object('name', r.name, 'about', r.about, 'awarder', r.awarder, 'awardedOn', r.awarded_on::text, 'until', r.until::text, 'number', r.number) as said,
        r.mark, r.gone from (${rows}) r where r.awarded_on is not null`,
    )
    return sql`${sql.join(parts, sql` union all `)}`
  }

  /** Items of one person, the latest first. */
  async of<T>(act: Act<T>, personId: string): Promise<Item[]> {
    const { rows } =
      await sql<Item>`select i.source, i.kind, i.subject_id, i.said, i.mark, i.gone from (${this.rows()}) i
      where i.person_id = ${personId} order by i.said ->> 'awardedOn' desc, i.subject_id`.execute(act.tx)
    return rows
  }
}
