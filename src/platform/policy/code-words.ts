/** The words of what facts are recorded in: codes, and the names in amounts. */
import { sql } from 'kysely'
import { type Act, prepared } from '../db/index.ts'
import type { Bilingual } from './contract.ts'
import type { FactBook } from './facts.ts'

export type CodeWord = { code: string } & Bilingual

const CODE = 'code:'

/** By fact, in the order of the table; nothing for facts that are plain. */
export async function codeWords<T>(
  act: Act<T>,
  book: FactBook,
  facts: Iterable<string>,
): Promise<ReadonlyMap<string, CodeWord[]>> {
  const tables = new Map<string, string>()
  const found = new Map<string, CodeWord[]>()
  for (const id of facts) {
    const { unit, names } = book.declared(id) ?? {}
    if (unit?.startsWith(CODE)) tables.set(id, unit.slice(CODE.length))
    if (names)
      found.set(
        id,
        Object.entries(names).map(([code, called]) => ({ code, ...called })),
      )
  }
  if (tables.size === 0) return found
  const { rows } = await sql<
    CodeWord & { table: string }
  >`${prepared}select c."table", c.code, c.zh, coalesce(c.en, c.zh) as en
    from ${book.codes} c where c."table" = any (${[...new Set(tables.values())]}) order by c."table", c.position`.execute(
    act.tx,
  )
  const words = Map.groupBy(rows, ({ table }) => table)
  for (const [id, table] of tables)
    found.set(
      id,
      (words.get(table) ?? []).map(({ code, zh, en }) => ({ code, zh, en })),
    )
  return found
}
