/** The record group by group: kept by offices, read whole, sealed, guarded, with history; a hundred who change the same at once. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type Person, refusalData, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'

let house: OpenHouse
let world: World
let teacher: Person
const as = async (who: string) => (await world.as(who)).records
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 3)
  teacher = world.teachers[0]![0]!
})
afterAll(() => house?.close())

const LANGUAGE = { kind: 'mandarin', grade: '3', testedOn: '2012-06-01', certificateNo: 'PTH-1' }
const SANCTION = { track: 'institution', kind: 'warning', decidedOn: '2022-03-01', document: '区教〔2022〕1号' }

describe('groups as data', () => {
  it('tell everybody who signs in what each item is for, by the rules that hold where they are', async () => {
    const groups = await (await as(teacher.account)).groups()
    const education = groups.find(({ id }) => id === 'education')!
    const level = education.fields.find(({ key }) => key === 'level')!
    expect(level.uses.some(({ kind }) => kind === 'rule')).toBe(true)
    for (const { id, fields } of groups.filter(({ id }) => id !== 'leave'))
      for (const { key, uses } of fields.filter(({ key }) => key !== 'from' && key !== 'until'))
        expect(uses.length, `${id}.${key}`).toBeGreaterThan(0)
  })
})

describe('what offices keep', () => {
  it('is the school’s where the school confirms, and the district’s where that does', async () => {
    const clerk = await as('clerk@0')
    const { rowId } = await clerk.keepRow({ personId: teacher.id, groupId: 'language', values: LANGUAGE })
    const rows = await clerk.archive({ personId: teacher.id })
    expect(rows.find(({ id }) => id === rowId)).toMatchObject({ version: 1, values: { ...LANGUAGE, other: null } })
    const certificate = { category: '2', number: '20125001142000001', issuedOn: '2012-07-01' }
    const ask = { personId: teacher.id, groupId: 'certificate', values: certificate }
    expect((await refusalData(clerk.keepRow(ask))).code).toBe('records.district_keeps')
    await (await as('trainer@district')).keepRow(ask)
    expect((await refusalData((await as('trainer@district')).keepRow(ask))).code).toBe('records.row_already')
  })

  it('is checked against the declaration', async () => {
    const clerk = await as('clerk@0')
    const keep = (groupId: string, values: Record<string, string | boolean | null>) =>
      refusalData(clerk.keepRow({ personId: teacher.id, groupId, values })).then(({ code }) => code)
    expect(await keep('language', { kind: 'mandarin' })).toBe('records.field_missing')
    expect(await keep('language', { ...LANGUAGE, testedOn: '2012-02-30' })).toBe('records.field_wrong')
    expect(await keep('language', { ...LANGUAGE, kind: 'klingon' })).toBe('records.unknown_code')
    expect(await keep('language', { ...LANGUAGE, secret: 'x' })).toBe('records.field_unknown')
    expect(await keep('home_visit', { year: '2022', term: '1', visits: '401' })).toBe('records.field_wrong')
    expect(await keep('leave', { reason: 'sick', semesters: '1', from: '2022-09-01', until: '2022-08-01' })).toBe(
      'records.ends_before_it_begins',
    )
    expect(await keep('employment', {})).toBe('not_found')
    expect(await keep('sanction', SANCTION)).toBe('records.guarded')
  })

  it('ends what held where only one holds at a time', async () => {
    const district = await as('trainer@district')
    const someone = world.teachers[1]![0]!
    const grade = (values: Record<string, string>) =>
      district.keepRow({ personId: someone.id, groupId: 'grade', values })
    await grade({ grade: 'p11', from: '2012-09-01' })
    await grade({ grade: 'p10', from: '2018-09-01' })
    await grade({ grade: 'p12', from: '2010-09-01' })
    const rows = (await district.archive({ personId: someone.id })).filter(({ groupId }) => groupId === 'grade')
    expect(rows.map(({ values: { grade: held, from, until } }) => [held, from, until])).toEqual([
      ['p10', '2018-09-01', null],
      ['p11', '2012-09-01', '2018-08-31'],
      ['p12', '2010-09-01', '2012-08-31'],
    ])
    const twice = district.keepRow({
      personId: someone.id,
      groupId: 'grade',
      values: { grade: 'p9', from: '2013-01-01', until: '2014-01-01' },
    })
    expect((await refusalData(twice)).code).toBe('records.row_overlaps')
  })

  it('keeps what a row said before, and refuses with both values who saw another version', async () => {
    const clerk = await as('clerk@0')
    const key = { personId: teacher.id, groupId: 'home_visit' }
    const { rowId } = await clerk.keepRow({ ...key, values: { year: '2022', term: '1', visits: '4' } })
    await sql`update records.home_visit set known_from = '2023-01-01' where id = ${rowId}`.execute(house.owner)
    await clerk.keepRow({ ...key, rowId, version: 2, values: { visits: '5' } })
    const refusal = await refusalData(clerk.keepRow({ ...key, rowId, version: 2, values: { visits: '6' } }))
    expect(refusal).toMatchObject({
      code: 'records.row_changed',
      version: 3,
      current: { visits: '5' },
      given: { visits: '6' },
    })
    const said = await clerk.rowHistory({ ...key, rowId })
    expect(said.map(({ values }) => values.visits)).toEqual(['5', '4'])
    await clerk.dropRow({ ...key, rowId, version: 3, reason: '重复登记' })
    expect((await clerk.rowHistory({ ...key, rowId })).length).toBeGreaterThan(0)
    expect((await clerk.archive({ personId: teacher.id })).some(({ id }) => id === rowId)).toBe(false)
  })

  it('loses none of a hundred edits at once: one is written, the others learn of it and try again', async () => {
    const clerk = await as('clerk@0')
    const key = { personId: world.teachers[0]![1]!.id, groupId: 'basics' }
    const { rowId } = await clerk.keepRow({ ...key, values: { nativePlace: '第0版' } })
    const edits = Array.from({ length: 100 }, (_, n) => `第${n + 1}版`)
    const first = await Promise.allSettled(
      edits.map((nativePlace) => clerk.keepRow({ ...key, rowId, version: 1, values: { nativePlace } })),
    )
    expect(first.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = first.flatMap((one) => (one.status === 'rejected' ? [one.reason.data] : []))
    expect(reasons.every(({ code }) => code === 'records.row_changed')).toBe(true)
    expect(reasons.every(({ current, given }) => current.nativePlace !== given.nativePlace)).toBe(true)
    // Each of the others learns the version that stands, and writes over it knowingly.
    let version = 2
    for (const { given } of reasons) {
      const again = { ...key, rowId, values: given as { nativePlace: string } }
      const { version: stands } = await refusalData(clerk.keepRow({ ...again, version: 1 }))
      await clerk.keepRow({ ...again, version: stands as number })
      version += 1
    }
    const { rows } = await sql<{
      version: number
      told: number
    }>`select b.version, (select count(distinct e.after ->> 'nativePlace')::int
      from audit.event e where e.subject_id = b.id and e.action = 'records.row_corrected') as told from records.basics b where b.id = ${rowId}`.execute(
      house.owner,
    )
    expect(rows[0]).toEqual({ version, told: 100 })
  }, 60_000)
})

describe('sealed items', () => {
  it('are shown masked, opened for a purpose, and nowhere in clear', async () => {
    const clerk = await as('clerk@0')
    await clerk.keepRow({
      personId: teacher.id,
      groupId: 'contact',
      values: { phone: '139 1234 5678', mail: 'a@b.cn' },
    })
    const row = (await clerk.archive({ personId: teacher.id })).find(({ groupId }) => groupId === 'contact')!
    expect(row.values).toMatchObject({ phone: '139****5678', mail: 'a***@b.cn', address: null })
    const ask = { personId: teacher.id, groupId: 'contact', purpose: '通知开会' }
    expect(await clerk.revealSealed(ask)).toEqual({ phone: '13912345678', mail: 'a@b.cn' })
    expect((await refusalData((await as('trainer@district')).revealSealed(ask))).kind).toBe('forbidden')
    expect(await (await as(teacher.account)).revealOwnSealed({ groupId: 'contact' })).toMatchObject({ mail: 'a@b.cn' })
    const { rows } = await sql<{
      told: string
    }>`select string_agg(e::text, ' ') as told from audit.event e where e.about_person = ${teacher.id}`.execute(
      house.owner,
    )
    expect(rows[0]!.told).not.toContain('13912345678')
    expect(rows[0]!.told).toContain('通知开会')
  })
})

describe('what is guarded', () => {
  it('is seen by the person, the principal and the commission, by nobody else, in no export', async () => {
    const commission = await as('commission@district')
    const { rowId } = await commission.keepGuarded({ personId: teacher.id, groupId: 'sanction', values: SANCTION })
    const seen = async (who: string) => (await (await as(who)).guarded({ personId: teacher.id })).length
    expect(await seen('commission@district')).toBe(1)
    expect(await seen('principal@0')).toBe(1)
    for (const who of ['clerk@0', 'trainer@district', 'auditor@district', 'administrator@district', teacher.account])
      expect((await refusalData(seen(who))).kind, who).toBe('forbidden')
    expect((await refusalData(seen('principal@1'))).kind).toBe('not_found')
    const own = await (await as(teacher.account)).ownArchive()
    expect(own.filter(({ groupId }) => groupId === 'sanction')).toHaveLength(1)
    for (const who of ['clerk@0', 'commission@district']) {
      const rows = await (await as(who)).archive({ personId: teacher.id })
      expect(rows.filter(({ groupId }) => groupId === 'sanction')).toEqual([])
    }
    expect((await refusalData((await as('commission@district')).exportGroup({ groupId: 'sanction' }))).code).toBe(
      'records.not_exported',
    )
    const key = { personId: teacher.id, groupId: 'sanction', rowId }
    expect((await refusalData((await as('clerk@0')).rowHistory(key))).kind).toBe('not_found')
    const { rows } = await sql<{
      told: string
    }>`select string_agg(e::text, ' ') as told from audit.event e where e.subject_id = ${rowId}`.execute(house.owner)
    expect(rows[0]!.told).not.toContain('warning')
  })
})

describe('checks', () => {
  it('are due by the last of each kind, the longest overdue first, at one’s own schools', async () => {
    const clerk = await as('clerk@0')
    const [, second, third] = world.teachers[0]!
    const check = (personId: string, doneOn: string, dueOn: string) =>
      clerk.keepRow({ personId, groupId: 'check', values: { kind: 'medical', doneOn, outcome: 'clear', dueOn } })
    await check(second!.id, '2021-09-01', '2022-09-01')
    await check(third!.id, '2021-03-01', '2022-03-01')
    await check(third!.id, '2022-03-20', '2023-03-20')
    const due = async (who: string, within = 60) =>
      (await (await as(who)).checksDue({ within })).rows.map(({ personId, dueOn, overdue }) => [
        personId,
        dueOn,
        overdue,
      ])
    expect(await due('clerk@0')).toEqual([
      [second!.id, '2022-09-01', true],
      [third!.id, '2023-03-20', false],
    ])
    expect(await due('trainer@district', 0)).toEqual([[second!.id, '2022-09-01', true]])
    expect(await due('clerk@1')).toEqual([])
    const { rows, next, total } = await clerk.checksDue({ limit: 1 })
    expect([rows.length, total]).toEqual([1, 2])
    expect((await clerk.checksDue({ limit: 1, cursor: next! })).rows[0]!.personId).toBe(third!.id)
  })
})
