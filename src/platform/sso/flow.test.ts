/** The whole way of a platform that knows only the discovery address: in, about, on, and out again. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import * as openid from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { buildApp } from '../../server/app.ts'
import type { OpenHouse } from '../../server/house.ts'
import { type Listener, listen, openDoors, PASSWORD, platform, Visitor } from './flow.fixture.ts'

let house: OpenHouse
let world: World
let app: FastifyInstance
let heard: Listener
const visitors: Visitor[] = []
const visitor = async (login: string | null) => {
  const one = new Visitor(app)
  if (login) await one.signIn(login)
  visitors.push(one)
  return one
}
const count = async (query: ReturnType<typeof sql<{ n: number }>>) => (await query.execute(house.owner)).rows[0]!.n

beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 3)
  await openDoors(house)
  app = await buildApp(house)
  await app.ready()
  heard = await listen()
})
afterAll(async () => {
  await app?.close()
  await heard?.close()
  await house?.close()
})

describe('a platform that knows the discovery address', () => {
  it('is let in by who signs in and allows it, and is told what the record says', async () => {
    const { begin, client } = await platform(world, app, heard.url)
    const teacher = world.teachers[0][0]!
    const person = await visitor(null)
    const { address, finish } = await begin()
    const page = await person.follow(address)
    expect(page).toMatch(/^\/connect\//)
    expect((await person.question(page)).asked).toEqual({ step: 'sign_in' })
    await person.signIn('t00001')
    const { asked: signedIn } = await person.question(page)
    expect(signedIn.step).toBe('over')
    const consent = await person.follow(signedIn.to)
    const { uid, asked } = await person.question(consent)
    expect(asked).toMatchObject({ step: 'ask', platform: { name: '教研云', basis: 'consent' }, offline: false })
    expect(asked.gets.find(({ scope }: { scope: string }) => scope === 'profile').values[0]).toEqual({
      claim: 'name',
      value: teacher.name,
    })
    const back = await person.follow((await person.reply(uid, true)).json().to)
    expect(back.startsWith(`${heard.url}/back?`)).toBe(true)
    const tokens = await finish(back)
    const claims = tokens.claims()!
    expect(claims).toMatchObject({ aud: client.clientMetadata().client_id, amr: ['pwd'] })
    expect(claims.sub).not.toBe(teacher.account)
    expect(claims).not.toHaveProperty('name')
    const about = await openid.fetchUserInfo(client, tokens.access_token, claims.sub)
    expect(about).toMatchObject({
      name: teacher.name,
      school: [{ name: '第一小学' }],
      roles: [{ code: 'teacher', name: '教师' }],
    })
    expect(about.stages).toEqual([expect.objectContaining({ code: expect.any(String), name: expect.any(String) })])
    expect(JSON.stringify(about)).not.toContain(teacher.number)
  })

  it('is not asked for again, and tells nothing without asking', async () => {
    const { begin } = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const first = await begin()
    await first.finish(await person.enter(first.address))
    const again = await begin({ prompt: 'none' })
    await again.finish(await person.follow(again.address))
    const stranger = await visitor('t00002')
    const silent = await begin({ prompt: 'none' })
    expect(await stranger.follow(silent.address)).toContain('error=consent_required')
    const nobody = await visitor(null)
    expect(await nobody.follow((await begin({ prompt: 'none' })).address)).toContain('error=login_required')
  })

  it('goes away empty where the person says no, and asks anew after they took it back', async () => {
    const made = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const { address } = await made.begin()
    const { uid } = await person.question(await person.follow(address))
    expect(await person.follow((await person.reply(uid, false)).json().to)).toContain('error=access_denied')
    const second = await made.begin()
    const tokens = await second.finish(await person.enter(second.address))
    const { sso } = await world.as(world.teachers[0][0]!.account)
    expect((await sso.apps()).find(({ id }) => id === made.platformId)?.consent?.scopes).toContain('school')
    await sso.withdraw({ platformId: made.platformId })
    await expect(openid.fetchUserInfo(made.client, tokens.access_token, tokens.claims()!.sub)).rejects.toThrow()
    await expect(openid.refreshTokenGrant(made.client, tokens.refresh_token!)).rejects.toThrow()
    expect(await person.follow((await made.begin()).address)).toMatch(/^\/connect\//)
  })

  it('gets a new sign-in where it wants one', async () => {
    const { begin } = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const first = await begin()
    await first.finish(await person.enter(first.address))
    await sql`update access.session set auth_at = auth_at - interval '1 hour', confirmed_at = confirmed_at - interval '1 hour'`.execute(
      house.owner,
    )
    const { address, finish } = await begin({ prompt: 'login' })
    const page = await person.follow(address)
    expect((await person.question(page)).asked).toEqual({ step: 'again' })
    await person.signIn('t00001')
    const tokens = await finish(await person.enter(page))
    expect(tokens.claims()!.auth_time).toBeGreaterThan(Date.now() / 1000 - 60)
  })

  it('or hears that it is still them, which leaves the sign-in as it was', async () => {
    const { begin } = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const first = await begin()
    const before = await first.finish(await person.enter(first.address))
    await sql`update access.session set confirmed_at = confirmed_at - interval '1 hour'`.execute(house.owner)
    const { address, finish } = await begin({ max_age: '60' })
    const page = await person.follow(address)
    expect((await person.question(page)).asked).toEqual({ step: 'again' })
    const said = await person.ask('POST', '/rpc/access/confirm', { json: { password: PASSWORD } })
    expect(said.statusCode).toBe(200)
    const tokens = await finish(await person.enter(page))
    expect(tokens.claims()!.auth_time).toBeGreaterThan(Date.now() / 1000 - 60)
    expect(tokens.claims()!.sid).toBe(before.claims()!.sid)
  })
})

describe('the doors', () => {
  it('stand behind https as well, with cookies that go nowhere else', async () => {
    const safe = await buildApp({
      ...house,
      settings: { ...house.settings, publicUrl: 'https://teachers.example' },
    } as OpenHouse)
    const found = (
      await safe.inject({ url: '/oidc/.well-known/openid-configuration', headers: { host: 'teachers.example' } })
    ).json()
    expect(found).toMatchObject({
      issuer: 'https://teachers.example/oidc',
      token_endpoint: 'https://teachers.example/oidc/token',
    })
    const { clientId } = await platform(world, app, heard.url)
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${heard.url}/back`,
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    })
    const answer = await safe.inject({ url: `/oidc/auth?${query}`, headers: { host: 'teachers.example' } })
    expect(answer.headers.location).toMatch(/^\/oidc\/interaction\//)
    expect(answer.cookies.length).toBeGreaterThan(0)
    for (const cookie of answer.cookies) expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax' })
    await safe.close()
  })

  it('of servers are open to pages of other origins, those of people are not', async () => {
    const foreign = {
      origin: 'https://platform.example',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/x-www-form-urlencoded',
    }
    const token = await app.inject({
      method: 'POST',
      url: '/oidc/token',
      headers: foreign,
      payload: 'grant_type=authorization_code',
    })
    expect([token.statusCode, token.json().error]).toEqual([400, 'invalid_request'])
    for (const url of ['/oidc/sign-out', '/oidc/interaction/x', '/oidc/session/end/confirm'])
      expect((await app.inject({ method: 'POST', url, headers: foreign, payload: '' })).statusCode).toBe(403)
  })

  it('let an answer that is a form leave to the platform alone', async () => {
    const { begin } = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const first = await begin()
    await first.finish(await person.enter(first.address))
    const answer = await person.ask('GET', (await begin({ response_mode: 'form_post' })).address, undefined, {
      accept: 'text/html',
    })
    expect(answer.body).toContain(`action="${heard.url}/back"`)
    expect(answer.headers['content-security-policy']).toContain(`form-action ${heard.url};`)
    expect(answer.headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-/)
  })

  it('keep a browser that cannot keep a secret to its proof', async () => {
    const made = await platform(world, app, heard.url, { confidential: false })
    const person = await visitor('t00001')
    const { address, finish } = await made.begin()
    const bare = new URL(address)
    bare.searchParams.delete('code_challenge')
    bare.searchParams.delete('code_challenge_method')
    expect(await person.follow(bare.href)).toContain('error=invalid_request')
    expect((await finish(await person.enter(address))).claims()!.aud).toBe(made.clientId)
  })
})

describe('addresses', () => {
  it.each([
    ['another path', '/back2'],
    ['a longer path', '/back/x'],
    ['a query added', '/back?x=1'],
    ['a slash added', '/back/'],
  ])('are compared letter by letter: %s', async (_, path) => {
    const { begin } = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const { address } = await begin({ redirect_uri: heard.url + path })
    expect(await person.follow(address)).toBe('/connect/trouble?why=invalid_redirect_uri')
  })

  it('must be one’s own and safe', async () => {
    const wrong = (asked: object) => platform(world, app, heard.url, asked)
    await expect(wrong({ redirectUris: ['http://platform.example/back'] })).rejects.toMatchObject({
      message: 'sso.address_insecure',
    })
    await expect(wrong({ redirectUris: ['https://*.example/back'], logoutUri: null })).rejects.toMatchObject({
      message: 'sso.address_fragment',
    })
    await expect(wrong({ logoutUri: 'https://elsewhere.example/out' })).rejects.toMatchObject({
      message: 'sso.address_foreign',
    })
    await expect(wrong({ scopes: ['number'] })).rejects.toMatchObject({ message: 'sso.number_hidden' })
  })
})

describe('what was issued', () => {
  const entered = async (login = 't00001', asked = {}) => {
    const made = await platform(world, app, heard.url, asked)
    const person = await visitor(login)
    const { address, finish } = await made.begin()
    const back = await person.enter(address)
    return { ...made, person, back, finish, tokens: await finish(back) }
  }

  it('as a code is good once: the second time everything is void', async () => {
    const { finish, back, client, tokens } = await entered()
    await expect(finish(back)).rejects.toThrow()
    await expect(openid.fetchUserInfo(client, tokens.access_token, tokens.claims()!.sub)).rejects.toThrow()
  })

  it('as a code is no use without what it was asked for with', async () => {
    const made = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const { address, state, nonce } = await made.begin()
    const back = await person.enter(address)
    await expect(
      openid.authorizationCodeGrant(made.client, new URL(back), {
        pkceCodeVerifier: openid.randomPKCECodeVerifier(),
        expectedState: state,
        expectedNonce: nonce,
      }),
    ).rejects.toThrow()
  })

  it('as a refresh token is good once, and a second use ends the line', async () => {
    const { client, tokens } = await entered()
    const next = await openid.refreshTokenGrant(client, tokens.refresh_token!)
    expect(next.refresh_token).not.toBe(tokens.refresh_token)
    await expect(openid.refreshTokenGrant(client, tokens.refresh_token!)).rejects.toThrow()
    await expect(openid.refreshTokenGrant(client, next.refresh_token!)).rejects.toThrow()
    await expect(openid.fetchUserInfo(client, next.access_token, tokens.claims()!.sub)).rejects.toThrow()
  })

  it('is good for one of two who bring it at the same moment, and then for nobody', async () => {
    const { client, tokens } = await entered()
    const both = await Promise.allSettled(
      [1, 2, 3, 4].map(() => openid.refreshTokenGrant(client, tokens.refresh_token!)),
    )
    const won = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(won.length).toBeLessThan(2)
    for (const one of won) await expect(openid.refreshTokenGrant(client, one.refresh_token!)).rejects.toThrow()
  })

  it('is no use to another platform', async () => {
    const { tokens } = await entered()
    const other = await platform(world, app, heard.url)
    await expect(openid.refreshTokenGrant(other.client, tokens.refresh_token!)).rejects.toThrow()
  })

  it('stands nowhere in the database as it was given', async () => {
    const { tokens, secret } = await entered()
    const { rows } = await sql<{
      text: string
    }>`select (select string_agg(a::text, ' ') from sso.artifact a) || (select string_agg(p::text, ' ') from sso.platform p)
      || (select string_agg(k::text, ' ') from sso.signing_key k) as text`.execute(house.owner)
    for (const held of [tokens.access_token, tokens.refresh_token!, secret!]) expect(rows[0]!.text).not.toContain(held)
    expect(rows[0]!.text).not.toContain('"d":')
  })

  it('names the same person differently to each platform, and by one name where it may know them', async () => {
    const [one, two] = [await entered(), await entered()]
    expect(one.tokens.claims()!.sub).not.toBe(two.tokens.claims()!.sub)
    const open = await entered('t00001', { pairwise: false, scopes: ['profile', 'number'] })
    const about = await openid.fetchUserInfo(open.client, open.tokens.access_token, open.tokens.claims()!.sub)
    expect(about).toMatchObject({ sub: world.teachers[0][0]!.account, teacher_number: world.teachers[0][0]!.number })
  })
})

describe('who may enter', () => {
  it('is who the platform is meant for', async () => {
    const made = await platform(world, app, heard.url, { roles: ['principal'] })
    const person = await visitor('t00001')
    expect(await person.follow((await made.begin()).address)).toContain('error=access_denied')
    const { sso } = await world.as(world.teachers[0][0]!.account)
    expect((await sso.apps()).map(({ id }) => id)).not.toContain(made.platformId)
    const abroad = await platform(world, app, heard.url)
    const neighbour = await visitor('t00007')
    expect(await neighbour.follow((await abroad.begin()).address)).toContain('error=access_denied')
  })

  it('is nobody once the platform is suspended or its contract is over', async () => {
    const made = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const { address, finish } = await made.begin()
    const tokens = await finish(await person.enter(address))
    const { sso } = await world.as('administrator@district')
    await sso.setState({ platformId: made.platformId, state: 'suspended', reason: '接到投诉，停用核查' })
    await expect(openid.refreshTokenGrant(made.client, tokens.refresh_token!)).rejects.toThrow()
    expect(await person.follow((await made.begin()).address)).toMatch(/^\/connect\/trouble/)
    const over = await platform(world, app, heard.url, { contractUntil: '2023-02-28' })
    expect(await person.follow((await over.begin()).address)).toMatch(/^\/connect\/trouble/)
  })

  it('is not who has been disabled since', async () => {
    const made = await platform(world, app, heard.url)
    const person = await visitor('t00003')
    const { address, finish } = await made.begin()
    const tokens = await finish(await person.enter(address))
    await (await world.as('administrator@district')).access.disableAccount({
      accountId: world.teachers[0][2]!.account,
      disabled: true,
    })
    await expect(openid.refreshTokenGrant(made.client, tokens.refresh_token!)).rejects.toThrow()
    expect(await person.follow((await made.begin({ prompt: 'none' })).address)).toContain('error=login_required')
  })

  it('is not whoever found an address on the way: the question belongs to the browser that asked', async () => {
    const { begin } = await platform(world, app, heard.url)
    const attacker = await visitor(null)
    const page = await attacker.follow((await begin()).address)
    const victim = await visitor('t00002')
    expect((await victim.question(page)).asked).toEqual({ step: 'lost' })
    expect((await victim.reply(page.split('/').at(-1)!, true)).statusCode).toBe(409)
  })
})

describe('signing out', () => {
  const body = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())
  type Tokens = Awaited<ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof platform>>['begin']>>['finish']>>
  /** What was heard of these sign-ins, once all of it was. */
  const told = async (entered: Tokens[]) => {
    const wanted = new Set(entered.map((one) => one.claims()!.sid))
    const found = () => heard.tokens.map(body).filter(({ sid }) => wanted.has(sid))
    for (let i = 0; i < 200 && found().length < wanted.size; i++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(new Set(found().map(({ sid }) => sid))).toEqual(wanted)
    return found()
  }
  const inside = async (login: string, ...platforms: Awaited<ReturnType<typeof platform>>[]) => {
    const person = await visitor(login)
    const entered = []
    for (const { begin } of platforms) {
      const { address, finish } = await begin()
      entered.push(await finish(await person.enter(address)))
    }
    return { person, entered }
  }

  it('of the product tells every platform that was entered, and ends what they hold', async () => {
    const two = [await platform(world, app, heard.url), await platform(world, app, heard.url)]
    const { person, entered } = await inside('t00002', ...two)
    await person.signOut()
    const tokens = await told(entered)
    expect(tokens[0].events).toHaveProperty(['http://schemas.openid.net/event/backchannel-logout'])
    for (const [at, one] of two.entries())
      await expect(openid.refreshTokenGrant(one.client, entered[at]!.refresh_token!)).rejects.toThrow()
  })

  it('of a platform signs out of the product and of every other', async () => {
    const two = [await platform(world, app, heard.url), await platform(world, app, heard.url)]
    const { person, entered } = await inside('t00002', ...two)
    const leave = openid.buildEndSessionUrl(two[0]!.client, {
      id_token_hint: entered[0]!.id_token!,
      post_logout_redirect_uri: `${heard.url}/bye`,
      state: 'seen',
    })
    expect(await person.follow(leave.href)).toBe(`${heard.url}/bye?state=seen`)
    await told(entered)
    expect((await person.ask('GET', '/rpc/access/me')).json().json).toBeNull()
  })

  it('asks first where nothing shows that it is this sign-in, and leads nowhere that was not registered', async () => {
    const made = await platform(world, app, heard.url)
    const { person, entered } = await inside('t00002', made)
    const plain = openid.buildEndSessionUrl(made.client, { post_logout_redirect_uri: `${heard.url}/bye` })
    expect(await person.follow(plain.href)).toBe('/connect/sign-out')
    expect((await person.ask('GET', '/rpc/access/me')).json().json).not.toBeNull()
    const foreign = openid.buildEndSessionUrl(made.client, {
      id_token_hint: entered[0]!.id_token!,
      post_logout_redirect_uri: `${heard.url}/elsewhere`,
    })
    expect(await person.follow(foreign.href)).toMatch(/^\/connect\/trouble/)
    await person.follow(plain.href)
    expect((await person.ask('POST', '/oidc/sign-out')).json()).toEqual({ to: `${heard.url}/bye` })
    expect((await person.ask('GET', '/rpc/access/me')).json().json).toBeNull()
    await told(entered)
  })

  it('is told again to a platform that did not hear', async () => {
    const made = await platform(world, app, heard.url)
    const { person, entered } = await inside('t00002', made)
    heard.refuse = true
    await person.signOut()
    for (
      let i = 0;
      i < 100 && (await count(sql`select count(*)::int as n from sso.sign_out where failure is not null`)) === 0;
      i++
    )
      await new Promise((resolve) => setTimeout(resolve, 50))
    heard.refuse = false
    await sql`update sso.sign_out set next_at = now() where told_at is null`.execute(house.owner)
    await told(entered)
  })

  it('happens with a new password too', async () => {
    const made = await platform(world, app, heard.url)
    const { entered } = await inside('t00002', made)
    await (await world.as('administrator@district')).access.resetPassword({ accountId: world.teachers[0][1]!.account })
    await told(entered)
    await openDoors(house)
    await sql`update access.account set must_change = false`.execute(house.owner)
  })
})

describe('keys', () => {
  it('turn without signing anybody out', async () => {
    const made = await platform(world, app, heard.url)
    const person = await visitor('t00001')
    const { address, finish } = await made.begin()
    const tokens = await finish(await person.enter(address))
    const kid = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid
    await sql`update sso.signing_key set signs_from = now() - interval '85 days'`.execute(house.owner)
    // Whoever looks at the keys does what is due.
    const third = await buildApp(house)
    await third.inject({ url: '/oidc/jwks' })
    await third.close()
    const { sso } = await world.as('administrator@district')
    expect((await sso.keys()).map(({ state }) => state)).toEqual(['signing', 'coming'])
    await sql`update sso.signing_key set signs_from = now() - interval '1 second' where signs_from > now()`.execute(
      house.owner,
    )
    // A process that has just started knows the keys as they stand now.
    const second = await buildApp(house)
    const published = (await second.inject({ url: '/oidc/jwks' })).json().keys.map((key: { kid: string }) => key.kid)
    expect(published).toContain(kid(tokens.id_token!))
    expect(published).toHaveLength(2)
    expect(JSON.stringify((await second.inject({ url: '/oidc/jwks' })).json())).not.toContain('"d"')
    const refreshed = await second.inject({
      method: 'POST',
      url: '/oidc/token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${made.clientId}:${made.secret}`).toString('base64')}`,
      },
      payload: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token! }).toString(),
    })
    expect(refreshed.statusCode).toBe(200)
    expect(kid(refreshed.json().id_token)).not.toBe(kid(tokens.id_token!))
    // What the old key signed is still good for saying goodbye.
    await second.close()
    const leave = openid.buildEndSessionUrl(made.client, {
      id_token_hint: tokens.id_token!,
      post_logout_redirect_uri: `${heard.url}/bye`,
    })
    expect(await person.follow(leave.href)).toBe(`${heard.url}/bye`)
  })
})
