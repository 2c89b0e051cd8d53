/** The HTTP server: RPC for the web app, OpenAPI for others, static files of the web app, and nothing else. */
import { join } from 'node:path'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fastify'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { KINDS, Refusal } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { actFor, actorOfSession, type House, type RequestContext } from '../platform/access/index.ts'
import { isGone } from '../platform/db/index.ts'
import { openDownload } from '../platform/files/index.ts'
import { apiPage } from './api-page.ts'
import { contract } from './contract.ts'
import { BODY_LIMIT, type Doors, keepDoors, ofAddress, PROXIES } from './doors.ts'
import { router, routes } from './modules.ts'

export const COOKIE = 'qs_session'
/** Knows a browser again, for word of sign-ins from new ones; opens nothing. */
const DEVICE = 'qs_device'
const DEVICE_AGE = 400 * 86_400
const converters = [new ZodToJsonSchemaConverter()]
const WEB = join(import.meta.dirname, '..', '..', 'dist', 'web')

/** Builds the server without listening. */
export async function buildApp(house: House, doors: Doors = {}): Promise<FastifyInstance> {
  const app = fastify({
    // Faults only, on standard error, without addresses or bodies; requests are logged at a lower level.
    logger: { level: 'error', stream: process.stderr },
    bodyLimit: BODY_LIMIT,
    trustProxy: house.settings.production ? (house.settings.proxies ?? PROXIES) : false,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: 400 },
  })
  await app.register(cookie)
  await app.register(compress, { threshold: 2048 })
  await keepDoors(app, house, (request) => request.cookies[COOKIE], doors)
  // What fails before a procedure is reached (a body that is too large, a database that went away) keeps the product's form.
  // Before the doors: each keeps the handler that stood when it was opened.
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    if (error instanceof Refusal && KINDS[error.kind] < 500)
      return reply.code(KINDS[error.kind]).send({ kind: error.kind, code: error.code, ...error.data })
    const status = error.statusCode ?? 500
    if (status < 500)
      return reply
        .code(status)
        .send({ kind: status === 429 ? 'limited' : 'invalid', code: status === 429 ? 'limited' : 'invalid_input' })
    app.log.error(
      { id: request.id, path: request.url.split('?')[0] },
      String((error as { stack?: string }).stack ?? error),
    )
    return reply.code(500).send({ kind: 'fault', code: isGone(error) ? 'db.unavailable' : 'fault', id: request.id })
  })

  const rpc = new RPCHandler(router, { clientInterceptors: [faults(app)], rootInterceptors: [inForm] })
  const rest = new OpenAPIHandler(router, {
    clientInterceptors: [faults(app)],
    rootInterceptors: [inForm],
    plugins: [new SmartCoercionPlugin({ schemaConverters: converters })],
  })

  // Where somebody signs in many come from one address; whoever guesses is slowed down instead.
  const guessed = { config: { rateLimit: ofAddress(240), guessed: true } }
  const strict = { config: { rateLimit: ofAddress(60) } }
  const open = { config: { rateLimit: ofAddress(240) } }
  const serve =
    (handler: typeof rpc | typeof rest, prefix: '/rpc' | '/api') =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { matched } = await handler.handle(request, reply, {
        prefix,
        context: await contextOf(house, request, reply),
      })
      if (!matched) reply.code(404).send({ kind: 'not_found', code: 'not_found' })
    }
  // The doors that need no sign-in are narrow.
  for (const [prefix, handler] of [
    ['/rpc', rpc],
    ['/api', rest],
  ] as const) {
    for (const name of ['signIn', 'completeSignIn', 'signInByPasskey', 'confirm'])
      app.all(`${prefix}/access/${name}`, guessed, serve(handler, prefix))
    app.all(`${prefix}/access/passkeyChallenge`, open, serve(handler, prefix))
    app.all(`${prefix}/documents/verify`, open, serve(handler, prefix))
    for (const name of ['publicNotice', 'printNotice', 'checkNotice', 'objectionByReceipt'])
      app.all(`${prefix}/cases/${name}`, open, serve(handler, prefix))
    app.all(`${prefix}/cases/raiseObjection`, strict, serve(handler, prefix))
    app.all(`${prefix}/*`, serve(handler, prefix))
  }

  app.get<{ Params: { id: string } }>('/files/:id', async (request, reply) => {
    const { actor } = await contextOf(house, request, reply)
    if (!actor) return reply.code(401).send({ kind: 'unauthenticated', code: 'access.sign_in_first' })
    try {
      const { headers, stream } = await actFor(house, actor, 'desk.file.read', (act) =>
        openDownload(act, house.files, request.params.id),
      )
      return reply.headers(headers).send(stream)
    } catch (error) {
      if (error instanceof Refusal) return reply.code(KINDS[error.kind]).send({ kind: error.kind, code: error.code })
      throw error
    }
  })
  app.get('/api/openapi.json', async () => openApi(house))
  app.get('/api/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(apiPage((await openApi(house)) as Parameters<typeof apiPage>[0])),
  )
  for (const add of routes) await add(app, house, (request, reply) => contextOf(house, request, reply))
  app.get('/health', async () => ({ ok: true }))
  await app.register(fastifyStatic, { root: WEB, wildcard: false, index: false, maxAge: '365d', immutable: true })
  app.setNotFoundHandler((request, reply) => {
    if (!['GET', 'HEAD'].includes(request.method) || /^\/(rpc|api)\//.test(request.url))
      return reply.code(404).send({ kind: 'not_found', code: 'not_found' })
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false })
  })
  return app
}

/** The OpenAPI 3.1 document of every procedure. */
export const openApi = (house?: House) =>
  new OpenAPIGenerator({ schemaConverters: converters }).generate(contract, {
    info: { title: '强师 Qiangshi', version: '0.1.0' },
    servers: [{ url: `${house?.settings.publicUrl ?? ''}/api` }],
  })

async function contextOf(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RequestContext & { request: FastifyRequest }> {
  const received = performance.now()
  const token = request.cookies[COOKIE]
  const device = request.cookies[DEVICE]
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: house.settings.publicUrl.startsWith('https:'),
  } as const
  return {
    request,
    received,
    house,
    actor: token ? await actorOfSession(house.db, token) : null,
    ...(token ? { token } : {}),
    ...(device && device.length < 100 ? { device } : {}),
    setDevice: (mark) => reply.setCookie(DEVICE, mark, { ...options, maxAge: DEVICE_AGE }),
    ip: request.ip,
    agent: request.headers['user-agent'],
    setCookie: (value) => {
      if (value === null) reply.clearCookie(COOKIE, options)
      else reply.setCookie(COOKIE, value, options)
    },
  }
}

type Call<R> = { context: RequestContext; path: readonly string[]; next(): Promise<R> }

/** What is not a refusal is a fault: logged once with an id, and the asker learns nothing but the id. */
const faults =
  (app: FastifyInstance) =>
  async <R>({ path, next }: Call<R>): Promise<R> => {
    try {
      return await next()
    } catch (error) {
      if (error instanceof ORPCError && error.status < 500) throw asInvalid(error)
      const id = newId()
      app.log.error({ id, path: path.join('.') }, String((error as Error).stack ?? error))
      const known = error instanceof ORPCError && error.data?.code ? error.data : { kind: 'fault', code: 'fault' }
      throw new ORPCError('FAULT', { status: 500, message: known.code, data: { ...known, id } })
    }
  }

/** A body that could not even be read is answered in the product's form as well. */
async function inForm<R extends { response: { status: number; body?: unknown } | undefined }>({
  next,
}: {
  next(): Promise<R>
}): Promise<R> {
  const result = await next()
  const { status = 0, body } = result.response ?? {}
  if (status < 400 || status >= 500 || typeof body !== 'object' || body === null) return result
  const error = ('json' in body ? body.json : body) as { message?: string; data?: { code?: string } }
  if (!error.data?.code)
    Object.assign(error, { message: 'invalid_input', data: { kind: 'invalid', code: 'invalid_input' } })
  return result
}

/** Input that does not fit the contract, in the product's own form: which fields, and what is wrong with them. */
function asInvalid(
  error: ORPCError<string, { code?: string; issues?: { path?: PropertyKey[]; message: string }[] }>,
): unknown {
  if (error.data?.code || !error.data?.issues) return error
  const fields = error.data.issues.map(({ path = [], message }) => ({ field: path.map(String).join('.'), message }))
  return new ORPCError('INVALID', {
    status: 400,
    message: 'invalid_input',
    data: { kind: 'invalid', code: 'invalid_input', fields },
  })
}
