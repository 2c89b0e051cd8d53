import { expect, test } from 'vitest'
import { normalAddress } from './address.ts'

test.each([
  [' zhang.san@Example.CN ', 'zhang.san@example.cn'],
  ['ｚｓ@example.cn', 'zs@example.cn'],
  ['Zs+tag@学校.中国', 'Zs+tag@xn--48s290a.xn--fiqs8s'],
])('%s is %s', (typed, kept) => expect(normalAddress(typed)).toBe(kept))

test.each([
  '',
  'zs',
  '@example.cn',
  'zs@',
  'zs@localhost',
  'z s@example.cn',
  'zs@example.cn, li@example.cn',
  'zs@example.cn\r\nBcc: li@example.cn',
  '"zs"@example.cn',
  '<zs@example.cn>',
  'zs..a@example.cn',
  'zs@-example.cn',
  `${'a'.repeat(65)}@example.cn`,
  `zs@${'a.'.repeat(130)}cn`,
])('%j is none', (typed) => expect(() => normalAddress(typed)).toThrow('inbox.bad_address'))
