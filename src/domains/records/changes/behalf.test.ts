/** What an office proposes for somebody who cannot: the person is told and may object, and nobody is both of the two who confirm. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type Person, refusalData, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'

let house: OpenHouse
let world: World
let teacher: Person
const as = async (who: string) => (await world.as(who)).records
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  teacher = world.teachers[0]![0]!
})
afterAll(() => house?.close())

const PICTURE = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
const evidence = async (who = 'clerk@0', personId = teacher.id) => [
  (await (await as(who)).addEvidenceFor({ personId, file: new File([PICTURE], '户口簿.jpg') })).fileId,
]
const renamed = async (name: string) => {
  const clerk = await as('clerk@0')
  const { version } = await clerk.person({ personId: teacher.id })
  const values = { groupId: 'identity', kind: 'correct' as const, rowId: teacher.id, version, values: { name } }
  return clerk.proposeFor({ personId: teacher.id, ...values, evidence: await evidence() })
}
const decide = async (who: string, changeId: string, note?: string) =>
  (await as(who)).decideChange({ personId: teacher.id, changeId, decision: 'confirm', ...(note ? { note } : {}) })
const told = async (changeId: string) =>
  (
    await sql<{ code: string; role: string | null }>`select i.code, i.role from inbox.item i
      where i.key like ${`records.change:${changeId}%`} order by i.code, i.role`.execute(house.owner)
  ).rows

it('is told to the person, and confirmed by others than who proposed it', async () => {
  const { changeId } = await renamed('令狐代办')
  expect(await told(changeId)).toEqual([
    { code: 'records.message.proposed_for', role: null },
    { code: 'records.todo.change', role: 'principal' },
  ])
  const own = await as(teacher.account)
  const [mine] = await own.myChanges()
  expect(mine).toMatchObject({ id: changeId, proposedBy: expect.any(String), objectedAt: null })
  expect((await refusalData(decide('clerk@0', changeId))).code).toBe('records.own_proposal')
  expect((await refusalData(own.withdrawChange({ changeId }))).code).toBe('records.proposed_for_you')
  expect(await decide('principal@0', changeId)).toEqual({ state: 'district' })
  expect(await decide('trainer@district', changeId)).toEqual({ state: 'applied' })
  expect((await own.me()).name).toBe('令狐代办')
})

it('goes on after an objection only at the district and with reasons, which the person reads', async () => {
  const { changeId } = await renamed('令狐异议')
  const own = await as(teacher.account)
  await own.objectToChange({ changeId, note: '我没有改名' })
  expect((await refusalData(own.objectToChange({ changeId, note: '我没有改名' }))).code).toBe(
    'records.objected_already',
  )
  expect((await told(changeId)).map(({ code }) => code)).toContain('records.message.change_objected')
  expect((await refusalData(decide('principal@0', changeId))).code).toBe('records.objection_unanswered')
  expect(await decide('principal@0', changeId, '户口簿在案')).toEqual({ state: 'district' })
  expect((await refusalData(decide('trainer@district', changeId))).code).toBe('records.objection_unanswered')
  expect(await decide('trainer@district', changeId, '以户口登记为准')).toEqual({ state: 'applied' })
  const { steps } = (await own.myChanges()).find(({ id }) => id === changeId)!
  expect(steps.map(({ decision, note }) => [decision, note])).toEqual([
    ['object', '我没有改名'],
    ['confirm', '户口簿在案'],
    ['confirm', '以户口登记为准'],
  ])
})

it('what the school alone confirms comes to the district once the person objects', async () => {
  const clerk = await as('clerk@0')
  const { changeId } = await clerk.proposeFor({
    personId: teacher.id,
    groupId: 'home_visit',
    kind: 'add',
    values: { year: '2022', term: '1', visits: '9' },
  })
  await (await as(teacher.account)).objectToChange({ changeId, note: '次数不对' })
  expect((await refusalData(decide('clerk@0', changeId, '台账如此'))).code).toBe('records.own_proposal')
  expect(await clerk.decideChange({ personId: teacher.id, changeId, decision: 'refuse', note: '本人有异议' })).toEqual({
    state: 'refused',
  })
})

it('is for people of the own school, with evidence of one’s own, never for oneself, and only for clerks', async () => {
  const visit = { groupId: 'home_visit', kind: 'add' as const, values: { year: '2021', term: '1', visits: '1' } }
  const clerk = await as('clerk@0')
  const elsewhere = world.teachers[1]![0]!.id
  expect((await refusalData(clerk.proposeFor({ personId: elsewhere, ...visit }))).kind).toBe('not_found')
  expect(
    (await refusalData(clerk.addEvidenceFor({ personId: elsewhere, file: new File([PICTURE], 'x.jpg') }))).kind,
  ).toBe('not_found')
  expect((await refusalData((await as('principal@0')).proposeFor({ personId: teacher.id, ...visit }))).kind).toBe(
    'forbidden',
  )
  const own = await as(teacher.account)
  const theirs = [(await own.addEvidence({ file: new File([PICTURE], '本人.jpg') })).fileId]
  expect((await refusalData(clerk.proposeFor({ personId: teacher.id, ...visit, evidence: theirs }))).kind).toBe(
    'not_found',
  )
  const { changeId } = await own.propose(visit)
  expect((await refusalData(own.objectToChange({ changeId, note: '不对' }))).code).toBe('records.not_proposed_for_you')
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path) values
    (${teacher.account}, gen_random_uuid(), 'clerk', ${world.schools[0].id}, ${world.schools[0].path}::ltree)`.execute(
    house.owner,
  )
  expect((await refusalData((await as(teacher.account)).proposeFor({ personId: teacher.id, ...visit }))).code).toBe(
    'records.own_record',
  )
})
