import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Workbook } from '@cj-tech-master/excelts'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { WorkbookCells } from './cells.ts'
import type { Limits, Source } from './container.ts'

async function workbook(): Promise<Buffer> {
  const book = new Workbook()
  book.addWorksheet('名单').addRow(['姓名'])
  return Buffer.from(await book.xlsx.writeBuffer())
}

const verdict = async (source: Source, limits?: Partial<Limits>): Promise<string> => {
  try {
    const opened = await WorkbookCells.open(source, limits)
    for (const sheet of opened.worksheets) for await (const _ of opened.rows(sheet));
    await opened.close()
    return 'read'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const ole = (content: string): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    Buffer.from(content, 'utf16le'),
    Buffer.alloc(512),
  ])

/** An archive whose directory claims another unpacked size for a part than it has. */
function claiming(file: Buffer, size: number): Buffer {
  const lying = Buffer.from(file)
  for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4))
    if (
      lying
        .subarray(at + 46)
        .toString('latin1', 0, 32)
        .startsWith('xl/worksheets/sheet1.xml')
    )
      lying.writeUInt32LE(size, at + 24)
  return lying
}

describe('what is not a workbook that can be read', () => {
  test('a workbook is read, from memory and from a path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sheets-'))
    const path = join(folder, 'a.xlsx')
    await writeFile(path, await workbook())
    expect(await verdict(path)).toBe('read')
    expect(await verdict(await workbook())).toBe('read')
    await rm(folder, { recursive: true })
  })

  test.each<[string, Uint8Array, string]>([
    ['nothing', Buffer.alloc(0), 'sheets.not_a_workbook'],
    ['a renamed .csv', Buffer.from('姓名,身份证号\n张三,1'), 'sheets.not_a_workbook'],
    [
      'a web page as some systems export it',
      Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'),
      'sheets.not_a_workbook',
    ],
    ['random bytes', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)), 'sheets.not_a_workbook'],
    ['a document', zipSync({ 'word/document.xml': strToU8('<w:document xmlns:w="w"/>') }), 'sheets.not_a_workbook'],
    [
      'an OpenDocument sheet',
      zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet') }),
      'sheets.not_a_workbook',
    ],
    ['an old .xls', ole('Workbook'), 'sheets.old_format'],
    ['a workbook with a password', ole('EncryptedPackage'), 'sheets.encrypted'],
    ['the beginning of an archive', Buffer.from('PK\x03\x04 and no more'), 'sheets.damaged'],
  ])('%s', async (_name, file, code) => {
    expect(await verdict(file)).toBe(code)
  })

  test('a binary workbook', async () => {
    const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
    const rels = `<Relationships><Relationship Id="r" Type="${type}" Target="xl/workbook.bin"/></Relationships>`
    expect(await verdict(zipSync({ '_rels/.rels': strToU8(rels), 'xl/workbook.bin': strToU8('x') }))).toBe(
      'sheets.old_format',
    )
  })

  test('an archive with a password', async () => {
    const locked = Buffer.from(zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }))
    locked[locked.indexOf('PK\x01\x02') + 8]! |= 1
    expect(await verdict(locked)).toBe('sheets.encrypted')
  })

  test('a file cut short, and one with a flipped bit', async () => {
    const file = await workbook()
    expect(await verdict(file.subarray(0, file.length - 30))).toBe('sheets.damaged')
    const zipped = zipSync({ 'xl/workbook.xml': strToU8('<workbook><sheets/></workbook>') }, { level: 0 })
    const flipped = Buffer.from(zipped)
    flipped[flipped.indexOf('sheets/') + 6]! ^= 1
    expect(await verdict(flipped)).toBe('sheets.damaged')
  })
})

describe('limits', () => {
  test('size of the file', async () => {
    expect(await verdict(await workbook(), { fileBytes: 1000 })).toBe('sheets.file_too_large')
  })

  test('size unpacked, of all parts together', async () => {
    expect(await verdict(await workbook(), { unpackedBytes: 4000 })).toBe('sheets.unpacks_too_large')
  })

  test('a bomb: 20 MB of blanks in 20 KB', async () => {
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(20 << 20).fill(32) }, { level: 9 })
    expect(bomb.length).toBeLessThan(30_000)
    expect(await verdict(bomb)).toBe('sheets.unpacks_too_large')
  })

  test('pictures are not weighed, since they are never unpacked', async () => {
    const parts = { 'xl/media/a.png': new Uint8Array(1 << 20), 'xl/workbook.xml': strToU8('<workbook/>') }
    expect(await verdict(zipSync(parts), { unpackedBytes: 1000 })).toBe('read')
  })

  test('a part that is larger than it claims', async () => {
    expect(await verdict(claiming(await workbook(), 10))).toBe('sheets.damaged')
    expect(await verdict(claiming(await workbook(), 1 << 30))).toBe('sheets.unpacks_too_large')
  })
})
