/** Accounts as a security administrator sees them: what stands open, what should be looked at, and accounts of services. */
import { sql } from 'kysely'
import { invalid } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { accountInScope, pathInScope } from '../places.ts'
import { endOneOf, sessionsOf, signInsOf } from '../sessions/end.ts'

/** @throws Refusal `not_found` */
export async function accountSecurity<T>(act: Act<T>, accountId: string) {
  const account = await accountInScope(act, accountId)
  const { rows } = await sql<{
    second: boolean
    due: string | null
  }>`select access.has_second(a.id) as second, a.second_due as due
    from access.account a where a.id = ${account.id}`.execute(act.tx)
  return { ...rows[0]!, sessions: await sessionsOf(act, account.id), signIns: await signInsOf(act, account.id) }
}

/** @throws Refusal `not_found` */
export async function endAccountSession<T>(act: Act<T>, accountId: string, sessionId: string): Promise<void> {
  const account = await accountInScope(act, accountId)
  await endOneOf(act, account.id, sessionId)
  await record(act, {
    action: 'access.session_revoked',
    subject: { kind: 'account', id: account.id },
    orgPath: account.orgPath,
  })
}

type Warning = {
  accountId: string
  login: string
  name: string
  orgName: string
  why: 'no_second' | 'no_person' | 'many_places' | 'idle' | 'owner_gone' | 'failures'
  count: number | null
  since: string | null
}

/**
 * Accounts that somebody should look at: an office without a second factor; nobody's, hence perhaps several people's; in use at several
 * places within an hour; an office that nobody has used for ninety days; a service nobody answers for; many refused sign-ins.
 */
export async function warningsInScope<T>(act: Act<T>): Promise<Warning[]> {
  const { rows } = await sql<Warning>`with seen as materialized (
      select a.id, a.login, a.name, o.short_name as org_name, a.kind, a.person_id, a.owner_id, a.password_hash is not null as active,
        exists (select from access.assignment s where s.account_id = a.id and s.role <> 'teacher' and s.during @> db.today()) as office
      from access.account a join directory.organisation o on o.id = a.org_id
      where a.org_path <@ any (db.scope()) and a.disabled_at is null
    ), said as (
      select x.id, 'no_second' as why, null::int as count, null::timestamptz as since from seen x
        where x.office and x.active and not access.has_second(x.id)
      union all select x.id, 'no_person', null, null from seen x where x.kind = 'person' and x.person_id is null and x.office and x.active
      union all select x.id, 'many_places', p.n, null from seen x cross join lateral (
          select count(distinct i.ip)::int as n from access.sign_in i
          where i.account_id = x.id and i.outcome = 'signed_in' and i.at > now() - interval '1 hour') p where p.n > 2
      union all select x.id, 'idle', null, l.at from seen x cross join lateral (
          select max(i.at) as at from access.sign_in i where i.account_id = x.id and i.outcome = 'signed_in') l
        where x.office and x.active and l.at < now() - interval '90 days'
      union all select x.id, 'owner_gone', null, null from seen x where x.kind = 'service'
        and not exists (select from access.account w where w.id = x.owner_id and w.disabled_at is null)
      union all select x.id, 'failures', f.n, null from seen x cross join lateral (
          select count(*)::int as n from access.sign_in i
          where i.account_id = x.id and i.outcome in ('refused', 'second_refused', 'locked') and i.at > now() - interval '1 day') f where f.n >= 5
    )
    select d.id as account_id, x.login, x.name, x.org_name, d.why, d.count, d.since
    from said d join seen x on x.id = d.id order by d.why, x.login limit 500`.execute(act.tx)
  return rows
}

type NewService = {
  login: string
  name: string
  orgId: string
  ownerId: string
  purpose: string
  endsOn?: string | undefined
}

/** An account that no person signs in with; somebody answers for it. @throws Refusal `not_found`, `access.login_taken` */
export async function createServiceAccount<T>(act: Act<T>, input: NewService): Promise<string> {
  const orgPath = await pathInScope(act, input.orgId)
  const owner = await accountInScope(act, input.ownerId)
  const login = input.login.toLowerCase()
  const { rows: taken } = await sql`select from access.find_login(${login})`.execute(act.tx)
  if (taken.length > 0) throw invalid('access.login_taken', { login })
  const id = newId()
  await sql`insert into access.account (id, login, name, kind, owner_id, purpose, ends_on, org_id, org_path)
    values (${id}, ${login}, ${input.name}, 'service', ${owner.id}, ${input.purpose}, ${input.endsOn ?? null}, ${input.orgId}, ${orgPath}::ltree)`.execute(
    act.tx,
  )
  await record(act, {
    action: 'access.service_created',
    subject: { kind: 'account', id },
    orgPath,
    after: { login, ownerId: owner.id, purpose: input.purpose },
  })
  return id
}
