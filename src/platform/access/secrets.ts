/** The installation's master key: from the environment in production, else made once and kept in the database. */
import { hkdfSync, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import type { Db } from '../db/index.ts'

/** Reads or makes the master key and returns a function that derives a 32-byte key for one purpose (HKDF-SHA-256). */
export async function openKeys(
  owner: Db,
  given: string | undefined,
  production: boolean,
): Promise<(purpose: string) => Buffer> {
  const master = given === undefined ? await ownMaster(owner, production) : decoded(given)
  const made = new Map<string, Buffer>()
  return (purpose) => {
    const known = made.get(purpose)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', master, 'qiangshi', purpose, 32))
    made.set(purpose, key)
    return key
  }
}

function decoded(given: string): Buffer {
  const master = Buffer.from(given, 'base64')
  if (master.length < 32) throw new Refusal('invalid', 'access.secret_short')
  return master
}

async function ownMaster(owner: Db, production: boolean): Promise<Buffer> {
  if (production) throw new Refusal('invalid', 'access.secret_missing')
  await sql`insert into access.secret (name, value) values ('master', ${randomBytes(32)}) on conflict (name) do nothing`.execute(
    owner,
  )
  const { rows } = await sql<{ value: Buffer }>`select s.value from access.secret s where s.name = 'master'`.execute(
    owner,
  )
  return rows[0]!.value
}
