import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { WorkbookCells } from './cells.ts'
import type { RawRow } from './rows.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

interface Parts {
  /** Everything within `worksheet`. */
  sheet: string
  strings?: string
  styles?: string
  workbook?: string
}

/** A workbook written by hand, as programs other than Excel write them. */
function handmade(
  { sheet, strings = '', styles = '', workbook = '' }: Parts,
  replace: [RegExp, string][] = [],
): Uint8Array {
  const part = (xml: string): Uint8Array =>
    Buffer.from(replace.reduce((text, [from, to]) => text.replace(from, to), `<?xml version="1.0"?>${xml}`))
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${DOCUMENT}/${type}" Target="${target}"/>`
  return zipSync({
    '_rels/.rels': part(
      `<Relationships xmlns="${PACKAGE}">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ),
    'xl/workbook.xml': part(
      `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}">${workbook}<sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': part(
      `<Relationships xmlns="${PACKAGE}">${relation('r1', 'worksheet', '/xl/worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}${relation('r3', 'styles', 'styles.xml')}</Relationships>`,
    ),
    'xl/sharedStrings.xml': part(`<sst xmlns="${MAIN}">${strings}</sst>`),
    'xl/styles.xml': part(`<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`),
    'xl/worksheets/sheet1.xml': part(`<worksheet xmlns="${MAIN}">${sheet}</worksheet>`),
  })
}

async function rowsOf(file: Uint8Array): Promise<RawRow[]> {
  const workbook = await WorkbookCells.open(file)
  const rows: RawRow[] = []
  for await (const batch of workbook.rows(workbook.worksheets[0]!)) rows.push(...batch)
  await workbook.close()
  return rows
}

const shown = async (parts: Parts, replace?: [RegExp, string][]): Promise<(string | undefined)[][]> =>
  (await rowsOf(handmade(parts, replace))).map(({ cells }) => Array.from(cells, (c) => c && `${c.type} ${c.text}`))

const row = (cells: string, number = 1): string => `<row r="${number}">${cells}</row>`
const data = (rows: string): string => `<sheetData>${rows}</sheetData>`

describe('cells', () => {
  test('shared strings: plain, rich, with a reading aid, escaped, beyond the basic plane', async () => {
    const strings =
      '<si><t>张三</t></si><si><r><t>李</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 四</t></r></si>' +
      '<si><t>王</t><rPh sb="0" eb="1"><t>wáng</t></rPh></si><si><t>a_x000A_b</t></si><si><t>&#x20BB7;䶮&amp;</t></si><si/>'
    const cells = [0, 1, 2, 3, 4, 5].map((i) => `<c r="${'ABCDEF'[i]}1" t="s"><v>${i}</v></c>`).join('')
    expect(await shown({ sheet: data(row(cells)), strings })).toEqual([
      ['text 张三', 'text 李 四', 'text 王', 'text a\nb', 'text 𠮷䶮&'],
    ])
  })

  test('inline strings, rich ones too', async () => {
    const cells =
      '<c r="A1" t="inlineStr"><is><t>张三</t></is></c>' +
      '<c r="B1" t="inlineStr"><is><r><t>李</t></r><r><t>四</t></r><rPh><t>lǐ</t></rPh></is></c>'
    expect(await shown({ sheet: data(row(cells)) })).toEqual([['text 张三', 'text 李四']])
  })

  test('the result of a formula is data, of whatever type; without a result it is told', async () => {
    const cells =
      '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1" t="b"><f>TRUE()</f><v>1</v></c>' +
      '<c r="D1" t="e"><f>NA()</f><v>#N/A</v></c><c r="E1"><f>A1</f></c><c r="F1"><f>A1</f><v></v></c><c r="G1" t="str"><f>""</f><v></v></c>'
    expect(await shown({ sheet: data(row(cells)) })).toEqual([
      ['number 2', 'text a', 'boolean TRUE', 'error #N/A', 'formula ', 'formula '],
    ])
  })

  test('numbers, leading zeros by format, dates by format and in ISO', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="000000"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    const cells =
      '<c r="A1"><v>0.30000000000000004</v></c><c r="B1" s="1"><v>44985</v></c><c r="C1" s="2"><v>44985.25</v></c>' +
      '<c r="D1" s="3"><v>42</v></c><c r="E1" t="d"><v>2023-02-28T00:00:00</v></c><c r="F1" s="1"><v>20230228</v></c>'
    const expected = ['number 0.3', 'date 2023-02-28', 'date 2023-02-28 06:00:00', 'number 000042', 'date 2023-02-28']
    expect(await shown({ sheet: data(row(cells)), styles })).toEqual([[...expected, 'number 20230228']])
    const [old] = await shown({ sheet: data(row(cells)), styles, workbook: '<workbookPr date1904="1"/>' })
    expect(old?.[1]).toBe('date 2027-03-01')
  })

  test('cells and rows without references, and prefixed names', async () => {
    const sheet = data(`<row><c t="str"><v>a</v></c><c/><c><v>1</v></c></row><row/><row><c t="str"><v>b</v></c></row>`)
    const file = handmade({ sheet }, [
      [/<(\/?)(?=[a-z])/g, '<$1x:'],
      [
        /xmlns="http:\/\/schemas.openxmlformats.org\/spreadsheetml/g,
        'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
      ],
    ])
    const rows = await rowsOf(file)
    expect(rows.map(({ number, cells }) => [number, Array.from(cells, (c) => c?.text)])).toEqual([
      [1, ['a', undefined, '1']],
      [3, ['b']],
    ])
  })

  test('a range merged downwards gives its value to rows with content, across only to its first column', async () => {
    const rowsXml = [
      row('<c r="A1" t="str"><v>一小</v></c><c r="B1"><v>1</v></c>'),
      row('<c r="A2"/><c r="B2"><v>2</v></c>', 2),
      row('<c r="A3"/><c r="B3"/>', 3),
      row('<c r="B4"><v>4</v></c>', 4),
      row('<c r="A5" t="str"><v>说明</v></c>', 5),
    ]
    const sheet = `${data(rowsXml.join(''))}<mergeCells><mergeCell ref="A1:A3"/><mergeCell ref="A5:D5"/></mergeCells>`
    const rows = await rowsOf(handmade({ sheet }))
    expect(rows.map(({ number, cells, banner }) => [number, cells[0]?.text, cells[1]?.text, banner])).toEqual([
      [1, '一小', '1', 0],
      [2, '一小', '2', 0],
      [4, undefined, '4', 0],
      [5, '说明', undefined, 4],
    ])
  })

  test('blank cells are none, hidden rows say so', async () => {
    const sheet = data(
      '<row r="1" hidden="1"><c r="A1" t="str"><v>a</v></c></row>' +
        row('<c r="A2" t="str"><v> \u3000\u00a0</v></c><c r="B2" s="1"/>', 2),
    )
    expect((await rowsOf(handmade({ sheet }))).map(({ number, hidden }) => [number, hidden])).toEqual([[1, true]])
  })

  test('XML that breaks off is damage, and entities are not expanded', async () => {
    await expect(rowsOf(handmade({ sheet: '<sheetData><row' }))).rejects.toMatchObject({ code: 'sheets.damaged' })
    const bomb = handmade({ sheet: data(row('<c r="A1" t="str"><v>&lol;</v></c>')) }, [
      [/^<\?xml version="1.0"\?>/, '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY lol "lollollol">]>'],
    ])
    await expect(rowsOf(bomb)).rejects.toMatchObject({ code: 'sheets.damaged' })
  })
})
