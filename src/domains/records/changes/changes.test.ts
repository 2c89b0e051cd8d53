/** From the phone to the record: proposed with evidence, confirmed by school and district, applied with history; what changed meanwhile is shown. */
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

const PICTURE = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
const photo = async (who: string) =>
  (await (await as(who)).addEvidence({ file: new File([PICTURE], '证书.jpg') })).fileId
const VISITS = { groupId: 'home_visit', kind: 'add' as const }
const rowsOf = async (groupId: string, who = 'clerk@0', personId = teacher.id) =>
  (await (await as(who)).archive({ personId })).filter((row) => row.groupId === groupId)
const todos = async (changeId: string) => {
  const { rows } = await sql<{
    role: string | null
    done: boolean
  }>`select i.role, i.done_at is not null as done from inbox.item i
    where i.key = ${`records.change:${changeId}`} order by i.role`.execute(house.owner)
  return rows
}

describe('a change that the school confirms', () => {
  it('holds from then on, with who proposed and who confirmed', async () => {
    const own = await as(teacher.account)
    const { changeId } = await own.propose({ ...VISITS, values: { year: '2022', term: '1', visits: '3' } })
    expect(await rowsOf('home_visit')).toEqual([])
    expect(await todos(changeId)).toEqual([{ role: 'clerk', done: false }])
    const clerk = await as('clerk@0')
    expect((await clerk.changes({})).rows.map(({ id }) => id)).toContain(changeId)
    const key = { personId: teacher.id, changeId }
    expect(await clerk.decideChange({ ...key, decision: 'confirm' })).toEqual({ state: 'applied' })
    expect((await rowsOf('home_visit'))[0]!.values).toMatchObject({ visits: '3' })
    expect(await todos(changeId)).toEqual([{ role: 'clerk', done: true }])
    expect((await own.myChanges())[0]).toMatchObject({ id: changeId, state: 'applied', steps: [{ stage: 'school' }] })
    expect((await refusalData(clerk.decideChange({ ...key, decision: 'confirm' }))).code).toBe('records.change_settled')
  })

  it('is not of one’s own to confirm, nor seen by another school; refused only with words', async () => {
    const { changeId } = await (await as(teacher.account)).propose({
      ...VISITS,
      values: { year: '2021', term: '1', visits: '2' },
    })
    const key = { personId: teacher.id, changeId, decision: 'refuse' as const }
    expect((await refusalData((await as('clerk@1')).decideChange(key))).kind).toBe('not_found')
    expect((await refusalData((await as('clerk@0')).decideChange(key))).code).toBe('records.note_needed')
    expect(await (await as('clerk@0')).decideChange({ ...key, note: '次数与台账不符' })).toEqual({ state: 'refused' })
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path) values
      (${teacher.account}, gen_random_uuid(), 'clerk', ${world.schools[0].id}, ${world.schools[0].path}::ltree)`.execute(
      house.owner,
    )
    const own = await as(teacher.account)
    const second = await own.propose({ ...VISITS, values: { year: '2020', term: '1', visits: '2' } })
    const mine = { personId: teacher.id, changeId: second.changeId, decision: 'confirm' as const }
    expect((await refusalData(own.decideChange(mine))).code).toBe('records.own_change')
    await own.withdrawChange({ changeId: second.changeId })
    await sql`delete from access.assignment where account_id = ${teacher.account} and role = 'clerk'`.execute(
      house.owner,
    )
  })
})

describe('a change that the district confirms as well', () => {
  const CERTIFICATE = { category: '2', number: '20125001142000009', issuedOn: '2012-07-01', subject: '14' }

  it('needs evidence, and comes from the school to the district', async () => {
    const own = await as(teacher.account)
    const ask = { groupId: 'certificate', kind: 'add' as const, values: CERTIFICATE }
    expect((await refusalData(own.propose(ask))).code).toBe('records.evidence_needed')
    expect((await refusalData(own.propose({ ...ask, evidence: [crypto.randomUUID()] }))).kind).toBe('not_found')
    const { changeId } = await own.propose({ ...ask, evidence: [await photo(teacher.account)] })
    const key = { personId: teacher.id, changeId, decision: 'confirm' as const }
    const district = await as('trainer@district')
    expect((await district.changes({})).rows).toEqual([])
    expect(await (await as('clerk@0')).decideChange(key)).toEqual({ state: 'district' })
    expect(await rowsOf('certificate')).toEqual([])
    expect((await refusalData((await as('clerk@0')).decideChange(key))).code).toBe('records.district_decides')
    expect((await district.changes({})).rows.map(({ id }) => id)).toEqual([changeId])
    const { evidence } = await district.change({ personId: teacher.id, changeId })
    expect(evidence.map(({ name }) => name)).toEqual(['证书.jpg'])
    expect(await district.decideChange(key)).toEqual({ state: 'applied' })
    expect((await rowsOf('certificate'))[0]!.values).toMatchObject(CERTIFICATE)
    const told = await sql<{
      code: string
    }>`select i.code from inbox.item i where i.key = ${`records.change:${changeId}:applied`}`.execute(house.owner)
    expect(told.rows).toEqual([{ code: 'records.message.change_applied' }])
  })
})

describe('a row that somebody else changed meanwhile', () => {
  it('is shown with what was seen, what is wanted and what stands; it is written only over what was shown', async () => {
    const clerk = await as('clerk@0')
    const { rowId } = await clerk.keepRow({
      personId: teacher.id,
      groupId: 'assignment',
      values: { year: '2022', term: '1', stage: '2', subject: '14', lessons: '12' },
    })
    const own = await as(teacher.account)
    const wanted = { groupId: 'assignment', kind: 'correct' as const, rowId, values: { lessons: '14' } }
    const { changeId } = await own.propose({ ...wanted, version: 1 })
    expect((await refusalData(own.propose({ ...wanted, version: 1 }))).code).toBe('records.change_waiting')
    await clerk.keepRow({ personId: teacher.id, groupId: 'assignment', rowId, version: 1, values: { lessons: '10' } })
    const seen = await clerk.change({ personId: teacher.id, changeId })
    expect([seen.was, seen.becomes, seen.now!.values.lessons]).toEqual([{ lessons: '12.0' }, { lessons: '14' }, '10.0'])
    const decide = (over?: number) =>
      clerk.decideChange({ personId: teacher.id, changeId, decision: 'confirm', ...(over ? { over } : {}) })
    expect(await refusalData(decide())).toMatchObject({
      code: 'records.row_changed',
      version: 2,
      was: { lessons: '12.0' },
      given: { lessons: '14' },
    })
    expect((await refusalData(decide(1))).code).toBe('records.row_changed')
    expect(await decide(2)).toEqual({ state: 'applied' })
    expect((await rowsOf('assignment'))[0]).toMatchObject({ version: 3, values: { lessons: '14.0' } })
    const stale = own.propose({ ...wanted, version: 1, values: { lessons: '9' } })
    expect((await refusalData(stale)).code).toBe('records.row_changed')
  })

  it('loses none of many proposals to many people decided at once, and applies none twice', async () => {
    const people = world.teachers[0]!
    const proposed = await Promise.all(
      people.flatMap(({ id, account }) =>
        Array.from({ length: 12 }, async (_, n) => {
          const own = await as(account)
          const values = { year: `${2000 + n}`, term: '2', visits: '1' }
          return { personId: id, ...(await own.propose({ ...VISITS, values })) }
        }),
      ),
    )
    const clerk = await as('clerk@0')
    const decided = await Promise.allSettled(
      [...proposed, ...proposed].map((key) => clerk.decideChange({ ...key, decision: 'confirm' })),
    )
    expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(proposed.length)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from records.home_visit h where h.term = '2'`.execute(house.owner)
    expect(rows[0]!.n).toBe(proposed.length)
  }, 60_000)
})

it('sealed items stay sealed in a proposal, and of what is settled no sealed text is kept', async () => {
  const own = await as(teacher.account)
  const { changeId } = await own.propose({ groupId: 'contact', kind: 'add', values: { phone: '13987654321' } })
  const held = async () =>
    (
      await sql<{
        told: string
      }>`select c.becomes::text as told from records.change c where c.id = ${changeId}`.execute(house.owner)
    ).rows[0]!.told
  expect(await held()).not.toContain('13987654321')
  expect((await own.myChanges())[0]!.becomes.phone).toBe('139****4321')
  await (await as('clerk@0')).decideChange({ personId: teacher.id, changeId, decision: 'confirm' })
  expect(JSON.parse(await held()).phone).toBe('139****4321')
  expect(await own.revealOwnSealed({ groupId: 'contact' })).toEqual({ phone: '13987654321' })
})
