import { Workbook } from '@cj-tech-master/excelts'
import { describe, expect, test } from 'vitest'
import { defineSheet } from './columns.ts'
import type { Locale } from './contract.ts'
import { readSheet } from './read.ts'
import { templateWorkbook } from './template.ts'

const nations = Array.from({ length: 56 }, (_, i) => ({
  code: String(i + 1).padStart(2, '0'),
  zh: `第${i + 1}个民族`,
  en: `Nation ${i + 1}`,
}))
const sheet = defineSheet({
  name: 'test.people',
  title: { zh: '人员/名册', en: 'People' },
  columns: [
    {
      key: 'name',
      kind: 'text',
      header: { zh: '姓名', en: 'Name' },
      required: true,
      maxLength: 50,
      hint: { zh: '与身份证一致', en: 'as on the identity card' },
    },
    { key: 'idNumber', kind: 'idNumber', header: { zh: '身份证号码', en: 'ID number' }, required: true },
    { key: 'born', kind: 'date', header: { zh: '出生日期', en: 'Date of birth' }, width: 20 },
    {
      key: 'sex',
      kind: 'code',
      header: { zh: '性别', en: 'Sex' },
      table: [
        { code: '1', zh: '男', en: 'male' },
        { code: '2', zh: '女', en: 'female' },
      ],
    },
    { key: 'nation', kind: 'code', header: { zh: '民族', en: 'Nation' }, table: nations },
    { key: 'comma', kind: 'code', header: { zh: '类别', en: 'Kind' }, table: [{ code: 'a', zh: '甲,乙', en: 'a, b' }] },
    { key: 'head', kind: 'yesNo', header: { zh: '班主任', en: 'Class teacher' } },
  ],
})

async function template(locale: Locale): Promise<Workbook> {
  const book = new Workbook()
  await book.xlsx.load(await templateWorkbook(sheet, locale))
  return book
}

describe('template', () => {
  test('header, formats, widths', async () => {
    const [data] = (await template('zh-CN')).worksheets
    expect(data?.name).toBe('人员 名册')
    expect((data!.getRow(1).values as string[]).slice(1)).toEqual([
      '*姓名',
      '*身份证号码',
      '出生日期',
      '性别',
      '民族',
      '类别',
      '班主任',
    ])
    expect(data?.getColumn(2).numFmt).toBe('@')
    expect(data?.getColumn(3).numFmt).toBe('yyyy-mm-dd')
    expect(data?.getColumn(3).width).toBe(20)
    expect(data?.getColumn(2).width).toBeGreaterThan(18)
    expect(data?.getCell('A1').font?.bold).toBe(true)
    expect(data?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
  })

  test('choices: short lists in the cell, long ones and labels with commas on their own sheet', async () => {
    const book = await template('zh-CN')
    const [data] = book.worksheets
    const list = (cell: string) => data?.dataValidations.find(cell)
    expect(list('D2')).toMatchObject({ type: 'list', formulae: ['"男,女"'] })
    expect(list('D10001')).toMatchObject({ type: 'list' })
    expect(list('G2')).toMatchObject({ formulae: ['"是,否"'] })
    expect(list('E2')).toMatchObject({ formulae: ["'代码表'!$A$2:$A$57"] })
    expect(list('F2')).toMatchObject({ formulae: ["'代码表'!$B$2:$B$2"] })
    const codes = book.getWorksheet('代码表')
    expect([codes?.getCell('A1').value, codes?.getCell('A2').value, codes?.getCell('A57').value]).toEqual([
      '民族',
      '第1个民族',
      '第56个民族',
    ])
    expect(codes?.getCell('B2').value).toBe('甲,乙')
  })

  test('the guide explains each column', async () => {
    const guide = (await template('zh-CN')).getWorksheet('填写说明')
    // Other names for columns are recognised, so nobody is forbidden to use them.
    expect(guide!.getCell('A1').value).toContain('常用的别称（如“工号”“单位名称”）也能识别')
    expect(guide!.getCell('A1').value).not.toContain('不要改动')
    expect((guide!.getRow(3).values as string[]).slice(1, 5)).toEqual([
      '姓名',
      '是',
      '文字，最多 50 个字',
      '与身份证一致',
    ])
    expect(guide?.getCell('C4').value).toContain('文本')
    expect(guide?.getCell('E6').value).toBe('男、女')
    const english = (await template('en')).getWorksheet('How to fill in')
    expect((english!.getRow(3).values as string[]).slice(1, 5)).toEqual([
      'Name',
      'yes',
      'text, at most 50 characters',
      'as on the identity card',
    ])
  })

  test.each<[Locale, string, string, string]>([
    ['zh-CN', '男', '第2个民族', '是'],
    ['en', 'male', 'Nation 2', 'yes'],
  ])('filled in %s, it is read without a word', async (locale, sex, nation, head) => {
    const book = await template(locale)
    book.worksheets[0]?.addRow(['张三', '11010519491231002X', new Date('1949-12-31'), sex, nation, 'a', head])
    const reading = await readSheet(Buffer.from(await book.xlsx.writeBuffer()), sheet, { asOf: '2023-03-01' })
    expect(reading.faults).toEqual([])
    expect(reading.notices).toEqual([])
    expect(reading.rows).toEqual([
      {
        row: 2,
        values: {
          name: '张三',
          idNumber: '11010519491231002X',
          born: '1949-12-31',
          sex: '1',
          nation: '02',
          comma: 'a',
          head: true,
        },
      },
    ])
  })

  test('unfilled, it has no rows', async () => {
    const reading = await readSheet(await templateWorkbook(sheet, 'zh-CN'), sheet, { asOf: '2023-03-01' })
    expect([reading.rowsRead, reading.faults, reading.notices]).toEqual([0, [], []])
  })
})
