/** The register: who may enter what, what an owner hears, and the clean-up of every year. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../test/harness/world.ts'
import { aPlatform } from '../../../test/house/furniture.ts'
import type { OpenHouse } from '../../server/house.ts'
import { moveClock, SYSTEM, transact } from '../db/index.ts'
import { ssoDaily } from './daily.ts'
import { isForbidden, post } from './provider/outgoing.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
})
afterAll(() => house?.close())

const sso = async (who = 'administrator@district') => (await world.as(who)).sso
type Asked = Partial<Omit<Parameters<Awaited<ReturnType<typeof sso>>['register']>[0], 'orgId'>>
const register = async (asked: Asked = {}) =>
  (await sso()).register({ ...aPlatform, orgId: world.district.id, confidential: true, ...asked })
const daily = () =>
  transact(
    house.db,
    { actor: SYSTEM, permission: ssoDaily.permission, scope: { paths: [world.city.path], self: false } },
    ssoDaily.run,
  )

describe('what is registered', () => {
  it('is changed by whoever saw the last version, and refused to others', async () => {
    const { platformId } = await register()
    const change = async (revision: number, name: string) =>
      (await sso()).change({ ...aPlatform, platformId, revision, name })
    const both = await Promise.allSettled([change(1, '甲'), change(1, '乙')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalOf(change(1, '丙'))).toBe('conflict sso.changed_meanwhile')
    expect((await (await sso()).platform({ platformId })).revision).toBe(2)
  })

  it.each([
    ['an owner out of scope', { ownerLogin: 'administrator-o' }, 'sso.owner_unknown'],
    ['dates the wrong way round', { contractFrom: '2023-09-01', contractUntil: '2023-08-31' }, 'sso.contract_dates'],
    ['a duty that nothing says', { basis: 'duty' }, 'sso.basis_missing'],
    ['what nobody can tell', { scopes: ['bank'] }, 'sso.scope_unknown'],
    ['a role that is none', { roles: ['king'] }, 'access.unknown_role'],
  ])('is refused with %s', async (_, asked, code) => {
    expect(await refusalOf(register(asked as never))).toBe(`invalid ${code}`)
  })

  it('proves each sign-in where it can keep no secret', async () => {
    const { platformId, secret } = await register({ confidential: false, pkce: false })
    expect(secret).toBeNull()
    expect(await (await sso()).platform({ platformId })).toMatchObject({ confidential: false, pkce: true })
    expect(await refusalOf((await sso()).newSecret({ platformId }))).toBe('invalid sso.keeps_no_secret')
  })

  it('stays ended once it has ended', async () => {
    const { platformId } = await register()
    await (await sso()).setState({ platformId, state: 'ended', reason: '合同终止' })
    expect(await refusalOf((await sso()).setState({ platformId, state: 'active', reason: '恢复' }))).toBe(
      'refused sso.ended_stays',
    )
  })

  it('is in the trail without its secret', async () => {
    const { platformId, secret } = await register()
    const again = await (await sso()).newSecret({ platformId })
    const { rows } = await sql<{
      action: string
      text: string
    }>`select e.action, e::text as text from audit.event e where e.subject_id = ${platformId} order by e.id`.execute(
      house.owner,
    )
    expect(rows.map(({ action }) => action)).toEqual(['sso.platform_registered', 'sso.secret_replaced'])
    for (const held of [secret!, again.secret]) expect(rows.map(({ text }) => text).join()).not.toContain(held)
  })
})

describe('every day', () => {
  it('an owner hears once of a contract that ends within sixty days', async () => {
    const { platformId } = await register({ contractUntil: '2023-04-29' })
    const later = await register({ contractUntil: '2023-05-15' })
    await daily()
    await daily()
    const { rows } = await sql<{
      key: string
      due: string
    }>`select i.key, i.due from inbox.item i where i.code = 'sso.todo.contract_ends'`.execute(house.owner)
    expect(rows).toEqual([{ key: `sso-contract:${platformId}`, due: '2023-04-29' }])
    await (await sso()).change({ ...aPlatform, platformId, revision: 1, contractUntil: '2024-04-29' })
    const { rows: left } =
      await sql`select from inbox.item i where i.code = 'sso.todo.contract_ends' and i.done_at is null`.execute(
        house.owner,
      )
    expect(left).toEqual([])
    expect(later.platformId).not.toBe(platformId)
  })

  it('what has expired is taken away, and what lives is not', async () => {
    const keep = (id: string, ttl: number) =>
      sql`select sso.settle('[]', ${JSON.stringify([{ kind: 'AccessToken', hash: id, ttl, payload: {} }])}::jsonb, null, null)`.execute(
        house.db,
      )
    await keep('aa', -120)
    await keep('bb', 120)
    await daily()
    const { rows } = await sql<{ hash: string }>`select encode(a.id_hash, 'hex') as hash from sso.artifact a`.execute(
      house.owner,
    )
    expect(rows).toEqual([{ hash: 'bb' }])
  })
})

describe('the clean-up of a year', () => {
  it('asks from November on, until each platform is kept or ended', async () => {
    await sql`update sso.platform set state = 'ended'`.execute(house.owner)
    const [one, two] = [await register({ name: '甲平台' }), await register({ name: '乙平台' })]
    await moveClock(house.owner, new Date('2023-10-31T01:00:00Z'))
    await daily()
    const open = async () =>
      (
        await sql<{
          n: number
        }>`select count(*) as n from inbox.item i where i.code = 'sso.todo.clean_up' and i.done_at is null`.execute(
          house.owner,
        )
      ).rows[0]!.n
    expect(await open()).toBe(0)
    await moveClock(house.owner, new Date('2023-11-01T01:00:00Z'))
    await daily()
    await daily()
    expect(await open()).toBe(1)
    const commission = await sso('commission@district')
    await commission.review({ platformId: one.platformId, verdict: 'keep', reason: '全区教研唯一平台' })
    expect(await open()).toBe(1)
    await commission.review({ platformId: two.platformId, verdict: 'end', reason: '近一年无人使用' })
    expect(await open()).toBe(0)
    const { year, rows } = await commission.cleanUp({})
    const verdicts = rows.map(({ id, state, review }) => [id, state, review?.verdict])
    expect(year).toBe(2023)
    expect(verdicts).toEqual(
      expect.arrayContaining([
        [one.platformId, 'active', 'keep'],
        [two.platformId, 'ended', 'end'],
      ]),
    )
    await moveClock(house.owner, new Date('2023-03-01T01:00:00Z'))
  })
})

describe('what the product tells platforms by itself', () => {
  it.each(['127.0.0.1', '::1', '169.254.169.254', '0.0.0.0', '::ffff:127.0.0.1', 'fe80::1'])(
    'never goes to %s',
    async (address) => {
      expect(isForbidden(address)).toBe(true)
      const host = address.includes(':') ? `[${address}]` : address
      await expect(post(`http://${host}:9/`, {}, true)).rejects.toThrow('address not allowed')
    },
  )
  it('never goes to a name that means this machine', async () => {
    await expect(post('http://localhost:9/', {}, true)).rejects.toThrow('address not allowed')
  })
  it.each(['10.20.30.40', '192.168.1.9', '203.0.113.9'])('may go to %s, where regions run platforms', (address) => {
    expect(isForbidden(address)).toBe(false)
  })
})
