import { expect, test } from 'vitest'
import { readEnvironment } from './settings.ts'

const url = 'smtp://user:pass@mail.example.cn:587'

test.each([
  ['a name', '强师 <notices@example.cn>'],
  ['none', 'notices@example.cn'],
])('a mail server with %s before the sender', (_, from) => {
  expect(readEnvironment({ QIANGSHI_SMTP_URL: url, QIANGSHI_MAIL_FROM: from }).mail).toEqual({ url, from })
})

test('no mail server is none', () => {
  expect(readEnvironment({ QIANGSHI_MAIL_FROM: 'notices@example.cn' }).mail).toBeUndefined()
  expect(readEnvironment({ QIANGSHI_SMTP_URL: '' }).mail).toBeUndefined()
})

test.each([
  ['server.bad_smtp_url', 'mail.example.cn', 'a@example.cn'],
  ['server.bad_smtp_url', 'https://mail.example.cn', 'a@example.cn'],
  ['server.bad_mail_from', url, undefined],
  ['server.bad_mail_from', url, 'notices'],
  ['server.bad_mail_from', url, '强师 <a@example.cn'],
  ['server.bad_mail_from', url, 'a@example.cn\r\nBcc: b@example.cn'],
])('%s: %s, %j', (code, smtp, from) => {
  const read = () => readEnvironment({ QIANGSHI_SMTP_URL: smtp, QIANGSHI_MAIL_FROM: from })
  expect(read).toThrow(code)
  // What was given may hold a password.
  expect(read).not.toThrow('pass@')
})
