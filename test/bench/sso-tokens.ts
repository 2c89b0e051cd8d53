/** Tokens for other platforms: entering one and staying there, beside the bare provider that keeps everything in memory and knows nobody. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { Agent, createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { buildApp } from '../../src/server/app.ts'
import { districtHouse } from './cluster.ts'
import { type Bench, type Benchmark, inTurn, secondsOf } from './measure.ts'
import { signedIn } from './sso-house.ts'

/** How many people at once, and how often each in one round. */
const LINES = 16
const TURNS = 12
const ROUNDS = 5
const BACK = 'https://platform.example/back'

type Answer = { status: number; headers: IncomingHttpHeaders; body: string }
/** One side: where it listens, what the platform is called there, and the cookie of each person. */
type Side = { port: number; clientId: string; secret: string; cookies: string[] }

const agent = new Agent({ keepAlive: true, maxSockets: LINES })

const ask = (
  port: number,
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...headers, ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}) },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part) => {
          text += part
        })
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: text }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })

async function redeem(
  { port, clientId, secret }: Side,
  given: Record<string, string>,
): Promise<{ refresh_token: string }> {
  const answer = await ask(
    port,
    'POST',
    '/oidc/token',
    {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
    },
    new URLSearchParams(given).toString(),
  )
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
  return JSON.parse(answer.body)
}

/** Asks for a code with the session that is there, and redeems it: what happens behind one click. */
async function enter(side: Side, cookie: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_id: side.clientId,
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: BACK,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const { headers, status } = await ask(side.port, 'GET', `/oidc/auth?${query}`, { cookie })
  const code = URL.parse(String(headers.location))?.searchParams.get('code')
  if (!code) throw new Error(`${status} ${headers.location}`)
  return (await redeem(side, { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: verifier }))
    .refresh_token
}

/** Everybody at once, each one after the other; how many a second. */
async function rate(work: (line: number) => Promise<void>): Promise<number> {
  const seconds = await secondsOf(() =>
    Promise.all(
      Array.from({ length: LINES }, async (_, line) => {
        for (let turn = 0; turn < TURNS; turn++) await work(line)
      }),
    ),
  )
  return (LINES * TURNS) / seconds
}

const entering = (side: Side) => () => rate(async (line) => void (await enter(side, side.cookies[line]!)))
const staying = (side: Side, tokens: string[]) => () =>
  rate(async (line) => {
    tokens[line] = (await redeem(side, { grant_type: 'refresh_token', refresh_token: tokens[line]! })).refresh_token
  })

/** The provider as it comes, with the same algorithm, lifetimes and rotation; its people are names in a list. */
async function bareSide(): Promise<Side & { close: () => Promise<void> }> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const [clientId, secret] = ['bare', randomBytes(32).toString('base64url')]
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const provider = new Provider(`http://127.0.0.1:${port}/oidc`, {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
    clients: [
      {
        client_id: clientId,
        client_secret: secret,
        redirect_uris: [BACK],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name'] },
    cookies: { keys: [] },
    features: { devInteractions: { enabled: false }, dPoP: { enabled: false } },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    ttl: { AccessToken: 600, RefreshToken: 43_200, IdToken: 3600, Session: 43_200, Grant: 43_200, Interaction: 600 },
    findAccount: async (_, accountId) => ({ accountId, claims: async () => ({ sub: accountId, name: accountId }) }),
    loadExistingGrant: async ({ oidc }) => {
      const held = oidc.session!.grantIdFor(clientId)
      if (held) return oidc.provider.Grant.find(held)
      const grant = new oidc.provider.Grant({ accountId: oidc.account!.accountId, clientId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const callback = provider.callback()
  server.on('request', (incoming, outgoing) => {
    Object.assign(incoming, { originalUrl: incoming.url })
    incoming.url = incoming.url!.slice('/oidc'.length)
    void callback(incoming, outgoing)
  })
  const cookies: string[] = []
  for (let line = 0; line < LINES; line++) {
    const session = new provider.Session()
    session.loginAccount({ accountId: `person-${line}`, loginTs: Math.floor(Date.now() / 1000) })
    await session.save(43_200)
    cookies.push(`_session=${session.jti}`)
  }
  return { port, clientId, secret, cookies, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** The product as it runs: people of the record, sessions, consent, the trail, everything in PostgreSQL. */
async function productSide(bench: Bench): Promise<Side & { close: () => Promise<void> }> {
  const house = await districtHouse(bench)
  const app = await buildApp(house, { callsAMinute: Number.POSITIVE_INFINITY })
  house.settings.publicUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  const { cookies, clientId, secret } = await signedIn(house, LINES, BACK)
  return {
    port: (app.server.address() as AddressInfo).port,
    clientId,
    secret,
    cookies,
    close: async () => {
      await app.close()
      await house.close()
    },
  }
}

export const ssoTokens: Benchmark = {
  name: 'sso-tokens',
  what: 'platforms entered and tokens refreshed a second, beside bare oidc-provider in memory',
  run: async (bench) => {
    const bare = await bareSide()
    const product = await productSide(bench)
    try {
      bench.say(`${LINES} people, ${TURNS} times each a round`)
      const entered = await inTurn(ROUNDS, entering(product), entering(bare), 1)
      const tokens = async (side: Side) => Promise.all(side.cookies.map((cookie) => enter(side, cookie)))
      const [own, theirs] = [await tokens(product), await tokens(bare)]
      const stayed = await inTurn(ROUNDS, staying(product, own), staying(bare, theirs), 1)
      return {
        comparisons: [
          {
            what: 'platforms entered: a code asked for and redeemed',
            unit: '/s',
            values: entered.values,
            baseline: { what: 'oidc-provider, memory adapter', values: entered.base },
          },
          {
            what: 'refresh tokens rotated',
            unit: '/s',
            values: stayed.values,
            baseline: { what: 'oidc-provider, memory adapter', values: stayed.base },
          },
        ],
      }
    } finally {
      await bare.close()
      await product.close()
      agent.destroy()
    }
  },
}
