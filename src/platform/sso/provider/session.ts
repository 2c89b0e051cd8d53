/** Which session of the product a request to the provider comes with. */
import type { IncomingMessage } from 'node:http'
import { sql } from 'kysely'
import type { AdapterPayload } from 'oidc-provider'
import { type Db, prepared } from '../../db/index.ts'
import { sha256 } from './hash.ts'

/** `held`: something is still asked of the account (a new password, a second factor) before it may go anywhere. */
export type Joined = { sessionId: string; accountId: string; held: boolean; payload: AdapterPayload | null }

/** The product's own cookie; the server names it so too. */
export const COOKIE = 'qs_session'
/** Names that the provider gives its cookies. */
export const COOKIES = { session: 'qs_sso', interaction: 'qs_sso_asked', resume: 'qs_sso_resume' }

const known = new WeakMap<IncomingMessage, Joined | null>()

export const cookieOf = (request: IncomingMessage, name: string): string | undefined => {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name) return value
  }
  return undefined
}

/** Asks the database once a request; `joinedTo` tells the answer again. */
export async function join(db: Db, request: IncomingMessage): Promise<Joined | null> {
  const token = cookieOf(request, COOKIE)
  const { rows } = token
    ? await sql<Joined>`${prepared}select j.session_id, j.account_id, j.held, j.payload from sso.join_session(${sha256(token)}) j`.execute(
        db,
      )
    : { rows: [] }
  const joined = rows[0] ?? null
  known.set(request, joined?.held ? null : joined)
  return joined
}

export const joinedTo = (request: IncomingMessage | undefined): Joined | null => (request && known.get(request)) ?? null
