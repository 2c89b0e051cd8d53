/** The first organisations and the first administrator of an installation: made once, when there is nobody who could make them. */
import { sql } from 'kysely'
import { Refusal } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { hashPassword, initialPassword } from '../platform/access/index.ts'
import { record } from '../platform/audit/index.ts'
import { type Db, SYSTEM, within } from '../platform/db/index.ts'
import { readName } from '../platform/directory/index.ts'

/** Places by name; `authority` is the pack whose parameters hold there and below. */
export type Place = { name: string; authority?: string }
export type Beginning = { municipality: Place; districts: Place[]; login: string; name: string }
export type Begun = {
  login: string
  /** Told once: it is kept as a hash, and must be changed at the first sign-in. */
  initialPassword: string
  municipality: { id: string; name: string }
  districts: { id: string; name: string }[]
}

export async function hasAccounts(owner: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select from access.account) as there`.execute(owner)
  return rows[0]!.there
}

/**
 * Makes the municipality, its districts and an administrator over all of it, in one transaction.
 * @throws Refusal `server.init_done`, `server.init_no_pack`, `server.init_login`
 */
export async function begin(owner: Db, beginning: Beginning): Promise<Begun> {
  const login = beginning.login.trim().toLowerCase()
  if (!/^[\p{L}\p{Nd}][\p{L}\p{Nd}._@-]{2,63}$/u.test(login))
    throw new Refusal('invalid', 'server.init_login', { login: beginning.login })
  const password = initialPassword()
  const passwordHash = await hashPassword(password)
  return owner.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('server.first'))`.execute(tx)
    await assertNobody(tx)
    await assertPacks(tx, [beginning.municipality, ...beginning.districts])
    const municipality = await place(tx, null, 'municipality', beginning.municipality)
    const districts: Placed[] = []
    for (const district of beginning.districts) districts.push(await place(tx, municipality, 'district', district))
    const account = newId()
    await sql`insert into access.account (id, login, name, password_hash, must_change, org_id, org_path)
      values (${account}, ${login}, ${beginning.name}, ${passwordHash}, true, ${municipality.id}, ${municipality.path}::ltree)`.execute(
      tx,
    )
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during)
      values (${account}, ${newId()}, 'administrator', ${municipality.id}, ${municipality.path}::ltree, daterange(db.today(), null))`.execute(
      tx,
    )
    const scope = { paths: [municipality.path], self: false }
    await within(tx, { actor: SYSTEM, permission: 'init', scope }, async (act) => {
      for (const { id, path, name } of [municipality, ...districts])
        await record(act, {
          action: 'directory.organisation_opened',
          subject: { kind: 'organisation', id },
          orgPath: path,
          after: { name },
        })
      const subject = { kind: 'account', id: account }
      const orgId = municipality.id
      await record(act, {
        action: 'access.account_created',
        subject,
        orgPath: municipality.path,
        after: { login, orgId },
      })
      await record(act, {
        action: 'access.role_granted',
        subject,
        orgPath: municipality.path,
        after: { role: 'administrator', orgId },
      })
    })
    const told = ({ id, name }: Placed) => ({ id, name })
    return { login, initialPassword: password, municipality: told(municipality), districts: districts.map(told) }
  })
}

async function assertNobody(tx: Db): Promise<void> {
  const { rows } = await sql<{ there: boolean }>`select exists (select from access.account)
    or exists (select from directory.organisation) as there`.execute(tx)
  if (rows[0]!.there) throw new Refusal('refused', 'server.init_done')
}

async function assertPacks(tx: Db, places: Place[]): Promise<void> {
  const { rows } = await sql<{ authority: string }>`select p.authority from policy.pack p order by 1`.execute(tx)
  const known = rows.map(({ authority }) => authority)
  for (const { authority } of places)
    if (authority !== undefined && !known.includes(authority))
      throw new Refusal('invalid', 'server.init_no_pack', { authority, known: known.join(', ') })
}

type Placed = { id: string; path: string; name: string }

async function place(tx: Db, parent: Placed | null, kind: string, { name, authority }: Place): Promise<Placed> {
  const id = newId()
  const label = `o${id.replaceAll('-', '').slice(-16)}`
  const path = parent ? `${parent.path}.${label}` : label
  const { pinyin, initials } = readName(name)
  await sql`insert into directory.organisation (id, parent_id, path, kind, name, short_name, pinyin, initials, authority)
    values (${id}, ${parent?.id ?? null}, ${path}::ltree, ${kind}, ${name}, ${name}, ${pinyin}, ${initials}, ${authority ?? null})`.execute(
    tx,
  )
  return { id, path, name }
}
