/** Letters that wait to be sent: sealed, each to its own address, and the mark that ends letters without signing in. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import { type Kept, type Keys, sealer } from '../../cipher/index.ts'
import type { Act } from '../../db/index.ts'
import type { Letter } from './letters.ts'

/** Where addresses and letters are kept sealed. */
export const inboxKept: Kept[] = [
  { table: 'inbox.notices', cipher: 'address_cipher', purpose: 'inbox.address', bound: 'account_id' },
  { table: 'inbox.address_claim', cipher: 'address_cipher', purpose: 'inbox.address', bound: 'account_id' },
  { table: 'inbox.mail', cipher: 'envelope_cipher', purpose: 'inbox.letter', bound: 'id' },
]

export type Envelope = Letter & { to: string }

const envelopes = (keys: Keys) => sealer(keys, 'inbox.letter')
/** Where letters go, sealed to the account. */
export const addresses = (keys: Keys) => sealer(keys, 'inbox.address')

export const sealEnvelope = (keys: Keys, id: string, envelope: Envelope): Buffer =>
  envelopes(keys).seal(JSON.stringify(envelope), id)

export const openEnvelope = (keys: Keys, id: string, sealed: Buffer): Envelope =>
  JSON.parse(envelopes(keys).open(sealed, id)) as Envelope

/** Puts one letter of the acting account into the outbox, in the transaction of the act. */
export async function postOwn<T>(act: Act<T>, keys: Keys, kind: 'code' | 'changed', envelope: Envelope): Promise<void> {
  const id = newId()
  await sql`insert into inbox.mail (account_id, id, kind, envelope_cipher)
    values (${act.actor.account}, ${id}, ${kind}, ${sealEnvelope(keys, id, envelope)})`.execute(act.tx)
}

const MARK = 16
const markOf = (keys: Keys, account: Buffer): Buffer =>
  createHmac('sha256', keys('inbox.unsubscribe')).update(account).digest().subarray(0, MARK)

/** What stands in the address that ends the letters of an account: the account, and a mark that only this installation can make. */
export function unsubscribeToken(keys: Keys, account: string): string {
  const id = Buffer.from(account.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, markOf(keys, id)]).toString('base64url')
}

/** The account that a token is for; undefined where nobody here made it. */
export function accountOfToken(keys: Keys, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 16 + MARK || !timingSafeEqual(bytes.subarray(16), markOf(keys, bytes.subarray(0, 16))))
    return undefined
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
