import { Workbook } from '@cj-tech-master/excelts'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { defineSheet } from './columns.ts'
import { type ExportColumn, exportWorkbook, streamWorkbook } from './export.ts'
import { readSheet } from './read.ts'

const title = { zh: '学分: 2022/2023 [全区]', en: 'Credits' }
const at = new Date('2023-02-28T23:30:00Z')

const columns: ExportColumn[] = [
  { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' } },
  { key: 'idNumber', kind: 'idNumber', header: { zh: '身份证号码', en: 'ID number' } },
  { key: 'born', kind: 'date', header: { zh: '出生日期', en: 'Date of birth' } },
  { key: 'sex', kind: 'code', header: { zh: '性别', en: 'Sex' }, table: [{ code: '1', zh: '男', en: 'male' }] },
  { key: 'credits', kind: 'decimal', header: { zh: '学分', en: 'Credits' }, scale: 2 },
  { key: 'seen', kind: 'instant', header: { zh: '签到时间', en: 'Checked in' } },
  { key: 'head', kind: 'yesNo', header: { zh: '班主任', en: 'Class teacher' } },
  { key: 'places', kind: 'integer', header: { zh: '名额', en: 'Places' } },
]
const person = {
  name: '𠮷䶮',
  idNumber: '11010519491231002X',
  born: '1949-12-31',
  sex: '1',
  credits: '12.50',
  seen: new Date('2023-02-28T16:05:00Z'),
  head: true,
  places: 60,
}

async function opened(bytes: Buffer): Promise<Workbook> {
  const book = new Workbook()
  await book.xlsx.load(bytes)
  return book
}

describe('export', () => {
  test('each value as what it is', async () => {
    const book = await opened(await exportWorkbook({ title, columns, rows: [person], locale: 'zh-CN', at }))
    const [list] = book.worksheets
    expect((list!.getRow(1).values as unknown[]).slice(1)).toEqual(columns.map(({ header }) => header.zh))
    expect((list!.getRow(2).values as unknown[]).slice(1)).toEqual([
      '𠮷䶮',
      '11010519491231002X',
      new Date('1949-12-31T00:00:00Z'),
      '男',
      12.5,
      new Date('2023-03-01T00:05:00Z'),
      '是',
      60,
    ])
    expect(list?.getCell('C2').numFmt).toBe('yyyy-mm-dd')
    expect(list?.getCell('B2').numFmt).toBe('@')
    expect(list?.getCell('E2').numFmt).toBe('0.00')
    expect(list?.name).toBe('学分  2022 2023  全区')
  })

  test('ready to work with: frozen header, filter, widths; where it comes from', async () => {
    const note = '导出人：管理员 & 他人'
    const book = await opened(
      await exportWorkbook({ title, columns, rows: [person, person], locale: 'zh-CN', at, note }),
    )
    const [list, about] = book.worksheets
    expect(list?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(list?.autoFilter).toBe('A1:H3')
    expect(list?.getColumn(2).width).toBeGreaterThan(18)
    expect(list?.headerFooter.oddFooter).toContain('管理员 && 他人')
    expect(about?.name).toBe('导出说明')
    expect(
      about
        ?.getSheetValues()
        .slice(1)
        .map((row) => (row as unknown[]).slice(1)),
    ).toEqual([
      ['名称', title.zh],
      ['导出时间', '2023-03-01 07:30'],
      ['记录数', '2'],
      ['来源', note],
    ])
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://x","y")', '\t=1', "'=1"])(
    '%j stays text',
    async (text) => {
      const bytes = await exportWorkbook({ title, columns, rows: [{ name: text, credits: '-1.5' }], locale: 'en', at })
      const cell = (await opened(bytes)).worksheets[0]?.getCell('A2')
      expect([cell?.value, cell?.formula]).toEqual([text, undefined])
      expect(cell?.numFmt).toBe('@')
      expect(strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml']!)).not.toContain('<f>')
    },
  )

  test('what a cell cannot hold: control characters, too long a text, too long a number, days before spreadsheets', async () => {
    const rows = [{ name: `a\u0000\u0008b${'字'.repeat(40000)}`, born: '1899-12-31', credits: '1234567890123456.75' }]
    const [list] = (await opened(await exportWorkbook({ title, columns, rows, locale: 'zh-CN', at }))).worksheets
    const name = String(list?.getCell('A2').value)
    expect([name.length, name.slice(0, 3), name.at(-1)]).toEqual([32767, 'ab字', '…'])
    expect(list?.getCell('C2').value).toBe('1899-12-31')
    expect(list?.getCell('E2').value).toBe('1234567890123456.75')
  })

  test('a declared sheet exports what it imports, and a list of none has its header', async () => {
    const sheet = defineSheet({
      name: 'test.people',
      title,
      columns: [
        { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' }, required: true },
        { key: 'idNumber', kind: 'idNumber', header: { zh: '身份证号码', en: 'ID number' }, required: true },
        { key: 'born', kind: 'date', header: { zh: '出生日期', en: 'Date of birth' } },
        { key: 'credits', kind: 'decimal', header: { zh: '学分', en: 'Credits' }, scale: 2 },
        { key: 'head', kind: 'yesNo', header: { zh: '班主任', en: 'Class teacher' } },
      ],
    })
    const wanted = { title, columns: sheet.columns, locale: 'en', at } as const
    const full = await readSheet(await exportWorkbook({ ...wanted, rows: [person] }), sheet, { asOf: '2023-03-01' })
    expect([full.faults, full.notices]).toEqual([[], []])
    const { sex: _, seen: __, places: ___, ...same } = person
    expect(full.rows.map(({ values }) => values)).toEqual([{ ...same, credits: '12.5' }])
    const none = await readSheet(await exportWorkbook({ ...wanted, rows: [] }), sheet, { asOf: '2023-03-01' })
    expect(none.rowsRead).toBe(0)
  })

  test('a stream of rows, and an error in the middle of it', async () => {
    async function* people(until: number, failing = false) {
      for (let i = 0; i < until; i++) yield { ...person, places: i }
      if (failing) throw new Error('the source is gone')
    }
    const [list] = (await opened(await exportWorkbook({ title, columns, rows: people(1200), locale: 'zh-CN', at })))
      .worksheets
    expect([list?.actualRowCount, list?.getCell('H1201').value]).toEqual([1201, 1199])
    const broken = exportWorkbook({ title, columns, rows: people(10, true), locale: 'zh-CN', at })
    await expect(broken).rejects.toThrow('the source is gone')
  })

  test('a reader who goes away stops the source', async () => {
    let released = false
    function* forever() {
      try {
        for (;;) yield { ...person, name: Math.random().toString(36) }
      } finally {
        released = true
      }
    }
    const stream = streamWorkbook({ title, columns, rows: forever(), locale: 'zh-CN', at })
    for await (const _ of stream) break
    for (let i = 0; i < 200 && !released; i++) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(released).toBe(true)
  })
})
