/** Back from a provider: in, linked, or told in plain words why not. */
import { sql } from 'kysely'
import { Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import {
  actFor,
  type From,
  holdsOffice,
  noteSignIn,
  openSession,
  type RequestContext,
  type Via,
} from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { type Act, type Actor, transact } from '../../db/index.ts'
import { link, linkedTo, type Sealed, sealIdentity } from '../links/link.ts'
import { type Known, openProvider } from '../providers/read.ts'
import { type Attempt, type Kept, type Proofs, sha256, takeAttempt } from './attempt.ts'
import { casIdentity } from './cas.ts'
import { Astray, type Identity } from './identity.ts'
import { oidcIdentity } from './oidc.ts'

const NOBODY: Actor = { account: null, person: null, name: 'anonymous' }
type Cookies = Readonly<Record<string, string | undefined>>

/** Where the browser goes next; `over`: the cookie of the way that is over; `arrived`: what the browser keeps of who came and is nobody here yet. */
export type Back = { to: string; over?: string; arrived?: Kept; why?: Astray }

const trouble = (why: Astray['why'], key: string, purpose: Attempt['purpose']): string =>
  `${purpose === 'link' ? '/account' : '/sign-in/elsewhere'}?${new URLSearchParams({ why, via: key })}`

/** Somebody acts before they are anybody here. */
export const asNobody = <R>({ house, ip }: RequestContext, work: (act: Act) => Promise<R>): Promise<R> =>
  transact(
    house.db,
    {
      actor: { ...NOBODY, ...(ip === undefined ? {} : { ip }) },
      permission: 'public',
      scope: { paths: [], self: false },
    },
    work,
  )

/** What came to the callback of a provider. The way is taken for good before anything else is asked: nothing that came is tried twice. */
export async function comeBack(context: RequestContext, key: string, search: string, cookies: Cookies): Promise<Back> {
  const { house } = context
  const states = new URLSearchParams(search).getAll('state')
  const taken = states.length === 1 ? await takeAttempt(house, states[0]!, cookies) : undefined
  if (!taken) return { to: trouble('lost', key, 'sign_in') }
  const { attempt, proofs, cookie: over } = taken
  try {
    const provider = await openProvider(house.db, { id: attempt.providerId })
    if (!provider) throw new Astray('lost')
    // Another provider sent somebody on with what was meant for this one.
    if (provider.key !== key) throw new Astray('mixed')
    const sealedFor = async (): Promise<[Identity, Sealed]> => {
      const identity = await identityOf(context, provider, attempt, proofs, search)
      return [identity, sealIdentity(house, provider, identity)]
    }
    if (attempt.purpose === 'link') {
      assertSameSession(context, attempt)
      const [, sealed] = await sealedFor()
      await linkOwn(context, provider, sealed)
      return { over, to: `/account?${new URLSearchParams({ linked: key })}` }
    }
    const [identity, sealed] = await sealedFor()
    return { over, ...(await enter(context, provider, identity, sealed, attempt.back)) }
  } catch (error) {
    if (!(error instanceof Astray)) throw error
    return { over, to: trouble(error.why, key, attempt.purpose), why: error }
  }
}

const identityOf = (
  { house }: RequestContext,
  provider: Known,
  { purpose }: Attempt,
  proofs: Proofs,
  search: string,
): Promise<Identity> =>
  provider.kind === 'oidc'
    ? oidcIdentity(house, provider, proofs, search, purpose === 'link')
    : casIdentity(house, provider, proofs, search, purpose === 'link')

/** A link is made in the very session in which it was asked for. */
function assertSameSession({ actor }: RequestContext, { accountId, sessionId }: Attempt): void {
  if (!actor?.session || actor.account !== accountId || actor.session.id !== sessionId)
    throw new Astray('other_session')
}

async function linkOwn({ house, actor, ip }: RequestContext, provider: Known, sealed: Sealed): Promise<void> {
  await actFor<unknown, void>(house, { ...actor!, ...(ip === undefined ? {} : { ip }) }, 'self', async (act) => {
    const { rows } = await sql<{
      orgPath: string
      served: boolean
    }>`select a.org_path::text, a.org_path <@ ${provider.orgPath}::ltree as served
      from access.account a where a.id = ${actor!.account}`.execute(act.tx)
    if (!rows[0]?.served) throw new Astray('not_served')
    await link(act, provider, sealed, { accountId: actor!.account, orgPath: rows[0].orgPath, person: actor!.person })
  }).catch((error) => {
    if (!(error instanceof Refusal) || !/^upstream\.(account|subject)_linked$/.test(error.code)) throw error
    throw new Astray(error.code === 'upstream.account_linked' ? 'account_linked' : 'subject_linked')
  })
}

const viaOf = ({ id, name, nameEn }: Known): Via => ({ id, zh: name, en: nameEn })

/** Signs in whoever is linked; everybody else has arrived and may ask to be. */
function enter(
  context: RequestContext,
  provider: Known,
  identity: Identity,
  sealed: Sealed,
  back: string,
): Promise<Back> {
  return asNobody(context, async (act) => {
    const found = await linkedTo(act, provider, sealed)
    if (!found) return { ...(await arrive(act, provider, sealed)) }
    if (!found.served) throw new Astray('not_served')
    if (found.closed) return refuseClosed(act, context, provider, found)
    // What an office vouched for opens none of the accounts that run, guard or check the system, also where one became that later.
    const { rows } = await sql<{
      office: boolean
    }>`select upstream.office_made(${found.accountId}, ${found.id}) as office`.execute(act.tx)
    if (rows[0]!.office && (await holdsOffice(act, found.accountId))) throw new Astray('office')
    await sql`select upstream.note_use(${found.accountId}, ${found.id})`.execute(act.tx)
    const entered = await openSession(act, found.accountId, context, {
      method: 'fed',
      strong: identity.strong,
      via: viaOf(provider),
    })
    if (entered.second) {
      const ways = Object.entries(entered.second).flatMap(([way, there]) => (there ? [way] : []))
      return { to: `/sign-in?${new URLSearchParams({ second: ways.join(','), ...(back === '' ? {} : { back }) })}` }
    }
    if (entered.mustChangePassword) return { to: '/account/password' }
    return { to: entered.mustAddSecond ? '/account/security' : back || '/' }
  })
}

/** Told to whoever has just shown that it is theirs; noted where the account's own history is. */
async function refuseClosed(
  act: Act,
  from: From,
  provider: Known,
  { accountId, orgPath }: { accountId: string; orgPath: string },
): Promise<Back> {
  await noteSignIn(act, accountId, from, { outcome: 'disabled', method: 'fed', via: viaOf(provider) })
  await record(act, {
    action: 'upstream.entry_refused',
    subject: { kind: 'account', id: accountId },
    orgPath,
    after: { provider: provider.name },
  })
  return { to: trouble('closed', provider.key, 'sign_in') }
}

export const ARRIVAL = 'qs_arrival'

async function arrive(act: Act, provider: Known, sealed: Sealed): Promise<Back> {
  const value = newSecret()
  await sql`select upstream.keep_arrival(${newId()}, ${sha256(value)}, ${provider.id}, ${sealed.hash}, ${sealed.cipher}, ${sealed.label})`.execute(
    act.tx,
  )
  return { to: '/sign-in/elsewhere', arrived: { name: ARRIVAL, value } }
}

const newSecret = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
