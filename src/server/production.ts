/** What must not be in a database that is served in production: the demonstration district and its passwords, a clock that has been moved. */
import { verify } from '@node-rs/argon2'
import { sql } from 'kysely'
import { Refusal } from '../base/errors.ts'
import { type Db, readClock } from '../platform/db/index.ts'
import { DEMO_PASSWORD } from './demo/load.ts'
import { LOGINS } from './demo.ts'
import type { Environment } from './settings.ts'

/** @throws Refusal `server.production_demo`, `server.production_clock`. Says nothing outside production. */
export async function assertNoDemo({ production }: Environment, owner: Db): Promise<void> {
  if (!production) return
  if ((await hasDemoDistrict(owner)) || (await demoLogins(owner)).length > 0)
    throw new Refusal('refused', 'server.production_demo')
  const { moved, now } = await readClock(owner)
  if (moved) throw new Refusal('refused', 'server.production_clock', { now })
}

/** Logins of the demonstration that still have its password, which everybody knows. */
export async function demoLogins(owner: Db): Promise<string[]> {
  const { rows } = await sql<{
    login: string
    hash: string
  }>`select a.login, a.password_hash as hash from access.account a
    where a.login = any(${LOGINS}::text[]) and a.password_hash is not null and a.disabled_at is null order by a.login`.execute(
    owner,
  )
  const open = await Promise.all(rows.map(({ hash }) => verify(hash, DEMO_PASSWORD).catch(() => false)))
  return rows.filter((_, at) => open[at]).map(({ login }) => login)
}

/** The invented organisations carry the mark in their names. */
export async function hasDemoDistrict(owner: Db): Promise<boolean> {
  const { rows } = await sql<{
    there: boolean
  }>`select exists (select from directory.organisation o where o.name like '%（演示）') as there`.execute(owner)
  return rows[0]!.there
}
