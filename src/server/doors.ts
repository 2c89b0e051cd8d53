/** What every door of the server keeps to before anything is asked: where a request comes from, how often, how large, and what its answer may be used for. */
import { createHmac } from 'node:crypto'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { Refusal } from '../base/errors.ts'
import type { House } from '../platform/access/index.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A door of a protocol that brings its own proof and uses no cookie: requests of other origins are welcome. */
    withoutCookie?: boolean
    /** A door at which one can guess: who fails waits longer and longer. */
    guessed?: boolean
  }
}

export type Doors = {
  /** Calls of one session, or of one address without a session, in a minute. Far more than a person makes. */
  callsAMinute?: number
}

const BODY = 40 * 2 ** 20
/** Of whoever shows no session. */
const ANONYMOUS_BODY = 2 ** 20
/** So many sessions' worth of calls may come from one address: a school or an office shares one. */
const ADDRESS = 10
/** A school shares one address: so many wrong passwords are typed there on the first day of term. */
const FREE_FAILURES = 30

export const BODY_LIMIT = BODY
/** Proxies that are believed where a request came from: those on the machine and in its private network, unless others are named. */
export const PROXIES = 'loopback, linklocal, uniquelocal'

export async function keepDoors(
  app: FastifyInstance,
  house: House,
  sessionOf: (request: FastifyRequest) => string | undefined,
  { callsAMinute = 3_000 }: Doors = {},
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: house.settings.production,
  })
  await app.register(rateLimit, {
    global: Number.isFinite(callsAMinute),
    max: callsAMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => sessionOf(request) ?? request.ip,
    allowList: isNoCall,
  })
  // Sessions are made up as easily as cookies are: the address counts as well, whatever it shows.
  const limited = app.createRateLimit(ofAddress(callsAMinute * ADDRESS))
  app.addHook('onRequest', async (request, reply) => {
    // Servers of other platforms call from one address, and have limits of their own.
    if (!Number.isFinite(callsAMinute) || isNoCall(request) || request.routeOptions.config.withoutCookie) return
    const limit = await limited(request)
    if (limit.isAllowed || !limit.isExceeded) return
    reply.header('retry-after', limit.ttlInSeconds)
    throw Object.assign(new Error('too many'), { statusCode: 429 })
  })
  takeBodies(app, sessionOf)
  app.addHook('onRequest', refuseForeignOrigin)
  app.addHook('onSend', async (request, reply) => {
    reply.header('permissions-policy', 'microphone=(), payment=(), usb=(), browsing-topics=()')
    if (/^\/(rpc|api)\//.test(request.url) && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
  })
  slowGuessing(app, house)
}

/** So many a minute from one address: a session that is made up for each call opens nothing more. */
export const ofAddress = (max: number) => ({
  max,
  timeWindow: '1 minute',
  keyGenerator: ({ ip }: FastifyRequest) => ip,
})

/** The web app's own files and addresses are no calls; every other door is one, whoever opens it. */
const isNoCall = ({ method, url, is404 }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (is404 || /^\/assets\/|\.(js|css|woff2|ttf|svg|png|ico|wasm|webmanifest)$/.test(url))

/** Bodies that no parser of ours reads: their length is told beforehand, so that nobody pours in without end. */
function takeBodies(app: FastifyInstance, sessionOf: (request: FastifyRequest) => string | undefined): void {
  app.addContentTypeParser('*', (request, _payload, done) => {
    const length = Number(request.headers['content-length'] ?? Number.NaN)
    if (Number.isNaN(length)) done(Object.assign(new Error('length required'), { statusCode: 411 }))
    else if (length > BODY) done(Object.assign(new Error('too large'), { statusCode: 413 }))
    else done(null, undefined)
  })
  app.addHook('onRequest', async (request) => {
    const length = Number(request.headers['content-length'] ?? 0)
    if (length > ANONYMOUS_BODY && sessionOf(request) === undefined && !request.headers.authorization)
      throw Object.assign(new Error('too large'), { statusCode: 413 })
  })
}

/** A page of another origin may not act with our cookie: browsers say where a request comes from. */
async function refuseForeignOrigin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.routeOptions.config.withoutCookie) return
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const foreign = site
    ? site !== 'same-origin' && site !== 'none'
    : origin !== undefined && hostOf(origin) !== request.headers.host
  if (foreign) await reply.code(403).send({ kind: 'forbidden', code: 'access.foreign_origin' })
}

/** A sandboxed page says `null`. */
const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)

/** Counted in the database, so that it holds for all programs that serve, by the address and not by the account: accounts have a lock of their own. */
function slowGuessing(app: FastifyInstance, house: House): void {
  const key = house.key('access.door')
  const whoOf = ({ ip }: FastifyRequest): Buffer => createHmac('sha256', key).update(ip).digest()
  app.addHook('preHandler', async (request, reply) => {
    if (!request.routeOptions.config.guessed) return
    const { rows } = await sql<{
      wait: number | null
    }>`select access.door_wait(${whoOf(request)}, ${FREE_FAILURES}) as wait`.execute(house.db)
    const wait = Math.ceil(rows[0]?.wait ?? 0)
    if (wait <= 0) return
    reply.header('retry-after', wait)
    throw new Refusal('limited', 'access.door_wait', { seconds: wait })
  })
  app.addHook('onResponse', async (request, reply) => {
    if (!request.routeOptions.config.guessed || ![401, 403].includes(reply.statusCode)) return
    await sql`select access.note_door_failure(${whoOf(request)})`.execute(house.db).catch(() => {})
  })
}
