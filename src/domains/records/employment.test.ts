/** Taking people on, correcting them, moving them, letting them go and having them back. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../test/harness/world.ts'
import { type RecordsDistrict, recordsDistrict } from './records.fixture.ts'

let house: RecordsDistrict['house']
let world: RecordsDistrict['world']
let as: RecordsDistrict['as']
let teacher: RecordsDistrict['teacher']
let add: RecordsDistrict['add']
let rolesOf: RecordsDistrict['rolesOf']
let published: RecordsDistrict['published']
beforeAll(async () => {
  ;({ house, world, as, teacher, add, rolesOf, published } = await recordsDistrict())
})
afterAll(() => house?.close())

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
