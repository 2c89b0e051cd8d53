/** What stands behind facts is counted as it stands and as it was known, for people and for schools. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import type { OpenHouse } from '../../server/house.ts'
import { facts } from '../../server/modules.ts'
import { type Act, moveClock, SYSTEM, transact } from '../db/index.ts'
import { parameters } from './queries.ts'
import { sourcesOf } from './sources.ts'

const DAY = '2023-03-01'
let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse('2023-03-01T01:00:00Z')
  world = await buildWorld(house, 3)
})
afterAll(() => house?.close())

const inAct = <T>(work: (act: Act) => Promise<T>, paths = [world.city.path]) =>
  transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths, self: false } }, work)
const at = (instant: string) => moveClock(house.owner, new Date(instant))
const all = (kind: 'person' | 'organisation') =>
  new Set(
    facts
      .list()
      .filter(
        ({ id }) => facts.declared(id, kind)?.source && (kind === 'person' || facts.declared(id, kind)?.about === kind),
      )
      .map(({ id }) => id),
  )
const asked = (kind: 'person' | 'organisation', id: string, knownOn?: string, paths?: string[]) =>
  inAct(
    async (act) =>
      sourcesOf(act, facts, all(kind), {
        about: { kind, id },
        asOf: DAY,
        parameters: await parameters(act, 'qianjiang'),
        knownOn,
      }),
    paths,
  )

describe('what stands behind facts', () => {
  it('is counted for a person, with the pages that show it', async () => {
    const teacher = world.teachers[0]![0]!
    const found = await asked('person', teacher.id)
    expect([...found.keys()].sort()).toEqual([...all('person')].sort())
    expect(found.get('employment.since')).toEqual({
      says: { zh: '1 条现任职记录', en: '1 present employment' },
      count: 1,
      see: { own: '/my/record?history=employment', office: `/people/${teacher.id}?history=employment` },
    })
    expect(found.get('credits.cycle')).toMatchObject({
      count: 0,
      see: { office: `/credits?q=${teacher.number}&year=2023` },
    })
    expect(found.get('cycle.years')).toMatchObject({ count: null, see: null })
    expect(found.get('school.staff')).toMatchObject({
      count: expect.any(Number),
      see: { office: `/organisations?org=${world.schools[0].id}` },
    })
  })

  it('is counted for a school', async () => {
    const [school] = world.schools
    const found = await asked('organisation', school.id)
    const { rows } = await sql<{ staff: number }>`select count(*)::int as staff from directory.employment e
      where e.org_id = ${school.id} and e.kind = 'main' and e.during @> ${DAY}::date`.execute(house.owner)
    expect(found.get('school.staff')?.count).toBe(rows[0]!.staff)
    expect(found.get('school.type')).toMatchObject({ says: { zh: '机构登记信息' }, count: 1 })
  })

  it('is counted as it was known then', async () => {
    const teacher = world.teachers[0]![1]!
    await sql`delete from records.post where person_id = ${teacher.id}`.execute(house.owner)
    await at('2023-03-02T02:00:00Z')
    await sql`insert into records.post (person_id, id, code, org_id, org_path, during)
      select ${teacher.id}, gen_random_uuid(), 'class_teacher', o.id, o.path, '[2018-09-01,)' from directory.organisation o
      where o.id = ${world.schools[0].id}`.execute(house.owner)
    const counted = async (knownOn?: string) =>
      (await asked('person', teacher.id, knownOn)).get('service.class_teacher_months')?.count
    expect([await counted('2023-03-01'), await counted('2023-03-02'), await counted()]).toEqual([0, 1, 1])
  })

  it('counts nothing that the asker may not see', async () => {
    const teacher = world.teachers[0]![0]!
    const found = await asked('person', teacher.id, undefined, [world.other.path])
    expect([...found.values()].filter(({ count }) => count)).toEqual([])
    expect(found.get('person.born')?.see?.office ?? null).toBeNull()
  })
})

describe('an explanation as known on a day', () => {
  const NEWER = '2023-03-06T02:00:00Z'

  it('shows a corrected fact of a person with its old value, and what stood behind it', async () => {
    const { id: personId } = world.teachers[1]![0]!
    const level = (code: string) =>
      sql`update records.title set level = ${code} where person_id = ${personId}`.execute(house.owner)
    await at('2023-03-04T02:00:00Z')
    await sql`delete from records.title where person_id = ${personId}`.execute(house.owner)
    await sql`insert into records.title (person_id, id, level, during)
      values (${personId}, gen_random_uuid(), '033', '[2015-09-01,)')`.execute(house.owner)
    await at(NEWER)
    await level('032')
    const clerk = await world.as('clerk@1')
    const title = async (knownOn?: string) => {
      const { facts: told } = await clerk.policy.explain({
        set: 'title.senior',
        personId,
        ...(knownOn ? { knownOn } : {}),
      })
      const { value, source } = told.find(({ id }) => id === 'title.level')!
      return [value, source?.count ?? null]
    }
    expect([await title('2023-03-03'), await title('2023-03-05'), await title('2023-03-06'), await title()]).toEqual([
      [null, null],
      ['033', 1],
      ['032', 1],
      ['032', 1],
    ])
  })

  it('shows a corrected fact of a school with its old value', async () => {
    const [, { id: orgId }] = world.schools
    await at(NEWER)
    await sql`update directory.organisation set school_type = '111' where id = ${orgId}`.execute(house.owner)
    const commission = await world.as('commission@district')
    const { rows } = await commission.policy.outcomes({ orgId })
    for (const { set } of rows) {
      const type = async (knownOn?: string) =>
        (await commission.policy.explain({ set, orgId, ...(knownOn ? { knownOn } : {}) })).facts.find(
          ({ id }) => id === 'school.type',
        )
      const now = await type()
      if (!now) continue
      expect(now).toMatchObject({ value: '111', source: { count: 1, see: { office: `/organisations?org=${orgId}` } } })
      expect(await type('2023-03-05')).toMatchObject({ value: '211' })
      return
    }
    expect.unreachable('no rule about schools asks for their type')
  })
})
