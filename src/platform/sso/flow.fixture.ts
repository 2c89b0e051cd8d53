/** A platform of the tests: registered in the product, known to it by the discovery address alone, driven by openid-client. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import * as openid from 'openid-client'
import type { World } from '../../../test/harness/world.ts'
import type { OpenHouse } from '../../server/house.ts'
import { hashPassword } from '../access/index.ts'

export const PASSWORD = 'Platform-2023'

let visitors = 0

/** A browser as far as the protocol needs one: cookies, and redirects followed as long as they stay with us. */
export class Visitor {
  readonly #app: FastifyInstance
  readonly jar = new Map<string, string>()
  readonly #from = `10.0.${Math.floor(visitors / 250)}.${(visitors++ % 250) + 1}`
  constructor(app: FastifyInstance) {
    this.#app = app
  }

  async ask(method: 'GET' | 'POST', address: string, body?: unknown, headers: Record<string, string> = {}) {
    const url = new URL(address, 'http://127.0.0.1:3000')
    const sent = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await this.#app.inject({
      method,
      url: url.pathname + url.search,
      remoteAddress: this.#from,
      headers: { host: url.host, ...(sent ? { cookie: sent } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    for (const cookie of answer.cookies) {
      if (cookie.value === '' || (cookie.expires && cookie.expires.getTime() < Date.now())) this.jar.delete(cookie.name)
      else this.jar.set(cookie.name, cookie.value)
    }
    return answer
  }

  async signIn(login: string, password = PASSWORD): Promise<void> {
    const answer = await this.ask('POST', '/rpc/access/signIn', { json: { login, password } })
    if (answer.statusCode !== 200) throw new Error(answer.body)
  }

  signOut = () => this.ask('POST', '/rpc/access/signOut', { json: {} })

  /** Follows redirects from an address of ours to the last one: an address of somebody else, or a page. */
  async follow(address: string): Promise<string> {
    let at = address
    for (let hop = 0; hop < 10; hop++) {
      const url = new URL(at, 'http://127.0.0.1:3000')
      if (url.origin !== 'http://127.0.0.1:3000') return at
      const answer = await this.ask('GET', at, undefined, { accept: 'text/html' })
      const to = answer.headers.location
      if (!to) return url.pathname + url.search
      at = new URL(String(to), url).href
    }
    throw new Error(`in a circle at ${at}`)
  }

  /** The question that the page between the platform and us shows, and the answer to it. */
  async question(page: string) {
    const uid = page.split('/').at(-1)!
    return {
      uid,
      asked: (await this.ask('GET', `/oidc/interaction/${uid}`, undefined, { accept: 'application/json' })).json(),
    }
  }
  async reply(uid: string, allowed: boolean) {
    return this.ask('POST', `/oidc/interaction/${uid}`, { allowed })
  }

  /** Enters a platform, letting it learn what it asks for. Returns the address that it gets back. */
  async enter(address: string): Promise<string> {
    let at = await this.follow(address)
    while (at.startsWith('/connect/')) {
      const { uid, asked } = await this.question(at)
      if (asked.step === 'over') at = await this.follow(asked.to)
      else if (asked.step === 'ask') at = await this.follow((await this.reply(uid, true)).json().to)
      else return asked.step
    }
    return at
  }
}

export type Listener = { url: string; tokens: string[]; close: () => Promise<void>; refuse: boolean }

/** Where a platform hears of sign-outs. */
export async function listen(): Promise<Listener> {
  const tokens: string[] = []
  const heard: Listener = { url: '', tokens, close: async () => {}, refuse: false }
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      if (!heard.refuse) tokens.push(new URLSearchParams(body).get('logout_token')!)
      response.writeHead(heard.refuse ? 503 : 200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  heard.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  heard.close = () => new Promise((resolve) => server.close(() => resolve()))
  return heard
}

/** Everybody of the world may sign in with the same password. */
export async function openDoors({ owner }: OpenHouse): Promise<void> {
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}`.execute(owner)
}

type Asked = Partial<Parameters<Awaited<ReturnType<World['as']>>['sso']['register']>[0]>

/** Registers a platform and makes a client of it that knows the discovery address. */
export async function platform(world: World, app: FastifyInstance, url: string, asked: Asked = {}) {
  const { sso } = await world.as('administrator@district')
  const made = await sso.register({
    orgId: world.district.id,
    ownerLogin: 'administrator-d',
    name: '教研云',
    nameEn: null,
    about: '集体备课与教研活动',
    icon: '研',
    colour: 'qing',
    category: 'teaching',
    operator: '测试区教师进修学院',
    purpose: '开展网络教研活动',
    basis: 'consent',
    basisText: '',
    contractFrom: null,
    contractUntil: null,
    roles: [],
    startUrl: `${url}/`,
    redirectUris: [`${url}/back`],
    signOutUris: [`${url}/bye`],
    logoutUri: `${url}/signed-out`,
    scopes: ['profile', 'school', 'roles', 'teaching'],
    pairwise: true,
    pkce: true,
    offline: false,
    confidential: true,
    ...asked,
  })
  const client = await openid.discovery(
    new URL('http://127.0.0.1:3000/oidc'),
    made.clientId,
    { redirect_uris: [`${url}/back`] },
    made.secret ? openid.ClientSecretBasic(made.secret) : openid.None(),
    { execute: [openid.allowInsecureRequests], [openid.customFetch]: through(app) },
  )
  client[openid.customFetch] = through(app)
  const begin = async (more: Record<string, string> = {}) => {
    const verifier = openid.randomPKCECodeVerifier()
    const nonce = openid.randomNonce()
    const state = openid.randomState()
    const address = openid.buildAuthorizationUrl(client, {
      redirect_uri: `${url}/back`,
      scope: ['openid', ...(asked.scopes ?? ['profile', 'school', 'roles', 'teaching'])].join(' '),
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
      state,
      ...more,
    }).href
    const finish = (back: string) =>
      openid.authorizationCodeGrant(client, new URL(back), {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        expectedState: state,
        idTokenExpected: true,
      })
    return { address, verifier, nonce, state, finish }
  }
  return { ...made, client, begin }
}

/** The platform's own server asks ours. */
const through =
  (app: FastifyInstance): openid.CustomFetch =>
  async (address, { method, headers, body }) => {
    const { pathname, search, host } = new URL(address)
    const answer = await app.inject({
      method: method as 'GET',
      url: pathname + search,
      headers: { host, ...headers },
      ...(body === undefined || body === null ? {} : { payload: String(body) }),
    })
    return new Response(answer.rawPayload.length > 0 ? new Uint8Array(answer.rawPayload) : null, {
      status: answer.statusCode,
      headers: Object.entries(answer.headers).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, String(one)] as [string, string]),
      ),
    })
  }
