/** Statements that the database plans once a connection instead of once a call. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'

const MARK = '/* prepared */'

/**
 * Begins a statement that runs very often and touches few rows: with the policies of row-level security, planning it costs more
 * than running it. Only for statements whose best plan does not depend on their values, and which name every column they return.
 */
export const prepared = sql.raw(`${MARK} `)

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, name)
  return name
}

/** A client that gives marked statements a name, under which the driver and the database keep them. */
export class PreparingClient extends pg.Client {
  override query = ((...given: unknown[]) => {
    const [text, values, ...rest] = given
    if (typeof text !== 'string' || !text.startsWith(MARK)) return this.#ask(...given)
    return this.#ask({ name: nameOf(text), text, values }, ...rest)
  }) as pg.Client['query']

  #ask(...given: unknown[]): unknown {
    return (pg.Client.prototype.query as (...given: unknown[]) => unknown).apply(this, given)
  }
}
