import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clusterUrl, createDatabase, dropDatabase } from '../../../test/harness/cluster.ts'
import { newId } from '../../base/ids.ts'
import { ensureAppRole } from './app-role.ts'
import { connect, type Db } from './connect.ts'
import { migrate } from './migrate.ts'

let server: Db
const databases: string[] = []
const roles: string[] = []
beforeAll(async () => {
  server = connect(clusterUrl(), { role: 'owner', max: 1 })
  await sql`do $$ begin create role qiangshi_app nologin; exception when duplicate_object or unique_violation then null; end $$`.execute(
    server,
  )
})
afterAll(async () => {
  for (const url of databases) await dropDatabase(url)
  for (const role of roles) {
    await sql.raw(`revoke qiangshi_app from ${role} cascade`).execute(server)
    await sql.raw(`drop role ${role}`).execute(server)
  }
  await server.destroy()
})

/** A new owner who is no superuser, and the way to their database. */
async function owned(rights = ''): Promise<{ role: string; url: string }> {
  const role = `test_owner_${newId().slice(-12)}`
  await sql.raw(`create role ${role} login password 'secret' ${rights}`).execute(server)
  roles.push(role)
  const url = await createDatabase()
  databases.push(url)
  await sql.raw(`alter database ${new URL(url).pathname.slice(1)} owner to ${role}`).execute(server)
  return { role, url: Object.assign(new URL(url), { username: role, password: 'secret' }).href }
}

/** Who a connection of the application is. */
async function actsAs(url: string): Promise<string> {
  const app = connect(url, { max: 1 })
  try {
    return (await sql<{ name: string }>`select current_user::text as name`.execute(app)).rows[0]!.name
  } finally {
    await app.destroy()
  }
}

describe('an owner who is no superuser', () => {
  test('and may grant the role to themselves acts as it after the migration', async () => {
    const { role, url } = await owned('createrole')
    // What a server does for whoever makes the role: a member who may pass it on, and may not act as it.
    await sql.raw(`grant qiangshi_app to ${role} with admin true, inherit false, set false`).execute(server)
    await migrate(url)
    expect(await actsAs(url)).toBe('qiangshi_app')
    await ensureAppRole(url)
  })

  test.for([
    ['who was granted nothing', undefined],
    ['who is a member and may not act as it', 'with inherit false, set false'],
  ] as const)('%s is told what to have run', async ([, membership]) => {
    const { role, url } = await owned()
    if (membership) await sql.raw(`grant qiangshi_app to ${role} ${membership}`).execute(server)
    const statement = `grant qiangshi_app to "${role}" with inherit false, set true`
    await expect(migrate(url)).rejects.toMatchObject({ code: 'db.role_not_granted', data: { user: role, statement } })
    await sql.raw(statement).execute(server)
    await migrate(url)
    expect(await actsAs(url)).toBe('qiangshi_app')
  })
})
