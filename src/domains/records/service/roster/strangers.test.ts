import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, HEADERS, idOf, newcomer, openDesk, type RowOf, sheetOf } from './roster.fixture.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.bring(
    'clerk@0',
    ...[901, 902, 903].map((n) => newcomer(n, { 姓名: `汪泽斌${n}`, 身份证件号码: idOf('1977-03-04', n) })),
  )
  // As records are that came without identity numbers: the shown part at most.
  await sql`update directory.person set id_hash = null, id_cipher = null, id_masked = null where number in ('N901', 'N903')`.execute(
    desk.house.owner,
  )
  await sql`update directory.person set id_hash = null, id_cipher = null where number = 'N902'`.execute(
    desk.house.owner,
  )
})
afterAll(() => desk?.close())

const row = (n: number, change: RowOf) =>
  newcomer(n, { 姓名: `汪泽斌${n}`, 身份证件号码: idOf('1977-03-04', n), ...change })
const check = async (n: number, change: RowOf) => desk.check('clerk@0', await sheetOf([row(n, change)], HEADERS))
const codes = async (n: number, change: RowOf) =>
  (await check(n, change)).faults.map(({ code, cell }) => `${code} ${cell}`)
const FAULT = ['records.number_of_other_person F2']
const noId = { 身份证件号码: null, 身份证件类型: null }

describe('a staff number that is somebody else’s', () => {
  it('is a fault where name and birth date are another’s, and nothing of the record is replaced', async () => {
    const before = await desk.counts()
    const preview = await check(901, { 姓名: '工号撞', 身份证件号码: idOf('1993-06-07', 15) })
    expect(preview).toMatchObject({ faulty: 1, changed: 0 })
    expect(preview.faults).toMatchObject([{ code: 'records.number_of_other_person', cell: 'F2' }])
    expect(preview.faults[0]!.reason.zh).toMatch(/N901 登记的是另一位教师“汪泽斌901”/)
    expect(preview.faults[0]!.reason.en).toMatch(/N901 is on record for another person, “汪泽斌901”/)
    expect(await desk.counts()).toMatchObject({ 'directory.person': before['directory.person']! })
    expect(await codes(901, { ...noId, 姓名: '工号撞', 出生日期: '1993-06-07' })).toEqual(FAULT)
  })

  it('is one where the name and the shown part of the identity number are another’s, though born on the same day', async () => {
    expect(await codes(902, { 姓名: '工号撞', 身份证件号码: idOf('1977-03-04', 15) })).toEqual(FAULT)
    expect(await codes(902, { 姓名: '改了名' })).toEqual([])
  })

  it('tells the name to nobody who may not see the person', async () => {
    const preview = await desk.check('clerk@1', await sheetOf([row(901, { 姓名: '工号撞', 学校: '第二小学' })]))
    expect(preview.faults.map(({ code }) => code)).toEqual(['records.number_elsewhere'])
    expect(JSON.stringify(preview)).not.toContain('汪泽斌')
  })

  it('leaves a new name, or another birth date, a change', async () => {
    expect(await check(901, { 姓名: '改了名' })).toMatchObject({ changed: 1, faulty: 0 })
    expect(await check(901, { 身份证件号码: idOf('1977-04-04', 901) })).toMatchObject({ changed: 1, faulty: 0 })
    expect(await check(901, { ...noId, 姓名: '改了名', 出生日期: '1977-03-04' })).toMatchObject({
      changed: 1,
      faulty: 0,
    })
  })
})

describe('what would change', () => {
  it('is told field by field, before and after, in words', async () => {
    const preview = await check(903, {
      姓名: '汪新名',
      教职工类别: '行政人员',
      '编制/合同': '合同制',
      入校日期: '2014-09-01',
      任教学科: '英语',
      职称: '一级教师',
      '职务/岗位': '无',
    })
    const [change] = preview.changes
    const said = change!.differences.map(({ key, header, was, becomes }) => [
      key,
      header.zh,
      was?.zh ?? null,
      becomes?.zh ?? null,
    ])
    expect(said).toEqual([
      ['name', '姓名', '汪泽斌903', '汪新名'],
      ['idNumber', '身份证件号码', null, expect.stringMatching(/^110105\*{8}/)],
      ['entered', '入校日期', '2015-09-01', '2014-09-01'],
      ['category', '教职工类别', '专任教师', '行政人员'],
      ['basis', '编制/合同', expect.stringContaining('编'), expect.stringContaining('合同')],
      ['teaching', '任教', '小学 语文、数学', '小学 英语'],
      ['title', '职称', '二级教师', '一级教师'],
      ['posts', '职务/岗位', '班主任', null],
    ])
    expect(change!.differences.find(({ key }) => key === 'teaching')!.becomes!.en).toMatch(/^Primary.*: English/i)
    const added = await desk.check('clerk@0', await sheetOf([newcomer(909)]))
    expect(added.changes).toMatchObject([{ action: 'added', differences: [] }])
  })

  it('names the schools of a move', async () => {
    const preview = await desk.check(
      'trainer@district',
      await sheetOf([row(903, { 学校: '第二小学', 入校日期: '2022-09-01' })]),
    )
    expect(preview.changes[0]!.differences.find(({ key }) => key === 'school')).toMatchObject({
      was: { zh: '第一小学' },
      becomes: { zh: '第二小学' },
    })
  })
})

describe('ages that cannot be', () => {
  const shown = async (change: RowOf) => codes(910, { 教职工号: 'N910', ...change })
  it('are faults in the row', async () => {
    expect(await shown({ 身份证件号码: idOf('1905-01-01', 1) })).toEqual(['records.too_old K2'])
    expect(await shown({ 身份证件号码: idOf('1934-09-01', 1), 参加工作日期: '1955-09-01' })).toEqual([
      'records.too_old K2',
    ])
    expect(await shown({ 身份证件号码: idOf('1935-09-01', 1), 参加工作日期: '1955-09-01' })).toEqual([])
    const { faults } = await check(910, { 身份证件号码: idOf('1905-01-01', 1) })
    expect(faults[0]!.reason.zh).toMatch(/已满 80 周岁（出生日期 1905-01-01）/)
    expect(faults[0]!.reason.en).toMatch(/Over 80 years old at entry \(born 1905-01-01\)/)
  })
})
