/** Facts of the records as they stood on a day, for several people by one query. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { SYSTEM, transact } from '../../platform/db/index.ts'
import { FactBook, parameters } from '../../platform/policy/index.ts'
import type { OpenHouse } from '../../server/house.ts'
import { recordsFacts } from './index.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
})
afterAll(() => house?.close())

it('are those of the day, and unknown where nothing is known', async () => {
  const [first, second] = [world.teachers[0]![0]!, world.teachers[0]![1]!]
  await sql`delete from records.title where person_id in (${first.id}, ${second.id})`.execute(house.owner)
  await sql`delete from records.service where person_id = ${second.id}`.execute(house.owner)
  await sql`insert into records.title (person_id, id, level, during) values
    (${first.id}, gen_random_uuid(), '033', '[2015-09-01,2021-07-01)'), (${first.id}, gen_random_uuid(), '032', '[2021-07-01,)')`.execute(
    house.owner,
  )
  const book = new FactBook([recordsFacts])
  const on = (asOf: string) =>
    transact(
      house.db,
      { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
      async (act) => {
        const ask = { asOf, parameters: await parameters(act, 'qianjiang'), people: sql`people` }
        const wanted = new Set(['title.level', 'title.since', 'service.since', 'teaching.stages'])
        const { rows } = await sql<
          Record<string, unknown>
        >`with people as (select unnest(${[first.id, second.id]}::uuid[]) as person_id)
        ${book.query(wanted, ask)}`.execute(act.tx)
        return rows
      },
    )
  const now = await on('2023-03-01')
  expect(now.find(({ personId }) => personId === first.id)).toMatchObject({
    titleLevel: '032',
    titleSince: '2021-07-01',
  })
  expect(now.find(({ personId }) => personId === second.id)).toMatchObject({
    titleLevel: null,
    titleSince: null,
    serviceSince: null,
  })
  const then = await on('2021-06-30')
  expect(then.find(({ personId }) => personId === first.id)).toMatchObject({
    titleLevel: '033',
    titleSince: '2015-09-01',
  })
})
