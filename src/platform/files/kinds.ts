/** What a file is, told from its bytes; what its name or its sender says does not count. */
import type { Open } from './sealed.ts'

export const KINDS = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  /** Old Excel and workbooks with macros are recognised so that they can be refused by name. */
  xls: 'application/vnd.ms-excel',
  xlsm: 'application/vnd.ms-excel.sheet.macroEnabled.12',
  zip: 'application/zip',
  unknown: 'application/octet-stream',
} as const
export type FileKind = keyof typeof KINDS

/** The ending that a file of the kind carries; the first is used where there is none. */
export const ENDINGS: Record<FileKind, readonly string[]> = {
  xlsx: ['.xlsx'],
  pdf: ['.pdf'],
  png: ['.png'],
  jpeg: ['.jpg', '.jpeg'],
  xls: ['.xls'],
  xlsm: ['.xlsm'],
  zip: ['.zip'],
  unknown: ['.bin'],
}

const starts: [signature: Buffer, kind: FileKind][] = [
  [Buffer.from('%PDF-'), 'pdf'],
  [Buffer.from('89504e470d0a1a0a', 'hex'), 'png'],
  [Buffer.from('ffd8ff', 'hex'), 'jpeg'],
  [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'xls'],
  [Buffer.from('504b0304', 'hex'), 'zip'],
]

/** A zip comment may be 64 KiB long, so the end record lies within this much of the end. */
const TAIL = 65_536 + 22
const MOST_DIRECTORY = 4 * 2 ** 20

export async function kindOf(slice: Open['slice'], size: number): Promise<FileKind> {
  const head = await slice(0, Math.min(16, size))
  const kind = starts.find(([signature]) => head.subarray(0, signature.length).equals(signature))?.[1] ?? 'unknown'
  return kind === 'zip' ? kindOfZip(slice, size) : kind
}

/** A workbook is a zip that holds `xl/workbook.xml`: read from the central directory, nothing is unpacked. */
async function kindOfZip(slice: Open['slice'], size: number): Promise<FileKind> {
  const tail = await slice(Math.max(0, size - TAIL), Math.min(TAIL, size))
  const end = tail.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0 || end + 22 > tail.length) return 'unknown'
  const [length, offset] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (length > MOST_DIRECTORY || offset + length > size) return 'unknown'
  const names = directoryNames(await slice(offset, length))
  if (!names.has('[Content_Types].xml') || !names.has('xl/workbook.xml')) return 'zip'
  return names.has('xl/vbaProject.bin') ? 'xlsm' : 'xlsx'
}

function directoryNames(directory: Buffer): Set<string> {
  const names = new Set<string>()
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const name = directory.readUInt16LE(at + 28)
    names.add(directory.toString('utf8', at + 46, at + 46 + name).replaceAll('\\', '/'))
    at += 46 + name + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return names
}
