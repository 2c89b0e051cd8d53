/** The doors of SCIM 2.0 (RFC 7643, 7644) beside the API: a bearer token, no cookie, errors in the form of the protocol. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { isGone } from '../../db/index.ts'
import { actAs, enter, type Holder } from '../tokens/holder.ts'
import { errorBody, ScimError } from './errors.ts'
import { activeIn, setActive } from './patch.ts'
import { projected, wantedOf } from './projection.ts'
import { configOf, schemasOf, typesOf } from './schemas.ts'
import { type Desk, type Kind, list, one, question } from './service.ts'
import type { RosterSource } from './sources.ts'
import { GROUP, LIST, MOUNT, SEARCH, USER } from './urns.ts'

const SCIM = 'application/scim+json; charset=utf-8'
const BODY = 65_536
/** By the address alone: a cookie is made up quickly. */
const config = {
  rateLimit: { max: 1_200, timeWindow: '1 minute', keyGenerator: ({ ip }: FastifyRequest) => ip },
  withoutCookie: true,
}
const NOT_HERE = 'the record is kept in the product: nothing is made, replaced or deleted here'

type Answer = { status?: number; body?: unknown; etag?: string; location?: string; allow?: string }
type Handle = (desk: Desk, request: FastifyRequest) => Promise<Answer>

export const scimRoutes =
  (sources: readonly RosterSource[]) =>
  async (app: FastifyInstance, house: House): Promise<void> => {
    await app.register(async (scope) => {
      scope.removeAllContentTypeParsers()
      for (const type of ['application/scim+json', 'application/json'])
        scope.addContentTypeParser(type, { parseAs: 'string', bodyLimit: BODY }, (_request, body, done) => {
          try {
            done(null, JSON.parse(String(body)))
          } catch {
            done(new ScimError(400, 'the body is not JSON', 'invalidSyntax'))
          }
        })
      // Neither the address nor a body goes into the log: a filter may hold a name.
      scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
        if (error instanceof ScimError) return fail(reply, error.status, error.message, error)
        if (error instanceof Refusal && error.kind !== 'fault') return fail(reply, 403, error.code)
        const status = error.statusCode ?? 500
        if (status < 500)
          return fail(reply, status, status === 429 ? 'too many requests' : 'the request cannot be read')
        const id = newId()
        scope.log.error({ id, path: request.routeOptions.url }, isGone(error) ? 'database' : placeOf(error))
        return fail(reply, 500, `fault ${id}`)
      })

      const open = (path: string, answer: (request: FastifyRequest) => unknown) =>
        scope.get(`${MOUNT}${path}`, { config }, async (request, reply) => {
          if (Object.hasOwn(request.query as object, 'filter')) throw new ScimError(403, 'there is no filter here')
          const body = answer(request)
          if (body === undefined) throw new ScimError(404, 'not found')
          return send(reply, { body })
        })
      const url = () => house.settings.publicUrl
      const listed = (all: readonly unknown[]) => ({
        schemas: [LIST],
        totalResults: all.length,
        startIndex: 1,
        itemsPerPage: all.length,
        Resources: all,
      })
      const byId = (all: readonly { id: string }[]) => (request: FastifyRequest) =>
        all.find(({ id }) => id === (request.params as { id: string }).id)
      open('/ServiceProviderConfig', () => configOf(url()))
      open('/ResourceTypes', () => listed(typesOf(url())))
      open('/ResourceTypes/:id', (request) => byId(typesOf(url()))(request))
      open('/Schemas', () => listed(schemasOf(url(), sources)))
      open('/Schemas/:id', (request) => byId(schemasOf(url(), sources))(request))

      const guarded = (thing: string, handle: Handle) => async (request: FastifyRequest, reply: FastifyReply) => {
        const holder = await holderOf(house, request)
        if (!holder) {
          reply.header('www-authenticate', 'Bearer realm="scim"')
          throw new ScimError(401, 'the token is missing, unknown, expired or revoked')
        }
        if (!holder.things.includes(thing)) throw new ScimError(403, `the token does not hold ${thing}`)
        const answer = await actAs(house, holder, request.ip, (act) => handle({ act, house, holder, sources }, request))
        return send(reply, answer)
      }
      const door = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, thing: string, handle: Handle) =>
        scope.route({ method, url: `${MOUNT}${path}`, config, handler: guarded(thing, handle) })
      const never: Handle = async () => {
        throw new ScimError(501, NOT_HERE)
      }

      for (const [kind, path, core] of [
        ['User', '/Users', USER],
        ['Group', '/Groups', GROUP],
      ] as const) {
        door('GET', path, 'scim.read', async (desk, { query }) => ({ body: await list(desk, kind, asked(query)) }))
        door('POST', `${path}/.search`, 'scim.read', async (desk, { body }) => ({
          body: await list(desk, kind, searched(body)),
        }))
        door('GET', `${path}/:id`, 'scim.read', (desk, request) => shown(desk, kind, core, request))
        door('POST', path, 'scim.write', never)
        door('PUT', `${path}/:id`, 'scim.write', never)
        door('DELETE', `${path}/:id`, 'scim.write', never)
      }
      door('PATCH', '/Groups/:id', 'scim.write', never)
      door('POST', '/Bulk', 'scim.write', never)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) door(method, '/Me', 'scim.read', never)
      door('PATCH', '/Users/:id', 'scim.write', async (desk, request) => {
        const active = activeIn(request.body)
        const wanted = wantedOf(undefined, undefined, USER)
        const { id } = request.params as { id: string }
        const { key, resource } = await one(desk, 'User', id, wanted)
        const match = request.headers['if-match']
        if (match !== undefined && match !== '*' && !names(match, String(resource.meta.version)))
          throw new ScimError(412, 'it was changed meanwhile')
        await setActive(desk.act, desk.holder, key, active)
        return whole((await one(desk, 'User', id, wanted)).resource)
      })
      scope.all(`${MOUNT}/*`, { config }, async () => {
        throw new ScimError(404, 'not found')
      })
    })
  }

const holderOf = async (house: House, { headers }: FastifyRequest): Promise<Holder | null> => {
  const token = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '')?.[1]
  return token === undefined ? null : enter(house, token)
}

function asked(given: unknown) {
  const { success, data } = question.safeParse(given)
  if (!success) throw new ScimError(400, 'a parameter makes no sense', 'invalidValue')
  return data
}
function searched(body: unknown) {
  const { schemas } = (body ?? {}) as { schemas?: unknown }
  if (!Array.isArray(schemas) || !schemas.includes(SEARCH))
    throw new ScimError(400, `schemas must name ${SEARCH}`, 'invalidSyntax')
  return asked(body)
}

async function shown(desk: Desk, kind: Kind, core: string, request: FastifyRequest): Promise<Answer> {
  const { attributes, excludedAttributes } = asked(request.query)
  const wanted = wantedOf(attributes, excludedAttributes, core)
  const { resource } = await one(desk, kind, (request.params as { id: string }).id, wanted)
  const version = String(resource.meta.version)
  if (names(request.headers['if-none-match'], version)) return { status: 304, etag: version }
  return { ...whole(resource), body: projected(resource, wanted) }
}

const whole = (resource: { meta: Record<string, unknown> }): Answer => ({
  body: resource,
  etag: String(resource.meta.version),
  location: String(resource.meta.location),
})

/** Whether a condition names this version, weak or strong. */
const names = (condition: string | undefined, version: string): boolean =>
  condition
    ?.split(',')
    .some((mark) => mark.trim() === '*' || mark.trim().replace(/^W\//, '') === version.replace(/^W\//, '')) ?? false

function send(reply: FastifyReply, { status = 200, body, etag, location }: Answer): FastifyReply {
  reply.code(status).header('cache-control', 'no-store')
  if (etag) reply.header('etag', etag)
  if (location) reply.header('content-location', location)
  return status === 304 ? reply.send() : reply.type(SCIM).send(body)
}

const fail = (
  reply: FastifyReply,
  status: number,
  detail: string,
  { scimType }: Partial<ScimError> = {},
): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(SCIM)
    .send(errorBody(status, detail, scimType))

/** Where it went wrong, without what was asked: the database repeats values in its messages. */
const placeOf = (error: Error): string =>
  [
    error.name,
    (error as { code?: string }).code ?? '',
    ...(error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12),
  ].join('\n')
