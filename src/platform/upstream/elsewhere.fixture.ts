/** Other providers of the tests: a second OpenID provider and a CAS, each a server of its own, where anybody signs in under the name they type. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export type Elsewhere = {
  /** The issuer, or where the CAS begins. */
  address: string
  host: string
  /** How somebody is said to have signed in there. */
  amr: string[]
  close: () => Promise<void>
}

const FORM = (title: string) => `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>
<form method="post"><label>Name <input name="login"></label><button>Sign in</button></form></html>`

async function open(
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<[Server, string]> {
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return [server, `127.0.0.1:${(server.address() as AddressInfo).port}`]
}
const shut = (server: Server) => async () => {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}
async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return new URLSearchParams(Buffer.concat(parts).toString())
}

export const CLIENT = { clientId: 'qiangshi', secret: 'kept between the two of them' }

/** oidc-provider as somebody else would run it, for the product at this address. */
export async function openOidc(home = 'http://127.0.0.1:3000'): Promise<Elsewhere> {
  let provider: Provider
  const [server, host] = await open(async (request, response) => {
    const uid = /^\/enter\/([\w-]+)$/.exec(request.url ?? '')?.[1]
    if (!uid) return provider.callback()(request, response)
    if (request.method !== 'POST') return response.setHeader('content-type', 'text/html').end(FORM('Elsewhere'))
    const accountId = (await formOf(request)).get('login') ?? ''
    if (accountId === '')
      return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'left' })
    return provider.interactionFinished(request, response, { login: { accountId, amr: made.amr } })
  })
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const made = { address: `http://${host}`, host, amr: ['pwd'], close: shut(server) }
  provider = new Provider(made.address, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.secret,
        redirect_uris: ['city', 'other'].map((key) => `${home}/upstream/${key}/callback`),
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' } as never] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub', 'amr'], profile: ['name'], acr: null },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, { uid }) => `/enter/${uid}` },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: `${accountId} there` }) }),
    // Everybody has agreed.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client!.clientId,
        accountId: ctx.oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    ttl: { Session: 3_600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  })
  return made
}

type Ticket = { user: string; service: string; fresh: boolean }

/** A CAS as its protocol has it: sign-in kept in a cookie, tickets good once and for one service. */
export async function openCas(): Promise<Elsewhere & { tickets: Map<string, Ticket>; asked: string[] }> {
  const tickets = new Map<string, Ticket>()
  const signedIn = new Map<string, string>()
  const asked: string[] = []
  const xml = (inside: string) =>
    `<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">\n  ${inside}\n</cas:serviceResponse>`
  const [server, host] = await open(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://cas')
    const service = url.searchParams.get('service') ?? ''
    const renew = url.searchParams.get('renew') === 'true'
    const goBack = (user: string, fresh: boolean) => {
      const ticket = `ST-${randomBytes(12).toString('hex')}-cas`
      tickets.set(ticket, { user, service, fresh })
      const to = new URL(service)
      to.searchParams.append('ticket', ticket)
      return response.writeHead(302, { location: to.href }).end()
    }
    if (url.pathname === '/cas/login') {
      const known = signedIn.get(/(?:^|; )TGC=([\w]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '')
      if (request.method === 'GET' && known && !renew) return goBack(known, false)
      if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end(FORM('CAS'))
      const login = (await formOf(request)).get('login') ?? ''
      const cookie = randomBytes(12).toString('hex')
      signedIn.set(cookie, login)
      response.setHeader('set-cookie', `TGC=${cookie}; Path=/cas; HttpOnly`)
      return goBack(login, true)
    }
    if (!/^\/cas(\/p3)?\/serviceValidate$/.test(url.pathname)) return response.writeHead(404).end('nothing here')
    asked.push(url.pathname)
    const number = url.searchParams.get('ticket') ?? ''
    const ticket = tickets.get(number)
    tickets.delete(number)
    response.setHeader('content-type', 'application/xml')
    if (!ticket || (renew && !ticket.fresh))
      return response.end(xml(`<cas:authenticationFailure code="INVALID_TICKET">${number}</cas:authenticationFailure>`))
    if (ticket.service !== service)
      return response.end(xml('<cas:authenticationFailure code="INVALID_SERVICE">other</cas:authenticationFailure>'))
    const attributes = url.pathname.startsWith('/cas/p3')
      ? `<cas:attributes><cas:displayName>${ticket.user} there</cas:displayName>${made.amr.map((one) => `<cas:amr>${one}</cas:amr>`).join('')}</cas:attributes>`
      : ''
    return response.end(
      xml(`<cas:authenticationSuccess><cas:user>${ticket.user}</cas:user>${attributes}</cas:authenticationSuccess>`),
    )
  })
  const made = { address: `http://${host}/cas`, host, amr: ['pwd'], tickets, asked, close: shut(server) }
  return made
}

/** A browser at other providers: goes where it is sent, types a name where it is asked, and stops where it is sent back to the product. */
export class There {
  readonly #jar = new Map<string, string>()

  async enter(address: string, name: string, home = 'http://127.0.0.1:3000'): Promise<string> {
    let at = new URL(address)
    let body: string | undefined
    for (let hop = 0; hop < 12; hop++) {
      if (at.origin === home) return at.href
      const jar = [...this.#jar]
        .filter(([key]) => key.startsWith(`${at.host} `))
        .map(([key, value]) => `${key.split(' ')[1]}=${value}`)
      const answer = await fetch(at, {
        redirect: 'manual',
        headers: {
          cookie: jar.join('; '),
          ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(body === undefined ? {} : { method: 'POST', body }),
      })
      body = undefined
      for (const cookie of answer.headers.getSetCookie()) {
        const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        if (value === '') this.#jar.delete(`${at.host} ${key}`)
        else this.#jar.set(`${at.host} ${key}`, value)
      }
      const to = answer.headers.get('location')
      if (to) at = new URL(to, at)
      else if (answer.status === 200) body = new URLSearchParams({ login: name }).toString()
      else throw new Error(`${answer.status} ${await answer.text()}`)
    }
    throw new Error(`in a circle at ${at}`)
  }
}
