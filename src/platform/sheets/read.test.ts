import { type CellValue, Workbook } from '@cj-tech-master/excelts'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { type AnySheet, defineSheet } from './columns.ts'
import type { ReadProgress } from './contract.ts'
import { wording, wordingOfNotice } from './faults.ts'
import { type ReadOptions, readSheet, readSheets } from './read.ts'

const teachers = defineSheet({
  name: 'test.teachers',
  title: { zh: '教师名册', en: 'Teachers' },
  columns: [
    { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' }, required: true, personName: true },
    {
      key: 'idNumber',
      kind: 'idNumber',
      header: { zh: '身份证号码', en: 'ID number' },
      aliases: ['身份证号'],
      required: true,
      unique: true,
    },
    { key: 'born', kind: 'date', header: { zh: '出生日期', en: 'Date of birth' } },
    {
      key: 'sex',
      kind: 'code',
      header: { zh: '性别', en: 'Sex' },
      table: [
        { code: '1', zh: '男', en: 'male' },
        { code: '2', zh: '女', en: 'female' },
      ],
    },
    { key: 'hours', kind: 'decimal', header: { zh: '学时', en: 'Hours' } },
    { key: 'classes', kind: 'integer', header: { zh: '班级数', en: 'Classes' } },
    { key: 'head', kind: 'yesNo', header: { zh: '班主任', en: 'Class teacher' }, blankMeans: false },
    {
      key: 'school',
      kind: 'custom',
      header: { zh: '学校', en: 'School' },
      parse: (text) =>
        text === '一小' ? { value: { id: 1 } } : { error: 'test.unknown_school', data: { name: text } },
    },
  ],
  keyOf: ({ name, born }) => (name && born ? `${name} ${born}` : null),
  check: ({ idNumber, born }) => {
    const written = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
    return born && born !== written ? [{ key: 'born', code: 'test.birth_differs' }] : []
  },
  messages: {
    'zh-CN': {
      'test.unknown_school': '没有名为“{name}”的学校',
      'test.birth_differs': '与身份证号码中的出生日期不一致',
    },
    en: {
      'test.unknown_school': 'there is no school “{name}”',
      'test.birth_differs': 'differs from the identity number',
    },
  },
})

const IDS = ['11010519491231002X', '440524188001010014', '510104198203071229', '510105200002290018']

async function file(rows: CellValue[][], more?: (book: Workbook) => void): Promise<Buffer> {
  const book = new Workbook()
  book.addWorksheet('名单').addRows(rows)
  more?.(book)
  return Buffer.from(await book.xlsx.writeBuffer())
}

const asOf = '2023-03-01'
const read = async (rows: CellValue[][], options: Partial<ReadOptions> = {}, more?: (book: Workbook) => void) =>
  readSheet(await file(rows, more), teachers, { asOf, ...options })

const HEADER = ['姓名', '身份证号码', '出生日期']

describe('reading a sheet', () => {
  test('values have the types of their columns', async () => {
    const { rows, columns } = await read([
      ['姓名', '身份证号码', '出生日期', '性别', '学时', '班级数', '班主任', '学校'],
      ['张  三', IDS[0]!, new Date('1949-12-31'), '女', 12.5, 2, '√', '一小'],
    ])
    const values = rows[0]?.values
    expect(values).toEqual({
      name: '张三',
      idNumber: IDS[0],
      born: '1949-12-31',
      sex: '2',
      hours: '12.5',
      classes: 2,
      head: true,
      school: { id: 1 },
    })
    expect(columns.idNumber).toMatchObject({ letter: 'B', header: '身份证号码' })
    type Row = NonNullable<typeof values>
    expectTypeOf<Row['name']>().toEqualTypeOf<string>()
    expectTypeOf<Row['born']>().toEqualTypeOf<string | null>()
    expectTypeOf<Row['classes']>().toEqualTypeOf<number | null>()
    expectTypeOf<Row['head']>().toEqualTypeOf<boolean>()
    expectTypeOf<Row['school']>().toEqualTypeOf<{ id: number } | null>()
  })

  test('renamed, reordered, below titles, with blank columns and columns of their own', async () => {
    const { rows, notices, headerRow, columns, sheet } = await read(
      [
        ['某区教师名册'],
        [],
        ['填报单位：', '一小', null, '2023 年 3 月'],
        ['序号', '身份证号(必填)', null, '*姓 名', '备注'],
        [1, IDS[0]!, null, '𠮷 䶮', ''],
      ],
      {},
      (book) => book.getWorksheet(1)?.mergeCells('A1:E1'),
    )
    expect(rows).toMatchObject([{ row: 5, values: { name: '𠮷䶮', idNumber: IDS[0], born: null, head: false } }])
    expect({ headerRow, sheet }).toEqual({ headerRow: 4, sheet: '名单' })
    expect(columns).toHaveProperty('name')
    expect(columns).not.toHaveProperty('born')
    expect(notices).toMatchObject([{ code: 'sheets.columns_unused', data: { columns: { zh: '序号、备注' } } }])
  })

  test('a header of two rows, merged', async () => {
    const rows = [
      ['姓名', '身份证号码', '工作'],
      ['', '', '学时'],
      ['张三', IDS[0]!, 3],
    ]
    const reading = await read(rows, {}, (book) => {
      for (const range of ['A1:A2', 'B1:B2']) book.getWorksheet(1)?.mergeCells(range)
    })
    expect(reading.headerRow).toBe(2)
    expect(reading.rows).toMatchObject([{ row: 3, values: { name: '张三', hours: '3' } }])
  })

  test('the worksheet that matches best is taken, hidden ones are not', async () => {
    const reading = await read(
      [
        ['姓名', '说明'],
        ['张三', 'x'],
      ],
      {},
      (book) => {
        book.addWorksheet('隐藏', { state: 'hidden' }).addRows([
          [...HEADER, '性别', '学时'],
          ['不', IDS[1]!],
        ])
        book.addWorksheet('教师').addRows([HEADER, ['李四', IDS[1]!, '1880-01-01']])
        book.addWorksheet('上年').addRows([HEADER, ['王五', IDS[2]!]])
      },
    )
    expect(reading.sheet).toBe('教师')
    expect(reading.rows).toHaveLength(1)
    expect(reading.notices).toMatchObject([
      { code: 'sheets.sheets_unused', data: { sheet: '教师', sheets: { zh: '上年' } } },
    ])
  })

  test('all worksheets with the same columns are read together, others are named', async () => {
    const book = new Workbook()
    book.addWorksheet('语文').addRows([['名单'], [...HEADER, '学时'], ['张三', IDS[0]!, null, 'x']])
    book.addWorksheet('数学').addRows([
      ['学时', ...HEADER],
      [2, '李四', IDS[1]!],
    ])
    book.addWorksheet('退休').addRows([HEADER, ['王五', IDS[2]!]])
    book.addWorksheet('隐藏', { state: 'hidden' }).addRows([
      [...HEADER, '学时'],
      ['王五', IDS[2]!],
    ])
    const progress: ReadProgress[] = []
    const reading = await readSheets(Buffer.from(await book.xlsx.writeBuffer()), teachers, {
      asOf: '2023-03-01',
      onProgress: (told) => progress.push(told),
    })
    expect(reading.pages.map(({ sheet, headerRow, rowsRead }) => [sheet, headerRow, rowsRead])).toEqual([
      ['语文', 2, 1],
      ['数学', 1, 1],
    ])
    expect(reading.pages[1]!.rows).toMatchObject([{ row: 2, values: { name: '李四', hours: '2' } }])
    expect(reading.rowsRead).toBe(2)
    expect(reading.notices.map((notice) => wordingOfNotice(notice, 'zh-CN', undefined, { named: true }))).toEqual([
      '读取了 2 张工作表：语文、数学',
      '只读取了工作表“语文、数学”；以下工作表的列与之不同，未读取：退休',
    ])
    const [fault] = reading.pages[0]!.faults
    expect(wording(fault!, 'zh-CN', undefined, { named: true })).toMatch(/^工作表“语文”第 3 行 D 列“学时”：/)
    expect(wording(fault!, 'en', undefined, { named: true })).toMatch(/^Sheet “语文”: Row 3, column D “学时”: /)
    expect(progress.at(-1)).toEqual({ rows: 2, share: 1 })
    expect(progress.every(({ share }, i) => i === 0 || share >= progress[i - 1]!.share)).toBe(true)
  })

  test('too many rows are counted over all worksheets', async () => {
    const book = new Workbook()
    for (const name of ['一', '二']) book.addWorksheet(name).addRows([HEADER, ['张三', IDS[0]!], ['李四', IDS[1]!]])
    const bytes = Buffer.from(await book.xlsx.writeBuffer())
    await expect(readSheets(bytes, teachers, { asOf: '2023-03-01', limits: { rows: 3 } })).rejects.toMatchObject({
      code: 'sheets.too_many_rows',
    })
  })

  test('empty, hidden, remark and repeated header rows are no data', async () => {
    const reading = await read(
      [
        [...HEADER, '序号'],
        ['张三', IDS[0]!, null, 1],
        [null, ' ', null, 2],
        ['李四', IDS[1]!, null, 3],
        [...HEADER, '序号'],
        ['王五', IDS[2]!, null, 4],
        ['填表人：张三  审核人：李四'],
      ],
      {},
      (book) => {
        book.getWorksheet(1)!.getRow(4).hidden = true
        book.getWorksheet(1)!.mergeCells('A7:D7')
      },
    )
    expect(reading.rows.map(({ row }) => row)).toEqual([2, 6])
    expect(reading.faults).toEqual([])
    expect(reading.notices.map(({ code, data }) => [code, data.count, data.rows])).toEqual([
      ['sheets.columns_unused', 1, undefined],
      ['sheets.hidden_rows', 1, undefined],
      ['sheets.remark_rows', 1, '7'],
    ])
  })

  test('every fault by cell, in both languages, with what the cell shows', async () => {
    const { faults, rows, faulty, rowsRead } = await read([
      ['序号', ...HEADER, '学校'],
      [1, '张三', '110105194912310021', '2023-02-30', '二小'],
      [2, null, 440524188001010000, { error: '#N/A' }, '一小'],
    ])
    expect({ rows, rowsRead }).toEqual({ rows: [], rowsRead: 2 })
    expect(faulty[0]).toMatchObject({ row: 2, values: { name: '张三', idNumber: null, born: null, school: null } })
    expect(faults.map(({ cell, code, value }) => [cell, code, value])).toEqual([
      ['C2', 'sheets.id_number_check_digit', '110105********0021'],
      ['D2', 'sheets.date_impossible', '2023-02-30'],
      ['E2', 'test.unknown_school', '二小'],
      ['B3', 'sheets.required', null],
      ['C3', 'sheets.id_number_lost_digits', '440524********0000'],
      ['D3', 'sheets.error_cell', '#N/A'],
    ])
    expect(wording(faults[0]!, 'zh-CN')).toBe('第 2 行 C 列“身份证号码”：校验码不对，号码中有数字填错，请对照证件核对')
    expect(wording(faults[2]!, 'zh-CN', teachers.messages)).toBe('第 2 行 E 列“学校”：没有名为“二小”的学校')
    expect(wording(faults[2]!, 'en', teachers.messages)).toBe('Row 2, column E “学校”: there is no school “二小”')
    expect(wording(faults[3]!, 'en')).toBe('Row 3, column B “姓名”: required; must not be empty')
  })

  test('what is there twice is told at each place, and the same row as a row', async () => {
    const { faults, rows } = await read([
      HEADER,
      ['张三', IDS[0]!, '1949-12-31'],
      ['李四', IDS[1]!, '1880-01-01'],
      ['张三', IDS[0]!, '1949-12-31'],
      ['赵六', IDS[0]!, '1949-12-31'],
    ])
    expect(rows.map(({ values }) => values.name)).toEqual(['李四'])
    expect(faults.map(({ row, cell, code, data }) => [row, cell, code, data.other])).toEqual([
      [2, 'B2', 'sheets.duplicate_value', 4],
      [2, null, 'sheets.duplicate_row', 4],
      [4, 'B4', 'sheets.duplicate_value', 2],
      [4, null, 'sheets.duplicate_row', 2],
      [5, 'B5', 'sheets.duplicate_value', 2],
    ])
    expect(wording(faults[1]!, 'zh-CN')).toBe('第 2 行：与第 4 行重复')
  })

  test('the rule of the row is asked when its cells are right', async () => {
    const { faults } = await read([HEADER, ['张三', IDS[0]!, '1949-12-30'], ['李四', 'x', '1949-12-30']])
    expect(faults.map(({ cell, code }) => [cell, code])).toEqual([
      ['C2', 'test.birth_differs'],
      ['B3', 'sheets.id_number_length'],
    ])
  })

  test.each<[string, CellValue[][], string, object]>([
    [
      'no header',
      [
        ['a', 'b'],
        [1, 2],
      ],
      'sheets.no_header',
      { columns: '「姓名」「身份证号码」' },
    ],
    ['an empty workbook', [], 'sheets.no_header', {}],
    ['a header too far down', [...Array.from({ length: 10 }, () => ['x']), HEADER], 'sheets.no_header', {}],
    [
      'required columns missing',
      [['出生日期', '性别', '学时']],
      'sheets.columns_missing',
      { row: 1, sheet: '名单', columns: '「姓名」「身份证号码」' },
    ],
    [
      'two columns for one thing',
      [['姓名', '身份证号', '姓 名']],
      'sheets.columns_twice',
      { columns: '「A 姓名」「C 姓 名」' },
    ],
  ])('refused: %s', async (_name, rows, code, told) => {
    await expect(read(rows)).rejects.toMatchObject({ kind: 'invalid', code, data: told })
  })

  test('in English the missing columns have English names', async () => {
    await expect(read([['出生日期', '性别']], { locale: 'en' })).rejects.toMatchObject({
      data: { columns: '“Name”, “ID number”' },
    })
  })

  test('5,000 rows: all read, progress told in order, too many refused, stopped on demand', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [`教师${i}`, IDS[i % 4]!, null, i % 2 ? '男' : '女', i / 4])
    const big = await file([['姓名', '身份证号码', '出生日期', '性别', '学时'], ...rows])
    const plain = {
      ...(teachers as AnySheet),
      columns: teachers.columns.map((column) => ({ ...column, unique: false })),
    }
    const told: ReadProgress[] = []
    const reading = await readSheet(big, plain, { asOf, onProgress: (progress) => told.push(progress) })
    expect(reading.rows).toHaveLength(5000)
    expect(reading.rows[4999]).toMatchObject({ row: 5001, values: { name: '教师4999', hours: '1249.75' } })
    expect(told.map(({ share }) => share)).toEqual(told.map(({ share }) => share).toSorted((a, b) => a - b))
    expect(told.at(-1)).toEqual({ rows: 5000, share: 1 })
    await expect(readSheet(big, plain, { asOf, limits: { rows: 4999 } })).rejects.toMatchObject({
      code: 'sheets.too_many_rows',
    })
    const stop = new AbortController()
    const stopped = readSheet(big, plain, { asOf, signal: stop.signal, onProgress: () => stop.abort() })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('two columns of one sheet cannot share a key', () => {
    const column = { key: 'a', kind: 'text', header: { zh: '甲', en: 'A' } } as const
    expect(() => defineSheet({ name: 'x', title: { zh: '', en: '' }, columns: [column, column] })).toThrow(
      'have the key a',
    )
  })
})
