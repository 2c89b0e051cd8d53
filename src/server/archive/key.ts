/** The master key and a backup: identity numbers in it can be read only with the key of the house that they come from. */
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { fits, keysFrom } from '../../platform/access/index.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Environment } from '../settings.ts'
import type { Manifest } from './manifest.ts'

/** Tells a key from another one, and nothing about it. */
const check = (masterKey: string): string => keysFrom(masterKey)('backup').toString('hex').slice(0, 16)

/**
 * Where the key is, and which; a house that was never opened has none yet.
 * @throws Refusal `access.secret_other`: a copy under another key than its identity numbers could never be read
 */
export async function keyOf({ masterKey, production }: Environment, owner: Db): Promise<Manifest['key']> {
  if (masterKey !== undefined) {
    if (!(await fits(owner, keysFrom(masterKey)))) throw new Refusal('invalid', 'access.secret_other', { given: 'yes' })
    return { kept: 'environment', check: check(masterKey) }
  }
  if (production) return { kept: 'environment', check: null }
  const { rows } = await sql<{
    value: string
  }>`select encode(s.value, 'base64') as value from access.secret s where s.name = 'master'`.execute(owner)
  return { kept: 'database', check: rows[0] ? check(rows[0].value) : null }
}

/** @throws Refusal `server.restore_needs_secret`, `server.restore_other_secret` */
export function assertKey({ masterKey }: Environment, { key }: Manifest): void {
  if (key.kept === 'environment' && masterKey === undefined) throw new Refusal('invalid', 'server.restore_needs_secret')
  if (masterKey === undefined || key.check === null) return
  if (check(masterKey) !== key.check) throw new Refusal('invalid', 'server.restore_other_secret', { kept: key.kept })
}
