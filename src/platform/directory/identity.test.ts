import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashIdentity, maskIdentity, openIdentity, sealIdentity } from './identity.ts'

const keys = { cipher: randomBytes(32), hash: randomBytes(32) }
const NUMBER = '11010519491231002X'

test('what was sealed opens again, and two sealings differ', () => {
  const first = sealIdentity(keys, NUMBER)
  const second = sealIdentity(keys, NUMBER)
  expect(openIdentity(keys, first.idCipher)).toBe(NUMBER)
  expect(first.idCipher.equals(second.idCipher)).toBe(false)
  expect(first.idHash.equals(second.idHash)).toBe(true)
  expect(first.idCipher.includes(Buffer.from('1949'))).toBe(false)
})

test('typed with spaces, a small x or full-width digits it is the same number', () => {
  expect(hashIdentity(keys, '110105 19491231 002x').equals(hashIdentity(keys, NUMBER))).toBe(true)
  expect(hashIdentity(keys, '１１０１０５19491231002Ｘ').equals(hashIdentity(keys, NUMBER))).toBe(true)
  expect(hashIdentity({ ...keys, hash: randomBytes(32) }, NUMBER).equals(hashIdentity(keys, NUMBER))).toBe(false)
})

test('a changed byte, another key or another key version does not open', () => {
  const { idCipher } = sealIdentity(keys, NUMBER)
  for (const place of [0, 1, 13, 29, idCipher.length - 1]) {
    const changed = Buffer.from(idCipher)
    changed[place]! ^= 1
    expect(() => openIdentity(keys, changed)).toThrow()
  }
  expect(() => openIdentity({ ...keys, cipher: randomBytes(32) }, idCipher)).toThrow()
})

test.each([
  [NUMBER, '110105********002X'],
  ['500114199001011234', '500114********1234'],
  ['E12345678', 'E12***678'],
  ['H1234', 'H***4'],
  ['AB', '**'],
])('%s is shown as %s', (number, masked) => {
  expect(maskIdentity(number)).toBe(masked)
})
