/** Moves of many at once over the procedures: schools merged, school years, retirement, turnover. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../../test/harness/world.ts'
import { moveClock } from '../../../platform/db/index.ts'
import { background } from '../../../server/background.ts'
import type { OpenHouse } from '../../../server/house.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse('2025-03-03T01:00:00Z')
  world = await buildWorld(house, 3)
})
afterAll(() => house?.close())

const records = async (who: string) => (await world.as(who)).records
const reason = '布局调整'

it('lists who retires when, by the figures of the state, and says who is on no list', async () => {
  const [man, woman, worker] = world.teachers[0]!
  const set = (id: string, sex: string, birth: string) =>
    sql`update directory.person set sex = ${sex}, birth_date = ${birth} where id = ${id}`.execute(house.owner)
  // Born in 1965 a man retires 60 years and 3 months old at the latest month of the year; a woman of 1970 at 55 and as many months.
  await set(man!.id, '1', '1965-05-10')
  await set(woman!.id, '2', '1971-01-10')
  await set(worker!.id, '2', '1976-01-10')
  await sql`update directory.employment set category = '14' where person_id = ${worker!.id}`.execute(house.owner)
  const clerk = await records('clerk@0')
  const list = await clerk.retirements({ limit: 50 })
  expect(list.rows.map(({ personId, retiresOn }) => [personId, retiresOn])).toEqual([
    [man!.id, '2025-07-10'],
    [woman!.id, '2026-05-10'],
    [worker!.id, '2026-08-10'],
  ])
  expect(list.years).toMatchObject([
    { year: 2025, people: 1, men: 1 },
    { year: 2026, people: 2, teachers: 1 },
  ])
  expect(list.unknown).toBe(0)
  expect((await (await records('clerk@1')).retirements({ limit: 50 })).unknown).toBe(3)
  expect((await clerk.exportRetirements({})).name).toContain('退休名单')
  const page = await clerk.retirements({ limit: 1 })
  expect((await clerk.retirements({ limit: 1, cursor: page.next! })).rows[0]!.personId).toBe(woman!.id)
})

it('takes a school into the next school year: what is named ends, everything else goes on, and the district sees it', async () => {
  const clerk = await records('clerk@1')
  const [first, second] = world.teachers[1]!
  await clerk.setPosts({ personId: first!.id, from: '2024-09-01', posts: ['class_teacher'] })
  const view = await clerk.schoolYear({ orgId: world.schools[1].id, year: 2025 })
  expect(view.rows.find(({ personId }) => personId === first!.id)).toMatchObject({
    teaching: [{ stage: '2', subject: '14' }],
    posts: [{ code: 'class_teacher' }],
  })
  const done = await clerk.rollYear({
    orgId: world.schools[1].id,
    year: 2025,
    teachingEnds: [second!.id],
    postsEnd: [{ personId: first!.id, code: 'class_teacher' }],
  })
  expect(done).toEqual({ people: 3, teachingEnded: 1, postsEnded: 1 })
  expect((await clerk.person({ personId: second!.id })).teachings[0]).toMatchObject({ until: '2025-09-01' })
  expect((await clerk.person({ personId: first!.id })).postHistory[0]).toMatchObject({ until: '2025-09-01' })
  expect(await clerk.rollYear({ orgId: world.schools[1].id, year: 2025, teachingEnds: [second!.id] })).toMatchObject({
    teachingEnded: 0,
  })
  const { rows } = await (await records('trainer@district')).schoolYears({ year: 2025 })
  expect(rows.map(({ orgId, doneAt }) => [orgId, doneAt !== null])).toEqual([
    [world.schools[0].id, false],
    [world.schools[1].id, true],
  ])
  expect(await refusalOf(clerk.rollYear({ orgId: world.schools[0].id, year: 2025 }))).toBe('not_found not_found')
  expect(
    await refusalOf(
      clerk.rollYear({ orgId: world.schools[1].id, year: 2025, teachingEnds: [world.teachers[0]![0]!.id] }),
    ),
  ).toBe('not_found not_found')
})

it('counts who came and went by school, with their reasons; the old school knows who left it', async () => {
  const trainer = await records('trainer@district')
  const [mover, leaver] = world.teachers[0]!
  await trainer.transfer({ personId: mover!.id, toOrgId: world.schools[1].id, on: '2024-12-01', reason: '交流轮岗' })
  await trainer.leave({ personId: leaver!.id, on: '2025-01-15', reason: '退休' })
  const ask = { from: '2024-09-01', until: '2025-09-01' }
  const { rows, reasons } = await trainer.turnover(ask)
  const of = (orgId: string) => rows.find((one) => one.orgId === orgId)
  expect(of(world.schools[0].id)).toMatchObject({ staff: 3, left: 2, joined: 0, leavingRate: '0.6667' })
  expect(of(world.schools[1].id)).toMatchObject({ staff: 3, left: 0, joined: 1 })
  expect(of(world.district.id)).toMatchObject({ staff: 6, left: 2, joined: 1 })
  expect(reasons).toEqual([
    { kind: 'moved_in', came: true, people: 1 },
    { kind: 'moved_out', came: false, people: 1 },
    { kind: 'retired', came: false, people: 1 },
  ])
  const clerk = await records('clerk@0')
  const people = await clerk.turnoverPeople({ ...ask, limit: 50 })
  expect(people.rows.map(({ personId, seen, otherName }) => [personId, seen, otherName])).toEqual([
    [mover!.id, false, '第二小学'],
    [leaver!.id, true, null],
  ])
  expect((await clerk.turnover(ask)).rows).toMatchObject([{ staff: 3, left: 2 }])
  expect((await trainer.exportTurnover(ask)).size).toBeGreaterThan(1000)
  expect((await (await records('clerk@2')).turnoverPeople({ ...ask, limit: 50 })).total).toBe(0)
})

it('merges schools on a day: people, posts that are kept, accounts and clusters go over, the old school closes', async () => {
  const district = await records('commission@district')
  const [from, to] = [world.schools[0], world.schools[1]]
  const stays = world.teachers[0]![2]!
  await (await records('clerk@0')).setPosts({
    personId: stays.id,
    from: '2024-09-01',
    posts: ['class_teacher', 'leader'],
  })
  const clusterId = (
    await (
      await world.as('commission@district')
    ).directory.saveCluster({ orgId: world.district.id, kind: 'education_group', name: '城南集团' })
  ).id
  await (await world.as('commission@district')).directory.setMembers({
    clusterId,
    orgIds: [from.id],
    from: '2024-01-01',
  })
  const asked = { fromIds: [from.id], toId: to.id, on: '2025-08-01', keepPosts: ['class_teacher'], joinClusters: true }
  const preview = await district.previewSchoolMerge(asked)
  expect(preview).toMatchObject({
    from: [
      {
        people: 1,
        posts: [
          { code: 'class_teacher', people: 1 },
          { code: 'leader', people: 1 },
        ],
        officeRoles: 2,
        clusters: ['城南集团'],
      },
    ],
    to: { people: 4 },
  })
  const planned = await district.planSchoolMerge({ ...asked, reason })
  expect(planned.done).toBe(false)
  expect(await refusalOf(district.planSchoolMerge({ ...asked, reason }))).toBe('conflict records.merge_planned_already')
  await district.withdrawSchoolMerge({ mergeId: planned.mergeId, reason })
  await district.planSchoolMerge({ ...asked, reason })
  await moveClock(house.owner, new Date('2025-08-02T01:00:00Z'))
  const troubles: string[] = []
  const work = await background(house, (text) => troubles.push(text))
  await work.stop()
  expect(troubles).toEqual([])
  const clerk = await records('clerk@1')
  const person = await clerk.person({ personId: stays.id })
  expect(person).toMatchObject({ orgId: to.id, posts: ['class_teacher'] })
  expect(
    person.employments.map(({ orgId, from: since, until, endReason }) => [orgId, since, until, endReason]),
  ).toEqual([
    [to.id, '2025-08-01', null, null],
    [from.id, '2010-09-01', '2025-08-01', reason],
  ])
  expect(await refusalOf(records('clerk@0').then((old) => old.people({ limit: 10 })))).not.toBe('done')
  const { rows } = await sql<{
    closed: string
    org: string
    members: string[]
  }>`select upper(o.during)::text as closed, (select a.org_id from access.account a where a.person_id = ${stays.id}) as org,
    array(select m.org_id from directory.cluster_member m where m.cluster_id = ${clusterId} and m.during @> db.today()) as members from directory.organisation o where o.id = ${from.id}`.execute(
    house.owner,
  )
  expect(rows).toEqual([{ closed: '2025-08-01', org: to.id, members: [to.id] }])
  expect((await district.schoolMerges())[0]).toMatchObject({ state: 'done', outcome: { people: 2, postsKept: 1 } })
  // Who had left before is kept by the school that took over.
  expect(await refusalOf(clerk.person({ personId: world.teachers[0]![1]!.id }))).toBe('done')
  expect(await refusalOf(district.previewSchoolMerge(asked))).toBe('invalid directory.not_open')
})
