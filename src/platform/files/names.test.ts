import { describe, expect, test } from 'vitest'
import type { FileKind } from './kinds.ts'
import { contentDisposition, safeName } from './names.ts'

describe('names', () => {
  test.each<[name: string, given: string, kind: FileKind, safe: string]>([
    ['stays as it is', '教师名册 2023.xlsx', 'xlsx', '教师名册 2023.xlsx'],
    ['rare characters stay', '䶮𠮷.pdf', 'pdf', '䶮𠮷.pdf'],
    ['no way up', '../../etc/passwd', 'pdf', 'passwd.pdf'],
    ['no way up on Windows', 'C:\\secret\\名册.xlsx', 'xlsx', '名册.xlsx'],
    ['no hidden file', '...profile', 'png', 'profile.png'],
    ['no line break into a header', 'a\r\nset-cookie: x.pdf', 'pdf', 'aset-cookie_ x.pdf'],
    ['no text turned round', 'invoice\u202excod.pdf', 'pdf', 'invoicexcod.pdf'],
    ['the ending is that of the content', 'photo.png.exe', 'jpeg', 'photo.png.exe.jpg'],
    ['an ending in capitals counts', 'SCAN.JPEG', 'jpeg', 'SCAN.jpeg'],
    ['a device of Windows', 'NUL.xlsx', 'xlsx', '_NUL.xlsx'],
    ['nothing left', '///', 'pdf', 'file.pdf'],
    ['composed', 'e\u0301.pdf', 'pdf', 'é.pdf'],
    [
      'not longer than it may be, without tearing a character',
      `${'𠮷'.repeat(300)}.pdf`,
      'pdf',
      `${'𠮷'.repeat(120)}.pdf`,
    ],
  ])('%s', (_name, given, kind, safe) => {
    expect(safeName(given, kind)).toBe(safe)
  })

  test('the header carries a plain name and the real one', () => {
    expect(contentDisposition('名册 "甲"(1).xlsx', false)).toBe(
      `attachment; filename="__ ___(1).xlsx"; filename*=UTF-8''%E5%90%8D%E5%86%8C%20%22%E7%94%B2%22%281%29.xlsx`,
    )
    expect(contentDisposition('a.pdf', true)).toBe(`inline; filename="a.pdf"; filename*=UTF-8''a.pdf`)
  })
})
