/** Facts about organisations, asked of them and of the people they employ. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import type { OpenHouse } from '../../server/house.ts'
import { type Act, SYSTEM, transact } from '../db/index.ts'
import { FactBook, type FactSource } from './facts.ts'
import { parameters } from './queries.ts'

const words = { zh: '事实', en: 'fact' }
const people: FactSource = {
  facts: { 'person.sex': { type: 'text', title: words, ask: words } },
  rows: (ask) =>
    sql`select p.id as person_id, p.sex as person_sex from ${ask.people} q join directory.person p on p.id = q.person_id`,
}
const schools: FactSource = {
  about: 'organisation',
  facts: { 'school.type': { type: 'text', title: words, ask: words } },
  rows: (ask) =>
    sql`select o.id as org_id, o.school_type as school_type from ${ask.people} q join directory.organisation o on o.id = q.org_id`,
}
const book = new FactBook([people, schools])

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
})
afterAll(() => house?.close())

const inAct = <T>(work: (act: Act) => Promise<T>) =>
  transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } }, (act) =>
    work(act),
  )

describe('facts about organisations', () => {
  it('are asked of organisations', async () => {
    const [first, second] = world.schools
    const rows = await inAct(async (act) => {
      const ask = { asOf: '2023-03-01', parameters: await parameters(act, 'qianjiang'), people: sql`orgs` }
      const found = await sql<{ orgId: string; schoolType: string }>`
        with orgs as (select unnest(${[first!.id, second!.id]}::uuid[]) as org_id)
        ${book.query(new Set(['school.type']), ask, 'organisation')}`.execute(act.tx)
      return found.rows
    })
    expect(rows.map(({ orgId }) => orgId).sort()).toEqual([first!.id, second!.id].sort())
    expect(rows.every(({ schoolType }) => /^\d{3}$/.test(schoolType))).toBe(true)
  })

  it('of a person are those of the main employer on the day; unknown before there was one', async () => {
    const someone = world.teachers[0]![0]!
    const on = (asOf: string) =>
      inAct(async (act) => {
        const ask = { asOf, parameters: await parameters(act, 'qianjiang'), people: sql`people` }
        const { rows } = await sql`with people as (select ${someone.id}::uuid as person_id)
          ${book.query(new Set(['person.sex', 'school.type']), ask)}`.execute(act.tx)
        return rows
      })
    const { rows } = await sql<{ type: string }>`select o.school_type as type from directory.organisation o
      where o.id = ${world.schools[0]!.id}`.execute(house.owner)
    expect(await on('2023-03-01')).toEqual([
      { personId: someone.id, personSex: expect.any(String), schoolType: rows[0]!.type },
    ])
    expect(await on('1950-01-01')).toEqual([{ personId: someone.id, personSex: expect.any(String), schoolType: null }])
  })

  it('cannot be mixed with those of people in a rule about organisations', () => {
    expect(book.declared('person.sex', 'organisation')).toBeUndefined()
    expect(book.declared('school.type', 'organisation')?.type).toBe('text')
    expect(book.declared('school.type')?.type).toBe('text')
    expect(book.declared('asOf', 'organisation')?.type).toBe('date')
  })
})
