/** Two entries of one person: found, shown beside each other, merged with everything that refers to them, and taken apart again. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../../test/harness/world.ts'
import { idNumberCheck } from '../../../base/id-number.ts'
import { moveClock, transact } from '../../../platform/db/index.ts'
import { post } from '../../../platform/ledger/index.ts'
import type { OpenHouse } from '../../../server/house.ts'

let house: OpenHouse
let world: World
let keep: Person
let gone: Person
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  keep = world.teachers[0]![0]!
  gone = await world.addTeacher(world.schools[0], {
    since: '2012-09-01',
    stages: ['2', '3'],
    posts: ['class_teacher'],
    honours: ['district_backbone'],
  })
  for (const { id } of [keep, gone])
    await sql`update directory.person set name = '周敏', birth_date = '1988-02-03' where id = ${id}`.execute(
      house.owner,
    )
})
afterAll(() => house?.close())

const records = async (who: string) => (await world.as(who)).records
const pair = () => ({ keepId: keep.id, goneId: gone.id })
/** Everything that refers to either, table by table, as it stands. */
const state = async () => {
  const { rows: refs } = await sql<{
    rel: string
    col: string
  }>`select records.named(r.rel) as rel, r.col::text from records.person_references() r where not r.frozen and records.named(r.rel) not like 'records.merge%' and records.named(r.rel) <> 'privacy.look' order by 1, 2`.execute(
    house.owner,
  )
  const found: Record<string, unknown> = {}
  for (const { rel, col } of refs) {
    const { rows } = await sql<{
      row: unknown
    }>`select to_jsonb(t) - 'known_from' - 'version' - 'disabled_at' as row from ${sql.raw(rel)} t where t.${sql.ref(col)} in (${keep.id}, ${gone.id}) order by to_jsonb(t)::text`.execute(
      house.owner,
    )
    found[`${rel}.${col}`] = rows
  }
  const { rows: people } = await sql<{
    row: unknown
  }>`select to_jsonb(p) - 'known_from' as row from directory.person p where p.id in (${keep.id}, ${gone.id}) order by p.id`.execute(
    house.owner,
  )
  return { ...found, people }
}

it('finds the pair, and not again where somebody said that they are two', async () => {
  const trainer = await records('trainer@district')
  await trainer.checkQuality({})
  const { rows } = await trainer.twins({})
  expect(rows.map(({ rule, people }) => [rule, ...people.map(({ id }) => id).sort()])).toEqual([
    ['twin.name_and_birth', ...[keep.id, gone.id].sort()],
  ])
  expect(
    await refusalOf((await records('clerk@1')).dismissTwin({ personId: keep.id, otherId: gone.id, reason: '两个人' })),
  ).toBe('not_found not_found')
  await trainer.dismissTwin({ personId: keep.id, otherId: gone.id, reason: '核实为两人' })
  await trainer.checkQuality({})
  expect((await trainer.twins({})).rows).toEqual([])
})

it('shows what merging would do and changes nothing', async () => {
  const before = await state()
  const clerk = await records('clerk@0')
  const told = await clerk.previewMerge({ ...pair(), take: [] })
  const of = (table: string) => told.references.find((one) => one.table === table)
  expect(of('records.post')).toMatchObject({ moved: 1, dropped: [] })
  expect(of('records.honour')).toMatchObject({ moved: 1 })
  // The stage that both have clashes, the other goes over; of two main employments one stays.
  expect(of('records.teaching')).toMatchObject({ moved: 1, dropped: [{ constraint: 'teaching_once' }] })
  expect(of('directory.employment')).toMatchObject({ moved: 0, dropped: [{ constraint: 'one_main_employment' }] })
  expect(of('access.account')).toMatchObject({ stays: 1 })
  expect(told.accountClosed).toBe(true)
  expect(await state()).toEqual(before)
  expect(await refusalOf((await records('clerk@1')).previewMerge({ ...pair(), take: [] }))).toBe('not_found not_found')
})

it('merges: one person is left, who has all of it; the other is seen by nobody, and undoing restores every row', async () => {
  const before = await state()
  const clerk = await records('clerk@0')
  const merged = await clerk.mergePeople({ ...pair(), take: ['sex'], reason: '同一人重复建档' })
  expect(merged.undoUntil).toBe('2023-03-31')
  const person = await clerk.person({ personId: keep.id })
  expect(person.posts).toEqual(['class_teacher'])
  expect(person.honours).toHaveLength(1)
  expect(person.stages).toEqual(['2', '3'])
  expect(await refusalOf(clerk.person({ personId: gone.id }))).toBe('not_found not_found')
  expect((await clerk.people({ limit: 50, search: '周敏' })).rows).toHaveLength(1)
  await expect(world.as(gone.account)).rejects.toThrow('no such account')
  // The number is not given to anybody else.
  expect(await refusalOf(clerk.correct({ personId: keep.id, number: gone.number }))).toBe(
    'conflict directory.number_taken',
  )
  const list = await clerk.merges()
  expect(list).toMatchObject([{ goneNumber: gone.number, name: '周敏', undoneAt: null }])
  const undone = await clerk.undoMerge({ mergeId: merged.mergeId, reason: '误合并' })
  expect(undone).toMatchObject({ left: 0 })
  expect(await state()).toEqual(before)
  expect(await refusalOf(clerk.undoMerge({ mergeId: merged.mergeId, reason: '误合并' }))).toBe(
    'refused records.merge_undone',
  )
})

it('takes the ledger along by counter-entries, so that no chain is rewritten', async () => {
  const act = {
    actor: { account: world.accounts['trainer@district']!, person: null, name: 'trainer' },
    permission: 'training.complete',
    scope: { paths: [world.city.path], self: false },
  }
  const posting = {
    creditYear: 2023,
    occurredOn: '2023-02-01',
    kind: 'online',
    level: 'district',
    hours: '12.00',
    credits: '1.00',
    title: '网络研修',
  }
  await transact(house.db, act, (one) =>
    post(one, [{ ...posting, personId: gone.id, source: { kind: 'test', id: gone.id } }]),
  )
  const hours = async (person: string) =>
    (
      await sql<{
        hours: string
      }>`select coalesce(sum(e.hours), 0)::text as hours from ledger.entry e where e.person_id = ${person}`.execute(
        house.owner,
      )
    ).rows[0]!.hours
  const clerk = await records('clerk@0')
  const { mergeId, ledger } = await clerk.mergePeople({ ...pair(), take: [], reason: '同一人重复建档' })
  expect(ledger).toEqual({ entries: 1, hours: '12.00' })
  expect([await hours(keep.id), await hours(gone.id)]).toEqual(['12.00', '0.00'])
  await clerk.undoMerge({ mergeId, reason: '误合并' })
  expect([await hours(keep.id), await hours(gone.id)]).toEqual(['0.00', '12.00'])
  const { rows } = await sql`select * from ledger.first_break()`.execute(house.owner)
  expect(rows).toEqual([])
})

it('changes places of identity numbers, and takes nothing apart after the days are over', async () => {
  const clerk = await records('clerk@0')
  const number = '11010519880203002'
  await clerk.correct({ personId: gone.id, idNumber: number + idNumberCheck(number) })
  const { mergeId } = await clerk.mergePeople({ ...pair(), take: ['identity'], reason: '同一人重复建档' })
  expect((await clerk.person({ personId: keep.id })).idMasked).toMatch(/^110105/)
  await moveClock(house.owner, new Date('2023-04-05T01:00:00Z'))
  expect(await refusalOf(clerk.undoMerge({ mergeId, reason: '误合并' }))).toBe('refused records.merge_undo_late')
})
