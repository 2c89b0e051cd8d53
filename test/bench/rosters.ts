/** Rosters of invented new teachers as .xlsx, all fifteen columns filled, spread over the schools of a district. */
import { idNumberCheck } from '../../src/base/id-number.ts'
import { exportWorkbook } from '../../src/platform/sheets/index.ts'

const HEADERS = [
  '姓名',
  '身份证件类型',
  '身份证件号码',
  '性别',
  '出生日期',
  '教职工号',
  '学校',
  '教职工类别',
  '编制/合同',
  '参加工作日期',
  '入校日期',
  '任教学段',
  '任教学科',
  '职称',
  '职务/岗位',
]

/** The day they all came: a class for those hired lately is a class for exactly them. */
export const HIRED = '2023-02-20'

const two = (n: number): string => String(n).padStart(2, '0')

/** One teacher as cells in the order of the headers; the same number gives the same teacher. */
function newTeacher(nth: number, school: string): string[] {
  const order = nth % 500
  const day = Math.floor(nth / 500)
  const birth = `${1975 + (day % 20)}-${two(1 + (Math.floor(day / 20) % 12))}-${two(1 + (Math.floor(day / 240) % 28))}`
  const digits = `110105${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  const name = `新${String.fromCodePoint(0x4e00 + (nth % 2000))}${String.fromCodePoint(0x5e00 + Math.floor(nth / 2000))}`
  return [
    name,
    '居民身份证',
    digits + idNumberCheck(digits),
    order % 2 ? '男' : '女',
    birth,
    `XR${String(nth).padStart(6, '0')}`,
    school,
    '专任教师',
    '在编',
    '2012-09-01',
    HIRED,
    '小学',
    '语文、数学',
    '二级教师',
    nth % 10 === 0 ? '班主任' : '',
  ]
}

/** The workbook of teachers from one number on, one school after the other in turn. */
export async function roster(
  first: number,
  count: number,
  schools: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const columns = HEADERS.map((header, at) => ({
    key: String(at),
    header: { zh: header, en: header },
    kind: header.endsWith('日期') ? ('date' as const) : ('text' as const),
  }))
  const rows = Array.from({ length: count }, (_, i) => ({ ...newTeacher(first + i, schools[i % schools.length]!) }))
  const bytes = await exportWorkbook({
    title: { zh: '名册', en: 'Roster' },
    columns,
    rows,
    locale: 'zh-CN',
    at: new Date(HIRED),
  })
  return new Uint8Array(bytes)
}
