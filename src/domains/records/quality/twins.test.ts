/** Entries that share a telephone number: found without the number standing anywhere in clear, and only where something else speaks for one person. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type Person, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { sealAnew } from '../../../server/reseal.ts'

let house: OpenHouse
let world: World
const PHONE = '13800001234'
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 6)
})
afterAll(() => house?.close())

const called = (person: Person, name: string, pinyin: string, born: string | null) =>
  sql`update directory.person set name = ${name}, pinyin = ${pinyin}, birth_date = ${born}::date where id = ${person.id}`.execute(
    house.owner,
  )
const office = async () => (await world.as('trainer@district')).records
const keep = async (person: Person, phone: string) =>
  (await office()).keepRow({ personId: person.id, groupId: 'contact', values: { phone } })
const found = async () => {
  const records = await office()
  await records.checkQuality({})
  const { rows } = await records.twins({})
  return rows
    .filter(({ rule }) => rule.startsWith('twin.phone'))
    .map(({ rule, people }) => [rule, ...people.map(({ name }) => name).sort()].join(' '))
    .sort()
}
const at = (school: 0 | 1, nth: number): Person => world.teachers[school]![nth]!

it('of two with one number those are a pair who were born on one day or are called alike; a couple is none', async () => {
  await called(at(0, 0), '周敏', 'zhoumin', '1985-04-01')
  await called(at(1, 0), '周民生', 'zhouminsheng', '1985-04-01')
  await called(at(0, 1), '欧阳静', 'ouyangjing', null)
  await called(at(1, 1), '欧阳婧', 'ouyangjing', '1990-01-01')
  await called(at(0, 2), '吴刚', 'wugang', '1980-01-01')
  await called(at(1, 2), '郑洁', 'zhengjie', '1982-01-01')
  await keep(at(0, 0), '+86 138-0000-1234')
  await keep(at(1, 0), PHONE)
  for (const school of [0, 1] as const) {
    await keep(at(school, 1), '13800005678')
    await keep(at(school, 2), '13800009999')
  }
  expect(await found()).toEqual(['twin.phone_and_birth 周敏 周民生', 'twin.phone_and_name 欧阳婧 欧阳静'])
})

it('a number that many share is a telephone of the school', async () => {
  for (const nth of [3, 4, 5]) {
    for (const school of [0, 1] as const) {
      await called(at(school, nth), ['马一', '牛二山', '杨三海'][nth - 3]!, '', '1975-05-05')
      await keep(at(school, nth), '02379220001')
    }
  }
  expect(await found()).toHaveLength(2)
})

it('the mark is no change of the row, goes with the number, and is made anew with the keys', async () => {
  const { rows: before } = await sql<{
    version: number
  }>`select c.version from records.contact c where c.person_id = ${at(0, 0).id}`.execute(house.owner)
  expect(before).toEqual([{ version: 1 }])
  const { seal } = house.key.chosen!
  await sealAnew(house, { ...seal, version: seal.version + 1 })
  expect(await found()).toHaveLength(2)
  const { rows } = await sql<{
    id: string
    version: number
  }>`select c.id, c.version from records.contact c where c.person_id = ${at(1, 0).id}`.execute(house.owner)
  const { id, version } = rows[0]!
  await (await office()).keepRow({
    personId: at(1, 0).id,
    groupId: 'contact',
    rowId: id,
    version,
    values: { phone: '13800007777' },
  })
  const { rows: marks } = await sql<{
    marked: boolean
  }>`select c.phone_hash is not null as marked from records.contact c where c.id = ${id}`.execute(house.owner)
  expect(marks).toEqual([{ marked: false }])
  expect(await found()).toEqual(['twin.phone_and_name 欧阳婧 欧阳静'])
})

it('a school learns nothing of a number that somebody elsewhere has', async () => {
  const clerk = (await world.as('clerk@0')).records
  await clerk.checkQuality({})
  const names = (await clerk.twins({})).rows.flatMap(({ people }) => people.map(({ name }) => name))
  for (const name of ['周敏', '欧阳静', '吴刚']) expect(names).not.toContain(name)
})
