/** Another system of the tests: registered in the product, known to it by a token, asking by real HTTP. */
import type { FastifyInstance } from 'fastify'
import type { World } from '../../../test/harness/world.ts'
import { aPlatform } from '../../../test/house/furniture.ts'
import { buildApp } from '../../server/app.ts'
import type { OpenHouse } from '../../server/house.ts'

type Made = Awaited<ReturnType<World['as']>>
type Platform = Partial<Parameters<Made['sso']['register']>[0]>
type Token = Partial<Parameters<Made['provisioning']['makeToken']>[0]>

export const SCIM = 'application/scim+json'
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const TEACHER = 'urn:ietf:params:scim:schemas:extension:qiangshi:2.0:User'

export async function openDoor(house: OpenHouse): Promise<{ app: FastifyInstance; url: string }> {
  const app = await buildApp(house, { callsAMinute: 1_000_000 })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  house.settings.publicUrl = url
  return { app, url }
}

/** A platform that the law wants, told everything that a platform with names of its own may be told. */
export async function platformOf(world: World, asked: Platform = {}): Promise<string> {
  const { sso } = await world.as('administrator@district')
  const { platformId } = await sso.register({
    ...aPlatform,
    orgId: world.district.id,
    confidential: true,
    basis: 'duty',
    basisText: '关于统一人员信息管理的通知',
    scopes: ['profile', 'school', 'roles', 'teaching'],
    ...asked,
  })
  return platformId
}

export async function tokenFor(
  world: World,
  holderId: string,
  asked: Token = {},
): Promise<{ tokenId: string; token: string }> {
  const { provisioning } = await world.as('administrator@district')
  return provisioning.makeToken({
    holderId,
    kind: 'platform',
    name: '名册',
    orgIds: [world.district.id],
    things: ['scim.read'],
    scopes: [],
    expiresOn: '2023-12-31',
    ...asked,
  })
}

export type Answer = {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is looked at by the tests
  body: any
}

/** Asks as the holder of a token does. */
export const asker =
  (url: () => string, token: string | null) =>
  async (
    path: string,
    { method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> => {
    const answer = await fetch(`${url()}/scim/v2${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': SCIM }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
  }

export const filtered = (filter: string, more = ''): string => `/Users?filter=${encodeURIComponent(filter)}${more}`
