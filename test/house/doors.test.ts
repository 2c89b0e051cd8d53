/** The doors of the server as a stranger meets them: what answers may be used for, who may act with a cookie, how often and how much. */
import { readFileSync } from 'node:fs'
import { connect as dial } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/platform/access/index.ts'
import { buildApp } from '../../src/server/app.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld } from '../harness/world.ts'

const PASSWORD = 'Door-2023'
let house: OpenHouse
let app: FastifyInstance
let cookie = ''
beforeAll(async () => {
  house = await openTestHouse()
  await buildWorld(house, 1)
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}, must_change = false`.execute(
    house.owner,
  )
  house.settings.production = true
  house.settings.secondFactor = 'asked'
  house.settings.publicUrl = 'https://portal.example.cn'
  app = await buildApp(house)
})
afterAll(async () => {
  await app?.close()
  await house?.close()
})

const signIn = (login: string, password: string, more: InjectOptions = {}) =>
  app.inject({
    method: 'POST',
    url: '/rpc/access/signIn',
    payload: { json: { login, password } },
    ...more,
  })
const act = (headers: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: '/rpc/access/setLocale',
    payload: { json: { locale: 'en' } },
    headers: { host: 'portal.example.cn', cookie, ...headers },
  })

describe('what an answer may be used for', () => {
  test.each(['/', '/api/openapi.json', '/rpc/access/me', '/nowhere.js', '/health'])('%s', async (url) => {
    const { headers } = await app.inject({ url })
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split(';')
        .map((one) => [one.trim().split(' ')[0], one.trim().split(' ').slice(1)]),
    )
    expect(policy['script-src']).toEqual(["'self'"])
    expect(policy['script-src-attr']).toEqual(["'none'"])
    expect(policy['default-src']).toEqual(["'self'"])
    expect(policy['object-src']).toEqual(["'none'"])
    expect(policy['frame-ancestors']).toEqual(["'none'"])
    expect(policy['base-uri']).toEqual(["'self'"])
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      'permissions-policy': expect.stringContaining('microphone=()'),
    })
    expect(headers).not.toHaveProperty('x-powered-by')
    if (/^\/rpc/.test(url)) expect(headers['cache-control']).toBe('no-store')
  })

  test('the page itself holds no script of its own, so that none has to be allowed', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'web', 'index.html'), 'utf8')
    for (const [, attributes = '', inside = ''] of page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(attributes).toContain('src=')
      expect(inside.trim()).toBe('')
    }
    expect(page).not.toMatch(/\son[a-z]+=/)
  })
})

describe('acting with a cookie', () => {
  test('it is out of reach of scripts and of other sites, and only goes over TLS', async () => {
    const answer = await signIn('commission-d', PASSWORD)
    expect(answer.statusCode).toBe(200)
    const given = [answer.headers['set-cookie']].flat().map(String)
    expect(given.length).toBeGreaterThan(0)
    for (const one of given) {
      expect(one).toContain('HttpOnly')
      expect(one).toContain('Secure')
      expect(one).toMatch(/SameSite=(Lax|Strict)/)
      expect(one).toContain('Path=/')
      expect(one).not.toContain('Domain=')
    }
    cookie = given.find((one) => one.startsWith('qs_session='))!.split(';')[0]!
  })

  test.each([
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: 'https://portal.example.cn' }, 200],
    [{}, 200],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'https://portal.example.cn.evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'not an address' }, 403],
  ])('from %j: %i', async (headers, status) => {
    expect((await act(headers as Record<string, string>)).statusCode).toBe(status)
  })

  test('a command does not go by GET, as a picture or a link of another page would ask for it', async () => {
    const url = `/rpc/access/setLocale?data=${encodeURIComponent(JSON.stringify({ json: { locale: 'zh-CN' } }))}`
    const answer = await app.inject({ url, headers: { cookie } })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    const { rows } = await sql<{
      locale: string
    }>`select locale from access.account where login = 'commission-d'`.execute(house.owner)
    expect(rows[0]!.locale).toBe('en')
  })
})

describe('how much', () => {
  test('what has no length beforehand is not read', async () => {
    const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
    const answer = await new Promise<string>((done, failed) => {
      const socket = dial(Number(url.port), '127.0.0.1')
      socket.once('error', failed)
      socket.once('data', (bytes) => {
        done(bytes.toString())
        socket.destroy()
      })
      socket.write(
        'POST /rpc/access/signIn HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n--x\r\n\r\n',
      )
    })
    expect(answer).toMatch(/^HTTP\/1\.1 411 /)
  })

  test.each([
    ['a stranger', 2 ** 20 + 1, false, 413],
    ['somebody signed in', 40 * 2 ** 20 + 1, true, 413],
  ])('%s sends at most so much', async (_who, size, signed, status) => {
    for (const type of ['application/json', 'application/octet-stream']) {
      const answer = await app.inject({
        method: 'POST',
        url: '/rpc/access/setLocale',
        headers: { 'content-type': type, 'content-length': String(size), ...(signed ? { cookie } : {}) },
        payload: Buffer.alloc(10),
      })
      expect([type, answer.statusCode]).toEqual([type, status])
    }
  })
})

describe('how often', () => {
  test('a door without sign-in counts the address, whatever session is made up for each call', async () => {
    const public_ = await buildApp(house, { callsAMinute: 10_000 })
    const codes = new Map<number, number>()
    for (let n = 0; n < 61; n++) {
      const { statusCode } = await public_.inject({
        method: 'POST',
        url: '/rpc/cases/raiseObjection',
        payload: {},
        headers: { cookie: `qs_session=invented-${n}` },
        remoteAddress: '198.51.100.77',
      })
      codes.set(statusCode, (codes.get(statusCode) ?? 0) + 1)
    }
    expect(codes.get(429)).toBe(1)
    await public_.close()
  })

  test('one session or one address asks so often in a minute, and others do not wait for it', async () => {
    const narrow = await buildApp(house, { callsAMinute: 5 })
    const ask = (headers: Record<string, string>, remoteAddress = '198.51.100.1') =>
      narrow.inject({ method: 'POST', url: '/rpc/access/me', payload: {}, headers, remoteAddress })
    const codes = []
    for (let n = 0; n < 6; n++) codes.push((await ask({ cookie })).statusCode)
    expect(codes).toEqual([200, 200, 200, 200, 200, 429])
    const refused = await ask({ cookie })
    expect(refused.headers['retry-after']).toBeDefined()
    expect(refused.json()).toMatchObject({ kind: 'limited' })
    expect((await ask({ cookie: 'qs_session=other' })).statusCode).not.toBe(429)
    // Made-up sessions do not help for ever.
    const made = []
    for (let n = 0; n < 60; n++) made.push((await ask({ cookie: `qs_session=${n}` })).statusCode)
    expect(made.at(-1)).toBe(429)
    expect((await ask({ cookie: 'qs_session=another' }, '198.51.100.2')).statusCode).not.toBe(429)
    // The web app's own files and addresses are no calls; a feed or a file is one.
    for (const url of ['/', '/classes', '/assets/none.js'])
      expect([url, (await narrow.inject({ url, headers: { cookie } })).statusCode]).not.toEqual([url, 429])
    for (const url of ['/files/0', '/health', '/api/openapi.json'])
      expect([url, (await narrow.inject({ url, headers: { cookie } })).statusCode]).toEqual([url, 429])
    await narrow.close()
  })

  test('five wrong passwords lock an account, whatever address they come from', async () => {
    const codes = []
    for (let n = 0; n < 5; n++)
      codes.push((await signIn('clerk-0', 'wrong', { remoteAddress: `198.51.100.${n + 10}` })).statusCode)
    expect(codes).toEqual([401, 401, 401, 401, 401])
    expect((await signIn('clerk-0', PASSWORD, { remoteAddress: '198.51.100.20' })).statusCode).toBe(429)
  })

  test('an address that guesses over many accounts waits longer and longer, and no other does', async () => {
    const remoteAddress = '203.0.113.7'
    const guess = (n: number) => signIn(`nobody-${n}`, 'wrong', { remoteAddress })
    for (let n = 0; n < 31; n++) expect((await guess(n)).statusCode).toBe(401)
    const refused = await guess(31)
    expect(refused.statusCode).toBe(429)
    expect(refused.json()).toMatchObject({ kind: 'limited', code: 'access.door_wait' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await signIn('commission-d', PASSWORD, { remoteAddress })).statusCode).toBe(429)
    // Whatever it says of itself: only a proxy of ours is believed.
    expect(
      (await signIn('commission-d', PASSWORD, { remoteAddress, headers: { 'x-forwarded-for': '203.0.113.8' } }))
        .statusCode,
    ).toBe(429)
    expect(
      (
        await signIn('commission-d', PASSWORD, {
          remoteAddress: '10.0.0.5',
          headers: { 'x-forwarded-for': `198.51.100.99, ${remoteAddress}` },
        })
      ).statusCode,
    ).toBe(429)
    expect((await signIn('commission-d', PASSWORD, { remoteAddress: '203.0.113.8' })).statusCode).toBe(200)
    const waits = await sql<{
      wait: number
    }>`select access.door_wait(f.who, n) as wait from access.door_failure f, unnest(array[30, 25, 20, 10]) n
      where f.failures > 30 order by n desc`.execute(house.owner)
    const [first, ...later] = waits.rows.map(({ wait }) => wait)
    expect(first).toBeLessThanOrEqual(2)
    expect(later.every((wait, at) => wait >= (at === 0 ? first! : later[at - 1]!))).toBe(true)
    expect(later.at(-1)).toBeGreaterThan(800)
    const { rows } = await sql<{ who: Buffer }>`select who from access.door_failure`.execute(house.owner)
    expect(rows.every(({ who }) => who.length === 32)).toBe(true)
  })
})
