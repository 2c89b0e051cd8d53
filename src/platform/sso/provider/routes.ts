/** The provider's doors beside the API: the protocol under `/oidc`, and the pages between a platform's question and our answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { House } from '../../access/index.ts'
import type { ClaimBook } from '../claims.ts'
import { MOUNT } from './build.ts'
import { answer, asked } from './interaction.ts'
import { afterwards, endSession } from './over-session.ts'
import { Providers } from './providers.ts'
import { COOKIE, join } from './session.ts'
import { SignOuts } from './sign-outs.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Called by servers, and by pages of other origins: takes no cookie, so none can be abused. */
    withoutCookie?: boolean
  }
}

/** A school sits behind one address, and a platform asks for all of its people. */
const people = { rateLimit: { max: 1_200, timeWindow: '1 minute' } }
const servers = { rateLimit: { max: 60_000, timeWindow: '1 minute' }, withoutCookie: true }

export async function mountProvider(app: FastifyInstance, house: House, book: ClaimBook): Promise<Providers> {
  const signOuts = new SignOuts(house, () => providers)
  const providers: Providers = new Providers(house, book, () => signOuts.soon())
  app.addHook('onClose', () => signOuts.stop())

  app.get<{ Params: { uid: string } }>(
    `${MOUNT}/interaction/:uid`,
    { config: people },
    async ({ raw, params: { uid }, headers }, reply) => {
      reply.header('cache-control', 'no-store')
      const provider = await providers.current()
      const next = await asked(house, book, provider, raw, uid)
      if (!headers.accept?.includes('text/html')) return next
      return reply.redirect(next.step === 'over' ? next.to : `/connect/${encodeURIComponent(uid)}`, 303)
    },
  )
  app.post<{ Params: { uid: string }; Body: { allowed?: unknown } | undefined }>(
    `${MOUNT}/interaction/:uid`,
    { config: people },
    async ({ raw, params: { uid }, body }) =>
      answer(house, await providers.current(), raw, uid, body?.allowed === true),
  )
  app.post(`${MOUNT}/sign-out`, { config: people }, async ({ raw, cookies }, reply) => {
    const joined = await join(house.db, raw)
    const token = cookies[COOKIE]
    if (token) await endSession(house, token)
    reply.clearCookie(COOKIE, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: house.settings.publicUrl.startsWith('https:'),
    })
    signOuts.soon()
    return { to: afterwards(((joined?.payload as { state?: object } | null)?.state ?? {}) as never) }
  })

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
    const serve = async (request: FastifyRequest, reply: FastifyReply) => {
      const provider = await providers.current()
      reply.hijack()
      const { raw } = request
      Object.assign(raw, { originalUrl: raw.url })
      raw.url = raw.url!.slice(MOUNT.length) || '/'
      // Addresses that the provider tells are the product's, whatever the asker calls it.
      const { protocol, host } = new URL(house.settings.publicUrl)
      Object.assign(raw.headers, { 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-host': host })
      await provider.callback()(raw, reply.raw)
    }
    for (const path of ['/auth', '/auth/*', '/session/*']) scope.all(MOUNT + path, { config: people }, serve)
    for (const path of ['/token', '/token/*', '/me', '/jwks', '/.well-known/*'])
      scope.all(MOUNT + path, { config: servers }, serve)
  })
  return providers
}
