/** Opening sessions, in one step or two: however somebody has shown who they are, they come in here. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import { type Act, within } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import { actorOfAccount, type SignedIn, tokenHash } from '../actors.ts'
import type { RequestContext } from '../house.ts'
import { beginDuty, isOverdue } from '../second/duty.ts'

const SESSION_TTL = '12 hours'
/** This long a session waits for its second factor. */
const WAITS = '10 minutes'

/** A request, or what stands for one: the house, from where, and how its cookies are set. */
export type From = Pick<RequestContext, 'house' | 'ip' | 'agent' | 'device' | 'setCookie' | 'setDevice'>

/** Methods as RFC 8176 names them, and `fed` for another provider that vouches. */
export type Method = 'pwd' | 'otp' | 'hwk' | 'swk' | 'rcv' | 'fed'

/** Another provider that vouches for somebody, with its names in both languages. */
export type Via = { id: string; zh: string; en: string | null }

export type SecondWays = { app: boolean; passkey: boolean; codes: boolean }
export type Entered = {
  sessionId: string
  token: string
  mustChangePassword: boolean
  mustAddSecond: boolean
  /** What the second step may be done with: until then the session signs nobody in. Null when there is none to do. */
  second: SecondWays | null
}

/**
 * Opens a session for an account whose holder has just shown who they are, and sets the cookies of the request. Where the account has a
 * second factor, the session waits for it and signs nobody in until then.
 * @param how `strong`: more than one factor was shown already (a passkey that knew its user; a provider that vouches for as much); `via`: who
 *   vouched: whoever has something of their own to show has yet to show it before a dangerous act
 * @throws Refusal `access.account_disabled`
 */
export async function openSession<T>(
  act: Act<T>,
  account: string,
  from: From,
  how: { method: Method; strong?: boolean; via?: Via },
): Promise<Entered> {
  return asAccount(act, account, from, async (own, who) => {
    const second = await secondWaysOf(own)
    const waits = !how.strong && (second.app || second.passkey)
    const methods = [how.method, ...(how.strong ? ['mfa'] : [])]
    const duty = await beginDuty(own, from.house, who.assignments)
    const mustAdd = !waits && !how.strong && isOverdue(duty, own.today)
    const token = randomBytes(32).toString('base64url')
    const { rows } = await sql<{ id: string }>`select access.open_session(${tokenHash(token)}, ${account},
      ${waits ? WAITS : SESSION_TTL}::interval, ${from.ip ?? null}, ${agentOf(from)}, ${methods}::text[], ${waits}, ${mustAdd}) as id`.execute(
      own.tx,
    )
    const sessionId = rows[0]!.id
    if (how.via) await sql`select access.vouch(${sessionId}, ${JSON.stringify(how.via)}::jsonb)`.execute(own.tx)
    from.setCookie?.(token)
    if (!waits) await noteEntry(own, from, methods, sessionId)
    return {
      sessionId,
      token,
      mustChangePassword: who.mustChange,
      mustAddSecond: mustAdd,
      second: waits ? second : null,
    }
  })
}

/** The second factor was shown: the session that waited is open, under a new token. Runs as the account itself. */
export async function completeSession<T>(
  own: Act<T>,
  who: SignedIn,
  from: From & { token?: string },
  { methods, mustAdd }: { methods: string[]; mustAdd: boolean },
): Promise<Entered> {
  const token = randomBytes(32).toString('base64url')
  const { rows } = await sql<{
    id: string | null
  }>`select access.complete_session(${tokenHash(from.token ?? '')}, ${tokenHash(token)},
    ${SESSION_TTL}::interval, ${methods}::text[], ${mustAdd}) as id`.execute(own.tx)
  const sessionId = rows[0]!.id
  if (sessionId === null) throw new Refusal('unauthenticated', 'access.second_lapsed')
  from.setCookie?.(token)
  await noteEntry(own, from, methods, sessionId)
  return { sessionId, token, mustChangePassword: who.mustChange, mustAddSecond: mustAdd, second: null }
}

/**
 * Acts as an account that has just shown who it is, before it is signed in: it reads and writes what is its own.
 * @throws Refusal `access.account_disabled`
 */
export async function asAccount<T, R>(
  act: Act<T>,
  account: string,
  { ip }: { ip?: string | undefined },
  work: (own: Act<T>, who: SignedIn) => Promise<R>,
): Promise<R> {
  const who = await actorOfAccount(act.tx, account)
  if (!who) throw new Refusal('forbidden', 'access.account_disabled')
  const actor = { account: who.account, person: who.person, name: who.name, ...(ip === undefined ? {} : { ip }) }
  return within(act.tx, { actor, permission: act.permission, scope: { paths: [], self: true } }, (own) =>
    work(own, who),
  )
}

/** What the acting account may take the second step with. */
export async function secondWaysOf<T>({ tx, actor }: Act<T>): Promise<SecondWays> {
  const { rows } = await sql<SecondWays>`select
    exists (select from access.totp t where t.account_id = ${actor.account} and t.confirmed_at is not null) as app,
    exists (select from access.passkey p where p.account_id = ${actor.account}) as passkey,
    exists (select from access.recovery_code c where c.account_id = ${actor.account} and c.used_at is null
      and (c.expires_at is null or c.expires_at > now())) as codes`.execute(tx)
  return rows[0]!
}

/** The trail, the history of sign-ins, and word to the person where the device is new. */
async function noteEntry<T>(own: Act<T>, from: From, methods: string[], sessionId: string): Promise<void> {
  const account = own.actor.account!
  const { rows: homes } = await sql<{
    orgPath: string
    via: Via | null
  }>`select a.org_path::text, access.vouched(${sessionId}) as via from access.account a where a.id = ${account}`.execute(
    own.tx,
  )
  const via = homes[0]?.via ?? undefined
  await record(own, {
    action: 'access.signed_in',
    subject: { kind: 'account', id: account },
    ...(homes[0] ? { orgPath: homes[0].orgPath } : {}),
    after: { methods, ...(via ? { via: via.zh } : {}) },
  })
  const mark = from.device ?? randomBytes(24).toString('base64url')
  from.setDevice?.(mark)
  const { rows } = await sql<{ fresh: boolean }>`select access.meet_device(${account}, ${tokenHash(mark)},
    ${from.ip ?? null}, ${agentOf(from)}) as fresh`.execute(own.tx)
  await noteSignIn(own, account, from, {
    outcome: 'signed_in',
    method: methods.join(' '),
    newDevice: rows[0]!.fresh,
    ...(via ? { via } : {}),
  })
  if (rows[0]!.fresh)
    await notify(own, [
      {
        accountId: account,
        kind: 'message',
        code: via ? 'access.message.new_device_via' : 'access.message.new_device',
        data: {
          at: own.now,
          agent: agentOf(from) ?? '',
          ip: from.ip ?? '',
          ...(via ? { platform: via.zh, platformEn: via.en } : {}),
        },
        link: '/account',
      },
    ])
}

type Note = {
  outcome: 'signed_in' | 'refused' | 'second_refused' | 'locked' | 'disabled'
  method: string
  newDevice?: boolean
  via?: Via
}

/** One line in the history of an account's sign-ins. */
export async function noteSignIn<T>(
  act: Act<T>,
  account: string,
  from: { ip?: string; agent?: string },
  { outcome, method, newDevice = false, via }: Note,
): Promise<void> {
  await sql`select access.note_sign_in(${account}, ${outcome}, ${method}, ${from.ip ?? null}, ${agentOf(from)}, ${newDevice},
    ${via ? JSON.stringify({ zh: via.zh, en: via.en }) : null}::jsonb)`.execute(act.tx)
}

const agentOf = ({ agent }: { agent?: string }): string | null => agent?.slice(0, 200) ?? null
