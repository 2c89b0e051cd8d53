import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Planted, plantOrganisations, plantPeople, type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { defineIndicator, measure, measureAll, peopleOf, snapshotsOf, takeSnapshot } from './index.ts'

const span = { id: '2023', from: '2023-01-01', until: '2024-01-01' }

/** The share of women: every second person planted is one. */
const women = defineIndicator({
  id: 'test.women',
  name: { zh: '女教师比例', en: 'Share of women' },
  unit: 'share',
  numerator: () =>
    sql`select p.org_path, count(*)::numeric from directory.person p where p.sex = '2' group by p.org_path`,
  denominator: () => sql`select p.org_path, 1::numeric from directory.person p`,
  people: () => sql`select p.id, p.org_path, p.sex = '2' from directory.person p`,
})
const { people: _people, ...plain } = women
const sensitive = defineIndicator({ ...plain, id: 'test.sensitive', minimumGroup: 5 })
const count = defineIndicator({
  id: 'test.people',
  name: { zh: '人数', en: 'People' },
  unit: 'count',
  numerator: () => sql`select p.org_path, 1::numeric from directory.person p`,
})
const dated = defineIndicator({
  id: 'test.hired',
  name: { zh: '新聘', en: 'Hired' },
  unit: 'count',
  numerator: ({ from, until }) =>
    sql`select e.org_path, 1::numeric from directory.employment e where lower(e.during) >= ${from}::date and lower(e.during) < ${until}::date`,
})

let base: Scratch
let orgs: Planted
beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
  const [first] = await Promise.all([
    plantPeople(base.owner, orgs.first, 3),
    plantPeople(base.owner, orgs.second, 30),
    plantPeople(base.owner, orgs.abroad, 8),
  ])
  await plantPeople(base.owner, orgs.district, 4)
  await sql`insert into directory.employment (person_id, id, org_id, org_path, during)
    select p.id, p.id, p.org_id, p.org_path, daterange('2023-09-01', null) from directory.person p where p.id = ${first[0]}`.execute(
    base.owner,
  )
})
afterAll(() => base?.drop())

const district = { paths: ['m.q'] }

describe('measuring', () => {
  test('adds up everything below, for each organisation asked for', async () => {
    const found = await base.as(district, (act) =>
      measure(act, women, { orgIds: [orgs.district, orgs.first, orgs.second] }, span),
    )
    expect(found.map(({ orgId, numerator, denominator, value }) => [orgId, numerator, denominator, value])).toEqual([
      [orgs.district, '18', '37', '0.4865'],
      [orgs.first, '1', '3', '0.3333'],
      [orgs.second, '15', '30', '0.5000'],
    ])
  })

  test('by level, under one of them where wanted', async () => {
    const all = await base.as({ paths: ['m'] }, (act) => measure(act, count, { level: 'school' }, span))
    expect(all.map(({ orgName, value }) => [orgName, value])).toEqual([
      ['青江一小', '3'],
      ['青江二中', '30'],
      ['万水三小', '8'],
    ])
    const under = await base.as({ paths: ['m'] }, (act) =>
      measure(act, count, { level: 'school', under: orgs.foreign }, span),
    )
    expect(under.map(({ orgId }) => orgId)).toEqual([orgs.abroad])
  })

  test('what is out of scope is left out, and never counted in', async () => {
    expect(
      await base.as(district, (act) => measure(act, count, { orgIds: [orgs.abroad, orgs.municipality] }, span)),
    ).toEqual([])
    const school = await base.as({ paths: ['m.q.s1'] }, (act) => measure(act, count, { level: 'school' }, span))
    expect(school.map(({ value }) => value)).toEqual(['3'])
  })

  test('nothing there to measure is no nought', async () => {
    const nobody = defineIndicator({
      ...women,
      id: 'test.nobody',
      numerator: () => sql`select p.org_path, 0::numeric from directory.person p where false`,
      denominator: () => sql`select p.org_path, 0::numeric from directory.person p where false`,
    })
    const [found] = await base.as(district, (act) => measure(act, nobody, { orgIds: [orgs.first] }, span))
    expect(found).toMatchObject({ numerator: '0', denominator: '0', value: null, suppressed: false })
  })

  test('the period is half-open', async () => {
    const hired = (from: string, until: string) =>
      base.as(
        district,
        async (act) => (await measure(act, dated, { orgIds: [orgs.district] }, { id: 'x', from, until }))[0]!.value,
      )
    expect(await hired('2023-09-01', '2023-09-02')).toBe('1')
    expect(await hired('2023-01-01', '2023-09-01')).toBe('0')
  })
})

describe('several at once', () => {
  const inOnePass = defineIndicator<typeof span & { sex: string }>({
    id: 'test.in_one_pass',
    name: women.name,
    unit: 'share',
    ratio: ({ sex }) =>
      sql`select p.org_path, count(*) filter (where p.sex = ${sex}), count(*) from directory.person p group by p.org_path`,
  })

  test('give what each gives alone, and one pass gives what two do', async () => {
    const target = { level: ['school', 'district'] as const }
    await base.as({ paths: ['m'] }, async (act) => {
      const shares = await measure(act, women, target, span)
      const counts = await measure(act, count, target, span)
      const kept = await measure(act, sensitive, target, span)
      expect(shares.length).toBe(5)
      expect(await measureAll(act, [women, count, sensitive], target, span)).toEqual([shares, counts, kept])
      expect(await measure(act, inOnePass, target, { ...span, sex: '2' })).toEqual(shares)
      expect(counts.map(({ orgName, denominator }) => [orgName, denominator])).toContainEqual(['青江区', null])
      expect(kept.some(({ suppressed }) => suppressed)).toBe(true)
    })
  })
})

describe('sensitive figures', () => {
  test('a small group is held back, and its sibling with it, also when only the sibling is asked for', async () => {
    const ask = (...orgIds: string[]) => base.as(district, (act) => measure(act, sensitive, { orgIds }, span))
    for (const found of [await ask(orgs.first), await ask(orgs.second), await ask(orgs.first, orgs.second)]) {
      for (const each of found)
        expect(each).toMatchObject({ numerator: null, denominator: null, value: null, suppressed: true })
    }
    expect((await ask(orgs.district))[0]).toMatchObject({ denominator: '37', suppressed: false })
  })

  test('they cannot show people', () => {
    expect(() => defineIndicator({ ...women, minimumGroup: 5 })).toThrow('sensitive')
  })
})

describe('the people behind', () => {
  const look = (who: { paths: string[] }, ask: Partial<Parameters<typeof peopleOf>[2]>) =>
    base.as(who, (act) => peopleOf(act, women, { orgId: orgs.district, span, limit: 50, ...ask }))

  test('are those in scope, paged by name without gaps', async () => {
    const names: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await look(district, { limit: 10, cursor })
      expect(page.total).toBe(37)
      names.push(...page.rows.map(({ personId }) => personId))
      if (!page.next) break
      cursor = page.next
    }
    expect(new Set(names).size).toBe(37)
    expect((await look(district, { counted: true })).total).toBe(18)
    expect((await look(district, { orgId: orgs.first, counted: false })).rows.map(({ orgName }) => orgName)).toEqual([
      '青江一小',
      '青江一小',
    ])
  })

  test('elsewhere there is nobody, and some indicators have none to show', async () => {
    await expect(look({ paths: ['m.q.s1'] }, {})).rejects.toMatchObject({ code: 'not_found' })
    await expect(look(district, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'indicators.bad_cursor' })
    await expect(
      base.as(district, (act) => peopleOf(act, count, { orgId: orgs.first, span, limit: 5 })),
    ).rejects.toMatchObject({ code: 'indicators.no_people' })
  })
})

describe('snapshots', () => {
  test('keep what was, in scope, and nothing that was held back', async () => {
    const at = '2023-12-31T12:00:00+08:00'
    const take = () =>
      base.as({ ...district, at }, (act) => takeSnapshot(act, [women, sensitive], { level: 'school' }, span))
    expect(await take()).toBe(4)
    expect(await take()).toBe(0)
    await plantPeople(base.owner, orgs.second, 2)
    await base.as({ ...district, at: '2024-01-05T12:00:00+08:00' }, (act) =>
      takeSnapshot(act, [women], { orgIds: [orgs.second] }, span),
    )
    const kept = await base.as(district, (act) => snapshotsOf(act, 'test.women', orgs.second))
    expect(kept.map(({ denominator }) => denominator)).toEqual(['32', '30'])
    expect(await base.as(district, (act) => snapshotsOf(act, 'test.sensitive', orgs.first))).toMatchObject([
      { suppressed: true, numerator: null, value: null },
    ])
    expect(await base.as({ paths: ['m.w'] }, (act) => snapshotsOf(act, 'test.women', orgs.second))).toEqual([])
    await expect(
      base.as(district, (act) => sql`update indicators.snapshot set value = 1`.execute(act.tx)),
    ).rejects.toThrow('permission denied')
  })
})
