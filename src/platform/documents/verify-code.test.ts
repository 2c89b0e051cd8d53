import { expect, test } from 'vitest'
import { newVerifyCode, normaliseVerifyCode } from './verify-code.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codes = Array.from({ length: 200 }, newVerifyCode)

test('a new code is four groups of five characters that nobody mistakes, never twice the same', () => {
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/)
  expect(new Set(codes).size).toBe(codes.length)
})

test('every character turns up at every place', () => {
  const many = Array.from({ length: 2000 }, () => newVerifyCode().replaceAll('-', ''))
  for (let place = 0; place < 20; place++) expect(new Set(many.map((code) => code[place])).size).toBe(32)
})

test.each([
  ['as printed', (code: string) => code],
  ['in small letters', (code: string) => code.toLowerCase()],
  ['without dashes', (code: string) => code.replaceAll('-', '')],
  ['with spaces around and within', (code: string) => ` ${code.replaceAll('-', ' ')}\n`],
  [
    'with a full-width keyboard',
    (code: string) => code.replace(/[0-9A-Z-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  ],
  ['with long dashes', (code: string) => code.replaceAll('-', '—')],
  ['O for 0', (code: string) => code.replaceAll('0', 'O')],
  ['I for 1', (code: string) => code.replaceAll('1', 'I')],
  ['l for 1', (code: string) => code.replaceAll('1', 'l')],
])('is understood %s', (_, typed) => {
  for (const code of codes) expect(normaliseVerifyCode(typed(code))).toBe(code)
})

test('one wrong character is noticed, wherever it is and whatever it is', () => {
  const code = codes[0]!.replaceAll('-', '')
  for (let place = 0; place < code.length; place++)
    for (const char of ALPHABET.replace(code[place]!, ''))
      expect(normaliseVerifyCode(code.slice(0, place) + char + code.slice(place + 1))).toBeNull()
})

test('two neighbours changed over are noticed', () => {
  for (const code of codes.map((grouped) => grouped.replaceAll('-', '')))
    for (let place = 0; place < 19; place++) {
      if (code[place] === code[place + 1]) continue
      const swapped = code.slice(0, place) + code[place + 1] + code[place] + code.slice(place + 2)
      expect(normaliseVerifyCode(swapped)).toBeNull()
    }
})

test.each(['', '7K3QX', 'U'.repeat(20), '张'.repeat(20), `${codes[0]}0`, "' or 1=1 --"])('%j is no code', (text) => {
  expect(normaliseVerifyCode(text)).toBeNull()
})
