/** Reads on accounts, sessions and roles. */
import { sql } from 'kysely'
import { type Act, prepared, readClock } from '../db/index.ts'
import type { SignedIn } from './actors.ts'
import type { House } from './house.ts'
import { ROLES } from './roles.ts'

/** Who is signed in, as the browser needs it at every start. */
export async function meOf<T>(act: Act<T>, house: House, actor: SignedIn) {
  const { rows } = await sql<{
    person: {
      id: string
      name: string
      number: string
      orgId: string
      orgName: string
      orgNameEn: string | null
    } | null
    orgs: Record<string, { name: string; nameEn: string | null }> | null
  }>`${prepared}
    select (select jsonb_build_object('id', p.id, 'name', p.name, 'number', p.number, 'orgId', p.org_id, 'orgName', o.short_name, 'orgNameEn', o.name_en)
        from directory.person p join directory.organisation o on o.id = p.org_id where p.id = ${actor.person}) as person,
      (select jsonb_object_agg(o.id, jsonb_build_object('name', o.short_name, 'nameEn', o.name_en)) from directory.organisation o where o.id = any(${actor.assignments.map(({ orgId }) => orgId)}::uuid[])) as orgs
    `.execute(act.tx)
  const { person, orgs } = rows[0]!
  return {
    account: {
      id: actor.account,
      login: actor.login,
      name: actor.name,
      locale: actor.locale,
      mustChangePassword: actor.mustChange,
      mustAddSecond: actor.session?.mustAdd ?? false,
    },
    person,
    roles: actor.assignments.map((assignment) => {
      const org = orgs?.[assignment.orgId]
      return { ...assignment, orgName: org?.name ?? '', orgNameEn: org?.nameEn ?? null }
    }),
    permissions: house.permissions.of(actor.assignments.map(({ role }) => role)),
    clock: await readClock(act.tx),
    demo: house.settings.demo,
  }
}

/** What a demonstration offers at its door; nothing in production, whatever else is set. */
export const doorOf = ({ settings: { demo, production, demoAccounts = [] } }: House) =>
  demo && !production ? { demo, accounts: demoAccounts } : { demo: false, accounts: [] }

/** Every permission of every module against every role. */
export const permissionMatrix = (house: House) => ({
  roles: Object.entries(ROLES).map(([id, role]) => ({ id, ...role })),
  permissions: house.permissions.all.map(({ id, zh, en, roles }) => ({ id, zh, en, roles: [...roles] })),
})

type AccountRow = {
  id: string
  login: string
  name: string
  orgId: string
  orgName: string
  active: boolean
  locked: boolean
  disabled: boolean
  kind: 'person' | 'service'
  owner: string | null
  purpose: string | null
  roles: { id: string; role: string; orgId: string; orgName: string }[]
}
type AccountsAsk = { cursor?: string; limit: number; search?: string; orgId?: string; role?: string }

/** Accounts in scope, by login, keyset-paged. */
export async function accountsInScope<T>(act: Act<T>, ask: AccountsAsk) {
  const where = sql`a.org_path <@ any (db.scope())
    and (${ask.search ?? null}::text is null or a.login like lower(${ask.search ?? ''}) || '%' or a.name like '%' || ${ask.search ?? ''} || '%')
    and (${ask.orgId ?? null}::uuid is null or a.org_path <@ (select o.path from directory.organisation o where o.id = ${ask.orgId ?? null}::uuid))
    and (${ask.role ?? null}::text is null or exists (select from access.assignment s where s.account_id = a.id and s.role = ${ask.role ?? ''} and s.during @> db.today()))`
  const { rows } = await sql<AccountRow>`
    select a.id, a.login, a.name, a.org_id, o.short_name as org_name, a.password_hash is not null as active,
      coalesce(a.locked_until > now(), false) as locked, a.disabled_at is not null as disabled, a.kind,
      (select w.name from access.account w where w.id = a.owner_id) as owner, a.purpose,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'role', s.role, 'orgId', s.org_id, 'orgName', so.short_name) order by s.role)
        from access.assignment s join directory.organisation so on so.id = s.org_id
        where s.account_id = a.id and s.during @> db.today()), '[]') as roles
    from access.account a join directory.organisation o on o.id = a.org_id
    where ${where} and a.login > ${ask.cursor ?? ''} order by a.login limit ${ask.limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{
    total: number
  }>`select count(*) as total from access.account a where ${where}`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  return { rows: shown, next: rows.length > ask.limit ? (shown.at(-1)?.login ?? null) : null, total: count[0]!.total }
}
