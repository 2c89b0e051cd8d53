/** Credits and hours of each year of the cycle, with years in which nothing was earned. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { SYSTEM, transact } from '../../platform/db/index.ts'
import { post } from '../../platform/ledger/index.ts'
import { FactBook, parameters } from '../../platform/policy/index.ts'
import type { OpenHouse } from '../../server/house.ts'
import { trainingDetails } from './details.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse('2025-12-31T01:00:00Z')
  world = await buildWorld(house, 1)
})
afterAll(() => house?.close())

it('every year of the cycle up to the day is there; what nobody records is unknown', async () => {
  const { id } = world.teachers[0]![0]!
  const scope = { paths: [world.city.path], self: false }
  const [row] = await transact(house.db, { actor: SYSTEM, permission: 'test', scope }, async (act) => {
    const earned = (creditYear: number, hours: string, credits: string) => ({
      personId: id,
      creditYear,
      occurredOn: `${creditYear}-05-01`,
      kind: 'concentrated',
      level: 'district',
      hours,
      credits,
      title: '培训',
      source: { kind: 'test', id: newId() },
    })
    await post(act, [
      earned(2020, '9', '3'),
      earned(2021, '6', '2'),
      earned(2021, '1.5', '0.5'),
      earned(2024, '9', '3'),
    ])
    const ask = { asOf: '2023-12-31', parameters: await parameters(act, 'qianjiang'), people: sql`people` }
    const wanted = new Set(['credits.by_year', 'hours.by_year', 'credits.by_topic'])
    const { rows } = await sql<
      Record<string, unknown>
    >`with people as (select ${id}::uuid as person_id) ${new FactBook(trainingDetails).query(wanted, ask)}`.execute(
      act.tx,
    )
    return rows
  })
  expect(row).toMatchObject({
    creditsByYear: { 2021: '2.50', 2022: '0', 2023: '0' },
    hoursByYear: { 2021: '7.50', 2022: '0', 2023: '0' },
    creditsByTopic: null,
  })
})
