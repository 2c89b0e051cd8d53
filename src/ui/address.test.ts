import { expect, test } from 'vitest'
import { ownPath, parseSearch, writeSearch } from './address.ts'

test('texts stay texts, repeated keys become lists', () => {
  expect(parseSearch('?q=%E5%BC%A0%E4%B8%89&number=00123&stage=a&stage=b')).toEqual({
    q: '张三',
    number: '00123',
    stage: ['a', 'b'],
  })
})

test('what is written can be read back, and equal filters have equal addresses', () => {
  const search = { stage: ['a', 'b'], q: '𠮷 & 祥', empty: '', none: undefined }
  expect(parseSearch(writeSearch(search))).toEqual({ stage: ['a', 'b'], q: '𠮷 & 祥' })
  expect(writeSearch({ b: '1', a: '2' })).toBe(writeSearch({ a: '2', b: '1' }))
  expect(writeSearch({})).toBe('')
})

test.each([
  ['/people?q=a', '/people?q=a'],
  ['', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
])('going back to %s leads to %s', (text, path) => expect(ownPath(text)).toBe(path))
