/** Checking the second step: a code of the app, a recovery code. Wrong ones are counted, and lock the step for longer and longer. */
import { sql } from 'kysely'
import { Refusal } from '../../../base/errors.ts'
import { type Kept, sealer } from '../../cipher/index.ts'
import type { Act } from '../../db/index.ts'
import type { House } from '../house.ts'
import { hashCode } from './codes.ts'
import { stepOf } from './totp.ts'

const PURPOSE = 'access.totp'
/** Secrets of apps, bound to their rows. */
export const secretSealer = (house: Pick<House, 'key'>) => sealer(house.key, PURPOSE)
export const accessKept: Kept[] = [{ table: 'access.totp', cipher: 'secret_cipher', purpose: PURPOSE, bound: 'id' }]

/** `rcv`: a recovery code. `anew`: it was given by two people because the factors are lost, and these are gone now. */
export type Passed = { method: 'otp' | 'rcv'; anew: boolean }

/** Six digits are of the app, everything else is a recovery code. Null where it is neither. Runs as the account itself. */
export async function checkCode<T>(own: Act<T>, house: House, code: string): Promise<Passed | null> {
  if (/^\d{6}$/.test(code.replace(/\s/g, ''))) return (await checkApps(own, house, code)) ? PASSED : null
  return spendCode(own, house, code)
}
const PASSED: Passed = { method: 'otp', anew: false }

async function checkApps<T>(own: Act<T>, house: House, code: string): Promise<boolean> {
  // Locked rows: of two requests with the same code one is too late.
  const { rows } = await sql<{ id: string; secret: Buffer; lastStep: number; at: number }>`
    select t.id, t.secret_cipher as secret, t.last_step, extract(epoch from clock_timestamp())::float8 * 1000 as at
    from access.totp t where t.account_id = ${own.actor.account} and t.confirmed_at is not null order by t.id for update`.execute(
    own.tx,
  )
  for (const { id, secret, lastStep, at } of rows) {
    const step = stepOf(secretSealer(house).open(secret, id), code, at, lastStep)
    if (step === null) continue
    await sql`update access.totp set last_step = ${step}, used_at = now()
      where account_id = ${own.actor.account} and id = ${id}`.execute(own.tx)
    return true
  }
  return false
}

async function spendCode<T>(own: Act<T>, house: House, code: string): Promise<Passed | null> {
  const account = own.actor.account!
  const { rows } = await sql<{ given: boolean }>`update access.recovery_code c set used_at = now()
    where c.account_id = ${account} and c.code_hash = ${hashCode(house, account, code)} and c.used_at is null
      and (c.expires_at is null or c.expires_at > now()) returning c.recovery_id is not null as given`.execute(own.tx)
  if (!rows[0]) return null
  if (rows[0].given) await forgetFactors(own)
  return { method: 'rcv', anew: rows[0].given }
}

/** What was lost may have been found by somebody: it opens nothing any more. */
async function forgetFactors<T>({ tx, actor }: Act<T>): Promise<void> {
  await sql`delete from access.totp t where t.account_id = ${actor.account}`.execute(tx)
  await sql`delete from access.passkey p where p.account_id = ${actor.account}`.execute(tx)
  await sql`delete from access.recovery_code c where c.account_id = ${actor.account} and c.recovery_id is null`.execute(
    tx,
  )
}

/** Refuses while the second step of the account is locked. */
export async function lockOf<T>({ tx, actor }: Act<T>): Promise<Refusal | null> {
  const { rows } = await sql<{ minutes: number }>`select
      ceil(extract(epoch from a.second_locked_until - now()) / 60)::int as minutes
    from access.account a where a.id = ${actor.account} and a.second_locked_until > now()`.execute(tx)
  return rows[0] ? new Refusal('limited', 'access.second_locked', { minutes: rows[0].minutes }) : null
}

/** Counts an attempt; the count stands although the attempt failed, so its transaction must end well. */
export async function noteSecond<T>({ tx, actor }: Act<T>, succeeded: boolean): Promise<void> {
  await sql`select access.note_second(${actor.account}, ${succeeded})`.execute(tx)
}
