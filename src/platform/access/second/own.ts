/** One's own second factors: set up, removed, and shown again before an act that asks for it. */
import { sql } from 'kysely'
import { invalid, notFound, Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish, notify } from '../../inbox/index.ts'
import { type SignedIn, tokenHash } from '../actors.ts'
import type { Assertion, Attestation } from '../contract.ts'
import type { House } from '../house.ts'
import { passwordMatches } from '../passwords.ts'
import { checkCode, lockOf, noteSecond, secretSealer } from './check.ts'
import { hashCode, newCodes } from './codes.ts'
import { DUTY_KEY, type Duty, dutyOf } from './duty.ts'
import { addPasskey, checkPasskey } from './passkeys.ts'
import { newSecret, stepOf, uriOf } from './totp.ts'

type Factor = { id: string; name: string; createdAt: string; usedAt: string | null }
export type Security = {
  apps: Factor[]
  passkeys: (Factor & { synced: boolean })[]
  codesLeft: number
  duty: Duty | null
  password: boolean
}

/** What the acting account has beside its password, and whether it must have any of it. */
export async function securityOf<T>({ tx, actor }: Act<T>, house: House, who: SignedIn): Promise<Security> {
  const { rows: apps } = await sql<Factor>`select t.id, t.name, t.created_at, t.used_at from access.totp t
    where t.account_id = ${actor.account} and t.confirmed_at is not null order by t.created_at`.execute(tx)
  const { rows: passkeys } = await sql<
    Factor & { synced: boolean }
  >`select p.id, p.name, p.created_at, p.used_at, p.synced
    from access.passkey p where p.account_id = ${actor.account} order by p.created_at`.execute(tx)
  const { rows } = await sql<{ codesLeft: number; due: string | null; password: boolean }>`select
      (select count(*)::int from access.recovery_code c where c.account_id = a.id and c.used_at is null and c.recovery_id is null) as codes_left,
      a.second_due as due, a.password_hash is not null as password
    from access.account a where a.id = ${actor.account}`.execute(tx)
  const { codesLeft, due, password } = rows[0]!
  return { apps, passkeys, codesLeft, duty: dutyOf(house, who.assignments, due), password }
}

/** Makes a secret; it asks for nothing before its first code. What was begun and never finished goes. */
export async function beginApp<T>(
  act: Act<T>,
  house: House,
  { login, name }: { login: string; name: string },
): Promise<{ id: string; secret: string; uri: string }> {
  const [id, secret] = [newId(), newSecret()]
  await sql`delete from access.totp t where t.account_id = ${act.actor.account} and t.confirmed_at is null`.execute(
    act.tx,
  )
  await sql`insert into access.totp (account_id, id, name, secret_cipher)
    values (${act.actor.account}, ${id}, ${name}, ${secretSealer(house).seal(secret, id)})`.execute(act.tx)
  await record(act, { action: 'access.app_begun', subject: { kind: 'account', id: act.actor.account! } })
  return { id, secret, uri: uriOf(secret, login) }
}

/** Takes the first code of an app. @throws Refusal `not_found`, `access.wrong_second` */
export async function confirmApp<T>(
  act: Act<T>,
  house: House,
  { id, code, token }: { id: string; code: string; token: string | undefined },
): Promise<string[] | null> {
  const { rows } = await sql<{ secret: Buffer; at: number }>`select t.secret_cipher as secret,
      extract(epoch from clock_timestamp())::float8 * 1000 as at
    from access.totp t where t.account_id = ${act.actor.account} and t.id = ${id} and t.confirmed_at is null for update`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('factor')
  const step = stepOf(secretSealer(house).open(rows[0].secret, id), code, rows[0].at, 0)
  if (step === null) throw invalid('access.wrong_second')
  await sql`update access.totp set confirmed_at = now(), last_step = ${step}
    where account_id = ${act.actor.account} and id = ${id}`.execute(act.tx)
  return afterAdding(act, house, token, 'otp')
}

/** Keeps the passkey that the browser made. @throws Refusal as `addPasskey` */
export async function keepPasskey<T>(
  act: Act<T>,
  house: House,
  { token, ...made }: { challengeId: string; name: string; response: Attestation; token: string | undefined },
): Promise<string[] | null> {
  await addPasskey(act, house, made)
  return afterAdding(act, house, token, 'hwk')
}

/** With the first factor come recovery codes; the session that had to set one up may go on. */
async function afterAdding<T>(
  act: Act<T>,
  house: House,
  token: string | undefined,
  method: 'otp' | 'hwk',
): Promise<string[] | null> {
  if (token) await confirmed(act, token, method)
  await record(act, {
    action: 'access.factor_added',
    subject: { kind: 'account', id: act.actor.account! },
    after: { method },
  })
  await tell(act, 'access.message.factor_added')
  await finish(act, DUTY_KEY, act.actor.account)
  const { rows } = await sql<{ any: boolean }>`select exists (select from access.recovery_code c
    where c.account_id = ${act.actor.account} and c.used_at is null and c.recovery_id is null) as any`.execute(act.tx)
  return rows[0]!.any ? null : makeCodes(act, house)
}

/** Makes ten recovery codes; the old ones end. */
export async function makeCodes<T>(act: Act<T>, house: House): Promise<string[]> {
  const account = act.actor.account!
  const codes = newCodes()
  const rows = codes.map((code) => ({ id: newId(), hash: hashCode(house, account, code).toString('hex') }))
  await sql`delete from access.recovery_code c where c.account_id = ${account} and c.recovery_id is null`.execute(
    act.tx,
  )
  await sql`insert into access.recovery_code (account_id, id, code_hash) select ${account}, r.id, decode(r.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, hash text)`.execute(act.tx)
  await record(act, { action: 'access.codes_made', subject: { kind: 'account', id: account } })
  return codes
}

/**
 * Removes an app or a passkey.
 * @throws Refusal `not_found`, `access.second_needed` for the last one of somebody who must have one
 */
export async function removeFactor<T>(act: Act<T>, house: House, who: SignedIn, id: string): Promise<void> {
  const { rows } = await sql<{ kind: string }>`with app as (
      delete from access.totp t where t.account_id = ${act.actor.account} and t.id = ${id} returning 'otp' as kind
    ), key as (
      delete from access.passkey p where p.account_id = ${act.actor.account} and p.id = ${id} returning 'hwk' as kind
    ) select kind from app union all select kind from key`.execute(act.tx)
  if (!rows[0]) throw notFound('factor')
  const { apps, passkeys, duty } = await securityOf(act, house, who)
  if (apps.length + passkeys.length === 0) {
    if (duty?.state === 'enforced') throw new Refusal('refused', 'access.second_needed')
    await sql`delete from access.recovery_code c where c.account_id = ${act.actor.account}`.execute(act.tx)
  }
  await record(act, {
    action: 'access.factor_removed',
    subject: { kind: 'account', id: act.actor.account! },
    before: { method: rows[0].kind },
  })
  await tell(act, 'access.message.factor_removed')
}

const tell = <T>(act: Act<T>, code: string) =>
  notify(act, [
    { accountId: act.actor.account!, kind: 'message', code, data: { at: act.now }, link: '/account/security' },
  ])

const confirmed = <T>(act: Act<T>, token: string, method: string) =>
  sql`select access.confirm_session(${tokenHash(token)}, ${[method]}::text[])`.execute(act.tx)

type Proof = {
  password?: string | undefined
  code?: string | undefined
  passkey?: { challengeId: string; response: Assertion } | undefined
}

/**
 * Says that it is still oneself: by a second factor where there is one, else by the password. A wrong one is counted: its refusal is the
 * answer and no error.
 */
export async function confirmSelf<T>(
  act: Act<T>,
  house: House,
  token: string | undefined,
  proof: Proof,
): Promise<Refusal | null> {
  const locked = await lockOf(act)
  if (locked) return locked
  const method = await provenBy(act, house, proof)
  await noteSecond(act, method !== null)
  await record(act, {
    action: method ? 'access.confirmed' : 'access.confirm_failed',
    subject: { kind: 'account', id: act.actor.account! },
  })
  if (!method) return invalid('access.not_confirmed')
  if (token) await confirmed(act, token, method)
  return null
}

async function provenBy<T>(act: Act<T>, house: House, { password, code, passkey }: Proof): Promise<string | null> {
  if (passkey) return (await checkPasskey(act, house, 'confirm', passkey)).method
  if (code !== undefined) return (await checkCode(act, house, code))?.method ?? null
  const { rows } = await sql<{
    hash: string | null
    second: boolean
  }>`select a.password_hash as hash, access.has_second(a.id) as second
    from access.account a where a.id = ${act.actor.account}`.execute(act.tx)
  const { hash, second } = rows[0]!
  // Whoever has more than a password shows it.
  if (second || hash === null || password === undefined) return null
  return (await passwordMatches(hash, password)) ? 'pwd' : null
}
