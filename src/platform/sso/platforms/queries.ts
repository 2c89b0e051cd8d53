/** Reads of the register, of one's own platforms, and of the yearly clean-up. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { SignedIn } from '../../access/index.ts'
import type { Act } from '../../db/index.ts'
import type { Platform, PlatformRow } from '../contract.ts'

const open = sql`p.state = 'active' and coalesce(p.contract_from <= db.today(), true) and coalesce(p.contract_until >= db.today(), true)`

type App = {
  id: string
  name: string
  nameEn: string | null
  about: string
  icon: string
  colour: Platform['colour']
  category: Platform['category']
  operator: string
  purpose: string
  basis: 'duty' | 'consent'
  startUrl: string | null
  scopes: string[]
  contractUntil: string | null
  consent: { scopes: string[]; givenAt: string; usedAt: string | null } | null
}

const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

/** What is meant for somebody: of an organisation they belong to, for a role they hold there; what they use most comes first. */
export async function appsOf(act: Act, actor: SignedIn): Promise<App[]> {
  const held = JSON.stringify(actor.assignments.map(({ role, orgPath }) => ({ role, org_path: orgPath })))
  const { rows } =
    await sql<App>`select p.id, p.name, p.name_en, p.about, p.icon, p.colour, p.category, p.operator, p.purpose, p.basis, p.start_url, p.scopes, p.contract_until,
      case when c.account_id is not null then jsonb_build_object('scopes', c.scopes, 'givenAt', ${iso('c.given_at')}, 'usedAt', ${iso('c.used_at')}) end as consent
    from sso.platform p left join sso.consent c on c.platform_id = p.id and c.account_id = ${actor.account} and c.withdrawn_at is null
    where ${open} and exists (select from jsonb_to_recordset(${held}::jsonb) as h(role text, org_path ltree)
      where h.org_path <@ p.org_path and (p.roles = '{}' or h.role = any (p.roles)))
    order by coalesce(c.uses, 0) desc, p.name collate "zh-x-icu"`.execute(act.tx)
  return rows
}

const row = sql`p.id, p.name, p.name_en, p.about, p.icon, p.colour, p.category, o.short_name as org_name, p.operator,
  coalesce((select a.name from access.account a where a.id = p.owner_id), '') as owner_name, p.contract_until, p.scopes, p.pairwise, p.state, ${open} as open,
  coalesce(u.people, 0) as people, coalesce(u.people_year, 0) as people_year, u.used_at`
const source = sql`sso.platform p join directory.organisation o on o.id = p.org_id
  left join sso.usage(array(select x.id from sso.platform x where x.org_path <@ any (db.scope()))) u on u.platform_id = p.id`

/** Ended ones stand last. */
export async function platformsInScope(act: Act): Promise<PlatformRow[]> {
  const { rows } = await sql<PlatformRow>`select ${row} from ${source} where p.org_path <@ any (db.scope())
    order by p.state = 'ended', p.name collate "zh-x-icu", p.id`.execute(act.tx)
  return rows
}

export async function platformInScope(act: Act, platformId: string): Promise<Platform> {
  const { rows } =
    await sql<Platform>`select ${row}, p.org_id, p.client_id, p.secret_hash is not null as confidential, p.purpose, p.basis, p.basis_text,
      p.contract_from, p.roles, p.start_url, p.redirect_uris, p.sign_out_uris, p.logout_uri, p.pkce, p.offline, p.state_reason, p.revision,
      coalesce((select a.login from access.account a where a.id = p.owner_id), '') as owner_login,
      coalesce((select jsonb_agg(jsonb_build_object('year', r.year, 'verdict', r.verdict, 'reason', r.reason, 'by', coalesce(a.name, ''), 'at', ${iso('r.at')}) order by r.year desc)
        from sso.review r left join access.account a on a.id = r.account_id where r.platform_id = p.id), '[]') as reviews
    from ${source} where p.id = ${platformId} and p.org_path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('platform')
  return rows[0]
}

type Review = { verdict: 'keep' | 'end'; reason: string; by: string; at: string }

/** What is in use, what least of all first, with the verdict of the year. */
export async function cleanUpOf(act: Act, year: number): Promise<(PlatformRow & { review: Review | null })[]> {
  const { rows } = await sql<PlatformRow & { review: Review | null }>`select ${row},
      (select jsonb_build_object('verdict', r.verdict, 'reason', r.reason, 'by', coalesce(a.name, ''), 'at', ${iso('r.at')})
        from sso.review r left join access.account a on a.id = r.account_id where r.platform_id = p.id and r.year = ${year}) as review
    from ${source} where p.org_path <@ any (db.scope()) and (p.state <> 'ended' or exists (select from sso.review r where r.platform_id = p.id and r.year = ${year}))
    order by coalesce(u.people_year, 0), p.name collate "zh-x-icu", p.id`.execute(act.tx)
  return rows
}
