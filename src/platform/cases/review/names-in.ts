/** Whether a file names somebody: in its texts, or in what is said about it inside (author, title). */
import { redact } from '../../forms/index.ts'
import { readPdf } from './pdf-text.ts'

/** Null where the file could not be read as a whole and nothing was found in what could: a scan, a photograph. */
export function namesIn(bytes: Buffer, mediaType: string, words: readonly string[]): boolean | null {
  const found = (text: string) => redact(text, words).hits.length > 0
  if (mediaType === 'application/pdf') {
    const { texts, whole } = readPdf(bytes)
    return texts.some(found) ? true : whole ? false : null
  }
  // Pictures show more than their bytes say; what a camera or a program wrote into them is looked at.
  const said = bytes.subarray(0, 262_144)
  return found(said.toString('utf8')) || found(said.toString('utf16le')) ? true : null
}
