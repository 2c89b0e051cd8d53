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
      entry(people.first[0]!, 2021, '3'),
      entry(people.first[0]!, 2023, '1.50'),
      entry(people.first[0]!, 2023, '2'),
      entry(people.second[0]!, 2022, '4'),
      entry(people.abroad[0]!, 2020, '9'),
    ]),
  )
})
afterAll(() => house?.drop())

type Row = { personId: string; orgId: string; credits: string; lastCredits: string; lastEntries: number }

const sums = (who: Parameters<Scratch['as']>[0], within: string | null = null) =>
  house.as(who, async (act) => {
    const { rows } = await sql<Row>`select s.person_id, s.org_id, s.credits, s.last_credits, s.last_entries
      from ledger.sums(2021, 2023, ${within}::ltree) s`.execute(act.tx)
    return new Map(rows.map(({ personId, ...row }) => [personId, row]))
  })

it.each([
  ['everybody, in one pass', ['m']],
  ['both districts, person by person', ['m.q', 'm.w']],
])('sums the years asked for: %s', async (_, paths) => {
  const found = await sums({ paths })
  expect(found.size).toBe(4)
  expect(found.get(people.first[0]!)).toEqual({
    orgId: org.first,
    credits: '6.50',
    lastCredits: '3.50',
    lastEntries: 2,
  })
  expect(found.get(people.second[0]!)).toEqual({ orgId: org.second, credits: '4.00', lastCredits: '0', lastEntries: 0 })
  expect(found.get(people.abroad[0]!)).toMatchObject({ credits: '0', lastEntries: 0 })
})

it('holds to the scope of whoever asks, and to what they ask for', async () => {
  expect([...(await sums({ paths: ['m.q.s1'] })).keys()].sort()).toEqual(people.first.toSorted())
  expect([...(await sums({ paths: ['m'] }, 'm.q.s2')).keys()]).toEqual(people.second)
  expect((await sums({ paths: ['m.q'] }, 'm.w')).size).toBe(0)
  expect([...(await sums({ person: people.second[0]!, self: true })).keys()]).toEqual(people.second)
  expect((await sums({})).size).toBe(0)
})
