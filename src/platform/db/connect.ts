/** Connections: a pool that acts as the application role, and a way to act as the owner for migrations and maintenance. */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './prepared.ts'

/** Kysely over a pool. Column names are snake_case in SQL and camelCase in TypeScript; JSON keys stay as they are. */
export type Db<T = unknown> = Kysely<T>

const { builtins } = pg.types
const parsers: Record<number, (text: string) => unknown> = {
  [builtins.INT8]: Number,
  [builtins.DATE]: (text) => text,
  [builtins.TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
}
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) ||
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

type Options = { role?: 'app' | 'owner'; max?: number; onError?: (error: Error) => void }

/** A pool; a connection that dies is reported and replaced, it never ends the process. */
export function pool(url: string, { role = 'app', max = 20, onError = () => {} }: Options = {}): pg.Pool {
  const made = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max,
    types,
    application_name: `qiangshi-${role}`,
    // Waiting in line counts too: a rush of thousands is served in turn, not turned away.
    connectionTimeoutMillis: 30_000,
    ...(role === 'app' ? { options: '-c role=qiangshi_app' } : {}),
  })
  made.on('error', onError)
  // The pool listens to idle connections only; whoever holds one that dies between two statements hears it from the next statement.
  made.on('connect', (client) => client.on('error', () => {}))
  return made
}

/** Opens the database. The default role owns no table, so row-level security binds everything that goes through it. */
export function connect<T = unknown>(url: string, options: Options = {}): Db<T> {
  return new Kysely<T>({
    dialect: new PostgresDialect({ pool: pool(url, options) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

/** An ordinary client that acts as the owner, with the product's type parsers: for COPY, LISTEN and maintenance. */
export const ownerClient = (url: string): pg.Client =>
  new pg.Client({ connectionString: url, types, application_name: 'qiangshi-owner', connectionTimeoutMillis: 10_000 })
