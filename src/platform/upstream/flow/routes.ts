/** The doors beside the API: to a provider and back, and whoever arrived and is nobody here yet. Browsers are bound to their way by cookies. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { invalid, notFound, Refusal } from '../../../base/errors.ts'
import { assertMayAct, type ContextOf, type House } from '../../access/index.ts'
import { askBody, beginBody, linkBody, type Why } from '../contract.ts'
import { type Known, openProvider } from '../providers/read.ts'
import { arrivedAs, ask } from '../requests/ask.ts'
import { ownPath } from '../rules/own-path.ts'
import { ATTEMPT_AGE, beginAttempt, type Kept, type Purpose } from './attempt.ts'
import { casAddress } from './cas.ts'
import { ARRIVAL, comeBack } from './enter.ts'
import { Astray } from './identity.ts'
import { oidcAddress } from './oidc.ts'

/** A school sits behind one address. */
const people = { rateLimit: { max: 240, timeWindow: '1 minute' } }
const narrow = { rateLimit: { max: 20, timeWindow: '1 minute' } }
const ARRIVAL_AGE = 1_800
/** Methods (RFC 8176) by which somebody shows what is their own, and not only that another vouches. */
const OWN = ['pwd', 'otp', 'hwk', 'swk']

const FAULTS: readonly Why[] = ['unreachable', 'unproven']

function read<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const { success, data } = schema.safeParse(body ?? {})
  if (!success) throw invalid('invalid_input')
  return data
}

export async function upstreamRoutes(
  app: FastifyInstance,
  house: House,
  contextOf: ContextOf<FastifyRequest, FastifyReply>,
): Promise<void> {
  const keep = (reply: FastifyReply, { name, value }: Kept, maxAge: number) =>
    reply.setCookie(name, value, {
      path: '/upstream',
      httpOnly: true,
      sameSite: 'lax',
      secure: house.settings.publicUrl.startsWith('https:'),
      maxAge,
    })

  /** Sends the browser on its way. @throws Refusal `upstream.unavailable` where the provider cannot be asked where to */
  const setOut = async (reply: FastifyReply, provider: Known, purpose: Purpose, back: string) => {
    const anew = purpose.purpose === 'link'
    const { cookie, proofs } = await beginAttempt(house, provider.id, purpose, back)
    const to =
      provider.kind === 'cas'
        ? casAddress(house, provider, proofs, anew)
        : await oidcAddress(house, provider, proofs, anew).catch((error) => {
            app.log.error({ provider: provider.key }, `asking a provider of sign-in: ${reasonOf(error)}`)
            throw new Refusal('refused', 'upstream.unavailable', { name: provider.name })
          })
    keep(reply, cookie, ATTEMPT_AGE)
    return reply.header('cache-control', 'no-store').send({ to })
  }

  app.post('/upstream/begin', { config: people }, async (request, reply) => {
    const { provider: key, back } = read(beginBody, request.body)
    const provider = await openProvider(house.db, { key })
    if (!provider) throw notFound('provider')
    return setOut(reply, provider, { purpose: 'sign_in' }, ownPath(back))
  })

  app.post('/upstream/link', { config: narrow }, async (request, reply) => {
    const { provider: key } = read(linkBody, request.body)
    const { actor } = await contextOf(request, reply)
    if (!actor?.session) throw new Refusal('unauthenticated', 'access.sign_in_first')
    assertMayAct(actor)
    // What was shown must be one's own: that another provider vouched is not enough to let in a further one.
    if (!actor.session.fresh || !actor.session.amr.some((method) => OWN.includes(method)))
      throw new Refusal('forbidden', 'access.confirm_first')
    const provider = await openProvider(house.db, { key })
    if (!provider) throw notFound('provider')
    return setOut(reply, provider, { purpose: 'link', accountId: actor.account, sessionId: actor.session.id }, '')
  })

  app.get<{ Params: { key: string } }>('/upstream/:key/callback', { config: people }, async (request, reply) => {
    const { url, params, cookies } = request
    const search = url.includes('?') ? url.slice(url.indexOf('?')) : ''
    const back = await comeBack(await contextOf(request, reply), params.key, search, cookies)
    // Who turned back, came late or was refused is no fault.
    if (back.why && FAULTS.includes(back.why.why))
      app.log.error({ provider: params.key }, `back from a provider of sign-in: ${reasonOf(back.why)}`)
    if (back.over) reply.clearCookie(back.over, { path: '/upstream' })
    if (back.arrived) keep(reply, back.arrived, ARRIVAL_AGE)
    // What the address holds is for nobody after us.
    return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(back.to, 303)
  })

  app.get('/upstream/arrival', { config: people }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const arrived = await arrivedAs(house, request.cookies[ARRIVAL])
    if (!arrived) throw notFound('arrival')
    return arrived
  })
  app.post('/upstream/arrival', { config: narrow }, async (request, reply) => {
    const asked = read(askBody, request.body)
    await ask(await contextOf(request, reply), request.cookies[ARRIVAL], asked)
    return {}
  })
}

/** What went wrong, for whoever runs the product: codes and classes of errors, nothing of what was sent. */
function reasonOf(error: unknown): string {
  const said: string[] = []
  for (let at = error; at instanceof Error && said.length < 5; at = at.cause)
    said.push(
      at instanceof Refusal
        ? at.code
        : at instanceof Astray
          ? at.why
          : String((at as { code?: unknown }).code ?? at.name),
    )
  return said.join(' < ')
}
