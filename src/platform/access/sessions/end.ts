/** Sessions as they are listed and ended, and the sessions that have ended for those who must hear of it. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { tokenHash } from '../actors.ts'

export type SessionRow = {
  id: string
  createdAt: string
  seenAt: string
  ip: string | null
  agent: string | null
  methods: string[]
  current: boolean
}

/** The open sessions of an account that the asker may ask about. */
export async function sessionsOf<T>(act: Act<T>, account: string, token?: string): Promise<SessionRow[]> {
  const { rows } =
    await sql<SessionRow>`select s.* from access.sessions_of(${account}, ${token ? tokenHash(token) : null}) s`.execute(
      act.tx,
    )
  return rows
}

/** Ends one session of one's own. @throws Refusal `not_found` */
export async function endOwnSession<T>(act: Act<T>, sessionId: string): Promise<void> {
  await endOneOf(act, act.actor.account!, sessionId)
  await record(act, { action: 'access.session_ended', subject: { kind: 'account', id: act.actor.account! } })
}

/** Ends one session of an account that the asker may act on; records nothing. @throws Refusal `not_found` */
export async function endOneOf<T>(act: Act<T>, account: string, sessionId: string): Promise<void> {
  const { rows } = await sql<{ ended: boolean }>`select access.end_session(${sessionId}, ${account}) as ended`.execute(
    act.tx,
  )
  if (!rows[0]!.ended) throw notFound('session')
}

/** All sessions of an account but the one of this token. */
export async function closeOthers<T>(act: Act<T>, account: string, token: string | undefined): Promise<void> {
  await sql`select access.close_others(${account}, ${token ? tokenHash(token) : null})`.execute(act.tx)
}

export type EndedSession = { sessionId: string; accountId: string; at: string }

/**
 * Hands over sessions that have ended (signed out, revoked, lapsed, account disabled), each once. They are taken in the transaction of the
 * act: whoever fails finds them again. `session_ended` is announced on that channel with the id of the session.
 */
export async function takeEndedSessions<T>(act: Act<T>, most = 100): Promise<EndedSession[]> {
  const { rows } = await sql<EndedSession>`select e.* from access.take_ended(${most}) e`.execute(act.tx)
  return rows
}

type SignInRow = {
  id: string
  at: string
  outcome: 'signed_in' | 'refused' | 'second_refused' | 'locked' | 'disabled'
  method: string
  ip: string | null
  agent: string | null
  newDevice: boolean
  via: { zh: string; en: string | null } | null
}

/** The last sign-ins of an account that the asker sees, and what was refused. */
export async function signInsOf<T>(act: Act<T>, account: string): Promise<SignInRow[]> {
  const { rows } = await sql<SignInRow>`select s.id, s.at, s.outcome, s.method, s.ip, s.agent, s.new_device, s.via
    from access.sign_in s where s.account_id = ${account} order by s.at desc, s.id limit 50`.execute(act.tx)
  return rows
}

/** Once a day: sessions that lapsed end, so that those who must hear of it do. */
export const accessDaily = {
  name: 'access.sessions',
  permission: 'access.sessions.lapse',
  run: async (act: Act): Promise<void> => {
    await sql`select access.end_lapsed()`.execute(act.tx)
    await sql`select access.forget_sign_ins()`.execute(act.tx)
  },
}
