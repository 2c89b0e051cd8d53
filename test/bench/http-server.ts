/**
 * The server under measurement, in a process of its own: the product on one port, bare Fastify handlers on another. Bare reads run
 * the statements that the product ran for the same request, recorded once, and answer with the same body.
 */
import fastify from 'fastify'
import { sql } from 'kysely'
import pg from 'pg'
import { pool } from '../../src/platform/db/index.ts'
import { buildApp } from '../../src/server/app.ts'
import { openBenchHouse } from './cluster.ts'

type Statement = { name?: string; text: string; values: unknown[] }
export type Order = { record: true } | { replay: string; body: unknown }
export type Ready = { product: number; bare: number }
export type Answer = Ready | { done: true; statements: number }

const databaseUrl = process.argv[2]!
const CONNECTIONS = 20
const house = await openBenchHouse(databaseUrl, CONNECTIONS)
const app = await buildApp(house, { callsAMinute: Number.POSITIVE_INFINITY })
const bare = fastify()

let recorded: Statement[] | undefined
const ask = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => unknown
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [first, values = []] = given as [string | Statement, unknown[] | undefined]
  recorded?.push(typeof first === 'string' ? { text: first, values } : { ...first, values: first.values ?? values })
  return ask.apply(this, given)
} as typeof pg.Client.prototype.query

/** What the product does around the statements of a read: the bare handler does without. */
const AROUND =
  /^\s*(\/\* prepared \*\/)?\s*(begin|start transaction|commit|rollback|select db\.enter|select .*from access\.session_actor)/is

/** The settings that `db.enter` made, fixed for a whole connection, so that the same rows are seen by the same policies. */
function settingsOf([account, person, self, scope, permission]: unknown[], now: string): string {
  const settings = {
    account,
    actor_person: person,
    person: self ? person : '',
    scope,
    permission,
    now: now.replaceAll(' ', '\\ '),
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c qiangshi.${name}=${value}`)
    .join(' ')
}

/** Serves the recorded statements under a path, one after the other as the product does, with the product's answer as body. */
async function replay(path: string, body: unknown): Promise<number> {
  const all = recorded ?? []
  recorded = undefined
  const entered = all.find(({ text }) => /db\.enter/.test(text))!
  const { rows } = await sql<{ now: string }>`select (now() + c.ahead)::text as now from db.clock c`.execute(
    house.owner,
  )
  const own = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    options: `-c role=qiangshi_app ${settingsOf(entered.values, rows[0]!.now)}`,
  })
  const statements = all.filter(({ text }) => !AROUND.test(text))
  routes.set(path, async () => {
    const client = await own.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      client.release()
    }
    return body
  })
  return statements.length
}

const routes = new Map<string, () => Promise<unknown>>()
bare.post('/read/:name', (request) => routes.get((request.params as { name: string }).name)!())

const inserts = pool(databaseUrl, { role: 'owner', max: CONNECTIONS })
bare.post('/insert', async (request) => {
  const { session, person } = request.body as { session: string; person: string }
  const { rows } = await inserts.query(
    'insert into public.presence (session_id, person_id) values ($1, $2) returning at',
    [session, person],
  )
  return rows[0]
})

process.on('message', async (order: Order) => {
  if ('record' in order) {
    recorded = []
    process.send!({ done: true, statements: 0 } satisfies Answer)
  } else {
    process.send!({ done: true, statements: await replay(order.replay, order.body) } satisfies Answer)
  }
})
process.once('disconnect', () => process.exit(0))

await app.listen({ port: 0, host: '127.0.0.1' })
await bare.listen({ port: 0, host: '127.0.0.1' })
const portOf = (server: { address(): unknown }) => (server.address() as { port: number }).port
process.send!({ product: portOf(app.server), bare: portOf(bare.server) } satisfies Answer)
