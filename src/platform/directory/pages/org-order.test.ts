import { expect, test } from 'vitest'
import { formatter } from '../../../ui/format.ts'
import { inOrder } from './org-order.ts'

const org = (kind: 'school' | 'institution', shortName: string, closedOn: string | null = null) => ({
  kind,
  shortName,
  closedOn,
})

test('institutions before schools, each by pinyin, and what is closed at the end', () => {
  const rows = [
    org('school', '正阳小学'),
    org('school', '阿蓬江小学', '2022-08-31'),
    org('institution', '继教中心'),
    org('school', '城南小学'),
  ]
  const names = inOrder(rows, formatter('zh-CN').compareNames).map(({ shortName }) => shortName)
  expect(names).toEqual(['继教中心', '城南小学', '正阳小学', '阿蓬江小学'])
})
