/** Whose policy an organisation's is, and who may change it: whoever answers for all to whom it applies. */
import { sql } from 'kysely'
import { notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { Bilingual } from '../contract.ts'
import type { Below } from '../rules/below.ts'
import { authoritiesCalled } from './called.ts'

/** Who writes drafts, and who adopts those of others. */
export const DRAFTERS = ['trainer', 'commission'] as const
export const ADOPTERS = ['commission'] as const

export type Issuer = { authority: string; orgId: string; orgPath: string }

/**
 * The organisation that names the authority which holds for this one.
 * @throws Refusal `not_found` where either is outside the scope, `policy.no_authority`
 */
export async function issuerOf<T>(act: Act<T>, orgId: string): Promise<Issuer> {
  const { rows } = await sql<Issuer & { seen: boolean }>`select a.authority, a.id as org_id, a.path::text as org_path,
      (a.path <@ any (db.scope())) as seen
    from directory.organisation o join directory.organisation a on a.path @> o.path and a.authority is not null
    where o.id = ${orgId} and o.path <@ any (db.scope()) order by nlevel(a.path) desc limit 1`.execute(act.tx)
  if (rows[0]?.seen) return { authority: rows[0].authority, orgId: rows[0].orgId, orgPath: rows[0].orgPath }
  const { rows: there } = await sql<{ there: boolean }>`select exists (select from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope())) as there`.execute(act.tx)
  throw there[0]!.there && !rows[0] ? refused('policy.no_authority') : notFound('organisation')
}

/** Organisations of today to which the rules of an authority apply: those that name it, or one that extends it. */
const underneath = (authority: string) => sql`with recursive under as (
    select ${authority}::text as authority
    union
    select v.authority from under u join policy.pack_version v on v.extends = u.authority
      join policy.pack p on p.version_id = v.id and p.origin = 'file'
  ), named as (
    select o.id, o.path from directory.organisation o join under u on u.authority = o.authority where o.during @> db.today()
  )`

/**
 * Nobody changes what holds for others than their own.
 * @throws Refusal `policy.draft_beyond` where it applies outside the scope as well
 */
export async function assertWhole<T>(act: Act<T>, authority: string): Promise<void> {
  const { rows } = await sql<{ beyond: boolean }>`${underneath(authority)}
    select exists (select from named n where not n.path <@ any (db.scope())) as beyond`.execute(act.tx)
  if (rows[0]!.beyond) throw refused('policy.draft_beyond', { ...(await authoritiesCalled(act))(authority), authority })
}

/** The schools to which the rules of an authority apply. */
export async function schoolsUnder<T>(act: Act<T>, authority: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${underneath(authority)}
    select distinct s.id from named n join directory.organisation s on s.path <@ n.path
    where s.kind = 'school' and s.during @> db.today()`.execute(act.tx)
  return rows.map(({ id }) => id)
}

/** Colleagues who write drafts as well and whose duties reach the organisation. Row-level security keeps to those in scope. */
export const colleaguesOf = async <T>(act: Act<T>, orgPath: string) => {
  const { rows } = await sql<{ accountId: string; name: string; orgName: string }>`
    select distinct on (a.name, a.id) a.id as account_id, a.name, o.short_name as org_name
    from access.assignment s join access.account a on a.id = s.account_id join directory.organisation o on o.id = s.org_id
    where s.role = any (${[...DRAFTERS]}::text[]) and s.during @> db.today() and a.disabled_at is null
      and ${orgPath}::ltree <@ s.org_path and a.id <> db.account()
    order by a.name, a.id`.execute(act.tx)
  return rows
}

/** Those in scope who could adopt it: whose duties reach the organisation, and who had no hand in it. */
export async function adoptersOf<T>(
  act: Act<T>,
  { orgPath, editors }: { orgPath: string; editors: readonly string[] },
): Promise<string[]> {
  const hands = [...editors, act.actor.account].filter((account) => account !== null)
  const { rows } = await sql<{ id: string }>`select distinct a.id
    from access.assignment s join access.account a on a.id = s.account_id
    where s.role = any (${[...ADOPTERS]}::text[]) and s.during @> db.today() and a.disabled_at is null
      and ${orgPath}::ltree <@ s.org_path and not a.id = any (${hands}::uuid[])`.execute(act.tx)
  return rows.map(({ id }) => id)
}

/** What authorities above this one say of who may change these figures, where not everybody may; the nearest first. A file says it, not what was adopted over it. */
export async function keptOpen<T>(act: Act<T>, authority: string, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; title: Bilingual; authority: string; below: Below }>`
    select k.id, k.title, k.authority, k.below from (
      select distinct on (l.authority, q.id) q.id, q.title, l.authority, q.below, l.depth
      from policy.layers(${authority}) l join policy.parameter q on q.version_id = l.version_id
      where l.authority <> ${authority} and q.id = any (${ids}::text[]) order by l.authority, q.id, l.origin desc
    ) k where k.below <> 'free' order by k.depth, k.id`.execute(act.tx)
  return rows
}
