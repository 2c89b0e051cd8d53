/** Reminders of checks: told once before the day, to the person and to the school; done when the next check is on record. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../test/harness/world.ts'
import { SYSTEM, transact } from '../../../platform/db/index.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { checksDaily } from '../jobs.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 3)
})
afterAll(() => house?.close())

const daily = () =>
  transact(
    house.db,
    { actor: SYSTEM, permission: checksDaily.permission, scope: { paths: [world.city.path], self: false } },
    checksDaily.run,
  )
const told = async () =>
  (
    await sql<{
      whose: string
      code: string
      due: string | null
      done: boolean
    }>`select i.recipient_id as whose, i.code, i.due, i.done_at is not null as done
      from inbox.item i where i.code in ('records.todo.check', 'records.message.checks_due') order by i.code desc, i.due, i.recipient_id`.execute(
      house.owner,
    )
  ).rows

it('come once, within the days of the policy, and go with the next check', async () => {
  const clerk = (await world.as('clerk@0')).records
  const [first, second] = world.teachers[0]!
  const check = (personId: string, doneOn: string, dueOn: string) =>
    clerk.keepRow({ personId, groupId: 'check', values: { kind: 'medical', doneOn, outcome: 'clear', dueOn } })
  const { rows } = await sql<{
    soon: string
    late: string
    next: string
  }>`select (db.today() + 20)::text as soon, (db.today() + 300)::text as late,
    (db.today() + 380)::text as next`.execute(house.owner)
  const { soon, late, next } = rows[0]!
  await check(first!.id, '2022-01-10', soon)
  await check(second!.id, '2022-01-10', late)
  await daily()
  await daily()
  const school = { whose: world.schools[0].id, code: 'records.message.checks_due', due: null, done: false }
  const own = { whose: first!.id, code: 'records.todo.check', due: soon, done: false }
  expect(await told()).toEqual([own, school])
  await check(first!.id, '2021-06-10', '2022-06-10')
  expect(await told()).toEqual([own, school])
  await check(first!.id, '2022-12-10', next)
  await daily()
  expect(await told()).toEqual([{ ...own, done: true }, school])
})
