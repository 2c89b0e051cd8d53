/** The register of platforms: entered, changed, suspended, kept or ended year by year. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { conflict, invalid, notFound, Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { type House, ROLES } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish } from '../../inbox/index.ts'
import type { ClaimBook } from '../claims.ts'
import { sha256 } from '../provider/hash.ts'
import { assertAddresses } from './addresses.ts'

export type Entered = {
  ownerLogin: string
  name: string
  nameEn: string | null
  about: string
  icon: string
  colour: string
  category: string
  operator: string
  purpose: string
  basis: 'duty' | 'consent'
  basisText: string
  contractFrom: string | null
  contractUntil: string | null
  roles: string[]
  startUrl: string | null
  redirectUris: string[]
  signOutUris: string[]
  logoutUri: string | null
  scopes: string[]
  pairwise: boolean
  pkce: boolean
  offline: boolean
}

const newSecretText = () => randomBytes(32).toString('base64url')

/** @throws Refusal for addresses and scopes that cannot be; `sso.owner_unknown`, `sso.contract_dates`, `access.unknown_role` */
async function checked(act: Act, house: House, book: ClaimBook, entered: Entered): Promise<{ ownerId: string }> {
  assertAddresses(entered, house.settings.production)
  if (entered.contractFrom && entered.contractUntil && entered.contractFrom > entered.contractUntil)
    throw invalid('sso.contract_dates')
  if (entered.basis === 'duty' && entered.basisText === '') throw invalid('sso.basis_missing')
  for (const role of entered.roles) if (!Object.hasOwn(ROLES, role)) throw invalid('access.unknown_role', { role })
  for (const scope of entered.scopes) if (!book.scopes.includes(scope)) throw invalid('sso.scope_unknown', { scope })
  const { rows } = await sql<{
    id: string
  }>`select a.id from access.account a where a.login = lower(${entered.ownerLogin}) and a.disabled_at is null
    and a.org_path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw invalid('sso.owner_unknown', { login: entered.ownerLogin })
  return { ownerId: rows[0].id }
}

const columns = (entered: Entered, ownerId: string) => ({
  owner_id: ownerId,
  name: entered.name,
  name_en: entered.nameEn || null,
  about: entered.about,
  icon: entered.icon,
  colour: entered.colour,
  category: entered.category,
  operator: entered.operator,
  purpose: entered.purpose,
  basis: entered.basis,
  basis_text: entered.basisText,
  contract_from: entered.contractFrom,
  contract_until: entered.contractUntil,
  roles: entered.roles,
  start_url: entered.startUrl,
  redirect_uris: entered.redirectUris,
  sign_out_uris: entered.signOutUris,
  logout_uri: entered.logoutUri,
  scopes: entered.scopes,
  pairwise: entered.pairwise,
  pkce: entered.pkce,
  offline: entered.offline,
})

const NAMES = Object.keys(columns({} as Entered, ''))
const list = sql.raw(NAMES.join(', '))
const fromRow = sql.raw(NAMES.map((name) => `r.${name}`).join(', '))

/** Registers a platform for the people of an organisation. The secret is told once; only its hash is kept. */
export async function register(
  act: Act,
  house: House,
  book: ClaimBook,
  input: Entered & { orgId: string; confidential: boolean },
): Promise<{ platformId: string; clientId: string; secret: string | null }> {
  const { rows: orgs } = await sql<{
    path: string
  }>`select o.path::text from directory.organisation o where o.id = ${input.orgId} and o.path <@ any (db.scope())`.execute(
    act.tx,
  )
  const org = orgs[0]
  if (!org) throw notFound('organisation')
  // A platform that can keep no secret proves with each sign-in that it asked for it.
  const entered = { ...input, pkce: input.pkce || !input.confidential }
  const { ownerId } = await checked(act, house, book, entered)
  const id = newId()
  const clientId = `p-${randomBytes(9).toString('base64url')}`
  const secret = input.confidential ? newSecretText() : null
  await sql`insert into sso.platform (id, client_id, secret_hash, org_id, org_path, ${list})
    select ${id}, ${clientId}, ${secret ? sha256(secret) : null}, ${input.orgId}, ${org.path}::ltree, ${fromRow}
    from jsonb_populate_record(null::sso.platform, ${JSON.stringify(columns(entered, ownerId))}::jsonb) r`.execute(
    act.tx,
  )
  await record(act, {
    action: 'sso.platform_registered',
    subject: { kind: 'platform', id },
    orgPath: org.path,
    after: { name: input.name, scopes: input.scopes, pairwise: input.pairwise, until: input.contractUntil },
  })
  return { platformId: id, clientId, secret }
}

type Held = {
  id: string
  clientId: string
  orgId: string
  orgPath: string
  revision: number
  confidential: boolean
  state: string
  name: string
  scopes: string[]
}

async function platformInScope(act: Act, platformId: string): Promise<Held> {
  const { rows } =
    await sql<Held>`select p.id, p.client_id, p.org_id, p.org_path::text, p.revision, p.secret_hash is not null as confidential, p.state, p.name, p.scopes
    from sso.platform p where p.id = ${platformId} and p.org_path <@ any (db.scope()) for update`.execute(act.tx)
  if (!rows[0]) throw notFound('platform')
  return rows[0]
}

/** @throws Refusal `sso.changed_meanwhile` */
export async function change(
  act: Act,
  house: House,
  book: ClaimBook,
  input: Entered & { platformId: string; revision: number },
): Promise<{ revision: number }> {
  const held = await platformInScope(act, input.platformId)
  if (held.revision !== input.revision) throw conflict('sso.changed_meanwhile')
  const entered = { ...input, pkce: input.pkce || !held.confidential }
  const { ownerId } = await checked(act, house, book, entered)
  await sql`update sso.platform p set (${list}, revision) = (select ${fromRow}, p.revision + 1
    from jsonb_populate_record(null::sso.platform, ${JSON.stringify(columns(entered, ownerId))}::jsonb) r) where p.id = ${held.id}`.execute(
    act.tx,
  )
  await finish(act, `sso-contract:${held.id}`, null)
  await record(act, {
    action: 'sso.platform_changed',
    subject: { kind: 'platform', id: held.id },
    orgPath: held.orgPath,
    before: { name: held.name, scopes: held.scopes },
    after: {
      name: input.name,
      scopes: input.scopes,
      pairwise: input.pairwise,
      until: input.contractUntil,
      addresses: input.redirectUris,
    },
  })
  return { revision: held.revision + 1 }
}

export async function newSecret(act: Act, platformId: string): Promise<string> {
  const held = await platformInScope(act, platformId)
  if (!held.confidential) throw invalid('sso.keeps_no_secret')
  const secret = newSecretText()
  await sql`update sso.platform p set secret_hash = ${sha256(secret)}, revision = p.revision + 1 where p.id = ${held.id}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'sso.secret_replaced',
    subject: { kind: 'platform', id: held.id },
    orgPath: held.orgPath,
  })
  return secret
}

export async function setState(
  act: Act,
  platformId: string,
  state: 'active' | 'suspended' | 'ended',
  reason: string,
): Promise<void> {
  const held = await platformInScope(act, platformId)
  if (held.state === 'ended' && state !== 'ended') throw new Refusal('refused', 'sso.ended_stays')
  await sql`update sso.platform p set state = ${state}, state_reason = ${reason}, revision = p.revision + 1 where p.id = ${held.id}`.execute(
    act.tx,
  )
  // What it holds ends with it.
  if (state !== 'active') await sql`select sso.revoke_platform(${held.clientId})`.execute(act.tx)
  if (state === 'ended') await finish(act, `sso-contract:${held.id}`, null)
  await record(act, {
    action: 'sso.platform_state_set',
    subject: { kind: 'platform', id: held.id },
    orgPath: held.orgPath,
    before: { state: held.state },
    after: { state, reason },
  })
}

/** The yearly clean-up: what nobody decides to keep is not kept by habit. */
export async function review(act: Act, platformId: string, verdict: 'keep' | 'end', reason: string): Promise<void> {
  const held = await platformInScope(act, platformId)
  const year = Number(act.today.slice(0, 4))
  await sql`insert into sso.review (platform_id, year, verdict, reason, account_id, at) values (${held.id}, ${year}, ${verdict}, ${reason}, ${act.actor.account}, ${act.now})
    on conflict (platform_id, year) do update set verdict = excluded.verdict, reason = excluded.reason, account_id = excluded.account_id, at = excluded.at`.execute(
    act.tx,
  )
  await record(act, {
    action: 'sso.platform_reviewed',
    subject: { kind: 'platform', id: held.id },
    orgPath: held.orgPath,
    after: { year, verdict, reason },
  })
  if (verdict === 'end') await setState(act, platformId, 'ended', reason)
  const { rows } = await sql<{
    open: boolean
  }>`select exists (select from sso.platform p where p.org_id = ${held.orgId} and p.state <> 'ended'
    and not exists (select from sso.review r where r.platform_id = p.id and r.year = ${year})) as open`.execute(act.tx)
  if (!rows[0]!.open) await finish(act, `sso-clean-up:${held.orgId}:${year}`, null)
}

/** Takes back what one let a platform learn; what it holds ends at once. */
export async function withdraw(act: Act, platformId: string): Promise<void> {
  const { rows } = await sql<{
    clientId: string
    orgPath: string
  }>`update sso.consent c set withdrawn_at = ${act.now} from sso.platform p
    where c.platform_id = p.id and p.id = ${platformId} and c.account_id = ${act.actor.account} and c.withdrawn_at is null returning p.client_id, p.org_path::text`.execute(
    act.tx,
  )
  const platform = rows[0]
  if (!platform) throw notFound('platform')
  await sql`select sso.revoke_own(${platform.clientId})`.execute(act.tx)
  await record(act, {
    action: 'sso.consent_withdrawn',
    subject: { kind: 'platform', id: platformId },
    ...(act.actor.person ? { about: act.actor.person } : {}),
    orgPath: platform.orgPath,
  })
}
