import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../test/harness/world.ts'
import { accessPermissions, actorOfAccount, Permissions } from '../../platform/access/index.ts'
import { moveClock, transact } from '../../platform/db/index.ts'
import { FactBook } from '../../platform/policy/index.ts'
import type { OpenHouse } from '../../server/house.ts'
import { loadCodes, recordsApi, recordsFacts, recordsPermissions } from './index.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  const opened = await openTestHouse()
  house = { ...opened, permissions: new Permissions([...accessPermissions, ...recordsPermissions]) }
  await loadCodes(house.owner)
  world = await buildWorld(house, 3)
})
afterAll(() => house?.close())

const api = recordsApi(new FactBook(recordsFacts))
const as = async (who: string) => {
  const actor = await actorOfAccount(house.db, world.accounts[who] ?? who)
  return createRouterClient(api, { context: { house, actor } })
}
const teacher = () => world.addTeacher(world.schools[0])
const add = async (input: Record<string, unknown> = {}) =>
  (await as('clerk@0')).addTeacher({
    orgId: world.schools[0].id,
    name: '新来老师',
    category: '11',
    basis: 'in_post',
    from: '2022-09-01',
    ...input,
  } as never)
const rolesOf = async (personId: string) =>
  (
    await sql<{
      role: string
      org: string
    }>`select s.role, s.org_id as org from access.assignment s join access.account a on a.id = s.account_id
    where a.person_id = ${personId} and s.during @> db.today() order by s.role`.execute(house.owner)
  ).rows
const published = async (personId: string) =>
  (
    await sql<Record<string, unknown>>`select t.* from records.pub_teacher t where t.person_id = ${personId}`.execute(
      house.owner,
    )
  ).rows[0]

describe('days that cannot be', () => {
  it('are refused when somebody is taken on', async () => {
    expect(await refusalOf(add({ from: '2099-02-01' }))).toBe('invalid records.entry_far_ahead')
    expect(await refusalOf(add({ birthDate: '1850-01-01' }))).toBe('invalid records.too_old')
    expect(await refusalOf(add({ birthDate: '2010-01-01' }))).toBe('invalid records.too_young')
    await expect(add({ from: '2023-09-01', birthDate: '2000-05-04' })).resolves.toMatchObject({
      number: expect.any(String),
    })
  })

  it('and when a birth date is corrected, by the work on record', async () => {
    const { personId } = await add({ from: '2015-09-01' })
    const correct = async (birthDate: string) => (await as('clerk@0')).correct({ personId, birthDate } as never)
    expect(await refusalOf(correct('1850-01-01'))).toBe('invalid records.too_old')
    expect(await refusalOf(correct('2001-01-01'))).toBe('invalid records.too_young')
    await expect(correct('1985-01-01')).resolves.toBeDefined()
  })
})

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

describe('taking on', () => {
  it('keeps everything that is known, reads the rest from the identity number, and opens an account', async () => {
    const { personId, number } = await add({
      name: '单老师',
      idNumber: '11010519491231002x',
      from: '1975-09-01',
      workSince: '1970-09-01',
      stage: '2',
      subjects: ['13'],
      title: 'senior',
      posts: ['principal'],
    })
    expect(await (await as('clerk@0')).person({ personId })).toMatchObject({
      name: '单老师',
      number,
      sex: '2',
      birthDate: '1949-12-31',
      idMasked: '110105********002X',
      workSince: '1970-09-01',
      serviceFrom: '1970-09-01',
      employedFrom: '1975-09-01',
      stages: ['2'],
      subjects: ['13'],
      title: 'senior',
      posts: ['principal'],
      accountActive: false,
      mayEdit: true,
      mayTransfer: false,
    })
    expect(await rolesOf(personId)).toEqual([{ role: 'teacher', org: world.schools[0].id }])
  })

  it.each([
    ['a wrong check digit', { idNumber: '110105194912310021' }, 'invalid records.id_number_wrong'],
    [
      'another birth date',
      { idNumber: '11010519491231002X', birthDate: '1950-01-01' },
      'invalid records.birth_differs',
    ],
    ['entry before work', { workSince: '2022-09-02' }, 'invalid records.entry_before_work'],
    ['a subject without a stage', { subjects: ['13'] }, 'invalid records.stage_missing'],
    ['an unknown category', { category: '77' }, 'invalid records.unknown_code'],
    ['an unknown title', { title: 'emperor' }, 'invalid records.unknown_code'],
  ])('refuses %s and leaves nothing behind', async (_name, input, expected) => {
    expect(await refusalOf(add({ name: '无此人', ...input }))).toBe(expected)
    expect((await (await as('clerk@0')).people({ search: '无此人' })).total).toBe(0)
  })

  it('is nobody’s right at another school', async () => {
    expect(await refusalOf(add({ orgId: world.schools[1].id }))).toBe('not_found not_found')
    expect(
      await refusalOf(
        (await as('principal@0')).addTeacher({
          orgId: world.schools[0].id,
          name: '不可',
          category: '11',
          basis: 'in_post',
          from: '2022-09-01',
        }),
      ),
    ).toBe('forbidden access.forbidden')
  })
})

describe('dated facts', () => {
  it('end what held before on the day and keep it on record', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setTeaching({
      personId,
      from: '2022-09-01',
      teaching: [
        { stage: '2', subject: '14' },
        { stage: '2', subject: '15' },
      ],
    })
    await clerk.setTitle({ personId, from: '2015-12-01', title: 'level_2' })
    await clerk.setTitle({ personId, from: '2021-12-01', title: 'level_1' })
    await clerk.setPosts({ personId, from: '2020-09-01', posts: ['class_teacher'] })
    await clerk.setPosts({ personId, from: '2022-09-01', posts: ['grade_leader', 'class_teacher'] })
    await clerk.setPosts({ personId, from: '2023-02-01', posts: ['grade_leader'] })
    const { teachings, titles, postHistory } = await clerk.person({ personId })
    const spans = (rows: { from: string | null; until: string | null }[], name: (row: never) => string) =>
      rows.map((row) => `${name(row as never)} ${row.from}–${row.until ?? ''}`).sort()
    expect(spans(teachings, ({ subject }: { subject: string }) => subject)).toEqual([
      '14 2010-09-01–',
      '15 2022-09-01–',
    ])
    expect(spans(titles, ({ code }: { code: string }) => code)).toEqual([
      'level_1 2021-12-01–',
      'level_2 2015-12-01–2021-12-01',
    ])
    expect(spans(postHistory, ({ code }: { code: string }) => code)).toEqual([
      'class_teacher 2020-09-01–2023-02-01',
      'grade_leader 2022-09-01–',
    ])
    const { rows } = await sql<{ before: unknown; after: unknown }>`select e.before, e.after from audit.event e
      where e.about_person = ${personId} and e.action = 'records.posts_set' order by e.id desc limit 1`.execute(
      house.owner,
    )
    expect(rows).toEqual([
      { before: { posts: ['class_teacher', 'grade_leader'] }, after: { from: '2023-02-01', posts: ['grade_leader'] } },
    ])
  })

  it('set twice on one day, only the last holds', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setTitle({ personId, from: '2022-12-01', title: 'senior' })
    await clerk.setTitle({ personId, from: '2022-12-01', title: 'level_1' })
    expect((await clerk.person({ personId })).titles).toMatchObject([
      { code: 'level_1', from: '2022-12-01', until: null },
    ])
  })

  it('set for an earlier day, replace what was to begin later', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setPosts({ personId, from: '2023-09-01', posts: ['class_teacher'] })
    expect((await published(personId))?.posts).toEqual([])
    await clerk.setPosts({ personId, from: '2023-03-01', posts: ['class_teacher'] })
    expect((await published(personId))?.posts).toEqual(['class_teacher'])
    expect((await clerk.person({ personId })).postHistory).toMatchObject([{ from: '2023-03-01', until: null }])
  })

  it('said to go on, go on without end', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.setPosts({ personId, from: '2022-09-01', posts: ['class_teacher'] })
    await clerk.setPosts({ personId, from: '2023-09-01', posts: [] })
    await clerk.setPosts({ personId, from: '2023-02-01', posts: ['class_teacher'] })
    expect((await clerk.person({ personId })).postHistory).toMatchObject([{ from: '2022-09-01', until: null }])
  })

  it('honours are awarded by the district, held until their end, and not twice at once', async () => {
    const { id: personId } = await teacher()
    const trainer = await as('trainer@district')
    expect(
      await refusalOf(
        (await as('clerk@0')).awardHonour({
          personId,
          code: 'district_backbone',
          level: '43',
          awardedOn: '2022-12-01',
        }),
      ),
    ).toBe('forbidden access.forbidden')
    const { id: honourId } = await trainer.awardHonour({
      personId,
      code: 'district_backbone',
      level: '43',
      awardedOn: '2022-12-01',
    })
    expect(
      await refusalOf(
        trainer.awardHonour({ personId, code: 'district_backbone', level: '43', awardedOn: '2023-01-01' }),
      ),
    ).toBe('refused records.honour_held')
    expect(
      await refusalOf(trainer.awardHonour({ personId, code: 'special_grade', level: '23', awardedOn: '2023-03-02' })),
    ).toBe('invalid records.in_future')
    expect((await published(personId))?.honours).toEqual(['district_backbone'])
    await trainer.endHonour({ personId, honourId, on: '2023-03-01' })
    expect((await published(personId))?.honours).toEqual([])
    expect((await trainer.person({ personId })).honours).toMatchObject([
      { name: '区级骨干教师', from: '2022-12-01', until: '2023-03-01' },
    ])
    expect(
      await refusalOf(
        (await as('trainer@other')).awardHonour({ personId, code: 'other', level: '43', awardedOn: '2022-12-01' }),
      ),
    ).toBe('not_found not_found')
  })
})

describe('moving', () => {
  it('takes the account along, ends posts and the office of the old school, keeps the history', async () => {
    const { id: personId, account } = await teacher()
    await (await as('clerk@0')).setPosts({ personId, from: '2020-09-01', posts: ['class_teacher'] })
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during)
      select ${account}, gen_random_uuid(), 'clerk', o.id, o.path, '[2020-01-01,)' from directory.organisation o where o.id = ${world.schools[0].id}`.execute(
      house.owner,
    )
    await (await as('trainer@district')).transfer({
      personId,
      toOrgId: world.schools[1].id,
      on: '2023-03-01',
      reason: '轮岗交流',
    })
    expect(await refusalOf((await as('clerk@0')).person({ personId }))).toBe('not_found not_found')
    expect(await (await as('clerk@1')).person({ personId })).toMatchObject({
      orgName: '第二小学',
      posts: [],
      stages: ['2'],
      employedFrom: '2023-03-01',
      employments: [
        { orgName: '第二小学', from: '2023-03-01', until: null },
        { orgName: '第一小学', until: '2023-03-01', endReason: '轮岗交流' },
      ],
      postHistory: [{ code: 'class_teacher', orgName: '第一小学', until: '2023-03-01' }],
    })
    expect(await rolesOf(personId)).toEqual([{ role: 'teacher', org: world.schools[1].id }])
    // Who moves is not hired anew.
    expect(await published(personId)).toMatchObject({ hiredOn: '2010-09-01', employedFrom: '2023-03-01' })
  })

  it('is not for schools, and not across districts', async () => {
    const { id: personId } = await teacher()
    const move = { personId, toOrgId: world.schools[1].id, on: '2023-03-01', reason: '调动' }
    expect(await refusalOf((await as('clerk@0')).transfer(move))).toBe('forbidden access.forbidden')
    expect(await refusalOf((await as('trainer@district')).transfer({ ...move, toOrgId: world.schools[2].id }))).toBe(
      'not_found not_found',
    )
    expect(await refusalOf((await as('trainer@other')).transfer(move))).toBe('not_found not_found')
  })
})

describe('leaving and coming back', () => {
  it('ends what is done there; the person is nobody’s candidate until employed again', async () => {
    const { id: personId } = await teacher()
    const trainer = await as('trainer@district')
    await trainer.leave({ personId, on: '2023-02-01', reason: '辞职' })
    expect(await published(personId)).toBeUndefined()
    expect(await trainer.person({ personId })).toMatchObject({
      category: null,
      stages: [],
      employments: [{ until: '2023-02-01', endReason: '辞职' }],
    })
    await trainer.employ({
      personId,
      orgId: world.schools[1].id,
      category: '11',
      basis: 'contract',
      from: '2023-03-01',
    })
    expect(await published(personId)).toMatchObject({
      basis: 'contract',
      employedFrom: '2023-03-01',
      hiredOn: '2010-09-01',
      stages: [],
    })
    expect(await rolesOf(personId)).toEqual([{ role: 'teacher', org: world.schools[1].id }])
  })
})

describe('correcting', () => {
  it('changes what is named; years of service follow an earlier first day of work', async () => {
    const { id: personId } = await teacher()
    const clerk = await as('clerk@0')
    await clerk.correct({ personId, name: '曾改名', workSince: '2005-09-01' })
    expect(await clerk.person({ personId })).toMatchObject({
      name: '曾改名',
      workSince: '2005-09-01',
      serviceFrom: '2005-09-01',
    })
    expect((await clerk.people({ search: 'zenggaiming' })).total).toBe(1)
    expect(await refusalOf(clerk.correct({ personId, birthDate: '2023-03-02' }))).toBe(
      'invalid records.birth_in_future',
    )
    expect(await refusalOf((await as('clerk@1')).correct({ personId, name: '他校改名' }))).toBe('not_found not_found')
    expect(await refusalOf((await as('auditor@district')).correct({ personId, name: '审计改名' }))).toBe(
      'forbidden access.forbidden',
    )
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
