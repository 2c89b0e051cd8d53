/** Experts from elsewhere by a list: each gets an account, whose initial password is told once, with the answer. */
import { sql } from 'kysely'
import { type AccessTables, createAccount, takenLogins } from '../../access/index.ts'
import type { Act } from '../../db/index.ts'
import { type Fault, faultAt, readSheet } from '../../sheets/index.ts'
import { type ImportedExperts, keepExperts, poolOf, worded } from './pool.ts'
import { outsideSheet } from './sheet.ts'

/** Every initial password is hashed as slowly as any other. */
const MOST = 200

export type ImportedOutside = ImportedExperts & { accounts: { name: string; login: string; password: string }[] }

/** Who is in the pool under a login already, by it. */
async function ofPool<T>(act: Act<T>, logins: readonly string[]) {
  const { rows } = await sql<{ login: string; accountId: string; name: string }>`select a.login, e.account_id, e.name
    from cases.expert e join access.account a on a.id = e.account_id
    where e.person_id is null and e.org_path <@ any (db.scope()) and a.login = any (${logins}::text[])`.execute(act.tx)
  return new Map(rows.map((row) => [row.login, row]))
}

/** One fault and nobody is taken in; whoever is in the pool under login and name gets the new facts and keeps the password. */
export async function importOutside(act: Act<AccessTables>, file: File): Promise<ImportedOutside> {
  const reading = await readSheet(Buffer.from(await file.arrayBuffer()), outsideSheet, { asOf: act.today })
  const rows = reading.rows.map(({ row, values }) => ({ row, values, login: values.login.toLowerCase() }))
  const logins = rows.map(({ login }) => login)
  const known = await ofPool(act, logins)
  const taken = await takenLogins(act, sql`${logins}::text[]`)
  const faults: Fault[] = [...reading.faults]
  for (const { row, login, values } of rows)
    if (taken.has(login) && known.get(login)?.name !== values.name)
      faults.push(faultAt(reading, row, 'login', 'cases.expert_login_taken', { free: taken.get(login)! }, values.login))
  if (rows.length > MOST)
    faults.push(faultAt(reading, rows[MOST]!.row, 'name', 'cases.expert_too_many', { most: MOST }, null))
  if (faults.length > 0 || rows.length === 0)
    return { added: 0, changed: 0, faults: faults.map((fault) => worded(fault, outsideSheet)), accounts: [] }
  const { orgId } = await poolOf(act)
  const accounts: ImportedOutside['accounts'] = []
  const people = []
  for (const { login, values } of rows) {
    const { name, employer, fields, title, most } = values
    const facts = { personId: null, name, employer, fields, title, most: most ?? 60 }
    const held = known.get(login)
    if (held) people.push({ ...facts, accountId: held.accountId })
    else {
      const { id, initialPassword } = await createAccount(act, { login, name, orgId })
      people.push({ ...facts, accountId: id })
      accounts.push({ name, login, password: initialPassword })
    }
  }
  const added = await keepExperts(act, people)
  return { added, changed: people.length - added, faults: [], accounts }
}
