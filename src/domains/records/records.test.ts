/** Who sees which records, as a list and as what is published of them; the code tables. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../test/harness/world.ts'
import { moveClock, transact } from '../../platform/db/index.ts'
import { loadCodes } from './index.ts'
import { type RecordsDistrict, recordsDistrict } from './records.fixture.ts'

let house: RecordsDistrict['house']
let world: RecordsDistrict['world']
let as: RecordsDistrict['as']
let teacher: RecordsDistrict['teacher']
let add: RecordsDistrict['add']
let published: RecordsDistrict['published']
beforeAll(async () => {
  ;({ house, world, as, teacher, add, published } = await recordsDistrict())
})
afterAll(() => house?.close())

describe('who sees whom', () => {
  it('a clerk sees the own school, the district all its schools, another district neither', async () => {
    const ids = async (who: string) =>
      (await (await as(who)).people({ limit: 200 })).rows.map(({ personId }) => personId)
    const [own, next, foreign] = world.teachers.map((people) => people.map(({ id }) => id))
    expect(await ids('clerk@0')).toEqual(expect.arrayContaining(own!))
    expect((await ids('clerk@0')).filter((id) => next!.includes(id) || foreign!.includes(id))).toEqual([])
    expect(await ids('trainer@district')).toEqual(expect.arrayContaining([...own!, ...next!]))
    expect((await ids('trainer@district')).filter((id) => foreign!.includes(id))).toEqual([])
    expect(await refusalOf((await as('clerk@1')).person({ personId: own![0]! }))).toBe('not_found not_found')
  })

  it('a teacher sees the own record and no list', async () => {
    const me = world.teachers[0]![0]!
    const own = await as(me.account)
    expect(await own.me()).toMatchObject({ personId: me.id, name: me.name, mayEdit: false, mayTransfer: false })
    expect(await refusalOf(own.people({}))).toBe('forbidden access.forbidden')
    expect(await refusalOf((await as('clerk@0')).me())).toBe('forbidden access.forbidden')
  })

  it('under no permission do facts of people out of sight show', async () => {
    const { rows } = await transact(
      house.db,
      {
        actor: { account: null, person: null, name: 'test' },
        permission: 'test',
        scope: { paths: [world.schools[1].path], self: false },
      },
      (act) =>
        sql<{
          person: string
        }>`select t.person_id as person from records.teaching t union select e.person_id from directory.employment e
        union select t.person_id from records.pub_teacher t union select s.person_id from records.service s`.execute(
          act.tx,
        ),
    )
    expect(rows.map(({ person }) => person).sort()).toEqual(world.teachers[1]!.map(({ id }) => id).sort())
  })
})

describe('the list', () => {
  it('is paged by name without losing or repeating anybody, and counts all', async () => {
    for (let i = 0; i < 5; i++) await add({ name: '王同名' })
    const trainer = await as('trainer@district')
    const whole = await trainer.people({ limit: 200 })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await trainer.people({ limit: 4, ...(cursor ? { cursor } : {}) })
      expect(page.total).toBe(whole.total)
      seen.push(...page.rows.map(({ personId }) => personId))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(whole.rows.map(({ personId }) => personId))
    expect(new Set(seen).size).toBe(whole.total)
  })

  it('is filtered by what holds today, all filters together', async () => {
    const { personId } = await add({
      name: '筛选老师',
      category: '12',
      stage: '2',
      subjects: ['13', '14'],
      title: 'level_2',
      posts: ['class_teacher', 'grade_leader'],
    })
    const clerk = await as('clerk@0')
    const found = async (filter: object) =>
      (await clerk.people({ search: '筛选', ...filter })).rows.map((row) => row.personId)
    for (const filter of [
      {},
      { stage: '2' },
      { subject: '13' },
      { category: '12' },
      { title: 'level_2' },
      { post: 'grade_leader' },
      { orgId: world.schools[0].id },
      { stage: '2', subject: '14', post: 'class_teacher' },
    ]) {
      expect(await found(filter)).toEqual([personId])
    }
    for (const filter of [
      { stage: '3' },
      { subject: '15' },
      { category: '11' },
      { title: 'senior' },
      { post: 'principal' },
      { orgId: world.schools[1].id },
      { stage: '2', post: 'principal' },
    ]) {
      expect(await found(filter)).toEqual([])
    }
    expect((await clerk.people({ search: 'sxls' })).rows[0]).toMatchObject({
      stages: ['2'],
      subjects: ['13', '14'],
      title: 'level_2',
      posts: ['class_teacher', 'grade_leader'],
      category: '12',
    })
  })

  it('is searched by school', async () => {
    const trainer = await as('trainer@district')
    const { rows } = await trainer.people({ search: '第二小学', limit: 200 })
    expect(rows.map(({ personId }) => personId).sort()).toEqual(world.teachers[1]!.map(({ id }) => id).sort())
  })
})

describe('what is published', () => {
  it('is as of the product’s today', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setTitle({ personId, from: '2023-12-01', title: 'senior' })
    try {
      await moveClock(house.owner, new Date('2023-11-30T15:59:00Z'))
      expect((await published(personId))?.title).toBeNull()
      await moveClock(house.owner, new Date('2023-11-30T16:01:00Z'))
      expect((await published(personId))?.title).toBe('senior')
    } finally {
      await moveClock(house.owner, new Date('2023-03-01T01:00:00Z'))
    }
  })

  it('has the columns that others rely on', async () => {
    expect(Object.keys((await published(world.teachers[0]![0]!.id))!).sort()).toEqual([
      'basis',
      'category',
      'employedFrom',
      'hiredOn',
      'honours',
      'name',
      'number',
      'orgId',
      'orgPath',
      'personId',
      'posts',
      'serviceFrom',
      'stages',
      'subjects',
      'title',
    ])
  })
})

describe('code tables', () => {
  it('are loaded once, local ones marked and mapped to the standard', async () => {
    const count = async () =>
      (
        await sql<{
          count: number
          stamp: string
        }>`select count(*)::int as count, max(xmin::text::bigint)::text as stamp from records.code`.execute(house.owner)
      ).rows[0]
    const before = await count()
    await loadCodes(house.owner)
    expect(await count()).toEqual(before)
    const codes = await (await as(world.teachers[0]![0]!.account)).codes({ tables: 'RKXD,ZXXKC' })
    expect(codes.find(({ table, code }) => table === 'RKXD' && code === '4')).toMatchObject({
      zh: '普通高中',
      local: false,
    })
    expect(codes.find(({ zh }) => zh === '道德与法治')).toMatchObject({ table: 'ZXXKC', local: true })
    expect(codes.filter(({ en }) => !en)).toEqual([])
    const { rows } = await sql`select c.code from records.code c where c.maps_to is not null
      and not exists (select from records.code t where t."table" || ':' || t.code = c.maps_to)`.execute(house.owner)
    expect(rows).toEqual([])
  })

  it('no longer offer a code that has ended, and keep it for old records', async () => {
    const codes = await (await as('clerk@0')).codes({ tables: 'XZQH' })
    expect(codes.map(({ code }) => code)).toEqual(expect.arrayContaining(['110118', '500114']))
    expect(codes.map(({ code }) => code)).not.toContain('110228')
    await sql`insert into records.code ("table", code, zh, source, position) values ('XZQH', '999999', '已删', 'test', 1)`.execute(
      house.owner,
    )
    await loadCodes(house.owner)
    const { rows } = await sql<{ to: string }>`select c."to" from records.code c where c.code = '999999'`.execute(
      house.owner,
    )
    expect(rows).toEqual([{ to: '2023-03-01' }])
  })
})
