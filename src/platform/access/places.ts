/** Accounts and organisations within the scope of an act; everything else is not there. */
import { sql } from 'kysely'
import { notFound } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'

/** @throws Refusal `not_found` */
export async function accountInScope<T>(act: Act<T>, id: string): Promise<AccountThere> {
  const { rows } = await sql<AccountThere>`select a.id, a.name, a.org_id, a.org_path::text from access.account a
    where a.id = ${id} and a.org_path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('account')
  return rows[0]
}

/** The path of an organisation. @throws Refusal `not_found` */
export async function pathInScope<T>(act: Act<T>, orgId: string): Promise<string> {
  const { rows } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  return rows[0].path
}

export type AccountThere = { id: string; name: string; orgId: string; orgPath: string }
