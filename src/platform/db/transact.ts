/** One transaction for one actor under one permission: the database enforces the scope that the permission grants. */
import { sql, type Transaction } from 'kysely'
import { type CivilDate, civilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { Db } from './connect.ts'
import { prepared } from './prepared.ts'

/** Who acts. Jobs act for the account that asked for them; `system` acts have neither account nor person. */
export type Actor = { account: string | null; person: string | null; name: string; ip?: string }

/** How far an act reaches: subtrees of the organisation tree, and the actor's own person. */
export type Scope = { paths: string[]; self: boolean }

/** What a service works with: the transaction first, then who, under which permission, and when. */
export type Act<T = unknown> = {
  tx: Transaction<T>
  actor: Actor
  permission: string
  scope: Scope
  /** Instant of the product's clock, ISO 8601. */
  now: string
  /** When it was asked for, by the same clock: before it waited for a connection. What counts against a deadline. */
  received: string
  /** The civil date in China at `now`. */
  today: CivilDate
  /** Audit entries that this act has written: the API adds a general one where a command wrote none. */
  recorded: number
}

type Ask = {
  actor: Actor
  permission: string
  scope: Scope
  readOnly?: boolean
  at?: string
  /** When the request came, as `performance.now()` told it; when the act was begun where absent. */
  received?: number | undefined
}

const RETRIED = new Set(['40001', '40P01'])
const GONE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '08006', '08003', '08001'])

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

/** True where the database went away rather than refused: the act was not acknowledged and may be tried again. */
export const isGone = (error: unknown): boolean =>
  GONE.has(codeOf(error)) ||
  /Connection terminated|timeout exceeded when trying to connect|is not queryable/.test(
    String((error as Error)?.message),
  )

/**
 * Runs `work` in one transaction. Deadlocks and serialisation failures are tried again (three times in all);
 * a database that went away becomes a `fault` that says so.
 */
export async function transact<T, R>(db: Db<T>, asked: Ask, work: (act: Act<T>) => Promise<R>): Promise<R> {
  const ask = { received: performance.now(), ...asked }
  for (let attempt = 1; ; attempt++) {
    try {
      const begun = ask.readOnly ? db.transaction().setAccessMode('read only') : db.transaction()
      return await begun.execute(async (tx) => work(await enter(tx, ask)))
    } catch (error) {
      if (RETRIED.has(codeOf(error)) && attempt < 3) continue
      if (isGone(error)) throw new Refusal('fault', 'db.unavailable')
      throw error
    }
  }
}

/** Acts within a transaction that is open already and belongs to the application role: what it holds is committed whole or not at all. */
export const within = async <T, R>(tx: Transaction<T>, ask: Ask, work: (act: Act<T>) => Promise<R>): Promise<R> =>
  work(await enter(tx, ask))

async function enter<T>(tx: Transaction<T>, { actor, permission, scope, at = '', received }: Ask): Promise<Act<T>> {
  const sent = performance.now()
  const { rows } = await sql<{
    now: string
    begun: number
  }>`${prepared}select db.enter(${actor.account ?? ''}, ${actor.person ?? ''}, ${scope.self},
    ${scope.paths.join(',')}, ${permission}, ${at}) as now, extract(epoch from clock_timestamp() - now())::float8 * 1000 as begun`.execute(
    tx,
  )
  const { now, begun } = rows[0]!
  // The transaction waited for a connection, and its clock stands still since it began: from now on to when this was sent, and back to when
  // it came. An act of another time is asked for then.
  const waited = at === '' && received !== undefined ? sent - received - begun : 0
  return {
    tx,
    actor,
    permission,
    scope,
    now,
    received: new Date(Date.parse(now) - waited).toISOString(),
    today: civilDate(new Date(now)),
    recorded: 0,
  }
}

/** The product itself acts (start-up, migrations of data, scheduled work over the whole house). */
export const SYSTEM: Actor = { account: null, person: null, name: 'system' }
