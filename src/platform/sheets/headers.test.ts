import { describe, expect, test } from 'vitest'
import type { Column } from './columns.ts'
import { matchHeaders } from './headers.ts'

const text = (key: string, zh: string, en: string, ...aliases: string[]): Column => ({
  key,
  kind: 'text',
  header: { zh, en },
  aliases,
})

const columns: Column[] = [
  text('name', '姓名', 'Name', '教师姓名'),
  text('id', '身份证号码', 'ID number', '身份证号', '身份证', '公民身份号码', '证件号码'),
  text('school', '工作单位', 'School', '学校', '所在学校', '单位名称'),
  text('hours', '学时', 'Hours'),
  text('mail', '电子邮箱', 'E-mail'),
]

/** Header of the file, key of ours. */
const single: [string, string | undefined][] = [
  ['姓名', 'name'],
  ['姓  名', 'name'],
  ['*姓 名', 'name'],
  ['＊姓名', 'name'],
  ['姓名：', 'name'],
  ['姓\n名', 'name'],
  ['\u00a0姓名\u3000', 'name'],
  ['教师姓名', 'name'],
  ['1.姓名', 'name'],
  ['一、姓名', 'name'],
  ['NAME', 'name'],
  ['姓名（与身份证一致）', 'name'],
  ['身份证号码*', 'id'],
  ['身份证号(必填)', 'id'],
  ['身份证号（必填）', 'id'],
  ['【必填】身份证号', 'id'],
  ['必填 身份证号', 'id'],
  ['身份证', 'id'],
  ['公民身份\r\n号码', 'id'],
  ['ID Number', 'id'],
  ['id-number (required)', 'id'],
  ['学校[全称]', 'school'],
  ['email', 'mail'],
  ['E-MAIL *', 'mail'],
  ['姓名拼音', undefined],
  ['身份证复印件', undefined],
  ['备注', undefined],
  ['(必填)', undefined],
  ['***', undefined],
]

describe('headers', () => {
  test.each(single)('%j is %s', (header, key) => {
    const { placed } = matchHeaders(columns, [undefined, header])
    expect([...placed]).toEqual(key === undefined ? [] : [[key, 1]])
  })

  test('in any order, with gaps and columns of their own', () => {
    const match = matchHeaders(columns, ['序号', '学校', undefined, '身份证号', ' ', '姓名', '备注'])
    expect(Object.fromEntries(match.placed)).toEqual({ school: 1, id: 3, name: 5 })
    expect(match.unknown).toEqual([0, 6])
    expect(match.claimed).toEqual([])
  })

  test('two columns for one thing', () => {
    const { claimed, placed } = matchHeaders(columns, ['姓名', '教师姓名', '学校'])
    expect(claimed.map(({ column, indexes }) => [column.key, indexes])).toEqual([['name', [0, 1]]])
    expect(placed.has('name')).toBe(false)
  })

  test('the word itself goes before the word with a remark', () => {
    const match = matchHeaders(columns, ['学时（折算）', '学时', '姓名（拼音）', '姓名'])
    expect(Object.fromEntries(match.placed)).toEqual({ hours: 1, name: 3 })
    expect(match.unknown).toEqual([0, 2])
  })

  test('two remarks on one word leave it open which is meant', () => {
    const { claimed } = matchHeaders(columns, ['学时（集中）', '学时（远程）'])
    expect(claimed.map(({ column }) => column.key)).toEqual(['hours'])
  })
})
