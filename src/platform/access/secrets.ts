/** The installation's master key: from the environment in production, else made once and kept in the database. A database knows its key again. */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { type Keys, withChosen } from '../cipher/index.ts'
import type { Db } from '../db/index.ts'
import { identityKeys, openIdentity } from '../directory/index.ts'

/** The keys that come from a master key as it stands in the environment, in base64. @throws Refusal `access.secret_short` */
export function keysFrom(given: string): Keys {
  const master = Buffer.from(given, 'base64')
  if (master.length < 32) throw new Refusal('invalid', 'access.secret_short')
  return derive(master)
}

/** HKDF-SHA-256. */
function derive(master: Buffer): Keys {
  const made = new Map<string, Buffer>()
  return (purpose) => {
    const known = made.get(purpose)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', master, 'qiangshi', purpose, 32))
    made.set(purpose, key)
    return key
  }
}

/**
 * Reads or makes the master key. The first start notes its fingerprint in the database; from then on no other key is taken.
 * @throws Refusal `access.secret_missing`, `access.secret_short`, `access.secret_other`
 */
export async function openKeys(owner: Db, given: string | undefined, production: boolean): Promise<Keys> {
  if (given === undefined && production) throw new Refusal('invalid', 'access.secret_missing')
  const own = given === undefined ? await stored(owner, 'master') : undefined
  // Nothing is made where a key from the environment has been used: identity numbers would come under two keys.
  if (given === undefined && !own && (await stored(owner, FINGERPRINT))) throw otherKey(given)
  const fresh = own ?? randomBytes(32)
  let keys = given === undefined ? derive(fresh) : keysFrom(given)
  if (!(await fits(owner, keys))) throw otherKey(given)
  if (given === undefined) keys = derive(await keep(owner, 'master', fresh))
  const noted = await keep(owner, FINGERPRINT, fingerprint(keys))
  if (!timingSafeEqual(noted, fingerprint(keys))) throw otherKey(given)
  return withChosen(keys, owner)
}

const FINGERPRINT = 'fingerprint'
const otherKey = (given: string | undefined): Refusal =>
  new Refusal('invalid', 'access.secret_other', { given: given === undefined ? 'no' : 'yes' })

/** Says which key it is and nothing about it. */
const fingerprint = (keys: Keys): Buffer =>
  createHmac('sha256', keys('fingerprint')).update('qiangshi master key').digest()

/** Whether these are the keys that the database was opened with before: by the fingerprint, else by an identity number. Changes nothing. */
export async function fits(owner: Db, keys: Keys): Promise<boolean> {
  const noted = await stored(owner, FINGERPRINT)
  if (noted) return noted.length === 32 && timingSafeEqual(noted, fingerprint(keys))
  const { rows } = await sql<{ sealed: Buffer }>`select p.id_cipher as sealed from directory.person p
    where p.id_cipher is not null limit 1`.execute(owner)
  try {
    if (rows[0]) openIdentity(identityKeys(keys), rows[0].sealed)
    return true
  } catch {
    return false
  }
}

async function stored(owner: Db, name: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ value: Buffer }>`select s.value from access.secret s where s.name = ${name}`.execute(
    owner,
  )
  return rows[0]?.value
}

/** Keeps a value under a name that has none yet; of two programs at once the first wins. Returns what is kept. */
async function keep(owner: Db, name: string, value: Buffer): Promise<Buffer> {
  await sql`insert into access.secret (name, value) values (${name}, ${value}) on conflict (name) do nothing`.execute(
    owner,
  )
  return (await stored(owner, name))!
}
