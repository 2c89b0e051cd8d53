import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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
  finish,
  finishAll,
  type Held,
  inboxAreas,
  inboxCountOf,
  inboxOf,
  markAllRead,
  markRead,
  type NewItem,
  notify,
} from './index.ts'

let base: Scratch
let orgs: Planted
let teacher: { account: string; person: string; self: true }
let colleague: { account: string; person: string; self: true }
let clerk: { account: string; paths: string[] }
let office: { account: string; paths: string[] }
const at = '2023-04-10T09:00:00+08:00'

beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
  const [one, two] = await plantPeople(base.owner, orgs.first, 2)
  teacher = { account: await plantAccount(base.owner, orgs.first, 'teacher', one), person: one!, self: true }
  colleague = { account: await plantAccount(base.owner, orgs.first, 'colleague', two), person: two!, self: true }
  clerk = { account: await plantAccount(base.owner, orgs.first, 'clerk'), paths: ['m.q.s1'] }
  office = { account: await plantAccount(base.owner, orgs.district, 'office'), paths: ['m.q'] }
})
beforeEach(() => sql`delete from inbox.item`.execute(base.owner))
afterAll(() => base?.drop())

const atFirst = (): Held[] => [{ role: 'clerk', orgId: orgs.first }]
const list = (who: Parameters<Scratch['as']>[0], held: Held[] = [], ask: Partial<Parameters<typeof inboxOf>[2]> = {}) =>
  base.as({ at, ...who }, (act) => inboxOf(act, held, { limit: 50, ...ask }))
const tell = (...items: NewItem[]) => base.as({ at, ...office }, (act) => notify(act, items))
const answer = (personId: string): NewItem => ({
  personId,
  kind: 'todo',
  code: 'training.todo.answer',
  data: { class: '班主任' },
  link: '/my/training',
  due: '2023-04-09',
  key: 'answer:1',
})

describe('telling', () => {
  test('reaches a person, an account, and a role at an organisation, nobody else', async () => {
    await tell(
      { personId: teacher.person, kind: 'message', code: 'x.person' },
      { accountId: clerk.account, kind: 'message', code: 'x.account' },
      { role: 'clerk', orgId: orgs.first, kind: 'todo', code: 'x.role' },
      { role: 'clerk', orgId: orgs.second, kind: 'todo', code: 'x.elsewhere' },
    )
    const codes = async (...asked: Parameters<typeof list>) =>
      (await list(...asked)).rows.map(({ code }) => code).sort()
    expect(await codes(teacher)).toEqual(['x.person'])
    expect(await codes(colleague)).toEqual([])
    expect(await codes(clerk, atFirst())).toEqual(['x.account', 'x.role'])
    expect(await codes(office, [{ role: 'clerk', orgId: orgs.district }])).toEqual([])
    // Naming a role that is out of scope opens nothing.
    expect(await codes(clerk, [{ role: 'clerk', orgId: orgs.second }])).toEqual(['x.account'])
  })

  test('what is for a person is seen whatever the permission reaches', async () => {
    await tell({ personId: teacher.person, kind: 'message', code: 'x.person' })
    expect((await list({ account: teacher.account, person: teacher.person, paths: ['m.q.s1'] })).total).toBe(1)
  })

  test('the same thing is told once to each, also when several tell it at the same moment', async () => {
    const counts = await Promise.all(
      Array.from({ length: 5 }, () => tell(answer(teacher.person), answer(colleague.person))),
    )
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2)
    expect((await list(teacher)).total).toBe(1)
    expect(
      await tell(
        { personId: teacher.person, kind: 'message', code: 'x' },
        { personId: teacher.person, kind: 'message', code: 'x' },
      ),
    ).toBe(2)
  })

  test('a school tells the office above it, which it does not see', async () => {
    await base.as(clerk, (act) => notify(act, [{ role: 'trainer', orgId: orgs.district, kind: 'todo', code: 'x.up' }]))
    expect((await list(office, [{ role: 'trainer', orgId: orgs.district }])).rows[0]).toMatchObject({
      code: 'x.up',
      role: 'trainer',
      orgName: '青江区',
    })
    expect((await list(clerk, [{ role: 'trainer', orgId: orgs.district }])).total).toBe(0)
  })

  test('a thousand in one statement', async () => {
    const people = await plantPeople(base.owner, orgs.second, 1000)
    expect(await tell(...people.map(answer))).toBe(1000)
    expect(await base.as(office, (act) => finish(act, 'answer:1', null))).toBe(1000)
  })
})

describe('settling', () => {
  test('one’s own, somebody’s, everybody’s', async () => {
    await tell(answer(teacher.person), answer(colleague.person), {
      role: 'clerk',
      orgId: orgs.first,
      kind: 'todo',
      code: 'x',
      key: 'answer:1',
    })
    const open = async () => [
      (await list(teacher, [], { open: true })).total,
      (await list(colleague, [], { open: true })).total,
      (await list(clerk, atFirst(), { open: true })).total,
    ]
    expect(await base.as(teacher, (act) => finish(act, 'answer:1'))).toBe(1)
    expect(await open()).toEqual([0, 1, 1])
    expect(await base.as(office, (act) => finish(act, 'answer:1', colleague.person))).toBe(1)
    expect(await open()).toEqual([0, 0, 1])
    expect(await base.as(office, (act) => finish(act, 'answer:1', null))).toBe(1)
    expect(await base.as(office, (act) => finish(act, 'answer:1', null))).toBe(0)
    expect(await open()).toEqual([0, 0, 0])
  })

  test('many at once, each for its own recipient or for everybody', async () => {
    await tell(answer(teacher.person), answer(colleague.person), { ...answer(teacher.person), key: 'answer:2' })
    const settle = (...items: { key: string; whose: string | null }[]) =>
      base.as(office, (act) => finishAll(act, items))
    expect(await settle({ key: 'answer:1', whose: colleague.person }, { key: 'answer:2', whose: null })).toBe(2)
    expect((await list(teacher, [], { open: true })).total).toBe(1)
    expect((await list(colleague, [], { open: true })).total).toBe(0)
    expect(await settle()).toBe(0)
  })

  test('a rolled-back act told nothing', async () => {
    const work = async (act: Act) => {
      await notify(act, [answer(teacher.person)])
      throw new Error('no')
    }
    await expect(base.as(office, work)).rejects.toThrow('no')
    expect((await list(teacher)).total).toBe(0)
  })

  test('what is done cannot be undone past the functions', async () => {
    await tell(answer(teacher.person))
    await expect(base.as(teacher, (act) => sql`update inbox.item set done_at = now()`.execute(act.tx))).rejects.toThrow(
      'permission denied',
    )
    await expect(
      base.as(teacher, (act) => sql`insert into inbox.item (recipient_id) values (gen_random_uuid())`.execute(act.tx)),
    ).rejects.toThrow('permission denied')
  })
})

describe('reading', () => {
  test('counts what waits, and what is late', async () => {
    await tell(
      answer(teacher.person),
      { ...answer(teacher.person), key: 'answer:2', due: '2023-04-10' },
      { personId: teacher.person, kind: 'message', code: 'x.note' },
    )
    const count = () => base.as({ at, ...teacher }, (act) => inboxCountOf(act, []))
    expect(await count()).toEqual({ todos: 2, overdue: 1, unread: 1 })
    const { rows } = await list(teacher)
    expect(rows.map(({ overdue }) => overdue).filter(Boolean)).toHaveLength(1)
    expect(
      await base.as(teacher, (act) =>
        markRead(
          act,
          rows.map(({ id }) => id),
        ),
      ),
    ).toBe(3)
    expect(await count()).toEqual({ todos: 2, overdue: 1, unread: 0 })
    expect(
      await base.as(colleague, (act) =>
        markRead(
          act,
          rows.map(({ id }) => id),
        ),
      ),
    ).toBe(0)
  })

  test('pages through without gaps and filters', async () => {
    for (let n = 0; n < 7; n++)
      await tell({ personId: teacher.person, kind: n % 2 ? 'todo' : 'message', code: `x.${n}` })
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await list(teacher, [], { limit: 3, cursor })
      expect(page.total).toBe(7)
      seen.push(...page.rows.map(({ code }) => code))
      if (!page.next) break
      cursor = page.next
    }
    expect(seen.sort()).toEqual(['x.0', 'x.1', 'x.2', 'x.3', 'x.4', 'x.5', 'x.6'])
    expect((await list(teacher, [], { kind: 'todo' })).total).toBe(3)
  })

  test('by the day they are due, page by page, what has none at the end', async () => {
    const days = ['2023-05-02', undefined, '2023-04-01', '2023-05-02', undefined, '2023-04-20', '2023-05-02']
    for (const [n, due] of days.entries())
      await tell({ personId: teacher.person, kind: 'todo', code: `x.${n}`, ...(due ? { due } : {}) })
    const seen: (string | null)[] = []
    const codes = new Set<string>()
    for (let cursor: string | undefined; ; ) {
      const page = await list(teacher, [], { limit: 2, byDue: true, cursor })
      for (const { due, code } of page.rows) {
        seen.push(due)
        codes.add(code)
      }
      if (!page.next) break
      cursor = page.next
    }
    expect(seen).toEqual(['2023-04-01', '2023-04-20', '2023-05-02', '2023-05-02', '2023-05-02', null, null])
    expect(codes.size).toBe(7)
    for (const cursor of ['x', '2023-05-02', `2023-13-99/${teacher.person}`, "';--"])
      await expect(list(teacher, [], { byDue: true, cursor })).rejects.toThrow('inbox.bad_cursor')
  })

  test('by area, and by what is for oneself or for a role', async () => {
    await tell(
      { accountId: clerk.account, kind: 'todo', code: 'cases.todo.x' },
      { role: 'clerk', orgId: orgs.first, kind: 'todo', code: 'training.todo.x' },
      { role: 'clerk', orgId: orgs.first, kind: 'todo', code: 'training.todo.y' },
      { accountId: clerk.account, kind: 'message', code: 'training.told.x' },
    )
    const total = async (ask: Parameters<typeof list>[2]) => (await list(clerk, atFirst(), ask)).total
    expect(await total({ area: 'training' })).toBe(3)
    expect(await total({ area: 'train' })).toBe(0)
    expect([await total({ whose: 'own' }), await total({ whose: 'role' })]).toEqual([2, 2])
    expect(await base.as(clerk, (act) => inboxAreas(act, atFirst(), 'todo'))).toEqual([
      { area: 'training', n: 2 },
      { area: 'cases', n: 1 },
    ])
  })

  test('marks everything of a kind as read, one’s own and one’s roles’, nobody else’s', async () => {
    const note = (to: { accountId: string } | { personId: string } | { role: string; orgId: string }): NewItem => ({
      ...to,
      kind: 'message',
      code: 'x.note',
    })
    await tell(
      ...Array.from({ length: 30 }, () => note({ accountId: clerk.account })),
      note({ role: 'clerk', orgId: orgs.first }),
      note({ role: 'clerk', orgId: orgs.second }),
      note({ personId: teacher.person }),
      { accountId: clerk.account, kind: 'todo', code: 'x.todo' },
    )
    expect(await base.as(clerk, (act) => markAllRead(act, atFirst(), { kind: 'message', area: 'y' }))).toBe(0)
    expect(await base.as(clerk, (act) => markAllRead(act, atFirst(), { kind: 'message' }))).toBe(31)
    expect(await base.as(clerk, (act) => inboxCountOf(act, atFirst()))).toMatchObject({ todos: 1, unread: 0 })
    expect((await base.as(teacher, (act) => inboxCountOf(act, []))).unread).toBe(1)
  })
})
