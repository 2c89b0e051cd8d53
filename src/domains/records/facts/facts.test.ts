/** Facts of the records as they stood on a day, for several people by one query. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../test/harness/world.ts'
import { SYSTEM, transact } from '../../../platform/db/index.ts'
import { FactBook, parameters } from '../../../platform/policy/index.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { recordsFacts } from './index.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 3)
})
afterAll(() => house?.close())

/** The wanted facts of these people on a day. */
const asked = (ids: string[], wanted: Set<string>, asOf: string) =>
  transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
    async (act) => {
      const ask = { asOf, parameters: await parameters(act, 'qianjiang'), people: sql`people` }
      const { rows } = await sql<
        Record<string, unknown>
      >`with people as (select unnest(${ids}::uuid[]) as person_id) ${new FactBook(recordsFacts).query(wanted, ask)}`.execute(
        act.tx,
      )
      return rows
    },
  )

describe('months of service', () => {
  const MONTHS = new Set([
    'employment.in_school_since',
    'service.rural_months',
    'service.kindergarten_months',
    'service.class_teacher_months',
  ])
  /** Two rural schools one after the other, a town school between them and now, the last two employments at the same one. */
  const career = async (id: string, since: string) => {
    const [rural, kindergarten, town] = world.schools as [{ id: string }, { id: string }, { id: string }]
    await sql`update directory.organisation set locality = case id when ${rural.id} then '220' when ${kindergarten.id} then '210' else '121' end,
      school_type = case id when ${kindergarten.id} then '111' else '211' end where id in (${rural.id}, ${kindergarten.id}, ${town.id})`.execute(
      house.owner,
    )
    await sql`delete from directory.employment where person_id = ${id}`.execute(house.owner)
    for (const [org, during] of [
      [rural.id, '[2010-09-01,2011-03-01)'],
      [kindergarten.id, '[2011-03-01,2011-09-01)'],
      [town.id, '[2011-09-01,2015-09-01)'],
      [town.id, '[2015-09-01,)'],
    ])
      await sql`insert into directory.employment (person_id, id, org_id, org_path, during)
        select ${id}, gen_random_uuid(), o.id, o.path, ${during}::daterange from directory.organisation o where o.id = ${org}`.execute(
        house.owner,
      )
    await sql`insert into records.service (person_id, id, teaching_since) values (${id}, gen_random_uuid(), ${since})
      on conflict (person_id) do update set work_since = null, teaching_since = excluded.teaching_since`.execute(
      house.owner,
    )
  }

  it('are those at rural schools and kindergartens up to the day, in spans that touch', async () => {
    const { id } = world.teachers[0]![2]!
    await career(id, '2010-09-01')
    await sql`delete from records.post where person_id = ${id}`.execute(house.owner)
    await sql`insert into records.post (person_id, id, code, org_id, org_path, during)
      select ${id}, gen_random_uuid(), 'class_teacher', o.id, o.path, '[2012-09-01,2014-09-15)' from directory.organisation o
      where o.id = ${world.schools[2]!.id}`.execute(house.owner)
    expect((await asked([id], MONTHS, '2023-03-01'))[0]).toMatchObject({
      employmentInSchoolSince: '2011-09-01',
      serviceRuralMonths: '12',
      serviceKindergartenMonths: '6',
      serviceClassTeacherMonths: '24',
    })
    expect((await asked([id], MONTHS, '2011-08-31'))[0]).toMatchObject({
      employmentInSchoolSince: '2011-03-01',
      serviceRuralMonths: '11',
      serviceKindergartenMonths: '5',
      serviceClassTeacherMonths: '0',
    })
  })

  it('are unknown where earlier schools are not recorded', async () => {
    const { id } = world.teachers[0]![2]!
    await career(id, '2009-09-01')
    expect((await asked([id], MONTHS, '2023-03-01'))[0]).toMatchObject({
      employmentInSchoolSince: '2011-09-01',
      serviceRuralMonths: null,
      serviceKindergartenMonths: null,
    })
  })
})

it('every fact can be asked of a person, those of the school as well', async () => {
  const book = new FactBook(recordsFacts)
  const all = new Set(
    book
      .list()
      .map(({ id }) => id)
      .filter((id) => id !== 'asOf'),
  )
  const { id } = world.teachers[1]![0]!
  const [row] = await asked([id], all, '2023-03-01')
  expect(Object.keys(row!)).toHaveLength(all.size + 1)
  expect(row).toMatchObject({ certificateCategories: null, schoolPupils: null, personId: id })
  const own = await sql<{ staff: string }>`select count(*)::text as staff from directory.employment e
    where e.org_id = ${world.schools[1]!.id} and e.kind = 'main' and e.during @> '2023-03-01'::date`.execute(
    house.owner,
  )
  expect(row!.schoolStaff).toBe(own.rows[0]!.staff)
})

it('are those of the day, and unknown where nothing is known', async () => {
  const [first, second] = [world.teachers[0]![0]!, world.teachers[0]![1]!]
  await sql`delete from records.title where person_id in (${first.id}, ${second.id})`.execute(house.owner)
  await sql`delete from records.service where person_id = ${second.id}`.execute(house.owner)
  await sql`insert into records.title (person_id, id, level, during) values
    (${first.id}, gen_random_uuid(), '033', '[2015-09-01,2021-07-01)'), (${first.id}, gen_random_uuid(), '032', '[2021-07-01,)')`.execute(
    house.owner,
  )
  const wanted = new Set(['title.level', 'title.since', 'service.since', 'teaching.stages'])
  const on = (asOf: string) => asked([first.id, second.id], wanted, asOf)
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
