import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Planted, plantOrganisations, type Scratch, scratch } from '../../../test/harness/scratch.ts'
import type { Act } from '../db/index.ts'
import { correctPerson, employ, endEmployment, identityKeys, type NewPerson, takeOn, transfer } from './index.ts'

const AT = '2023-03-01T01:00:00Z'
const master = randomBytes(32)
const keys = identityKeys((purpose) => createHmac('sha256', master).update(purpose).digest())

let base: Scratch
let orgs: Planted
beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
})
afterAll(() => base?.drop())

const as = <R>(path: string, work: (act: Act) => Promise<R>) => base.as({ paths: [path], at: AT }, work)
const refusal = (code: string) => expect.objectContaining({ code })
const person = (more: Partial<NewPerson> = {}): NewPerson => ({
  name: '张三',
  sex: '1',
  birthDate: '1990-05-01',
  idNumber: null,
  orgId: orgs.first,
  category: '11',
  basis: 'in_post',
  from: '2015-09-01',
  ...more,
})
const added = async (more: Partial<NewPerson> = {}, path = 'm') =>
  (await as(path, (act) => takeOn(act, person(more), keys))).personId
const history = async (id: string) =>
  (
    await sql<{
      org: string
      during: string
      reason: string | null
    }>`select o.short_name as org, e.during::text, e.end_reason as reason
    from directory.employment e join directory.organisation o on o.id = e.org_id where e.person_id = ${id} order by e.during`.execute(
      base.owner,
    )
  ).rows
const sees = async (path: string, id: string) =>
  (await as(path, (act) => sql`select from directory.person p where p.id = ${id}`.execute(act.tx))).rows.length === 1

describe('taking on', () => {
  it('gives a number where there is none, and keeps the identity number secret', async () => {
    const first = await as('m.q.s1', (act) => takeOn(act, person({ idNumber: '11010519491231002x' }), keys))
    const second = await as('m.q.s1', (act) => takeOn(act, person(), keys))
    expect(first.number).toMatch(/^T\d{8}$/)
    expect(second.number > first.number).toBe(true)
    const { rows } = await sql<{
      masked: string
      raw: string
      trail: string
    }>`select p.id_masked as masked, to_jsonb(p)::text as raw,
      (select jsonb_agg(e)::text from audit.event e where e.about_person = p.id) as trail from directory.person p where p.id = ${first.personId}`.execute(
      base.owner,
    )
    expect(rows[0]!.masked).toBe('110105********002X')
    expect(rows[0]!.raw + rows[0]!.trail).not.toContain('19491231')
  })

  it('refuses a number or an identity number that somebody has, without telling who where that is out of sight', async () => {
    const idNumber = '440524188001010014'
    const { number } = await as('m.w', (act) =>
      takeOn(act, person({ orgId: orgs.abroad, number: 'X-1', idNumber }), keys),
    )
    const add = (path: string, more: Partial<NewPerson>) => as(path, (act) => takeOn(act, person(more), keys))
    await expect(add('m.q', { number })).rejects.toEqual(refusal('directory.number_taken'))
    await expect(add('m.q', { idNumber })).rejects.toEqual(
      expect.objectContaining({ code: 'directory.identity_elsewhere', data: {} }),
    )
    await expect(add('m', { idNumber: '44052418800101 0014' })).rejects.toEqual(
      expect.objectContaining({ code: 'directory.identity_taken', data: { number: 'X-1' } }),
    )
  })

  it('lets one of two through that come at the same moment', async () => {
    const both = await Promise.allSettled(
      [1, 2].map(() => as('m.q', (act) => takeOn(act, person({ number: 'TWICE' }), keys))),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'directory.number_taken' },
    })
  })

  it('only at an organisation in scope that is open on the day', async () => {
    await expect(added({ orgId: orgs.second }, 'm.q.s1')).rejects.toEqual(refusal('not_found'))
    await expect(added({ from: '1949-09-30' })).rejects.toEqual(refusal('directory.not_open'))
  })
})

describe('moving', () => {
  it('ends one employment, begins the next, and lets the new school see what the old one no longer does', async () => {
    const id = await added()
    await as('m.q', (act) =>
      transfer(act, { personId: id, toOrgId: orgs.second, on: '2023-03-01', reason: '轮岗交流' }),
    )
    expect(await history(id)).toEqual([
      { org: '青江一小', during: '[2015-09-01,2023-03-01)', reason: '轮岗交流' },
      { org: '青江二中', during: '[2023-03-01,)', reason: null },
    ])
    expect([await sees('m.q.s1', id), await sees('m.q.s2', id)]).toEqual([false, true])
  })

  it.each([
    ['on the day of entry', { on: '2015-09-01' }, 'directory.before_entry'],
    ['to where one is', { to: 'first' as const }, 'directory.already_there'],
    ['to another district', { to: 'abroad' as const }, 'not_found'],
    ['by the own school alone', { path: 'm.q.s1' }, 'not_found'],
    ['by another district', { path: 'm.w' }, 'not_found'],
  ])('is refused %s', async (_name, given, code) => {
    const {
      on = '2023-03-01',
      to = 'second',
      path = 'm.q',
    } = given as { on?: string; to?: keyof Planted; path?: string }
    const id = await added()
    await expect(
      as(path, (act) => transfer(act, { personId: id, toOrgId: orgs[to], on, reason: '调动' })),
    ).rejects.toEqual(refusal(code))
    expect(await history(id)).toHaveLength(1)
  })

  it('keeps one main employment when two offices move the same person at once', async () => {
    const id = await added()
    const move = (toOrgId: string) =>
      as('m', (act) => transfer(act, { personId: id, toOrgId, on: '2023-03-01', reason: '调动' }))
    const both = await Promise.allSettled([move(orgs.second), move(orgs.abroad)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await history(id)).toHaveLength(2)
  })
})

describe('leaving and coming back', () => {
  it('keeps both on record', async () => {
    const id = await added()
    await as('m.q', (act) => endEmployment(act, { personId: id, on: '2020-07-01', reason: '辞职' }))
    await expect(
      as('m.q', (act) => endEmployment(act, { personId: id, on: '2020-07-02', reason: '辞职' })),
    ).rejects.toEqual(refusal('not_found'))
    await as('m.q', (act) =>
      employ(act, { personId: id, orgId: orgs.second, category: '11', basis: 'contract', from: '2022-09-01' }),
    )
    expect((await history(id)).map(({ org, during }) => [org, during])).toEqual([
      ['青江一小', '[2015-09-01,2020-07-01)'],
      ['青江二中', '[2022-09-01,)'],
    ])
    expect(await sees('m.q.s2', id)).toBe(true)
  })

  it.each([
    ['while employed', '2022-09-01', 'directory.employed_then'],
    ['in time that was served already', '2016-09-01', 'directory.employed_then'],
    ['before it begins', '2023-03-02', 'directory.in_future'],
  ])('is refused %s', async (_name, from, code) => {
    const id = await added()
    await expect(
      as('m.q', (act) => employ(act, { personId: id, orgId: orgs.second, category: '11', basis: 'in_post', from })),
    ).rejects.toEqual(refusal(code))
  })
})

describe('correcting', () => {
  it('changes what is named, and the trail has before and after, numbers masked', async () => {
    const id = await added({ idNumber: '510104198203071229' })
    await as('m.q.s1', (act) =>
      correctPerson(act, { personId: id, name: '单田芳', idNumber: '510105200002290018' }, keys),
    )
    const { rows } = await sql<{
      name: string
      pinyin: string
      sex: string
      birthDate: string
      before: unknown
      after: unknown
    }>`select p.name, p.pinyin, p.sex, p.birth_date, e.before, e.after
      from directory.person p join audit.event e on e.about_person = p.id and e.action = 'directory.person_corrected' where p.id = ${id}`.execute(
      base.owner,
    )
    expect(rows).toEqual([
      {
        name: '单田芳',
        pinyin: 'shantianfang',
        sex: '1',
        birthDate: '1990-05-01',
        before: { name: '张三', idMasked: '510104********1229' },
        after: { name: '单田芳', idMasked: '510105********0018' },
      },
    ])
  })

  it('writes nothing where nothing differs', async () => {
    const id = await added({ idNumber: '810000199408230021' })
    await as('m.q.s1', (act) =>
      correctPerson(act, { personId: id, name: '张三', idNumber: '810000199408230021' }, keys),
    )
    const { rows } =
      await sql`select from audit.event e where e.about_person = ${id} and e.action = 'directory.person_corrected'`.execute(
        base.owner,
      )
    expect(rows).toHaveLength(0)
  })

  it('is refused for somebody else’s identity number and out of scope', async () => {
    const holder = await added({ number: 'HOLDER', idNumber: '510105202303010015' })
    const id = await added()
    await expect(
      as('m.q', (act) => correctPerson(act, { personId: id, idNumber: '510105202303010015' }, keys)),
    ).rejects.toEqual(refusal('directory.identity_taken'))
    await expect(as('m.q.s2', (act) => correctPerson(act, { personId: holder, name: '李四' }, keys))).rejects.toEqual(
      refusal('not_found'),
    )
  })
})

describe('finding', () => {
  const find = async (term: string, path = 'm.q.s2') =>
    (
      await as(path, (act) =>
        sql<{
          name: string
        }>`select p.name from directory.person p where p.id in (select f from directory.find_people(${term}) f) order by p.number`.execute(
          act.tx,
        ),
      )
    ).rows.map(({ name }) => name)
  beforeAll(async () => {
    const names = ['欧阳子涵', '单子涵', '王䶮', '𠮷子', '吕布', '阿卜杜拉·Aziz', '曾子涵']
    for (const [i, name] of names.entries())
      await added({ name, number: `Find-${i}`, orgId: i === 6 ? orgs.abroad : orgs.second })
  })

  it.each([
    ['one character', '涵', ['欧阳子涵', '单子涵']],
    ['two characters', '子涵', ['欧阳子涵', '单子涵']],
    ['neighbours only', '欧涵', []],
    ['the whole name with a space', '欧阳 子涵', ['欧阳子涵']],
    ['a rare character', '䶮', ['王䶮']],
    ['a character beyond the first plane', '𠮷', ['𠮷子']],
    ['the surname in its own reading', 'shan', ['单子涵']],
    ['initials', 'szh', ['单子涵']],
    ['initials in capitals', 'OYZ', ['欧阳子涵']],
    ['full pinyin, begun', 'ouyangz', ['欧阳子涵']],
    ['ü as v', 'lvbu', ['吕布']],
    ['ü as itself', 'lübu', ['吕布']],
    ['Latin letters within the name', 'aziz', ['阿卜杜拉·Aziz']],
    ['a number in any case', 'find-3', ['𠮷子']],
    ['a number, begun', 'FIND-', ['欧阳子涵', '单子涵', '王䶮', '𠮷子', '吕布', '阿卜杜拉·Aziz']],
    ['the middle of a number', 'nd-3', ['𠮷子']],
    ['letters from the middle of numbers, which are too many', 'ind', []],
    ['a name without its middle dot', '阿卜杜拉aziz', ['阿卜杜拉·Aziz']],
    ['a name with another dot', '杜拉・A', ['阿卜杜拉·Aziz']],
    ['pinyin with a blank', 'shan zihan', ['单子涵']],
    ['name and school', '子涵 青江二中', ['欧阳子涵', '单子涵']],
    ['school and number', '二中 find-4', ['吕布']],
    ['a name at another school', '子涵 一小', []],
    ['a wildcard is no wildcard', '%', []],
    ['nor within a number', 'd_3', []],
    ['nothing', ' ', []],
  ])('%s: %s', async (_name, term, expected) => expect(await find(term)).toEqual(expected))

  it.each([
    ['part of the short name', '二中', 6],
    ['the code', '3150114002', 6],
    ['the code, begun', '315011', 6],
    ['initials', 'QJEZ', 6],
    ['initials of another school', 'qjyz', 0],
    ['one character, which is no school', '中', 0],
  ])('finds the people of a school by %s', async (_name, term, many) => {
    await sql`update directory.organisation set code = '3150114002', initials = 'qjez' where id = ${orgs.second}`.execute(
      base.owner,
    )
    const found = await find(term, 'm.q')
    expect(found.filter((name) => name !== '张三')).toHaveLength(many)
    expect(await find(term, 'm.w')).toEqual([])
  })

  it('finds them by the beginning of the full name', async () => {
    const { rows } = await sql<{
      name: string
    }>`select o.name from directory.organisation o where o.id = ${orgs.second}`.execute(base.owner)
    expect(await find(rows[0]!.name.slice(0, -1), 'm.q')).toContain('吕布')
  })

  it('asks indexes for what it finds', async () => {
    const plan = async (where: string) => {
      const { rows } = await base.owner.transaction().execute(async (tx) => {
        await sql`set local enable_seqscan = off`.execute(tx)
        return sql<{
          'QUERY PLAN': string
        }>`explain select p.id from directory.person p where ${sql.raw(where)}`.execute(tx)
      })
      return JSON.stringify(rows)
    }
    expect(await plan("upper(p.number) like '%140%'")).toMatch(/person_upper_idx|upper/)
    expect(await plan("p.grams @> directory.grams('子涵')")).toContain('person_grams_idx')
  })

  it('finds nobody out of scope, not even where policies do not stand behind it', async () => {
    expect(await find('子涵', 'm.q.s1')).toEqual([])
    expect(await find('子涵', 'm.w')).toEqual(['曾子涵'])
    const bare = (path: string, term: string) =>
      as(path, (act) => sql`select f from directory.find_people(${term}) f`.execute(act.tx))
    for (const term of ['子涵', 'zengzi', 'zzh', 'Find-6']) {
      expect((await bare('m.q', term)).rows).toHaveLength(term === '子涵' ? 2 : 0)
      expect((await bare('m.w', term)).rows).toHaveLength(1)
    }
  })
})
