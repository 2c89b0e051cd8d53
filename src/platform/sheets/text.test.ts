import { expect, test } from 'vitest'
import { masked } from './text.ts'

test.each([
  ['11010519491231002X', '110105********002X'],
  ['13800000000', '13*******00'],
  ['张三丰', '张**'],
  ['𠮷䶮', '𠮷*'],
  ['张', '张'],
  ['', ''],
])('%s is shown as %s', (text, expected) => expect(masked(text)).toBe(expected))
