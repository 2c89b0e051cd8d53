/** People of the demonstration district who are signed in, and a platform that they let learn their name. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { COOKIE } from '../../src/server/app.ts'
import { callerFor } from '../../src/server/caller.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { aPlatform } from '../house/furniture.ts'

/** Accounts of teachers, so many, none of whom anything else is asked of. */
export async function teachersOf({ owner }: OpenHouse, count: number): Promise<{ id: string; login: string }[]> {
  const { rows } = await sql<{
    id: string
    login: string
  }>`update access.account a set must_change = false where a.id in (
    select x.id from access.account x where x.person_id is not null and x.disabled_at is null
      and (select array_agg(s.role) from access.assignment s where s.account_id = x.id) = '{teacher}'
      and exists (select from directory.organisation o join access.assignment s on s.org_id = o.id join access.account b on b.id = s.account_id
        where b.login = 'admin' and s.role = 'administrator' and x.org_path <@ o.path)
    order by x.login limit ${count}) returning a.id, a.login`.execute(owner)
  if (rows.length < count) throw new Error(`only ${rows.length} teachers`)
  return rows
}

/** Opens a session for each, registers a platform, and lets it have what it asks for. */
export async function signedIn(
  house: OpenHouse,
  count: number,
  back: string,
): Promise<{ cookies: string[]; clientId: string; secret: string }> {
  const { owner } = house
  const people = await teachersOf(house, count)
  const { rows } = await sql<{
    id: string
    orgId: string
  }>`select a.id, s.org_id from access.account a join access.assignment s on s.account_id = a.id
    where a.login = 'admin' and s.role = 'administrator'`.execute(owner)
  const admin = rows[0]!
  const { sso } = await callerFor(house, admin.id)
  const made = await sso.register({
    ...aPlatform,
    ownerLogin: 'admin',
    orgId: admin.orgId,
    redirectUris: [back],
    confidential: true,
  })
  await sql`insert into sso.consent (account_id, platform_id, scopes, given_at)
    select a, ${made.platformId}, '{profile}', now() from unnest(${people.map(({ id }) => id)}::uuid[]) a`.execute(
    owner,
  )
  const cookies = await Promise.all(
    people.map(async ({ id }) => {
      const token = randomBytes(32).toString('base64url')
      await sql`select access.open_session(${createHash('sha256').update(token).digest()}, ${id}, interval '12 hours', null, null)`.execute(
        owner,
      )
      return `${COOKIE}=${token}`
    }),
  )
  return { cookies, clientId: made.clientId, secret: made.secret! }
}
