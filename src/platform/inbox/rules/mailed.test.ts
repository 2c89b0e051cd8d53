import { expect, test } from 'vitest'
import { mailedData } from './mailed.ts'

const data = {
  class: '班主任',
  classEn: 'Class teachers',
  name: '张三',
  nameEn: 'Zhang San',
  reason: '孩子住院',
  text: '请与李四联系',
  phone: '13800000000',
  day: '2023-04-10',
  count: 3,
  by: { name: '王五' },
}

test('things, days and figures go into a letter; people and what somebody wrote do not', () => {
  expect(mailedData(data, 'zh-CN', (day) => `（${day}）`)).toEqual({ class: '班主任', day: '（2023-04-10）', count: 3 })
})

test('in English by their English names', () => {
  expect(mailedData(data, 'en', (day) => day)).toEqual({ class: 'Class teachers', day: '2023-04-10', count: 3 })
})
