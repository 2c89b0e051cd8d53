import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Choice, type Keys, sealer } from './sealer.ts'
import { Tampered } from './suites.ts'

const master = randomBytes(32)
const keysOf = (seal?: Choice, blind: Choice = { suite: 'aes', version: 1 }): Keys => {
  const derive = (purpose: string): Buffer => createHmac('sha256', master).update(purpose).digest()
  return seal ? Object.assign(derive, { chosen: { seal, blind } }) : derive
}
const choices: Choice[] = [
  { suite: 'aes', version: 1 },
  { suite: 'aes', version: 2 },
  { suite: 'sm4', version: 1 },
  { suite: 'sm4', version: 300 },
]

test.each(choices)('what was sealed under $suite $version opens whatever is chosen later', (first) => {
  const sealed = sealer(keysOf(first), 'contact.phone').seal('13812345678', 'row 1')
  for (const later of choices) {
    const now = sealer(keysOf(later), 'contact.phone')
    expect(now.open(sealed, 'row 1')).toBe('13812345678')
    expect(now.isCurrent(sealed)).toBe(later === first)
  }
  expect(sealer(keysOf(), 'contact.phone').open(sealed, 'row 1')).toBe('13812345678')
})

test('it opens for no other purpose, in no other row, and under no other head', () => {
  for (const choice of choices) {
    const phones = sealer(keysOf(choice), 'contact.phone')
    const sealed = phones.seal('13812345678', 'row 1')
    expect(() => sealer(keysOf(choice), 'contact.mail').open(sealed, 'row 1')).toThrow(Tampered)
    expect(() => phones.open(sealed, 'row 2')).toThrow(Tampered)
    expect(() => phones.open(sealed)).toThrow(Tampered)
    for (const at of [0, 1, 2, 3]) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(() => phones.open(changed, 'row 1')).toThrow(Tampered)
    }
  }
  for (const nothing of ['', '00', '02', '0201', '02ff0001', '13812345678'])
    expect(() => sealer(keysOf(), 'contact.phone').open(Buffer.from(nothing, 'hex'))).toThrow(Tampered)
})

test('equal texts are found again, under one purpose and one choice only', () => {
  const blind = (keys: Keys, purpose: string) => sealer(keys, purpose).blind('13812345678').toString('hex')
  expect(blind(keysOf(), 'contact.phone')).toBe(blind(keysOf(), 'contact.phone'))
  const all = new Set([
    blind(keysOf(), 'contact.phone'),
    blind(keysOf(), 'contact.mail'),
    ...choices.slice(1).map((choice) => blind(keysOf(choices[0], choice), 'contact.phone')),
  ])
  expect(all.size).toBe(5)
})

test('what was sealed before there were suites opens as it was bound then', () => {
  const keys = keysOf({ suite: 'sm4', version: 2 })
  const old = (key: string, told: string): Buffer => {
    const head = Buffer.concat([Buffer.of(1), randomBytes(12)])
    const cipher = createCipheriv('aes-256-gcm', keys(key), head.subarray(1)).setAAD(
      Buffer.concat([Buffer.of(1), Buffer.from(told)]),
    )
    const body = Buffer.concat([cipher.update('张三'), cipher.final()])
    return Buffer.concat([head, cipher.getAuthTag(), body])
  }
  expect(sealer(keys, 'identity').open(old('identity-cipher', ''))).toBe('张三')
  const named = sealer(keys, 'cases.objector', { key: 'cases.objector', bound: true })
  expect(named.open(old('cases.objector', 'row 1'), 'row 1')).toBe('张三')
  expect(() => named.open(old('cases.objector', 'row 1'), 'row 2')).toThrow(Tampered)
  expect(() => named.open(old('identity-cipher', 'row 1'), 'row 1')).toThrow(Tampered)
  expect(named.open(named.seal('张三', 'row 1'), 'row 1')).toBe('张三')
})
