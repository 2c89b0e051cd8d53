/** Which facts of those judged are shown beside them, and how: as text, codes by their names. */
import { type RawBuilder, sql } from 'kysely'
import type { CodeWord } from '../code-words.ts'
import type { Bilingual } from '../contract.ts'
import { AS_OF, columnOf, type FactBook } from '../facts.ts'
import { factsIn, type Trial } from './trial.ts'

/** Facts that fit in a column; of schools amounts as well, for pupils and posts are counted by stage. */
export const shownFacts = (book: FactBook, trial: Trial): string[] =>
  [...factsIn(trial)]
    .filter((id) => id !== AS_OF && (trial.now.about === 'organisation' || book.declared(id)!.type !== 'amounts'))
    .sort()

/** The facts of a row `j` as text, by their ids; lists and amounts as JSON. */
export const factsSql = (book: FactBook, shown: readonly string[]): RawBuilder<unknown> =>
  shown.length === 0
    ? sql`'{}'::jsonb`
    : sql`jsonb_build_object(${sql.join(
        shown.map((id) => {
          const column = sql.ref(`j.${columnOf(id)}`)
          const listed = book.declared(id)!.type === 'texts' || book.declared(id)!.type === 'dates'
          return sql`${id}::text, ${listed ? sql`to_jsonb(${column})::text` : sql`${column}::text`}`
        }),
      )})`

/** A value as `factsSql` gives it with its codes, or the names of its amounts, in words; null where it has none. */
export function sayCodes(words: readonly CodeWord[] | undefined, type: string, value: string | null): Bilingual | null {
  if (value === null || !(words || type === 'amounts')) return null
  const named = (code: string): Bilingual => words?.find((one) => one.code === code) ?? { zh: code, en: code }
  const names =
    type === 'amounts'
      ? Object.entries(JSON.parse(value) as Record<string, number>).map(([code, n]) => ({
          zh: `${named(code).zh} ${n}`,
          en: `${named(code).en} ${n}`,
        }))
      : (type === 'texts' ? (JSON.parse(value) as string[]) : [value]).map(named)
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}
