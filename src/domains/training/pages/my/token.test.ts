import { expect, test } from 'vitest'
import { sessionIn, tokenIn } from './token.ts'

const session = '018f3c2a-5b7d-7000-8000-0123456789ab'
const token = `${session}.168000000.AbCdEfGhIjKlMnOpQrStU_`

test.each([
  ['the token itself', token, token],
  ['the address behind the QR code', `https://qs.example.cn/check-in?t=${token}`, token],
  ['whatever the host', `http://10.0.0.8:3000/check-in?t=${token}`, token],
  ['another page', `https://qs.example.cn/verify?t=${token}`, null],
  ['another code', 'https://u.wechat.com/abc', null],
  ['a torn token', `https://qs.example.cn/check-in?t=${token.slice(0, -1)}`, null],
  ['words', '签到', null],
])('%s', (_, read, expected) => {
  expect(tokenIn(read)).toBe(expected)
})

test('a token names its session', () => {
  expect(sessionIn(token)).toBe(session)
  expect(sessionIn('x')).toBeNull()
})
