import { expect, test } from 'vitest'
import { xlsxResponseName } from './response.ts'

test.each([
  ['教师名册', '教师名册-2023-03-01.xlsx', '_-2023-03-01.xlsx'],
  ['Credits', 'Credits-2023-03-01.xlsx', 'Credits-2023-03-01.xlsx'],
  ['../../etc/passwd', 'etc passwd-2023-03-01.xlsx', 'etc passwd-2023-03-01.xlsx'],
  ['a"\r\nSet-Cookie: x=1', 'a Set-Cookie x=1-2023-03-01.xlsx', 'a Set-Cookie x=1-2023-03-01.xlsx'],
  ["100%;'()*", "100%;'() -2023-03-01.xlsx".replace(' -', '-'), "100__'()-2023-03-01.xlsx"],
  ['  ', 'export-2023-03-01.xlsx', 'export-2023-03-01.xlsx'],
  ['字'.repeat(300), `${'字'.repeat(80)}-2023-03-01.xlsx`, '_-2023-03-01.xlsx'],
])('%j', (title, filename, plain) => {
  const name = xlsxResponseName(title, '2023-03-01')
  expect(name.filename).toBe(filename)
  const [, ascii, extended] = /^attachment; filename="([\x20-\x7e]*)"; filename\*=UTF-8''([\w%!.~-]+)$/.exec(
    name.disposition,
  )!
  expect(ascii).toBe(plain)
  expect(decodeURIComponent(extended!)).toBe(filename)
})
