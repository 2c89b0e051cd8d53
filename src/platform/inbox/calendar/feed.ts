/** The address of one's calendar: a secret that is shown once, kept as a hash, replaced or revoked at any time. */
import { createHash, randomBytes } from 'node:crypto'
import { type QueryExecutorProvider, sql } from 'kysely'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Makes a new address; the one before is worth nothing any more. Returns the secret, which is not to be had again. */
export async function makeFeed<T>(act: Act<T>): Promise<string> {
  const secret = randomBytes(24).toString('base64url')
  await sql`insert into inbox.feed (account_id, secret_hash) values (db.account(), ${hashOf(secret)})
    on conflict (account_id) do update set secret_hash = excluded.secret_hash, made_at = db.now(), read_at = null`.execute(
    act.tx,
  )
  await record(act, { action: 'desk.feed_made', subject: { kind: 'account', id: act.actor.account! } })
  return secret
}

export async function revokeFeed<T>(act: Act<T>): Promise<void> {
  await sql`delete from inbox.feed f where f.account_id = db.account()`.execute(act.tx)
  await record(act, { action: 'desk.feed_revoked', subject: { kind: 'account', id: act.actor.account! } })
}

/** Whose calendar it is; undefined where nobody's. */
export async function accountOfFeed(db: QueryExecutorProvider, secret: string): Promise<string | undefined> {
  const { rows } = await sql<{
    account: string | null
  }>`select inbox.feed_account(${hashOf(secret)}) as account`.execute(db)
  return rows[0]?.account ?? undefined
}
