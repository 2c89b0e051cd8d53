import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Planted,
  plantAccount,
  plantOrganisations,
  plantPeople,
  type Scratch,
  scratch,
} from '../../../test/harness/scratch.ts'
import type { Act } from '../db/index.ts'
import {
  addOrganisation,
  childrenOf,
  closeOrganisation,
  clustersInSight,
  moveOrganisation,
  organisationOf,
  renameOrganisation,
  saveCluster,
  schoolsInSight,
  setMembers,
} from './index.ts'

const AT = '2023-03-01T01:00:00Z'
const DISTRICT = ['m.q']

let base: Scratch
let orgs: Planted
beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
})
afterAll(() => base?.drop())

const as = <R>(paths: string[], work: (act: Act) => Promise<R>) => base.as({ paths, at: AT }, work)
const inDistrict = <R>(work: (act: Act) => Promise<R>) => as(DISTRICT, work)
const school = (name: string, more: { code?: string; parentId?: string; from?: string } = {}) =>
  inDistrict((act) =>
    addOrganisation(act, {
      parentId: orgs.district,
      kind: 'school',
      schoolType: '211',
      name: `青江区${name}`,
      shortName: name,
      from: '2020-09-01',
      ...more,
    }),
  )
const pathOf = async (id: string) =>
  (
    await sql<{ path: string }>`select o.path::text from directory.organisation o where o.id = ${id}`.execute(
      base.owner,
    )
  ).rows[0]!.path
const refusal = (code: string) => expect.objectContaining({ code })

describe('opening', () => {
  it('puts it into the tree, found by name, pinyin and initials', async () => {
    const id = await school('重庆桥小学', { code: '2150114001' })
    expect(await pathOf(id)).toMatch(/^m\.q\.o[0-9a-f]{16}$/)
    for (const search of ['桥小', 'cqqxx', 'chongqing', '2150114001', '215011', '重庆 桥', 'CQQXX']) {
      expect(await inDistrict((act) => schoolsInSight(act, search))).toMatchObject([{ id, shortName: '重庆桥小学' }])
    }
    const { rows } = await sql<{
      action: string
    }>`select e.action from audit.event e where e.subject_id = ${id}`.execute(base.owner)
    expect(rows).toEqual([{ action: 'directory.organisation_opened' }])
  })

  it('refuses a code that is taken, a school without a type, a parent that cannot have it, and a parent out of scope', async () => {
    await school('甲小学', { code: '2150114002' })
    await expect(school('乙小学', { code: '2150114002' })).rejects.toEqual(refusal('directory.code_taken'))
    const add = (input: { kind: string; parentId: string }) =>
      inDistrict((act) => addOrganisation(act, { name: '某单位', shortName: '某单位', from: '2020-09-01', ...input }))
    await expect(add({ kind: 'school', parentId: orgs.district })).rejects.toEqual(
      refusal('directory.school_type_needed'),
    )
    await expect(add({ kind: 'district', parentId: orgs.district })).rejects.toEqual(refusal('directory.wrong_parent'))
    await expect(add({ kind: 'institution', parentId: orgs.first })).rejects.toEqual(refusal('directory.wrong_parent'))
    await expect(add({ kind: 'department', parentId: orgs.abroad })).rejects.toEqual(refusal('not_found'))
    await add({ kind: 'department', parentId: orgs.first })
  })
})

describe('renaming', () => {
  it('keeps the place in the tree and the earlier name in the trail', async () => {
    const id = await school('旧名小学')
    const path = await pathOf(id)
    await inDistrict((act) =>
      renameOrganisation(act, { orgId: id, name: '青江区新名小学', shortName: '新名小学', nameEn: null }),
    )
    expect(await pathOf(id)).toBe(path)
    expect(await inDistrict((act) => schoolsInSight(act, 'xmxx'))).toMatchObject([{ id }])
    const { rows } = await sql<{
      before: unknown
    }>`select e.before from audit.event e where e.subject_id = ${id} and e.action = 'directory.organisation_renamed'`.execute(
      base.owner,
    )
    expect(rows[0]!.before).toMatchObject({ shortName: '旧名小学' })
    await expect(
      as(['m.w'], (act) => renameOrganisation(act, { orgId: id, name: '他区改名', shortName: '他区' })),
    ).rejects.toEqual(refusal('not_found'))
  })
})

describe('closing', () => {
  it('waits until nobody is employed there on that day or later, and nothing is open under it', async () => {
    const id = await school('撤并小学')
    const [person] = await plantPeople(base.owner, id, 1)
    const employ = (during: string) =>
      sql`insert into directory.employment (person_id, id, org_id, org_path, during)
      select ${person}, gen_random_uuid(), o.id, o.path, ${during}::daterange from directory.organisation o where o.id = ${id}`.execute(
        base.owner,
      )
    const close = (on: string) => inDistrict((act) => closeOrganisation(act, { orgId: id, on }))
    await employ('[2021-09-01,2023-09-01)')
    await expect(close('2023-08-31')).rejects.toEqual(refusal('directory.people_left'))
    await employ('[2024-09-01,2025-09-01)')
    await expect(close('2023-09-01')).rejects.toEqual(refusal('directory.people_left'))
    const part = await inDistrict((act) =>
      addOrganisation(act, {
        parentId: id,
        kind: 'department',
        name: '教务处',
        shortName: '教务处',
        from: '2020-09-01',
      }),
    )
    await expect(close('2025-09-01')).rejects.toEqual(refusal('directory.children_left'))
    await inDistrict((act) => closeOrganisation(act, { orgId: part, on: '2023-01-01' }))
    await expect(close('2020-09-01')).rejects.toEqual(refusal('directory.people_left'))
    await close('2025-09-01')
    expect(await inDistrict((act) => organisationOf(act, id))).toMatchObject({
      openedOn: '2020-09-01',
      closedOn: '2025-09-01',
    })
  })

  it('never before it opened, and never out of scope', async () => {
    const id = await school('未开小学', { from: '2023-09-01' })
    await expect(inDistrict((act) => closeOrganisation(act, { orgId: id, on: '2023-09-01' }))).rejects.toEqual(
      refusal('directory.closes_before_it_opens'),
    )
    await expect(as(['m.w'], (act) => closeOrganisation(act, { orgId: id, on: '2024-01-01' }))).rejects.toEqual(
      refusal('not_found'),
    )
  })
})

describe('moving', () => {
  it('takes everything along: what stands under it, people, accounts', async () => {
    const id = await school('迁移小学')
    const part = await inDistrict((act) =>
      addOrganisation(act, {
        parentId: id,
        kind: 'department',
        name: '总务处',
        shortName: '总务处',
        from: '2020-09-01',
      }),
    )
    const [person] = await plantPeople(base.owner, part, 1)
    await plantAccount(base.owner, part, 'mover', person)
    await as(['m'], (act) => moveOrganisation(act, { orgId: id, parentId: orgs.foreign }))
    const [path, under] = [await pathOf(id), await pathOf(part)]
    expect(path).toMatch(/^m\.w\.o/)
    expect(under.startsWith(`${path}.`)).toBe(true)
    const { rows } = await sql<{
      person: string
      account: string
    }>`select p.org_path::text as person, a.org_path::text as account
      from directory.person p join access.account a on a.person_id = p.id where p.id = ${person}`.execute(base.owner)
    expect(rows).toEqual([{ person: under, account: under }])
    expect((await as(['m.w'], (act) => organisationOf(act, part))).ancestors.map(({ name }) => name).slice(1)).toEqual([
      '万水区',
      '迁移小学',
    ])
  })

  it('refuses a place under itself, a kind that cannot stand there, and anything beyond the scope', async () => {
    const id = await school('留守小学')
    const part = await inDistrict((act) =>
      addOrganisation(act, {
        parentId: id,
        kind: 'department',
        name: '德育处',
        shortName: '德育处',
        from: '2020-09-01',
      }),
    )
    await expect(inDistrict((act) => moveOrganisation(act, { orgId: part, parentId: part }))).rejects.toEqual(
      refusal('directory.own_descendant'),
    )
    await expect(inDistrict((act) => moveOrganisation(act, { orgId: id, parentId: part }))).rejects.toEqual(
      refusal('directory.own_descendant'),
    )
    await expect(inDistrict((act) => moveOrganisation(act, { orgId: id, parentId: orgs.first }))).rejects.toEqual(
      refusal('directory.wrong_parent'),
    )
    await expect(inDistrict((act) => moveOrganisation(act, { orgId: id, parentId: orgs.foreign }))).rejects.toEqual(
      refusal('not_found'),
    )
  })
})

describe('reading', () => {
  it('gives children on demand, and the top of the scope first', async () => {
    expect(await as(['m'], (act) => childrenOf(act))).toMatchObject([{ id: orgs.municipality }])
    expect((await as(['m'], (act) => childrenOf(act, orgs.municipality))).map(({ id }) => id).sort()).toEqual(
      [orgs.district, orgs.foreign].sort(),
    )
    expect((await as(['m.q.s1', 'm.w'], (act) => childrenOf(act))).map(({ id }) => id).sort()).toEqual(
      [orgs.foreign, orgs.first].sort(),
    )
    expect(await as(['m.q.s1'], (act) => childrenOf(act, orgs.district))).toMatchObject([{ id: orgs.first }])
  })

  it('shows a teacher the own school and nothing else', async () => {
    const [person] = await plantPeople(base.owner, orgs.first, 1)
    const alone = <R>(work: (act: Act) => Promise<R>) => base.as({ person, self: true, at: AT }, work)
    expect(await alone((act) => schoolsInSight(act))).toMatchObject([{ id: orgs.first }])
    await expect(alone((act) => organisationOf(act, orgs.second))).rejects.toEqual(refusal('not_found'))
  })
})

describe('clusters', () => {
  it('have members over time', async () => {
    const id = await inDistrict((act) =>
      saveCluster(act, { orgId: orgs.district, kind: 'school_district', name: '第一学区' }),
    )
    const members = async (at: string) =>
      (await base.as({ paths: DISTRICT, at }, (act) => clustersInSight(act)))
        .find((one) => one.id === id)!
        .members.map(({ orgId }) => orgId)
        .sort()
    const set = (orgIds: string[], from: string) =>
      inDistrict((act) => setMembers(act, { clusterId: id, orgIds, from }))
    await set([orgs.first, orgs.second], '2023-01-01')
    await set([orgs.first], '2023-06-01')
    await set([orgs.first, orgs.second], '2023-07-01')
    // Set, taken back and set again on one day: nothing is left of what never held.
    for (let i = 0; i < 2; i++) {
      await set([orgs.first], '2023-07-01')
      await set([orgs.first, orgs.second], '2023-07-01')
    }
    expect(await members('2023-05-31T04:00:00Z')).toEqual([orgs.first, orgs.second].sort())
    expect(await members('2023-06-01T04:00:00Z')).toEqual([orgs.first])
    expect(await members('2023-07-01T04:00:00Z')).toEqual([orgs.first, orgs.second].sort())
    const { rows } = await sql<{
      count: number
    }>`select count(*)::int as count from directory.cluster_member m where m.cluster_id = ${id}`.execute(base.owner)
    expect(rows[0]!.count).toBe(3)
  })

  it('take no school of another district, and are changed by nobody elsewhere', async () => {
    const id = await inDistrict((act) =>
      saveCluster(act, { orgId: orgs.district, kind: 'education_group', name: '青江集团' }),
    )
    await expect(
      inDistrict((act) => setMembers(act, { clusterId: id, orgIds: [orgs.abroad], from: '2023-01-01' })),
    ).rejects.toEqual(refusal('not_found'))
    await expect(
      as(['m.w'], (act) => setMembers(act, { clusterId: id, orgIds: [orgs.abroad], from: '2023-01-01' })),
    ).rejects.toEqual(refusal('not_found'))
    await expect(
      as(['m.w'], (act) =>
        saveCluster(act, { clusterId: id, orgId: orgs.foreign, kind: 'education_group', name: '改名' }),
      ),
    ).rejects.toEqual(refusal('not_found'))
    expect((await as(['m.w'], (act) => clustersInSight(act))).map((one) => one.id)).not.toContain(id)
  })
})
