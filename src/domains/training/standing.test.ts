/** Where people stand follows the rules of their own authority: the same in the list, in one's own page and in the explanation. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { SYSTEM, transact } from '../../platform/db/index.ts'
import { post } from '../../platform/ledger/index.ts'
import type { OpenHouse } from '../../server/house.ts'

let house: OpenHouse
let world: World
let commission: string
beforeAll(async () => {
  house = await openTestHouse('2023-12-01T01:00:00Z')
  world = await buildWorld(house, 4)
  await sql`update directory.organisation set authority = 'beijing' where id = ${world.other.id}`.execute(house.owner)
  const account = newId()
  await sql`insert into access.account (id, login, name, org_id, org_path)
    values (${account}, 'commission-city', '市教委', ${world.city.id}, ${world.city.path}::ltree)`.execute(house.owner)
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path)
    values (${account}, ${newId()}, 'commission', ${world.city.id}, ${world.city.path}::ltree)`.execute(house.owner)
  commission = account
  const [first, second] = world.teachers[0]!
  const [abroad, next] = world.teachers[2]!
  await transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
    (act) =>
      post(
        act,
        (
          [
            [first!.id, '72', 'concentrated', 'district'],
            [second!.id, '130', 'online', 'city'],
            [abroad!.id, '36', 'online', 'city'],
            [next!.id, '30', 'concentrated', 'district'],
          ] as const
        ).map(([personId, credits, kind, level]) => ({
          personId,
          creditYear: 2023,
          occurredOn: '2023-05-01',
          kind,
          level,
          hours: '3',
          credits,
          title: '培训',
          source: { kind: 'test', id: newId() },
        })),
      ),
  )
})
afterAll(() => house?.close())

const own = async (account: string) => (await world.as(account)).training.myCredits()
type Row = Awaited<ReturnType<Awaited<ReturnType<World['as']>>['training']['credits']>>['rows'][number]
const list = async (who: string, ask: { short?: boolean; orgId?: string; sort?: 'missing' | 'district' } = {}) =>
  (await (await world.as(who)).training.credits({ year: 2023, limit: 200, ...ask })).rows
const of = (rows: Row[], id: string) => rows.find(({ personId }) => personId === id)

describe('under Chongqing', () => {
  it('names the total and the floor with what is missing', async () => {
    const [first, second] = world.teachers[0]!
    expect(await own(first!.account)).toMatchObject({
      complete: false,
      onPace: true,
      demands: [
        { id: 'total', earned: '72', missing: '48', ofTotal: true },
        { id: 'concentrated', earned: '72', missing: '0', ofFloor: true },
      ],
    })
    // Enough in all, none of it concentrated: on pace and not complete.
    expect(await own(second!.account)).toMatchObject({
      complete: false,
      onPace: true,
      demands: [{ missing: '0' }, { earned: '0', missing: '20' }],
    })
  })
})

describe('under Beijing', () => {
  it('asks for 36 credits, for no floor and no pace of its own making', async () => {
    const [abroad, next] = world.teachers[2]!
    const complete = await own(abroad!.account)
    expect(complete).toMatchObject({ complete: true, onPace: true })
    expect(complete.demands.map(({ ofFloor }) => ofFloor)).not.toContain(true)
    expect(complete.demands[0]).toMatchObject({ id: 'total', missing: '0', required: { value: '36' } })
    const behind = await own(next!.account)
    expect(behind).toMatchObject({ complete: false })
    expect(behind.demands[0]).toMatchObject({ earned: '30', missing: '6' })
  })
})

describe('lists over several authorities', () => {
  it('judge each person by the rules that hold for them', async () => {
    const rows = await list(commission)
    const [first, second] = world.teachers[0]!
    const [abroad, next] = world.teachers[2]!
    expect(of(rows, first!.id)).toMatchObject({ cycle: '72.00', missing: '48.00', onPace: true, fromDistrict: '72.00' })
    expect(of(rows, second!.id)).toMatchObject({ cycle: '130.00', missing: '0', onPace: true, fromDistrict: '0' })
    expect(of(rows, abroad!.id)).toMatchObject({ cycle: '36.00', missing: '0.00', onPace: true, fromDistrict: null })
    expect(of(rows, next!.id)).toMatchObject({ cycle: '30.00', missing: '6.00', fromDistrict: null })
    expect(new Set(rows.map(({ personId }) => personId)).size).toBe(rows.length)
  })

  it('say the same of the whole scope, of one district, short or sorted', async () => {
    const whole = await list(commission)
    for (const ask of [
      { short: true },
      { sort: 'missing' },
      { sort: 'district' },
      { orgId: world.other.id },
    ] as const) {
      const some = await list(commission, ask)
      expect(some.length).toBeGreaterThan(0)
      expect(some.map((row) => of(whole, row.personId))).toEqual(some)
    }
    const short = await list(commission, { short: true })
    expect(short.every(({ onPace }) => !onPace)).toBe(true)
    expect(short.length).toBe(whole.filter(({ onPace }) => !onPace).length)
  })

  it('count in the audit of each school who is on pace', async () => {
    const audits = await (await world.as(commission)).training.audits({ year: 2023 })
    const whole = await list(commission)
    for (const [at, { id }] of world.schools.entries()) {
      const people = new Set(world.teachers[at]!.map((person) => person.id))
      const row = audits.find(({ orgId }) => orgId === id)!
      expect(row.compliant).toBe(whole.filter(({ personId, onPace }) => people.has(personId) && onPace).length)
    }
  })

  it('agree with the explanation', async () => {
    const trainer = await world.as('trainer@other')
    for (const row of await list('trainer@other')) {
      const why = await trainer.policy.explain({
        set: 'training.credit.cycle',
        personId: row.personId,
        asOf: '2023-12-31',
      })
      expect(why.outcome === 'met').toBe(Number(row.missing) === 0)
    }
  })
})
