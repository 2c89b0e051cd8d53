import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { weaknessOf } from './secret-strength.ts'

test.each(['base64', 'base64url', 'hex'] as const)('32 random bytes in %s are taken', (encoding) => {
  const refused = Array.from({ length: 2000 }, () => randomBytes(32).toString(encoding)).filter(weaknessOf)
  // A phrase cannot be told from chance for certain; whoever is as unlucky as that makes another.
  expect(refused.length).toBeLessThan(3)
})

test.each([
  [
    'short',
    ['secret', 'change-me', 'correct horse battery staple', randomBytes(31).toString('base64'), 'ab'.repeat(31)],
  ],
  [
    'weak',
    [
      'changeit'.repeat(8),
      'change-me-'.repeat(5),
      'a'.repeat(64),
      '00'.repeat(32),
      '0123456789abcdef'.repeat(4),
      'this-is-my-very-long-secret-for-production-use',
      'My-Very-Long-Key-For-The-Production-Of-Our-District-2023',
      'qiangshiqiangshiqiangshiqiangshiqiangshiqiangshi',
      'correct horse battery staple and some more of that',
      '请把这里换成三十二个字节的随机数请把这里换成三十二个字节的随机数请把这里换成三十二个字节的随机数',
      Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64'),
      Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('hex'),
      Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64'),
      Buffer.from(Array.from({ length: 32 }, (_, at) => 255 - at)).toString('hex'),
      Buffer.concat([Buffer.alloc(16, 'x'), randomBytes(16)]).toString('base64'),
    ],
  ],
] as const)('what is %s is refused', (weakness, texts) => {
  expect(texts.map((text) => [text, weaknessOf(text)])).toEqual(texts.map((text) => [text, weakness]))
})
