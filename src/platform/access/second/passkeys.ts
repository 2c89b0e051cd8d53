/** Passkeys (WebAuthn): made, asked for and checked with SimpleWebAuthn; a challenge is good for one answer within five minutes. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { sql } from 'kysely'
import { invalid, Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../db/index.ts'
import type { Assertion, Attestation } from '../contract.ts'
import type { House } from '../house.ts'

/** EdDSA, ES256, RS256: what every authenticator has one of. */
const ALGORITHMS = [-8, -7, -257]

type Purpose = 'add' | 'sign_in' | 'second' | 'confirm'
export type Asked = { challengeId: string; options: Record<string, unknown> }

/** WebAuthn knows names, not numbers: where the product is reached by a number of this machine, its name is `localhost`. */
export function partyOf({ settings }: House): { id: string; origin: string } {
  const url = new URL(settings.publicUrl)
  if (/^(127\.|\[::1\])/.test(url.hostname)) url.hostname = 'localhost'
  return { id: url.hostname, origin: url.origin }
}

async function keep<T>(act: Act<T>, purpose: Purpose, challenge: string, account: string | null): Promise<string> {
  const id = newId()
  await sql`select access.keep_challenge(${id}, ${purpose}, ${challenge}, ${account})`.execute(act.tx)
  return id
}

/** @throws Refusal `access.passkey_late` */
async function take<T>(act: Act<T>, id: string, purpose: Purpose, account: string | null): Promise<string> {
  const { rows } = await sql<{
    challenge: string | null
  }>`select access.take_challenge(${id}, ${purpose}, ${account}) as challenge`.execute(act.tx)
  if (rows[0]!.challenge === null) throw invalid('access.passkey_late')
  return rows[0]!.challenge
}

type Key = { id: string; credentialId: string; publicKey: Buffer; counter: number; transports: string[] }

const keysOf = async <T>({ tx, actor }: Act<T>): Promise<Key[]> => {
  const { rows } = await sql<Key>`select p.id, p.credential_id, p.public_key, p.counter, p.transports
    from access.passkey p where p.account_id = ${actor.account}`.execute(tx)
  return rows
}

/** What a browser is asked to make a passkey for the acting account. */
export async function askToAdd<T>(own: Act<T>, house: House, login: string): Promise<Asked> {
  const known = await keysOf(own)
  const options = await generateRegistrationOptions({
    supportedAlgorithmIDs: ALGORITHMS,
    rpName: '强师',
    rpID: partyOf(house).id,
    userName: login,
    userDisplayName: own.actor.name,
    userID: new Uint8Array(Buffer.from(own.actor.account!)),
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  return {
    challengeId: await keep(own, 'add', options.challenge, own.actor.account),
    options: options as unknown as Record<string, unknown>,
  }
}

/** Checks and keeps a new passkey. @throws Refusal `access.passkey_late`, `access.passkey_wrong`, `access.passkey_known` */
export async function addPasskey<T>(
  own: Act<T>,
  house: House,
  { challengeId, name, response }: { challengeId: string; name: string; response: Attestation },
): Promise<string> {
  const { id: party, origin } = partyOf(house)
  const expectedChallenge = await take(own, challengeId, 'add', own.actor.account)
  const { verified, registrationInfo } = await checked(
    verifyRegistrationResponse({
      response: response as unknown as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: party,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!verified) throw invalid('access.passkey_wrong')
  const { credential, credentialBackedUp } = registrationInfo
  const id = newId()
  const { rows } =
    await sql`insert into access.passkey (account_id, id, name, credential_id, public_key, counter, transports, synced)
    values (${own.actor.account}, ${id}, ${name}, ${credential.id}, ${Buffer.from(credential.publicKey)}, ${credential.counter},
      ${response.response.transports ?? []}::text[], ${credentialBackedUp}) on conflict do nothing returning id`.execute(
      own.tx,
    )
  if (rows.length === 0) throw invalid('access.passkey_known')
  return id
}

/** What a passkey is asked: any that knows its user to sign in by it alone, else one of the acting account. */
export async function askForPasskey<T>(act: Act<T>, house: House, purpose: Exclude<Purpose, 'add'>): Promise<Asked> {
  const account = purpose === 'sign_in' ? null : act.actor.account
  const known = account === null ? [] : await keysOf(act)
  const options = await generateAuthenticationOptions({
    rpID: partyOf(house).id,
    userVerification: purpose === 'sign_in' ? 'required' : 'preferred',
    ...(account === null
      ? {}
      : { allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })) }),
  })
  return {
    challengeId: await keep(act, purpose, options.challenge, account),
    options: options as unknown as Record<string, unknown>,
  }
}

/** Whose passkey it is that answers; null for one that nobody has. Asked before anybody acts. */
export async function ownerOf<T>(act: Act<T>, { id }: Assertion): Promise<string | null> {
  const { rows } = await sql<{ account: string | null }>`select access.passkey_owner(${id}) as account`.execute(act.tx)
  return rows[0]!.account
}

/** `verified`: the authenticator knew its user, by finger, face or PIN; then it is two factors in one. */
export type Shown = { method: 'hwk' | 'swk'; verified: boolean }

/**
 * Checks the answer of a passkey of the acting account.
 * @throws Refusal `access.passkey_late`, `access.passkey_wrong`
 */
export async function checkPasskey<T>(
  own: Act<T>,
  house: House,
  purpose: Exclude<Purpose, 'add'>,
  { challengeId, response }: { challengeId: string; response: Assertion },
): Promise<Shown> {
  const account = purpose === 'sign_in' ? null : own.actor.account
  const expectedChallenge = await take(own, challengeId, purpose, account)
  const key = (await keysOf(own)).find(({ credentialId }) => credentialId === response.id)
  if (!key) throw invalid('access.passkey_wrong')
  const { id: party, origin } = partyOf(house)
  const { verified, authenticationInfo } = await checked(
    verifyAuthenticationResponse({
      response: response as unknown as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: party,
      requireUserVerification: purpose === 'sign_in',
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(key.publicKey),
        counter: key.counter,
        transports: key.transports,
      },
    }),
  )
  if (!verified) throw invalid('access.passkey_wrong')
  const { newCounter, userVerified, credentialBackedUp, credentialDeviceType } = authenticationInfo
  await sql`update access.passkey set counter = ${newCounter}, synced = ${credentialBackedUp}, used_at = now()
    where account_id = ${own.actor.account} and id = ${key.id}`.execute(own.tx)
  return { method: credentialDeviceType === 'singleDevice' ? 'hwk' : 'swk', verified: userVerified }
}

/** The library throws plain errors for every answer that does not fit: to whoever asked they are all the same. */
async function checked<R>(answer: Promise<R>): Promise<R> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw invalid('access.passkey_wrong')
  }
}
