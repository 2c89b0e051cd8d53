import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Planted, plantOrganisations, plantPeople, type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { newId } from '../../base/ids.ts'
import { post } from './service.ts'

let house: Scratch
let org: Planted
let people: Record<'first' | 'second' | 'abroad', string[]>
beforeAll(async () => {
  house = await scratch()
  org = await plantOrganisations(house.owner)
  people = {
    first: await plantPeople(house.owner, org.first, 2),
    second: await plantPeople(house.owner, org.second, 1),
    abroad: await plantPeople(house.owner, org.abroad, 1),
  }
  const entry = (personId: string, creditYear: number, credits: string) => ({
    personId,
    creditYear,
    occurredOn: `${creditYear}-05-01`,
    kind: 'concentrated',
    level: 'district',
    hours: '6',
    credits,
    title: '培训',
    source: { kind: 'test', id: newId() },
  })
  await house.as({ paths: ['m'] }, (act) =>
    post(act, [
      { ...entry(people.first[0]!, 2021, '3'), kind: 'online' },
      entry(people.first[0]!, 2023, '1.50'),
      entry(people.first[0]!, 2023, '2'),
      entry(people.second[0]!, 2022, '4'),
      entry(people.abroad[0]!, 2020, '9'),
    ]),
  )
})
afterAll(() => house?.drop())

type Row = {
  personId: string
  credits: string
  part: string
  lastCredits: string
  lastHours: string
  lastEntries: number
}

const sums = (who: Parameters<Scratch['as']>[0], within: string | null = null, asked = '{part,last,last_hours}') =>
  house.as(who, async (act) => {
    const { rows } = await sql<Row>`select s.person_id, s.credits, s.part, s.last_credits, s.last_hours, s.last_entries
      from ledger.sums(2021, 2023, ${within}::ltree, '{concentrated}', '{district}', ${asked}::text[]) s`.execute(
      act.tx,
    )
    return new Map(rows.map(({ personId, ...row }) => [personId, row]))
  })

it.each([
  ['everybody, in one pass', ['m']],
  ['both districts, person by person', ['m.q', 'm.w']],
])('sums the years asked for: %s', async (_, paths) => {
  const found = await sums({ paths })
  // Whoever earned nothing in these years is absent.
  expect([...found.keys()].sort()).toEqual([people.first[0]!, people.second[0]!].sort())
  expect(found.get(people.first[0]!)).toEqual({
    credits: '6.50',
    part: '3.50',
    lastCredits: '3.50',
    lastHours: '12.00',
    lastEntries: 2,
  })
  expect(found.get(people.second[0]!)).toMatchObject({
    credits: '4.00',
    part: '4.00',
    lastCredits: '0',
    lastEntries: 0,
  })
})

it('sums nothing that was not asked for', async () => {
  const found = await sums({ paths: ['m'] }, null, '{part}')
  expect(found.get(people.first[0]!)).toEqual({
    credits: '6.50',
    part: '3.50',
    lastCredits: '0',
    lastHours: '0',
    lastEntries: 0,
  })
})

it('holds to the scope of whoever asks, and to what they ask for', async () => {
  expect([...(await sums({ paths: ['m.q.s1'] })).keys()].sort()).toEqual([people.first[0]!])
  expect([...(await sums({ paths: ['m'] }, 'm.q.s2')).keys()]).toEqual(people.second)
  expect((await sums({ paths: ['m.q'] }, 'm.w')).size).toBe(0)
  expect([...(await sums({ person: people.second[0]!, self: true })).keys()]).toEqual(people.second)
  expect((await sums({})).size).toBe(0)
})
