/** Transfers entered beforehand, over the procedures and the work of the day: who sees whom when, and what goes along. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../test/harness/world.ts'
import { moveClock } from '../../platform/db/index.ts'
import { background } from '../../server/background.ts'
import type { OpenHouse } from '../../server/house.ts'

const NOW = '2023-03-01T01:00:00Z'
const reason = '教师交流'

let house: OpenHouse
let world: World
let someone: Person
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 1)
})
afterAll(() => house?.close())
beforeEach(async () => {
  await moveClock(house.owner, new Date(NOW))
  someone = await world.addTeacher(world.schools[0], { posts: ['class_teacher'] })
  await (await world.as('trainer@district')).records.transfer({
    personId: someone.id,
    toOrgId: world.schools[1].id,
    on: '2023-09-01',
    reason,
  })
})

const records = async (who: string) => (await world.as(who)).records
const seenBy = async (who: string) => refusalOf((await records(who)).person({ personId: someone.id }))
const expectedAt = async (who: string) =>
  (await (await records(who)).arrivals()).filter(({ personId }) => personId === someone.id)
const accountOf = async () =>
  (
    await sql<{ org: string; office: number }>`select a.org_id as org, (select count(*)::int from access.assignment s
      where s.account_id = a.id and s.role <> 'teacher' and s.during @> db.today()) as office from access.account a where a.person_id = ${someone.id}`.execute(
      house.owner,
    )
  ).rows[0]

/** Lets the day come: what happens by itself is done by the product's own background, started at the new time. */
async function comeTo(instant: string): Promise<void> {
  await moveClock(house.owner, new Date(instant))
  const troubles: string[] = []
  const work = await background(house, (text) => troubles.push(text))
  await work.stop()
  expect(troubles).toEqual([])
}

describe('before the day', () => {
  it('the person stays with the old school, which sees where to and when; the new one knows whom to expect and no more', async () => {
    const record = await (await records('clerk@0')).person({ personId: someone.id })
    expect(record).toMatchObject({ orgId: world.schools[0].id, movesOn: '2023-09-01', movesTo: '第二小学' })
    expect(record.posts).toEqual(['class_teacher'])
    expect(record.employments.map(({ from, until }) => [from, until])).toEqual([
      ['2023-09-01', null],
      ['2010-09-01', '2023-09-01'],
    ])
    expect(await seenBy('clerk@1')).toBe('not_found not_found')
    expect(await expectedAt('clerk@1')).toEqual([
      {
        personId: someone.id,
        number: someone.number,
        name: someone.name,
        orgId: world.schools[1].id,
        orgName: '第二小学',
        fromName: '第一小学',
        movesOn: '2023-09-01',
      },
    ])
    expect([await expectedAt('clerk@0'), await expectedAt('clerk@2')]).toEqual([[], []])
  })

  it('nothing comes into force too early, not even at 23:59 of the day before', async () => {
    await comeTo('2023-08-31T15:59:00Z')
    expect([await seenBy('clerk@0'), await seenBy('clerk@1')]).toEqual(['done', 'not_found not_found'])
  })

  it('a second transfer or leaving waits until the first is taken back', async () => {
    const trainer = await records('trainer@district')
    expect(
      await refusalOf(
        trainer.transfer({ personId: someone.id, toOrgId: world.schools[1].id, on: '2023-10-01', reason }),
      ),
    ).toBe('conflict directory.move_entered')
    expect(await refusalOf(trainer.leave({ personId: someone.id, on: '2023-02-01', reason }))).toBe(
      'conflict directory.move_entered',
    )
    await trainer.withdrawTransfer({ personId: someone.id })
    const record = await trainer.person({ personId: someone.id })
    expect(record).toMatchObject({ movesOn: null, movesTo: null })
    expect(record.employments.map(({ from, until, endReason }) => [from, until, endReason])).toEqual([
      ['2010-09-01', null, null],
    ])
    expect(await refusalOf(trainer.withdrawTransfer({ personId: someone.id }))).toBe('not_found not_found')
    await trainer.leave({ personId: someone.id, on: '2023-02-01', reason })
  })

  it('is taken back by nobody who may not enter it, or who does not see the person', async () => {
    const { id: personId } = someone
    expect(await refusalOf((await records('clerk@0')).withdrawTransfer({ personId }))).toBe(
      'forbidden access.forbidden',
    )
    expect(await refusalOf((await records('trainer@other')).withdrawTransfer({ personId }))).toBe('not_found not_found')
  })
})

describe('on the day', () => {
  it('the person, the record and the account belong to the new school; posts and office roles at the old one have ended', async () => {
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path) select a.id, gen_random_uuid(), 'clerk', a.org_id, a.org_path
      from access.account a where a.person_id = ${someone.id}`.execute(house.owner)
    await comeTo('2023-08-31T16:00:00Z')
    expect([await seenBy('clerk@0'), await seenBy('clerk@1')]).toEqual(['not_found not_found', 'done'])
    expect(await (await records('clerk@1')).person({ personId: someone.id })).toMatchObject({
      orgId: world.schools[1].id,
      movesOn: null,
      posts: [],
      postHistory: [{ orgName: '第一小学', until: '2023-09-01' }],
    })
    expect(await expectedAt('clerk@1')).toEqual([])
    expect(await accountOf()).toEqual({ org: world.schools[1].id, office: 0 })
    const own = await records(someone.account)
    expect(await own.me()).toMatchObject({ orgName: '第二小学' })
  })

  it('comes late where nothing ran on the day, from the day itself; it can no longer be taken back', async () => {
    await comeTo('2023-09-20T01:00:00Z')
    expect(await (await records('clerk@1')).person({ personId: someone.id })).toMatchObject({
      employedFrom: '2023-09-01',
      postHistory: [{ until: '2023-09-01' }],
    })
    expect(await refusalOf((await records('trainer@district')).withdrawTransfer({ personId: someone.id }))).toBe(
      'not_found not_found',
    )
  })

  it('stands in the trail, entered by the trainer and done by the product', async () => {
    await comeTo('2023-09-01T01:00:00Z')
    const { rows } = await sql<{ action: string; actor: string }>`select e.action, e.actor from audit.event e
      where e.about_person = ${someone.id} and e.action like 'directory.%' order by e.action`.execute(house.owner)
    expect(rows.map(({ action }) => action)).toEqual(['directory.move_entered', 'directory.person_moved'])
    expect(rows[0]!.actor).not.toBe(rows[1]!.actor)
  })
})

it('the database lets the application take back only what has not begun', async () => {
  const { rows } = await sql<{ id: string }>`select e.id from directory.employment e where e.person_id = ${someone.id}
    and upper(e.during) = '2023-09-01'`.execute(house.owner)
  const { transact } = await import('../../platform/db/index.ts')
  const gone = await transact(
    house.db,
    {
      actor: { account: null, person: null, name: 'test' },
      permission: 'test',
      scope: { paths: [world.city.path], self: false },
    },
    async (act) =>
      (await sql`delete from directory.employment e where e.id = ${rows[0]!.id} returning e.id`.execute(act.tx)).rows,
  )
  expect(gone).toEqual([])
})
