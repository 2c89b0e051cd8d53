import { Workbook } from '@cj-tech-master/excelts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workbookFile } from '../../../../platform/sheets/index.ts'
import { faultyRows } from './imports.ts'
import { type Desk, HEADERS, idOf, newcomer, openDesk, type RowOf, refusal, sheetOf } from './roster.fixture.ts'
import { rosterTemplate } from './sheet.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

type Pages = Record<string, readonly RowOf[]>
async function bookOf(pages: Pages, headers: readonly string[] = HEADERS): Promise<File> {
  const book = new Workbook()
  for (const [name, rows] of Object.entries(pages)) {
    const page = book.addWorksheet(name)
    page.addRow([...headers])
    for (const row of rows) page.addRow(headers.map((header) => (row as Record<string, never>)[header] ?? null))
  }
  return workbookFile(new Uint8Array(await book.xlsx.writeBuffer()), '全校.xlsx')
}

describe('a roster on several worksheets', () => {
  it('is read whole, says so, and is applied whole', async () => {
    const file = await bookOf({
      语文组: [newcomer(801), newcomer(802)],
      数学组: [newcomer(803), newcomer(804)],
      空表: [],
    })
    const preview = await desk.check('clerk@0', file)
    expect(preview).toMatchObject({ rows: 4, added: 4, faulty: 0 })
    expect(preview.changes.map(({ sheet, row }) => `${sheet} ${row}`)).toEqual([
      '语文组 2',
      '语文组 3',
      '数学组 2',
      '数学组 3',
    ])
    expect(preview.notices).toMatchObject([
      { zh: '读取了 3 张工作表：语文组、数学组、空表', en: '3 sheets were read: 语文组, 数学组, 空表' },
    ])
    expect(await desk.apply('clerk@0', preview.importId)).toMatchObject({ added: 4, applied: true })
    expect(await desk.check('clerk@0', file)).toMatchObject({ rows: 4, unchanged: 4 })
  })

  it('tells each fault by sheet, row and cell, also when the other row stands on another sheet', async () => {
    const preview = await desk.check(
      'clerk@0',
      await bookOf({
        语文组: [newcomer(811), newcomer(812, { 学校: '霍格沃茨' })],
        数学组: [newcomer(813, { 身份证件号码: idOf('1990-05-17', 811) }), newcomer(814, { 姓名: null })],
      }),
    )
    expect(preview.faulty).toBe(4)
    const told = preview.faults.map(({ zh, en }) => ({ zh, en }))
    expect(told.map(({ zh }) => zh)).toEqual([
      expect.stringMatching(/^工作表“语文组”第 2 行 C 列“身份证件号码”：与工作表“数学组”第 2 行的内容重复/),
      expect.stringMatching(/^工作表“语文组”第 3 行 G 列“学校”：没有这所学校/),
      expect.stringMatching(/^工作表“数学组”第 2 行 C 列“身份证件号码”：与工作表“语文组”第 2 行的内容重复/),
      expect.stringMatching(/^工作表“数学组”第 3 行 A 列“姓名”：必填/),
    ])
    expect(told[0]!.en).toMatch(
      /^Sheet “语文组”: Row 2, column C “身份证件号码”: row 2 of sheet “数学组” has the same entry/,
    )

    const back = await desk.as('clerk@0', (act) => faultyRows(act, desk.house, preview.importId, 'zh-CN'))
    const book = new Workbook()
    await book.xlsx.load(Buffer.from(await back.arrayBuffer()))
    const rows = book.worksheets.map((page) => [page.name, page.rowCount, page.getRow(3).getCell(16).value])
    expect(rows).toEqual([
      ['语文组', 3, expect.stringContaining('原第 3 行：“学校”没有这所学校')],
      ['数学组', 3, expect.stringContaining('原第 3 行：“姓名”必填')],
    ])
  })

  it('finds one person on two sheets, and tells the trail where a change stood', async () => {
    await desk.bring('clerk@0', newcomer(821), newcomer(822))
    const twice = await desk.check(
      'clerk@0',
      await bookOf({
        甲: [newcomer(821, { 身份证件号码: null, 身份证件类型: null, 出生日期: '1990-05-17' })],
        乙: [newcomer(821, { 教职工号: null })],
      }),
    )
    expect(twice.faults.map(({ sheet, row, code, data }) => [sheet, row, code, data.other, data.otherSheet])).toEqual([
      ['甲', 2, 'records.person_twice', 2, '乙'],
      ['乙', 2, 'records.person_twice', 2, '甲'],
    ])
    const changed = await desk.check(
      'clerk@0',
      await bookOf({ 甲: [newcomer(821)], 乙: [newcomer(822, { 职称: '一级教师' })] }),
    )
    expect(changed).toMatchObject({ changed: 1, unchanged: 1 })
    await desk.apply('clerk@0', changed.importId)
    const { rows } = await sql<{
      after: object
    }>`select e.after from audit.event e where e.action = 'records.person_changed'`.execute(desk.house.owner)
    expect(rows).toMatchObject([{ after: { sheet: '乙', row: 2 } }])
  })

  it('names the sheets that have other columns and were left out', async () => {
    const book = new Workbook()
    await book.xlsx.load(Buffer.from(await (await bookOf({ 在职: [newcomer(831)] })).arrayBuffer()))
    const other = book.addWorksheet('离退休')
    other.addRow(HEADERS.slice(0, 12))
    other.addRow(['某人'])
    book.addWorksheet('统计').addRow(['学校', '人数'])
    const preview = await desk.check(
      'clerk@0',
      workbookFile(new Uint8Array(await book.xlsx.writeBuffer()), '两表.xlsx'),
    )
    expect(preview).toMatchObject({ rows: 1, faulty: 0 })
    expect(preview.notices.map(({ zh, en }) => [zh, en])).toEqual([
      [
        '只读取了工作表“在职”；以下工作表的列与之不同，未读取：离退休',
        'Only sheet “在职” was read; these sheets have other columns and were not read: 离退休',
      ],
    ])
  })
})

describe('a roster without a single row', () => {
  it('is refused, and not applied as nothing', async () => {
    expect(await refusal(desk.check('clerk@0', await rosterTemplate('zh-CN')))).toBe('records.roster_empty')
    expect(await refusal(desk.check('clerk@0', await sheetOf([], ['姓名', '学校', '教职工类别', '入校日期'])))).toBe(
      'records.roster_empty',
    )
  })
})
