/** The algorithms give what the standards print, and the suites are made of exactly these. */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { SUITES, Tampered } from './suites.ts'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const block = (name: string, key: Buffer, plain: Buffer): Buffer => {
  const cipher = createCipheriv(name, key, null).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.final()])
}
const KEY = hex('0123456789abcdeffedcba9876543210')

describe('published vectors', () => {
  test('GB/T 32907 A.1: SM4, one block', () => {
    expect(block('sm4-ecb', KEY, KEY).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
  })

  test('draft-ribose-cfrg-sm4 A.2.5: SM4-CTR', () => {
    const cipher = createCipheriv('sm4-ctr', KEY, hex('000102030405060708090a0b0c0d0e0f'))
    const plain = ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'aa', 'bb'].map((byte) => byte.repeat(8)).join('')
    expect(cipher.update(hex(plain)).toString('hex')).toBe(
      'ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514',
    )
  })

  test.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('GB/T 32905 A: SM3 of %s', (text, digest) => {
    expect(createHash('sm3').update(text).digest('hex')).toBe(digest)
  })

  test.each([
    ['0b'.repeat(32), Buffer.from('Hi There'), 'c0ba18c68b90c88bc07de794bfc7d2c8d19ec31ed8773bc2b390c9604e0be11e'],
    [
      Buffer.from('Jefe').toString('hex'),
      Buffer.from('what do ya want for nothing?'),
      '2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882',
    ],
    [
      Buffer.from(Array.from({ length: 37 }, (_, at) => at + 1)).toString('hex'),
      hex('cd'.repeat(50)),
      '220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae',
    ],
  ])('GM/T 0042 D.3: HMAC-SM3 under %s', (key, text, mac) => {
    expect(SUITES.sm4.mac(hex(key), text).toString('hex')).toBe(mac)
  })

  test.each([
    ['0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      Buffer.from('Jefe').toString('hex'),
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
  ])('RFC 4231: HMAC-SHA-256 under %s', (key, text, mac) => {
    expect(SUITES.aes.mac(hex(key), Buffer.from(text)).toString('hex')).toBe(mac)
  })

  test('NIST, GCM test case 16: AES-256-GCM with bound data', () => {
    const sealed = hex(
      'cafebabefacedbaddecaf88876fc6ece0f4e1768cddf8853bb2d551b' +
        '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    )
    const plain = SUITES.aes.open(
      hex('feffe9928665731c6d6a8f9467308308'.repeat(2)),
      sealed,
      hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
    )
    expect(plain.toString('hex')).toBe(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    )
  })
})

describe.each(Object.entries(SUITES))('%s', (_name, suite) => {
  const key = randomBytes(32)
  const bound = Buffer.from('row 1')

  test('opens what it sealed, of any length, and never seals alike', () => {
    for (const length of [0, 1, 15, 16, 17, 4000]) {
      const plain = randomBytes(length)
      expect(suite.open(key, suite.seal(key, plain, bound), bound).equals(plain)).toBe(true)
    }
    const text = Buffer.from('13812345678')
    expect(suite.seal(key, text, bound).equals(suite.seal(key, text, bound))).toBe(false)
    expect(suite.seal(key, text, bound).includes(text)).toBe(false)
  })

  test('refuses any changed byte, another key, another binding and what is cut off', () => {
    const sealed = suite.seal(key, Buffer.from('13812345678'), bound)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(() => suite.open(key, changed, bound)).toThrow(Tampered)
    }
    expect(() => suite.open(randomBytes(32), sealed, bound)).toThrow(Tampered)
    expect(() => suite.open(key, sealed, Buffer.from('row 2'))).toThrow(Tampered)
    for (const length of [0, 10, sealed.length - 1])
      expect(() => suite.open(key, sealed.subarray(0, length), bound)).toThrow(Tampered)
  })
})

test('the national suite is SM4-CTR under one key and HMAC-SM3 under another, and nothing else', () => {
  const key = randomBytes(32)
  const sealed = SUITES.sm4.seal(key, Buffer.from('张三'), Buffer.from('row'))
  const part = (of: string): Buffer => createHmac('sm3', key).update(of).digest()
  const [counter, mark, body] = [sealed.subarray(0, 16), sealed.subarray(16, 48), sealed.subarray(48)]
  const decipher = createDecipheriv('sm4-ctr', part('encrypting').subarray(0, 16), counter)
  expect(decipher.update(body).toString('utf8')).toBe('张三')
  const marked = Buffer.concat([counter, hex('00000003'), Buffer.from('row'), body])
  expect(createHmac('sm3', part('marking')).update(marked).digest().equals(mark)).toBe(true)
})
