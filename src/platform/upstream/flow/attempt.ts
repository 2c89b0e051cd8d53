/** One way to a provider and back: known again by the browser alone, good once, for ten minutes. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import type { Db } from '../../db/index.ts'

/** What only the browser keeps, under a name of its own for each way. */
export type Kept = { name: string; value: string }
/** What goes along to the provider, made of what the browser keeps: nothing of it is stored. */
export type Proofs = { state: string; nonce: string; verifier: string }
export type Purpose = { purpose: 'sign_in' } | { purpose: 'link'; accountId: string; sessionId: string }
export type Attempt = {
  providerId: string
  purpose: 'sign_in' | 'link'
  accountId: string | null
  sessionId: string | null
  back: string
}

const PREFIX = 'qs_up_'
export const ATTEMPT_AGE = 600
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

function proofsOf(house: House, tag: string, kept: string): Proofs {
  const made = (what: string) =>
    createHmac('sha256', house.key('upstream.attempt')).update(`${what}.${tag}.${kept}`).digest('base64url')
  return { state: `${tag}.${made('state')}`, nonce: made('nonce'), verifier: made('verifier') }
}

/** Begins one for this browser. */
export async function beginAttempt(
  house: House,
  providerId: string,
  purpose: Purpose,
  back: string,
): Promise<{ cookie: Kept; proofs: Proofs }> {
  const tag = randomBytes(6).toString('base64url')
  const value = randomBytes(32).toString('base64url')
  const proofs = proofsOf(house, tag, value)
  const { accountId = null, sessionId = null } = purpose as Partial<Extract<Purpose, { purpose: 'link' }>>
  await sql`select upstream.begin(${newId()}, ${providerId}, ${sha256(proofs.state)}, ${sha256(value)}, ${purpose.purpose},
    ${accountId}::uuid, ${sessionId}::uuid, ${back})`.execute(house.db)
  return { cookie: { name: PREFIX + tag, value }, proofs }
}

/**
 * Takes the attempt that a state belongs to, for good. Undefined where this browser began none such, it is over, or it was taken before: which
 * of these it was is nobody's business.
 */
export async function takeAttempt(
  house: House & { db: Db },
  state: string,
  cookies: Readonly<Record<string, string | undefined>>,
): Promise<{ attempt: Attempt; proofs: Proofs; cookie: string } | undefined> {
  const tag = /^([\w-]{8})\.[\w-]{43}$/.exec(state)?.[1]
  const cookie = PREFIX + tag
  const value = tag && cookies[cookie]
  if (!tag || !value) return undefined
  const proofs = proofsOf(house, tag, value)
  if (!timingSafeEqual(sha256(proofs.state), sha256(state))) return undefined
  const { rows } = await sql<Attempt>`select t.provider_id, t.purpose, t.account_id, t.session_id, t.back
    from upstream.take_attempt(${sha256(state)}, ${sha256(value)}) t`.execute(house.db)
  return rows[0] && { attempt: rows[0], proofs, cookie }
}
