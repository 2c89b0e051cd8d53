/** The role that requests run under: made where it is missing, and the owner of the database allowed to act as it. */
import pg from 'pg'
import { Refusal } from '../../base/errors.ts'
import { ownerClient } from './connect.ts'

export const APP_ROLE = 'qiangshi_app'
/** From this version on acting as a role is granted apart from being a member of it. */
const SET_APART = 160_000
const DENIED = '42501'
const THERE = new Set(['42710', '23505'])

type Standing = { version: number; name: string; superuser: boolean; there: boolean; may: boolean }

/**
 * A superuser needs nothing but the role. Any other owner makes it and grants it to themselves, or is told what an administrator of
 * the server must run.
 * @throws Refusal `db.role_missing`, `db.role_not_granted`
 */
export async function ensureAppRole(url: string): Promise<void> {
  const client = ownerClient(url)
  client.on('error', () => {})
  await client.connect()
  try {
    let standing = await standingOf(client)
    if (!standing.there) {
      await client.query(`create role ${APP_ROLE} nologin`).catch((error: { code?: string }) => {
        if (THERE.has(String(error.code))) return
        if (error.code !== DENIED) throw error
        throw new Refusal('fault', 'db.role_missing', {
          statement: `create role ${APP_ROLE} nologin; ${grant(standing)}`,
        })
      })
      standing = await standingOf(client)
    }
    if (standing.superuser || standing.may) return
    await client.query(grant(standing)).catch((error: { code?: string }) => {
      if (error.code !== DENIED) throw error
    })
    if (!(await standingOf(client)).may)
      throw new Refusal('fault', 'db.role_not_granted', { user: standing.name, statement: grant(standing) })
  } finally {
    await client.end().catch(() => {})
  }
}

/** The owner acts as the role and does not have its rights all the time: policies for it do not bind the owner. */
const grant = ({ version, name }: Standing): string =>
  `grant ${APP_ROLE} to ${pg.escapeIdentifier(name)}${version >= SET_APART ? ' with inherit false, set true' : ''}`

async function standingOf(client: pg.Client): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `select current_setting('server_version_num')::int as version, current_user::text as name, u.rolsuper as superuser,
      r.oid is not null as there,
      coalesce(pg_has_role(u.oid, r.oid, case when current_setting('server_version_num')::int >= $2 then 'set' else 'member' end), false) as may
    from pg_roles u left join pg_roles r on r.rolname = $1 where u.rolname = current_user`,
    [APP_ROLE, SET_APART],
  )
  return rows[0]!
}
