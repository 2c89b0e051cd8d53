/** The pages of privacy have something to show in the demonstration, once. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import type { OpenHouse } from '../house.ts'
import type { Cast } from '../year/cast.ts'
import { demoPrivacy } from './privacy.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 6)
  await sql`update access.account set login = 'teacher' where id = ${world.teachers[0][0]!.account}`.execute(
    house.owner,
  )
})
afterAll(() => house?.close())

test('assessments, a leak that was told, requests, and who looked', async () => {
  const commission = await world.as('commission@district')
  const accounts = new Map(world.teachers.flat().map(({ id, account }) => [id, account]))
  const cast = {
    districtId: world.district.id,
    commission,
    clerkOf: () => world.as('clerk@0'),
    teacher: (personId: string) => world.as(accounts.get(personId)!),
  } as Partial<Cast> as Cast
  await demoPrivacy(house, cast)
  await demoPrivacy(house, cast)
  const { privacy } = commission
  expect((await privacy.assessments()).rows).toHaveLength(2)
  expect(await privacy.incidents()).toMatchObject([{ people: 3, authority: expect.any(String) }])
  const requests = (await privacy.requests({})).rows
  expect(requests.map(({ state }) => state).sort()).toEqual(['granted', 'open'])
  const own = (await world.as(world.teachers[0][0]!.account)).privacy
  expect(await own.looks()).toHaveLength(2)
  // Whoever is shown around is not greeted by a leak.
  expect(await own.ownIncidents()).toEqual([])
})
