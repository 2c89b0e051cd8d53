/** Files that name somebody are found out, those that cannot be read are not called clean. */
import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { renderPdf } from '../../documents/index.ts'
import { namesIn } from './names-in.ts'
import { readPdf } from './pdf-text.ts'

const words = ['张三', '第一小学', '500114198409120026']
const PDF = 'application/pdf'
const print = (text: string) =>
  renderPdf(
    '#import "/letter.typ": data\n#set text(font: "Noto Serif SC")\n#data.text',
    { text },
    { at: '2023-03-01T00:00:00Z' },
  )

it.each([
  ['我叫张三，从教十年。', true],
  ['我 叫 张 三', true],
  ['任教于第一小学', true],
  ['身份证 500114 19840912 0026', true],
  ['某教师三年内带教两名青年教师。Plan of work.', false],
])('a page that says %s: %s', async (text, named) => expect(namesIn(await print(text), PDF, words)).toBe(named))

/** A file of objects put together by hand. */
const made = (...objects: string[]) =>
  Buffer.from(
    `%PDF-1.4\n${objects.map((body, nth) => `${nth + 1} 0 obj\n${body}\nendobj`).join('\n')}\ntrailer <<>>`,
    'latin1',
  )
const stream = (text: string, head = '') => {
  const bytes = deflateSync(Buffer.from(text, 'latin1')).toString('latin1')
  return `<< ${head} /Filter /FlateDecode /Length ${bytes.length} >>\nstream\n${bytes}\nendstream`
}
const page = '<< /Type /Page /Resources << /Font << /F1 3 0 R >> >> /Contents 2 0 R >>'
const gb = (text: string) => ({ 张三: 'D5C5C8FD', 李四: 'C0EECBC4' })[text]!

it('reads fonts by the encodings of Chinese offices', () => {
  const font = '<< /Type /Font /Subtype /Type0 /Encoding /GBK-EUC-H >>'
  const of = (hex: string) => made(page, stream(`BT /F1 12 Tf <${hex}> Tj ET`), font)
  expect(namesIn(of(gb('张三')), PDF, words)).toBe(true)
  expect(namesIn(of(gb('李四')), PDF, words)).toBe(false)
})
it('reads one name of a font on two pages as both fonts', () => {
  const other = '<< /Type /Page /Resources << /Font << /F1 5 0 R >> >> /Contents 6 0 R >>'
  const latin = '<< /Type /Font /Subtype /Type1 >>'
  const file = made(
    page,
    stream('BT /F1 12 Tf (plan) Tj ET'),
    latin,
    other,
    '<< /Type /Font /Subtype /Type0 /Encoding /GBK-EUC-H >>',
    stream(`BT /F1 12 Tf <${gb('张三')}> Tj ET`),
  )
  expect(namesIn(file, PDF, words)).toBe(true)
})
it('looks at what the file says of itself', () => {
  const file = made(
    page,
    stream('BT /F1 12 Tf (plan) Tj ET'),
    '<< /Type /Font /Subtype /Type1 >>',
    '<< /Author <FEFF5F204E09> >>',
  )
  expect(namesIn(file, PDF, words)).toBe(true)
})
it.each([
  ['a scan', made(page, '<< /Subtype /Image /Filter /DCTDecode >>\nstream\nxx\nendstream')],
  [
    'fonts without a map',
    made(page, stream('BT /F1 12 Tf <00010002> Tj ET'), '<< /Subtype /Type0 /Encoding /Identity-H >>'),
  ],
  ['what is locked', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer << /Encrypt 3 0 R >>')],
  ['what is no PDF', Buffer.from('nothing at all')],
])('does not say of %s that nobody is named', (_, file) => expect(namesIn(file, PDF, words)).toBe(null))

it('a photograph is never clean, but what a camera wrote into it is read', () => {
  expect(namesIn(Buffer.from('JFIF'), 'image/jpeg', words)).toBe(null)
  expect(namesIn(Buffer.from('JFIF Artist 张三'), 'image/jpeg', words)).toBe(true)
})
it('survives a broken stream', () =>
  expect(readPdf(made('<< /Filter /FlateDecode >>\nstream\n\u0001\u0002\nendstream')).whole).toBe(false))
