/** What an answer says, whatever it comes in: JSON and text as they are, workbooks and archives unpacked, PDFs read back. */
import { inflateRawSync } from 'node:zlib'
import { textOf } from './pdf-text.ts'

/** The words of a body. */
export function wordsOf(body: Buffer): string {
  if (body.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return unpacked(body).join('\n')
  if (body.subarray(0, 5).toString('latin1') === '%PDF-') return textOf(body).join('\n')
  return body.toString('utf8')
}

/** Every entry of a zip archive, found by its central directory. */
function unpacked(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const texts: string[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, name, extra, comment] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ]
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(start, start + size)
    texts.push(method === 0 ? wordsOf(packed) : wordsOf(inflateRawSync(packed)))
    at += 46 + name + extra + comment
  }
  return texts
}
