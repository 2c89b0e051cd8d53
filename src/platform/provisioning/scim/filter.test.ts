/** Filters: what is one and what is none; and that the database finds by a filter just whom the library's own evaluator finds. */
import { sql } from 'kysely'
import { filter as evaluator, type Filter, stringify } from 'scim2-parse-filter'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { asker, ENTERPRISE, filtered, openDoor, platformOf, TEACHER, tokenFor } from '../provisioning.fixture.ts'
import { readFilter } from './filter.ts'

describe('a filter is refused', () => {
  it.each([
    ['that is none', 'userName'],
    ['that has no value', 'userName eq'],
    ['that does not end', 'userName eq "a'],
    ['that closes too often', 'userName eq "a")'],
    ['that holds a NUL', 'userName eq "a\u0000"'],
    ['that holds lines, by which a reader of patterns would be kept for ever', `userName eq "${'\n'.repeat(60)}`],
    ['that is nested without end', `${'('.repeat(50_000)}userName pr${')'.repeat(50_000)}`],
    ['that denies without end', `${'not '.repeat(400)}(userName pr)`],
    ['that is longer than anybody needs', `userName eq "${'a'.repeat(3_000)}"`],
    ['that holds half a character', 'userName eq "\ud800"'],
  ])('%s', (_, text) => {
    const begun = performance.now()
    expect(() => readFilter(text)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter' }))
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

describe('of comparisons', () => {
  const many = (count: number, term: string) => Array.from({ length: count }, () => term).join(' or ')
  it.each([
    ['20', 20, 'userName pr'],
    ['5 on members', 5, 'members.value eq "x"'],
    ['5 on members by its long name', 5, 'urn:ietf:params:scim:schemas:core:2.0:Group:MEMBERS eq "x"'],
    ['5 on members with brackets', 5, 'members[value eq "x"]'],
  ])('%s are taken, and one more is too many', (words, most, term) => {
    expect(() => readFilter(many(most, term))).not.toThrow()
    expect(() => readFilter(many(most + 1, term))).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: 'tooMany',
        message: `filter has more than ${words.startsWith('5') ? '5 terms on members' : '20 comparisons'}: ask in several requests`,
      }),
    )
  })
})

describe('over the wire', () => {
  let house: OpenHouse
  let world: World
  let close: () => Promise<void>
  let ask: ReturnType<typeof asker>
  /** Names that a condition put together by hand would trip over. */
  const NASTY = ["O'Neil", '100%', 'a_b', '张三"李四', 'ÀÉ', '𠮷野', 'x) or (1=1', '--', 'Zhang San', 'zhang san']

  beforeAll(async () => {
    house = await openTestHouse()
    world = await buildWorld(house, 6)
    const people = [...world.teachers[0]!, ...world.teachers[1]!]
    for (const [n, name] of NASTY.entries())
      await sql`update directory.person set name = ${name} where id = ${people[n]!.id}`.execute(house.owner)
    await sql`update access.account set disabled_at = now() where id = any (${[people[3]!.account, people[5]!.account]}::uuid[])`.execute(
      house.owner,
    )
    await sql`update records.teaching set subject = '13' where person_id = ${people[2]!.id}`.execute(house.owner)
    await sql`delete from records.teaching where person_id = ${people[4]!.id}`.execute(house.owner)
    const door = await openDoor(house)
    const platformId = await platformOf(world)
    const { token } = await tokenFor(world, platformId)
    ask = asker(() => door.url, token)
    close = async () => {
      await door.app.close()
      await house.close()
    }
  })
  afterAll(() => close?.())

  it.each([
    ['password eq "x"', 'invalidFilter'],
    ['userName.value eq "x"', 'invalidFilter'],
    [`${ENTERPRISE}:employeeNumber pr`, 'invalidFilter'],
    ['idNumber sw "5"', 'invalidFilter'],
    ['active gt true', 'invalidFilter'],
    ['active eq "yes"', 'invalidFilter'],
    ['userName eq 5', 'invalidFilter'],
    ['userName eq null', 'invalidFilter'],
    ['meta.lastModified co "2023"', 'invalidFilter'],
    ['meta.lastModified gt "yesterday"', 'invalidFilter'],
    ['meta.lastModified gt "2023-13-45T99:00:00Z"', 'invalidFilter'],
    ['name[formatted eq "x"]', 'invalidFilter'],
    ['groups[password eq "x"]', 'invalidFilter'],
    ['groups[groups[value pr]]', 'invalidFilter'],
    ['userName eq "x" and', 'invalidFilter'],
    ["userName eq 'x'", 'invalidFilter'],
    ['userName; drop table directory.person', 'invalidFilter'],
  ])('%s is bad input, and no fault', async (filter, scimType) => {
    const { status, body } = await ask(filtered(filter))
    expect([status, body.scimType]).toEqual([400, scimType])
  })

  it('what is found by a name is who is called so', async () => {
    for (const name of NASTY.filter((one) => !one.includes('"') && !/zhang/i.test(one))) {
      const { body } = await ask(filtered(`displayName eq "${name}"`))
      expect([name, body.Resources.map(({ displayName }: { displayName: string }) => displayName)]).toEqual([
        name,
        [name],
      ])
    }
    expect((await ask(filtered('displayName eq "ZHANG SAN"'))).body.totalResults).toBe(2)
    expect((await ask(filtered('displayName sw "张三\\"李"'))).body.totalResults).toBe(1)
  })

  it('random filters find in the database whom they find in the program', async () => {
    const all = (await ask('/Users?count=500')).body.Resources as Record<string, unknown>[]
    // Where capitals do not count both sides are made small before the library compares them.
    const small = all.map((user) => ({
      id: String(user.id),
      seen: {
        ...lowered(user),
        id: user.id,
        meta: user.meta,
        groups: user.groups,
        roles: user.roles,
        [TEACHER]: user[TEACHER],
      },
    }))
    const random = seeded(20_231)
    let found = 0
    for (let round = 0; round < 160; round++) {
      const filter = invented(random, all, 3)
      const expected = small.filter(({ seen }) => evaluator(loweredFilter(filter))(seen)).map(({ id }) => id)
      const { status, body } = await ask(filtered(stringify(filter), '&count=500&attributes=id'))
      expect([stringify(filter), status]).toEqual([stringify(filter), 200])
      const got = body.Resources.map(({ id }: { id: string }) => id)
      expect([stringify(filter), got.sort()]).toEqual([stringify(filter), expected.sort()])
      found += expected.length > 0 && expected.length < all.length ? 1 : 0
    }
    // A good part of them tells some from others, else nothing was tried.
    expect(found).toBeGreaterThan(30)
  })
})

type Random = (below: number) => number
function seeded(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}
const pick = <T>(random: Random, all: readonly T[]): T => all[random(all.length)]!

const TEXTS = [
  'displayName',
  'name.formatted',
  'userName',
  `${ENTERPRISE}:organization`,
  `${ENTERPRISE}:division`,
  `${ENTERPRISE}:department`,
  'preferredLanguage',
]
const CODED = ['roles', 'roles.value', 'groups.value', `${TEACHER}:subjects.value`, `${TEACHER}:stages.value`]
const OPS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
const PIECES = [
  '',
  'a',
  'A',
  '教',
  '师',
  '小学',
  '%',
  '_',
  "'",
  '0',
  '00',
  '𠮷',
  'teacher',
  'zh',
  'N',
  'clerk',
  '14',
  '2',
]

function invented(random: Random, all: readonly Record<string, unknown>[], depth: number): Filter {
  const kind = random(depth > 0 ? 9 : 6)
  if (kind === 6) return { op: 'not', filter: invented(random, all, depth - 1) }
  if (kind > 6)
    return {
      op: kind === 7 ? 'and' : 'or',
      filters: Array.from({ length: 2 + random(2) }, () => invented(random, all, depth - 1)),
    }
  if (kind === 0)
    return { op: 'pr', attrPath: pick(random, [...TEXTS, 'active', 'meta.lastModified', 'groups.display']) }
  if (kind === 1) return { op: pick(random, ['eq', 'ne'] as const), attrPath: 'active', compValue: random(2) === 0 }
  if (kind === 2)
    return {
      op: pick(random, ['eq', 'ne', 'co', 'sw'] as const),
      attrPath: pick(random, CODED.slice(1)),
      compValue: pick(random, PIECES),
    }
  if (kind === 3)
    return {
      op: '[]',
      attrPath: pick(random, ['groups', 'roles']),
      valFilter: { op: pick(random, ['eq', 'ne', 'sw'] as const), attrPath: 'value', compValue: pick(random, PIECES) },
    }
  const whole = pick(random, all).displayName
  return {
    op: pick(random, OPS),
    attrPath: pick(random, TEXTS),
    compValue: random(2) === 0 ? String(whole).replaceAll('"', '') : pick(random, PIECES),
  }
}

const isText = (path: string) => TEXTS.includes(path)
function loweredFilter(filter: Filter): Filter {
  if (filter.op === 'and' || filter.op === 'or') return { ...filter, filters: filter.filters.map(loweredFilter) }
  if (filter.op === 'not') return { ...filter, filter: loweredFilter(filter.filter) }
  if ('compValue' in filter && typeof filter.compValue === 'string' && isText(filter.attrPath))
    return { ...filter, compValue: filter.compValue.toLowerCase() }
  return filter
}
const lowered = (value: unknown): Record<string, unknown> => {
  const down = (one: unknown): unknown => {
    if (typeof one === 'string') return one.toLowerCase()
    if (Array.isArray(one)) return one.map(down)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, down(inner)]))
  }
  return down(value) as Record<string, unknown>
}
