import { describe, expect, it } from 'vitest'
import { assertReadable } from './input.ts'

const nested = (levels: number): unknown => {
  let value: unknown = 'x'
  for (let n = 0; n < levels; n++) value = n % 2 ? [value] : { a: value }
  return value
}

describe('input is refused', () => {
  it.each([
    ['a NUL', '张\u0000三'],
    ['a NUL deep within', { a: [{ b: '\u0000' }] }],
    ['a NUL in a name', { 'a\u0000': 1 }],
    ['half a character', { a: `李${String.fromCharCode(0xd83d)}` }],
    ['more levels than a form has', nested(101)],
    ['more levels than the stack', nested(100_000)],
  ])('%s', (_what, input) => expect(() => assertReadable(input)).toThrow('invalid_input'))
})

it.each([
  [undefined],
  [null],
  [1],
  ['𠮷😀\u0001'],
  [{ a: [1, null, { b: '' }] }],
  [nested(100)],
  [new File(['\u0000'], 'a')],
])('anything else is left to the contract', (input) => expect(() => assertReadable(input)).not.toThrow())
