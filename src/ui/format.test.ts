import { expect, test } from 'vitest'
import { formatter } from './format.ts'

const zh = formatter('zh-CN')
const en = formatter('en')

test('dates are set the Chinese way', () => {
  expect(zh.date('2023-03-01')).toBe('2023年3月1日')
  expect(zh.longDate('2023-03-01')).toBe('2023年3月1日 周三')
  expect(zh.shortDate('2023-12-31')).toBe('12月31日')
  expect(zh.isoDate('2023-03-01')).toBe('2023-03-01')
  expect(en.longDate('2023-03-01')).toBe('Wed, Mar 1, 2023')
})

test('an instant shows the day and the time of China wherever the browser stands', () => {
  expect(zh.dateTime('2023-02-28T16:30:00Z')).toBe('2023年3月1日 周三 00:30')
  expect(zh.time(new Date('2023-03-01T06:00:00Z'))).toBe('14:00')
})

test('a range names the year once where it can', () => {
  expect(zh.dateRange('2023-03-01', '2023-07-15')).toBe('2023年3月1日至7月15日')
  expect(zh.dateRange('2022-12-30', '2023-01-02')).toBe('2022年12月30日至2023年1月2日')
  expect(zh.dateRange('2023-03-01', '2023-03-01')).toBe('2023年3月1日')
  expect(en.dateRange('2023-03-01', '2023-07-15')).toBe('Mar 1 – Jul 15, 2023')
})

test('exact decimals are not sent through floating point', () => {
  expect(zh.number('12345678901234567.25', 2)).toBe('12,345,678,901,234,567.25')
  expect(zh.number('24.00')).toBe('24')
  expect(zh.number('24.00', 2)).toBe('24.00')
  expect(zh.number(-3)).toBe('−3')
})

test('shares, money, sizes', () => {
  expect(zh.percent(0.9666)).toBe('96.7%')
  expect(zh.money(123_456_750)).toBe('¥1,234,567.50')
  expect(zh.money(-5)).toBe('−¥0.05')
  expect(zh.bytes(30 * 2 ** 20)).toBe('30 MB')
  expect(zh.bytes(900)).toBe('900 B')
})

test('names: lists, dots and the order of a Chinese name list', () => {
  expect(zh.list(['张三', '李四'])).toBe('张三、李四')
  expect(zh.dotted(['教师', null, '实验小学'])).toBe('教师·实验小学')
  expect(['张三', '李四', '阿强', '王五'].sort(zh.compareNames)).toEqual(['阿强', '李四', '王五', '张三'])
})
