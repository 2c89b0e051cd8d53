/** The master key and a backup: identity numbers in it can be read only with the key of the house that they come from. */
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { openKeys } from '../../platform/access/index.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Environment } from '../settings.ts'
import type { Manifest } from './manifest.ts'

/** Tells a key from another one, and nothing about it. */
async function check(owner: Db, masterKey: string): Promise<string> {
  const key = await openKeys(owner, masterKey, false)
  return key('backup').toString('hex').slice(0, 16)
}

/** Where the key is, and which; a house that was never opened has none yet. */
export async function keyOf({ masterKey, production }: Environment, owner: Db): Promise<Manifest['key']> {
  if (masterKey !== undefined) return { kept: 'environment', check: await check(owner, masterKey) }
  if (production) return { kept: 'environment', check: null }
  const { rows } = await sql<{
    value: string
  }>`select encode(s.value, 'base64') as value from access.secret s where s.name = 'master'`.execute(owner)
  return { kept: 'database', check: rows[0] ? await check(owner, rows[0].value) : null }
}

/** @throws Refusal `server.restore_needs_secret`, `server.restore_other_secret` */
export async function assertKey({ masterKey }: Environment, owner: Db, { key }: Manifest): Promise<void> {
  if (key.kept === 'environment' && masterKey === undefined) throw new Refusal('invalid', 'server.restore_needs_secret')
  if (masterKey === undefined || key.check === null) return
  if ((await check(owner, masterKey)) !== key.check)
    throw new Refusal('invalid', 'server.restore_other_secret', { kept: key.kept })
}
