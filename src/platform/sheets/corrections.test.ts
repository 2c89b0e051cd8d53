import { type CellValue, Workbook, type Worksheet } from '@cj-tech-master/excelts'
import { describe, expect, test } from 'vitest'
import { defineSheet } from './columns.ts'
import { faultWorkbook } from './corrections.ts'
import { faultAt } from './faults.ts'
import { readSheet } from './read.ts'

const sheet = defineSheet({
  name: 'test.people',
  title: { zh: '人员', en: 'People' },
  columns: [
    { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' }, required: true },
    { key: 'idNumber', kind: 'idNumber', header: { zh: '身份证号码', en: 'ID number' }, required: true },
    { key: 'born', kind: 'date', header: { zh: '出生日期', en: 'Date of birth' } },
    { key: 'hours', kind: 'decimal', header: { zh: '学时', en: 'Hours' } },
  ],
})

const asOf = '2023-03-01'
const ID = '11010519491231002X'

async function file(rows: CellValue[][]): Promise<Buffer> {
  const book = new Workbook()
  const worksheet = book.addWorksheet('名单')
  worksheet.addRows(rows)
  worksheet.getColumn(2).width = 33
  worksheet.mergeCells('A1:C1')
  return Buffer.from(await book.xlsx.writeBuffer())
}

async function worksheetOf(bytes: Buffer): Promise<Worksheet> {
  const book = new Workbook()
  await book.xlsx.load(bytes)
  return book.worksheets[0]!
}

const SOURCE: CellValue[][] = [
  ['人员名单'],
  ['序号', '姓 名', '学时', '身份证号码*', '备注', '出生日期'],
  [1, '张三', 12.5, ID, 'ok', new Date('1949-12-31')],
  [2, '𠮷䶮', { formula: '1+1', result: 2 }, '110105194912310021', '=SUM(A1)', '2023-02-30'],
  [3, '李四', 1, ID, null, new Date('1949-12-31')],
  [4, null, 'x', 440524188001010000, 'remark', null],
]

const isMarked = (worksheet: Worksheet, cell: string): boolean => {
  const { fill } = worksheet.getCell(cell)
  return fill?.type === 'pattern' && fill.pattern === 'solid'
}

const noteOf = (worksheet: Worksheet, cell: string): string => {
  const { note } = worksheet.getCell(cell)
  return typeof note === 'string' ? note : (note?.texts ?? []).map(({ text }) => text).join('')
}

describe('faulty rows handed back', () => {
  test('only they, in the columns of the file, marked by colour, note and words', async () => {
    const source = await file(SOURCE)
    const { faults } = await readSheet(source, sheet, { asOf })
    const worksheet = await worksheetOf(await faultWorkbook(source, sheet, faults, 'zh-CN'))
    const rows = worksheet.getSheetValues().slice(1) as CellValue[][]
    expect(rows.map((row) => row[1])).toEqual(['人员名单', '序号', 2, 4])
    expect(rows[1]?.slice(1)).toEqual(['序号', '姓 名', '学时', '身份证号码*', '备注', '出生日期', '错误说明'])
    expect(rows[2]?.slice(1, 7)).toEqual([2, '𠮷䶮', 2, '110105194912310021', '=SUM(A1)', '2023-02-30'])
    expect(worksheet.getCell('G3').value).toBe(
      '原第 4 行：“身份证号码*”校验码不对，号码中有数字填错，请对照证件核对；“出生日期”没有这一天，请核对年月日',
    )
    expect(noteOf(worksheet, 'D3')).toContain('校验码不对')
    expect(noteOf(worksheet, 'B4')).toContain('必填')
    for (const cell of ['D3', 'F3', 'B4', 'C4', 'D4']) expect(isMarked(worksheet, cell), cell).toBe(true)
    for (const cell of ['B3', 'C3', 'A4']) expect(isMarked(worksheet, cell), cell).toBe(false)
    expect(worksheet.getCell('E3').formula).toBeUndefined()
    expect(worksheet.getColumn(2).width).toBe(33)
    expect(worksheet.getColumn(4).numFmt).toBe('@')
  })

  test('in English', async () => {
    const source = await file(SOURCE)
    const { faults } = await readSheet(source, sheet, { asOf })
    const worksheet = await worksheetOf(await faultWorkbook(source, sheet, faults, 'en'))
    expect(worksheet.getCell('G2').value).toBe('What to correct')
    expect(worksheet.getCell('G4').value).toContain('Row 6 before: “姓 名” required')
  })

  test('corrected, it is read like any other; not corrected, it has the same faults', async () => {
    const source = await file(SOURCE)
    const first = await readSheet(source, sheet, { asOf })
    const back = await faultWorkbook(source, sheet, first.faults, 'zh-CN')
    const again = await readSheet(back, sheet, { asOf })
    expect(again.faults.map(({ code }) => code)).toEqual(first.faults.map(({ code }) => code))
    expect(again.notices).toMatchObject([{ data: { columns: { zh: '序号、备注' } } }])

    const book = new Workbook()
    await book.xlsx.load(back)
    const worksheet = book.worksheets[0]!
    for (const [cell, value] of Object.entries({
      D3: ID,
      F3: '1949-12-31',
      B4: '王五',
      C4: 3,
      D4: '440524188001010014',
    }))
      worksheet.getCell(cell).value = value
    const corrected = await readSheet(Buffer.from(await book.xlsx.writeBuffer()), sheet, { asOf })
    expect(corrected.faults).toEqual([])
    expect(corrected.rows.map(({ values }) => values)).toEqual([
      { name: '𠮷䶮', idNumber: ID, born: '1949-12-31', hours: '2' },
      { name: '王五', idNumber: '440524188001010014', born: null, hours: '3' },
    ])
  })

  test('handed back twice, there is still one column of reasons', async () => {
    const source = await file(SOURCE)
    const { faults } = await readSheet(source, sheet, { asOf })
    const once = await faultWorkbook(source, sheet, faults, 'zh-CN')
    const again = await readSheet(once, sheet, { asOf })
    const worksheet = await worksheetOf(await faultWorkbook(once, sheet, again.faults.slice(0, 1), 'zh-CN'))
    expect(worksheet.getRow(2).values).toHaveLength(8)
    expect(worksheet.getCell('G3').value).toBe('原第 3 行：“身份证号码*”校验码不对，号码中有数字填错，请对照证件核对')
    expect(worksheet.actualRowCount).toBe(3)
  })

  test('faults found after reading are handed back too, of a cell, of a row, of a column that was not sent', async () => {
    const source = await file(SOURCE)
    const reading = await readSheet(source, sheet, { asOf })
    const late = [
      faultAt(reading, 3, 'idNumber', 'test.known', { school: { zh: '一小', en: 'School 1' } }, ID),
      faultAt(reading, 5, null, 'sheets.duplicate_row', { other: 3 }),
      faultAt(reading, 5, 'nowhere', 'test.known', { school: '二小' }),
    ]
    expect(late.map(({ cell, value }) => [cell, value])).toEqual([
      ['D3', '110105********002X'],
      [null, null],
      [null, null],
    ])
    const messages = { 'zh-CN': { 'test.known': '已登记在{school}' }, en: { 'test.known': 'is at {school}' } }
    const worksheet = await worksheetOf(await faultWorkbook(source, { ...sheet, messages }, late, 'zh-CN'))
    expect(worksheet.getCell('G3').value).toBe('原第 3 行：“身份证号码*”已登记在一小')
    expect(worksheet.getCell('G4').value).toBe('原第 5 行：与第 3 行重复；已登记在二小')
  })
})
