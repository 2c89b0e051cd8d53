/** Around every page of the provider: who is signed in to the product is signed in here, and who signs out here signs out of everything. */
import { sql } from 'kysely'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { House, SignedIn } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { prepared, transact } from '../../db/index.ts'
import { type Known, MOUNT } from './build.ts'
import { sha256 } from './hash.ts'
import { COOKIE, COOKIES, cookieOf, type Joined, join } from './session.ts'
import { beginUnit, type Unit } from './unit.ts'

type Context = KoaContextWithOIDC
type Ending = { postLogoutRedirectUri?: string; state?: string }

/** Where somebody goes who has just signed out: where the platform asked for, else to our own page. */
export const afterwards = ({ postLogoutRedirectUri, state }: Ending): string => {
  if (!postLogoutRedirectUri) return '/connect/signed-out'
  const url = new URL(postLogoutRedirectUri)
  if (state !== undefined) url.searchParams.set('state', state)
  return url.href
}

/** What each request goes through: those of people in the session that is theirs, every one as a single write. */
export const overSession =
  (house: House, onSignOut: () => void) =>
  async (ctx: Context, next: () => Promise<unknown>): Promise<void> => {
    const unit = beginUnit(ctx.req)
    if (/^\/(auth|session\/end)(\/|$)/.test(ctx.path)) return ofPerson(house, onSignOut, unit, ctx, next)
    await next()
    if (!(await unit.settle(house.db))) usedBefore(ctx)
  }

async function ofPerson(
  house: House,
  onSignOut: () => void,
  unit: Unit,
  ctx: Context,
  next: () => Promise<unknown>,
): Promise<void> {
  // Signing out is confirmed on our own page, and ends the product's session: this door of the provider leads nowhere.
  if (ctx.path.startsWith('/session/end/')) return ctx.throw(404)
  const joined = await join(house.db, ctx.req)
  const others = (ctx.req.headers.cookie ?? '')
    .split(';')
    .filter((part) => !part.trim().startsWith(`${COOKIES.session}=`))
  ctx.req.headers.cookie = [...others, ...(joined && !joined.held ? [` ${COOKIES.session}=joined`] : [])].join(';')
  const [, resumed] = /^\/auth\/([^/]+)$/.exec(ctx.path) ?? []
  if (resumed && (!joined || joined.held)) return ctx.redirect(`${MOUNT}/interaction/${resumed}`)
  await next()
  dropSessionCookie(ctx)
  const { entities, route, account } = ctx.oidc
  const code = entities.AuthorizationCode
  if (ctx.oidc.params?.response_mode === 'form_post') letFormLeave(ctx)
  if (code && account)
    return settleEntered(house, unit, (account as unknown as Known).actor, code.clientId!, code.scope ?? '')
  await unit.settle(house.db)
  if (route === 'end_session' && ctx.status === 200) await signOut(house, onSignOut, joined, ctx)
}

async function signOut(house: House, onSignOut: () => void, joined: Joined | null, ctx: Context): Promise<void> {
  const { entities, session } = ctx.oidc
  const ending = (session?.state ?? {}) as Ending
  if (!joined) return leave(ctx, afterwards(ending))
  const { IdTokenHint: hint } = entities as { IdTokenHint?: { payload: { sid?: string; aud: string } } }
  // Only a platform that shows what it was given for this very sign-in need not ask again.
  if (hint?.payload.sid === undefined || hint.payload.sid !== session!.sidFor(hint.payload.aud))
    return leave(ctx, '/connect/sign-out')
  await endSession(house, cookieOf(ctx.req, COOKIE)!)
  ctx.cookies.set(COOKIE, null, { path: '/', httpOnly: true, sameSite: 'lax', secure: ctx.secure })
  onSignOut()
  leave(ctx, afterwards(ending))
}

/** A platform that wants its answer as a form gets one that may be sent to it, and nowhere else. */
function letFormLeave(ctx: Context): void {
  const policy = String(ctx.response.get('content-security-policy'))
  const to = URL.parse(String(ctx.oidc.params?.redirect_uri))?.origin
  if (ctx.oidc.redirectUriCheckPerformed && to)
    ctx.set('content-security-policy', policy.replace("form-action 'self'", `form-action ${to}`))
}

function usedBefore(ctx: Context): void {
  ctx.status = 400
  ctx.body = { error: 'invalid_grant', error_description: 'grant request is invalid' }
}

function leave(ctx: Context, to: string): void {
  ctx.status = 303
  ctx.redirect(to)
}

/** The provider's own cookie says nothing: the product's does. */
function dropSessionCookie(ctx: Context): void {
  const set = [ctx.response.get('set-cookie') as string | string[]]
    .flat()
    .filter((one) => one && !one.startsWith(`${COOKIES.session}=`))
  if (set.length > 0) ctx.set('set-cookie', set)
  else ctx.remove('set-cookie')
}

export async function endSession(house: House, token: string): Promise<void> {
  await sql`select access.close_session(${sha256(token)})`.execute(house.db)
}

/** Who entered which platform and what it may learn, in the write of the code itself: for the trail, for the person, and for the yearly clean-up. */
async function settleEntered(
  house: House,
  unit: Unit,
  actor: SignedIn,
  clientId: string,
  scope: string,
): Promise<void> {
  await transact(house.db, { actor, permission: 'self', scope: { paths: [], self: true } }, async (act) => {
    await unit.settle(act.tx)
    const { rows } = await sql<{
      id: string
      orgPath: string
    }>`${prepared}update sso.consent c set used_at = ${act.now}::timestamptz, uses = c.uses + 1 from sso.platform p
      where c.account_id = ${actor.account} and c.platform_id = p.id and p.client_id = ${clientId} returning p.id, p.org_path::text`.execute(
      act.tx,
    )
    const platform = rows[0]
    if (!platform) return
    await record(act, {
      action: 'sso.platform_entered',
      subject: { kind: 'platform', id: platform.id },
      ...(actor.person ? { about: actor.person } : {}),
      orgPath: platform.orgPath,
      after: { scopes: scope.split(' ').filter((one) => one !== 'openid') },
    })
  })
}
