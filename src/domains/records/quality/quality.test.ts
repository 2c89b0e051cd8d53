/** Quality of the records over the procedures: what is found, by whom it is seen, and what mending writes. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 3)
})
afterAll(() => house?.close())

const records = async (who: string) => (await world.as(who)).records
const foundOf = async (person: Person) => {
  const { rows } = await sql<{
    rule: string
  }>`select f.rule from records.finding f where f.person_id = ${person.id} order by f.rule`.execute(house.owner)
  return rows.map(({ rule }) => rule)
}
const set = (person: Person, values: string) =>
  sql`update directory.person set ${sql.raw(values)} where id = ${person.id}`.execute(house.owner)
/** A number with its check digit, born on 1985-04-01 or another day. */
const identity = (nth: number, born = '19850401') => {
  const digits = `110105${born}${String(nth * 2 + 100).padStart(3, '0')}`
  const sum = [...digits].reduce((all, digit, at) => all + Number(digit) * (2 ** (17 - at) % 11), 0)
  return digits + '10X98765432'[sum % 11]
}
const complete = async (person: Person, nth: number) => {
  await (await records('clerk@0')).correct({ personId: person.id, name: '张三', idNumber: identity(nth) })
  await sql`update records.service set qualified_on = '2009-06-01' where person_id = ${person.id}`.execute(house.owner)
  await sql`insert into records.title (person_id, id, level, during) values (${person.id}, gen_random_uuid(), 'level_1', daterange('2015-01-01', null))`.execute(
    house.owner,
  )
  await sql`insert into records.education (person_id, id, level, degree, institution, graduated_on) values (${person.id}, gen_random_uuid(), '21', '4', '西南大学', '2008-06-30')`.execute(
    house.owner,
  )
}

it('finds nothing in a complete record, and what is missing, impossible, contradictory or stale in others', async () => {
  const [whole, wrong] = world.teachers[0] as [Person, Person, Person]
  await complete(whole, 1)
  await complete(wrong, 2)
  await set(wrong, `name = '李?', birth_date = '1999-05-01'`)
  await sql`insert into records.post (person_id, id, code, org_id, org_path, during)
    values (${wrong.id}, gen_random_uuid(), 'class_teacher', ${world.schools[1].id}, ${world.schools[1].path}::ltree, daterange('2015-01-01', null))`.execute(
    house.owner,
  )
  await sql`update records.teaching set stage = '4' where person_id = ${wrong.id}`.execute(house.owner)
  const clerk = await records('clerk@0')
  expect(await clerk.checkQuality({})).toMatchObject({ people: 3 })
  expect(await foundOf(whole)).toEqual([])
  expect(await foundOf(wrong)).toEqual([
    'basic.name_odd',
    'education.too_young',
    'employment.before_adult',
    'post.elsewhere',
    'qualification.too_young',
    'service.before_adult',
    'teaching.other_stage',
  ])
})

it('scores a school by its people: twenty points for a severe fault, five for one, one for a hint', async () => {
  const clerk = await records('clerk@0')
  const { org, rules, children } = await clerk.quality({})
  // 张三 100; 李? 3 severe, 4 warnings: 20; the third: a name with digits, no identity, no birth (3 × 20), no sex, qualification, education (3 × 5), no title (1): 24.
  expect(org).toMatchObject({ people: 3, faulty: 2, score: '48.0' })
  expect(rules.find(({ rule }) => rule === 'basic.birth_missing')).toMatchObject({ people: 1 })
  expect(children).toEqual([])
  const district = await (await records('trainer@district')).quality({})
  expect(district.children.find(({ orgId }) => orgId === world.schools[0].id)).toMatchObject({ score: '48.0' })
})

it('shows a school its own people only, and outside the scope nothing', async () => {
  const other = await records('clerk@1')
  expect((await other.qualityPeople({ limit: 50 })).rows.map(({ personId }) => personId)).not.toContain(
    world.teachers[0]![1]!.id,
  )
  expect(await refusalOf(other.quality({ orgId: world.schools[0].id }))).toBe('not_found not_found')
  expect(await refusalOf(other.checkQuality({ orgId: world.schools[0].id }))).toBe('not_found not_found')
  const [theirs, own] = [world.teachers[0]![1]!, world.teachers[1]![0]!].map(({ id }) => ({
    personId: id,
    version: 'x',
    values: { sex: '1' },
  }))
  expect(await refusalOf(other.mend({ rows: [theirs!] }))).toBe('not_found not_found')
  const { refused } = await other.mend({ rows: [theirs!, own!] })
  expect(refused.map(({ problems }) => problems[0]!.code)).toEqual(['records.row_unknown', 'records.changed_meanwhile'])
})

it('writes sound rows, gives faulty ones back with their reasons, and finds nothing more where it was mended', async () => {
  const clerk = await records('clerk@0')
  const { rows } = await clerk.qualityGrid({ limit: 100 })
  expect(rows).toHaveLength(2)
  const third = rows.find(({ personId }) => personId === world.teachers[0]![2]!.id)!
  const wrong = rows.find(({ personId }) => personId === world.teachers[0]![1]!.id)!
  const answer = await clerk.mend({
    rows: [
      {
        ...pick(third),
        values: {
          idNumber: '11010519491231002X',
          workSince: '2001-09-01',
          qualifiedOn: '2000-06-01',
          educationLevel: '21',
          degree: '4',
          institution: '西南大学',
          graduatedOn: '2001-06-30',
          subjects: '14、13',
          name: '王五',
        },
      },
      { ...pick(wrong), values: { birthDate: '2023-02-30' } },
    ],
  })
  expect(answer.saved.map(({ personId }) => personId)).toEqual([third.personId])
  expect(answer.saved[0]!.found).toEqual(['employment.past_retirement', 'title.missing'])
  expect(answer.saved[0]!.values).toMatchObject({
    sex: '2',
    birthDate: '1949-12-31',
    name: '王五',
    subjects: '13、14',
    idNumber: '110105********002X',
    institution: '西南大学',
  })
  expect(answer.refused).toMatchObject([
    { personId: wrong.personId, problems: [{ key: 'birthDate', code: 'records.not_a_date' }] },
  ])
  const person = await clerk.person({ personId: third.personId })
  expect(person).toMatchObject({ name: '王五', workSince: '2001-09-01', subjects: ['13', '14'] })
  const { rows: accounts } = await sql<{
    name: string
  }>`select a.name from access.account a where a.person_id = ${third.personId}`.execute(house.owner)
  expect(accounts).toEqual([{ name: '王五' }])
})

it('tells both values where somebody changed the record meanwhile, and writes nothing over it', async () => {
  const clerk = await records('clerk@0')
  const row = (await clerk.qualityGrid({ limit: 100 })).rows.find(
    ({ personId }) => personId === world.teachers[0]![1]!.id,
  )!
  await clerk.correct({ personId: row.personId, birthDate: '1980-01-01' })
  const { saved, refused } = await clerk.mend({ rows: [{ ...pick(row), values: { birthDate: '1981-01-01' } }] })
  expect(saved).toEqual([])
  expect(refused[0]).toMatchObject({
    problems: [{ key: 'birthDate', code: 'records.changed_meanwhile' }],
    stands: { birthDate: '1980-01-01' },
  })
  const again = await clerk.mend({
    rows: [
      { personId: row.personId, version: refused[0]!.version!, values: { birthDate: '1981-01-01', name: '李四' } },
    ],
  })
  expect(again.refused).toEqual([])
})

it('an identity number of somebody else is refused, in scope or not, and twice in one go', async () => {
  const other = await records('clerk@1')
  await other.checkQuality({})
  const [first, second] = (await other.qualityGrid({ limit: 100 })).rows
  const number = '11010519491231002X'
  const taken = await other.mend({ rows: [{ ...pick(first!), values: { idNumber: number } }] })
  expect(taken.refused[0]!.problems[0]).toMatchObject({ key: 'idNumber', code: 'directory.identity_elsewhere' })
  const twice = await other.mend({
    rows: [first!, second!].map((row) => ({
      ...pick(row),
      values: { idNumber: identity(9) },
    })),
  })
  expect(twice.saved).toHaveLength(1)
  expect(twice.refused[0]!.problems[0]).toMatchObject({ code: 'directory.identity_elsewhere' })
})

it('goes out as a workbook and comes back: differences are shown, unknown people told, nothing is written', async () => {
  const other = await records('clerk@1')
  const { readSheet, defineSheet, exportWorkbook } = await import('../../../platform/sheets/index.ts')
  const file = await other.correctionBook({ locale: 'zh-CN' })
  const columns = [
    { key: 'number', kind: 'text', header: { zh: '教职工号', en: 'Teacher number' }, required: true },
    { key: 'sex', kind: 'text', header: { zh: '性别', en: 'Sex' } },
    { key: 'workSince', kind: 'date', header: { zh: '参加工作日期', en: 'Working since' } },
    { key: 'version', kind: 'text', header: { zh: '核对码', en: 'Check code' } },
  ] as const
  const sheet = defineSheet({ name: 'x', title: { zh: '更正', en: 'x' }, columns: [...columns] })
  const reading = await readSheet(new Uint8Array(await file.arrayBuffer()), sheet, { asOf: '2023-03-01' })
  expect(reading.rows).toHaveLength(3)
  const corrected = reading.rows.map(({ values }, nth) => ({ ...values, sex: nth === 2 ? '女' : null }))
  const bytes = await exportWorkbook({
    title: sheet.title,
    columns: [...columns],
    rows: [...corrected, { number: 'NOBODY' }],
    locale: 'zh-CN',
    at: new Date(),
  })
  const shown = await other.readCorrections({ file: new File([new Uint8Array(bytes)], '更正.xlsx') })
  expect(shown.rows).toMatchObject([{ values: { sex: '2' }, changed: ['sex'], since: false }])
  expect(shown.unchanged).toBe(2)
  expect(shown.faults.map(({ code }) => code)).toEqual(['records.number_unknown'])
  expect((await other.qualityGrid({ limit: 100 })).rows[2]!.values.sex).toBeNull()
  const { saved } = await other.mend({
    rows: shown.rows.map(({ personId, version, values }) => ({ personId, version, values })),
  })
  expect(saved[0]!.values.sex).toBe('2')
})

const pick = ({ personId, version }: { personId: string; version: string }) => ({ personId, version })
