import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashIdentity, identityKeys, maskIdentity, openIdentity, sealIdentity } from './identity.ts'

const derived = (master: Buffer) => (purpose: string) => createHmac('sha256', master).update(purpose).digest()
const derive = derived(randomBytes(32))
const keys = identityKeys(derive)
const others = identityKeys(derived(randomBytes(32)))
const NUMBER = '11010519491231002X'

test('what was sealed opens again, and two sealings differ', () => {
  const first = sealIdentity(keys, NUMBER)
  const second = sealIdentity(keys, NUMBER)
  expect(openIdentity(keys, first.idCipher)).toBe(NUMBER)
  expect(first.idCipher.equals(second.idCipher)).toBe(false)
  expect(first.idHash.equals(second.idHash)).toBe(true)
  expect(first.idCipher.includes(Buffer.from('1949'))).toBe(false)
})

test('what was sealed before there were suites still opens, and is found by the same hash', () => {
  const head = Buffer.concat([Buffer.of(1), randomBytes(12)])
  const cipher = createCipheriv('aes-256-gcm', derive('identity-cipher'), head.subarray(1)).setAAD(head.subarray(0, 1))
  const body = Buffer.concat([cipher.update(NUMBER, 'utf8'), cipher.final()])
  const old = Buffer.concat([head, cipher.getAuthTag(), body])
  expect(openIdentity(keys, old)).toBe(NUMBER)
  expect(keys.isCurrent(old)).toBe(false)
  const hash = createHmac('sha256', derive('identity-hash')).update(NUMBER).digest()
  expect(hashIdentity(keys, NUMBER).equals(hash)).toBe(true)
  for (const place of [0, 1, 13, 29, old.length - 1]) {
    const changed = Buffer.from(old)
    changed[place]! ^= 1
    expect(() => openIdentity(keys, changed)).toThrow()
  }
})

test('typed with spaces, a small x or full-width digits it is the same number', () => {
  expect(hashIdentity(keys, '110105 19491231 002x').equals(hashIdentity(keys, NUMBER))).toBe(true)
  expect(hashIdentity(keys, '１１０１０５19491231002Ｘ').equals(hashIdentity(keys, NUMBER))).toBe(true)
  expect(hashIdentity(others, NUMBER).equals(hashIdentity(keys, NUMBER))).toBe(false)
})

test('a changed byte or another key does not open', () => {
  const { idCipher } = sealIdentity(keys, NUMBER)
  for (let place = 0; place < idCipher.length; place++) {
    const changed = Buffer.from(idCipher)
    changed[place]! ^= 1
    expect(() => openIdentity(keys, changed)).toThrow()
  }
  expect(() => openIdentity(others, idCipher)).toThrow()
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
