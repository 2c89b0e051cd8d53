/** Two steps of signing in, against the real database: what a session may do before the second one, and what counts as it. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { transact } from '../../db/index.ts'
import { hashPassword } from '../passwords.ts'
import { takeEndedSessions } from '../sessions/end.ts'
import { openSession } from '../sessions/open.ts'
import { browserOf, codeOf, nextStep } from './second.fixture.ts'

const PASSWORD = 'Journey-2023'
let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 8)
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}`.execute(house.owner)
})
afterAll(() => house?.close())

const loginOf = (nth: number) => world.teachers[0]![nth]!.number.toLowerCase()
const accountOf = (nth: number) => world.teachers[0]![nth]!.account

async function signedIn(login: string, where = {}) {
  const browser = browserOf(house, where)
  await (await browser.access()).signIn({ login, password: PASSWORD })
  return browser
}

/** Signs in, sets up an app and hands over its secret and the recovery codes. */
async function withApp(login: string) {
  const browser = await signedIn(login)
  const { id, secret } = await (await browser.access()).beginApp({ name: '手机' })
  const { codes } = await (await browser.access()).confirmApp({ id, code: codeOf(secret) })
  await nextStep(house)
  return { browser, secret, codes: codes! }
}

describe('an app', () => {
  test('asks for nothing before its first code, then for every sign-in', async () => {
    const browser = await signedIn(loginOf(0))
    const { id, secret } = await (await browser.access()).beginApp({ name: '手机' })
    const early = await (await browserOf(house).access()).signIn({ login: loginOf(0), password: PASSWORD })
    expect(early.second).toBeNull()
    expect(await refusalOf((await browser.access()).confirmApp({ id, code: '000000' }))).toBe(
      'invalid access.wrong_second',
    )
    const { codes } = await (await browser.access()).confirmApp({ id, code: codeOf(secret) })
    expect(codes).toHaveLength(10)
    await nextStep(house)

    const next = browserOf(house)
    const entered = await (await next.access()).signIn({ login: loginOf(0), password: PASSWORD })
    expect(entered.second).toEqual({ app: true, passkey: false, codes: true })
    // The session that waits is nobody's.
    expect(await (await next.access()).me()).toBeNull()
    expect(await refusalOf((await next.access()).sessions())).toBe('unauthenticated access.sign_in_first')
    expect(await refusalOf((await next.call()).desk.inboxCount())).toBe('unauthenticated access.sign_in_first')
    const before = next.kept.token
    const code = codeOf(secret)
    expect((await (await next.access()).completeSignIn({ code })).second).toBeNull()
    expect((await (await next.access()).me())?.account.login).toBe(loginOf(0))
    // The token that waited opens nothing.
    expect(next.kept.token).not.toBe(before)
    const thief = browserOf(house)
    thief.kept.token = before
    expect(await (await thief.access()).me()).toBeNull()
  })

  test('is taken once a code, also of two requests at once', async () => {
    const { secret } = await withApp(loginOf(1))
    const [one, other] = [browserOf(house), browserOf(house)]
    for (const browser of [one, other]) await (await browser.access()).signIn({ login: loginOf(1), password: PASSWORD })
    const code = codeOf(secret)
    const outcomes = await Promise.all(
      [one, other].map(async (browser) => refusalOf((await browser.access()).completeSignIn({ code }))),
    )
    expect(outcomes.sort()).toEqual(['done', 'invalid access.wrong_second'])
  })

  test('locks the second step after five wrong codes, for longer and longer; the right one is no use then', async () => {
    const { secret } = await withApp(loginOf(2))
    const browser = browserOf(house)
    await (await browser.access()).signIn({ login: loginOf(2), password: PASSWORD })
    const attempt = async (code: string) => refusalOf((await browser.access()).completeSignIn({ code }))
    for (let n = 0; n < 5; n++) expect(await attempt('000000')).toBe('invalid access.wrong_second')
    expect(await attempt(codeOf(secret))).toBe('limited access.second_locked')
    const minutes = async () => {
      const { rows } = await sql<{
        minutes: number
      }>`select round(extract(epoch from a.second_locked_until - now()) / 60)::int as minutes
        from access.account a where a.id = ${accountOf(2)}`.execute(house.owner)
      return rows[0]!.minutes
    }
    expect(await minutes()).toBe(15)
    // A password that is right again clears nothing of it.
    await (await browser.access()).signIn({ login: loginOf(2), password: PASSWORD })
    const open = () =>
      sql`update access.account set second_locked_until = now() - interval '1 second' where id = ${accountOf(2)}`.execute(
        house.owner,
      )
    await open()
    expect(await attempt('000000')).toBe('invalid access.wrong_second')
    expect(await minutes()).toBe(30)
    await open()
    expect(await attempt(codeOf(secret))).toBe('done')
  })

  test('keeps its secret sealed', async () => {
    const { secret } = await withApp(loginOf(3))
    const { rows } = await sql<{ text: string }>`select t::text as text from access.totp t`.execute(house.owner)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.some(({ text }) => text.includes(secret))).toBe(false)
  })
})

describe('a recovery code', () => {
  test('gets in once, however it is typed', async () => {
    const { codes } = await withApp(loginOf(4))
    const enter = async (code: string) => {
      const browser = browserOf(house)
      await (await browser.access()).signIn({ login: loginOf(4), password: PASSWORD })
      return refusalOf((await browser.access()).completeSignIn({ code }))
    }
    expect(await enter(codes[0]!.toLowerCase().replaceAll('-', ' '))).toBe('done')
    expect(await enter(codes[0]!)).toBe('invalid access.wrong_second')
    expect(await enter(codes[1]!)).toBe('done')
  })
})

describe('confirming that it is still oneself', () => {
  const stale = (nth: number) =>
    sql`update access.session set confirmed_at = now() - interval '1 hour' where account_id = ${accountOf(nth)}`.execute(
      house.owner,
    )

  test('is asked for by dangerous acts, by the password where there is nothing else', async () => {
    const browser = await signedIn(loginOf(5))
    await stale(5)
    expect(await refusalOf((await browser.access()).beginApp({ name: 'x' }))).toBe('forbidden access.confirm_first')
    expect(await refusalOf((await browser.access()).confirm({ password: 'wrong' }))).toBe(
      'invalid access.not_confirmed',
    )
    await (await browser.access()).confirm({ password: PASSWORD })
    expect(await refusalOf((await browser.access()).beginApp({ name: 'x' }))).toBe('done')
  })

  test('takes no password from whoever has a second factor', async () => {
    const { browser, secret } = await withApp(loginOf(6))
    await stale(6)
    expect(await refusalOf((await browser.access()).confirm({ password: PASSWORD }))).toBe(
      'invalid access.not_confirmed',
    )
    await (await browser.access()).confirm({ code: codeOf(secret) })
    expect(await refusalOf((await browser.access()).newRecoveryCodes())).toBe('done')
  })
})

describe('the duty', () => {
  const clerk = () => world.accounts['clerk@0']!
  const due = (day: string | null) =>
    sql`update access.account set second_due = ${day} where id = ${clerk()}`.execute(house.owner)
  const enter = async () => {
    const browser = browserOf(house)
    const { mustAddSecond } = await (await browser.access()).signIn({ login: 'clerk-0', password: PASSWORD })
    return { browser, mustAddSecond }
  }

  test('is asked for where the house does not enforce it, and no duty of a teacher', async () => {
    const { browser, mustAddSecond } = await enter()
    expect(mustAddSecond).toBe(false)
    const { duty } = await (await browser.access()).security()
    // The grace period of the authority runs from the first sign-in.
    expect(duty).toEqual({ state: 'asked', due: '2023-03-31' })
    expect((await (await (await signedIn(loginOf(7))).access()).security()).duty).toBeNull()
  })

  test('closes everything else after its last day where the house enforces it', async () => {
    house.settings.secondFactor = 'enforced'
    await due('2023-03-01')
    expect((await enter()).mustAddSecond).toBe(false)
    await due('2023-02-28')
    const { browser, mustAddSecond } = await enter()
    expect(mustAddSecond).toBe(true)
    expect((await (await browser.access()).me())?.account.mustAddSecond).toBe(true)
    expect(await refusalOf((await browser.call()).desk.inboxCount())).toBe('forbidden access.must_add_second')
    const { id, secret } = await (await browser.access()).beginApp({ name: '手机' })
    await (await browser.access()).confirmApp({ id, code: codeOf(secret) })
    expect(await refusalOf((await browser.call()).desk.inboxCount())).toBe('done')
    expect(await refusalOf((await browser.access()).removeFactor({ id }))).toBe('refused access.second_needed')
    house.settings.secondFactor = 'asked'
  })
})

describe('sessions', () => {
  const ended = () =>
    transact(
      house.db,
      { actor: { account: null, person: null, name: 'test' }, permission: 'test', scope: { paths: [], self: false } },
      (act) => takeEndedSessions(act, 1_000),
    )

  test('are ended one by one; whoever must hear of it does, once', async () => {
    const [here, there] = [await signedIn(loginOf(7)), await signedIn(loginOf(7), { agent: 'Firefox/Windows' })]
    await ended()
    const rows = await (await here.access()).sessions()
    const other = rows.find(({ current }) => !current && true)!
    expect(rows.filter(({ current }) => current)).toHaveLength(1)
    for (const { id } of rows.filter(({ current }) => !current)) await (await here.access()).endSession({ id })
    expect(await (await there.access()).me()).toBeNull()
    expect(await (await here.access()).me()).not.toBeNull()
    expect((await ended()).map(({ sessionId }) => sessionId)).toContain(other.id)
    expect(await ended()).toEqual([])
    expect(await refusalOf((await here.access()).endSession({ id: other.id }))).toBe('not_found not_found')
  })

  test('of somebody else are not there', async () => {
    const [mine, theirs] = [await signedIn(loginOf(7)), await signedIn(loginOf(5))]
    const { id } = (await (await theirs.access()).sessions())[0]!
    expect(await refusalOf((await mine.access()).endSession({ id }))).toBe('not_found not_found')
    expect(await (await theirs.access()).me()).not.toBeNull()
  })

  test('opened another way wait for the second factor as well, unless more was shown', async () => {
    await withApp(loginOf(7))
    const open = (how: { method: 'fed'; strong?: boolean }) => {
      const browser = browserOf(house)
      const from = {
        house,
        ip: '10.0.0.9',
        setCookie: (token: string | null) => {
          browser.kept.token = token ?? undefined
        },
      }
      return transact(
        house.db,
        {
          actor: { account: null, person: null, name: 'test' },
          permission: 'public',
          scope: { paths: [], self: false },
        },
        (act) => openSession(act, accountOf(7), from, how),
      ).then((entered) => ({ entered, browser }))
    }
    const weak = await open({ method: 'fed' })
    expect(weak.entered.second).toMatchObject({ app: true })
    expect(await (await weak.browser.access()).me()).toBeNull()
    const strong = await open({ method: 'fed', strong: true })
    expect(strong.entered.second).toBeNull()
    const [row] = (await (await strong.browser.access()).sessions()).filter(({ current }) => current)
    expect(row).toMatchObject({ id: strong.entered.sessionId, methods: ['fed', 'mfa'] })
  })

  test('are written down, and a new device is told of, a known one is not', async () => {
    const login = 'principal-0'
    const told = async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from inbox.item i
        where i.recipient_id = ${world.accounts['principal@0']} and i.code = 'access.message.new_device'`.execute(
        house.owner,
      )
      return rows[0]!.n
    }
    const first = await signedIn(login)
    await signedIn(login)
    expect(await told()).toBe(0)
    await signedIn(login, { agent: 'Safari/iPhone', ip: '10.9.9.9' })
    expect(await told()).toBe(1)
    // Its mark makes it known wherever it is.
    const again = browserOf(house, { agent: 'Edge/Windows', ip: '10.7.7.7' })
    again.kept.device = first.kept.device!
    await (await again.access()).signIn({ login, password: PASSWORD })
    expect(await told()).toBe(1)
    await (await browserOf(house).access()).signIn({ login, password: 'wrong' }).catch(() => {})
    const rows = await (await first.access()).signIns()
    expect(rows.slice(0, 3).map(({ outcome, newDevice }) => [outcome, newDevice])).toEqual([
      ['refused', false],
      ['signed_in', false],
      ['signed_in', true],
    ])
  })
})
