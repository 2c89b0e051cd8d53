/** Reads a PDF of ours back: its pages as text, through the faces' maps from glyphs to characters. */
import { inflateSync } from 'node:zlib'

/** A choice of face, or a string: in brackets, which may hold escapes and paired brackets, or in hexadecimal. */
const PLAIN = String.raw`\\[\s\S]|[^\\()]`
const PAIRED = String.raw`\((?:${PLAIN}|\((?:${PLAIN})*\))*\)`
const SHOWN = new RegExp(String.raw`/(f\d+) \S+ Tf|\((?:${PLAIN}|${PAIRED})*\)|<[\dA-F]+>`, 'gi')

/** The pages of a PDF as runs of text in one face each, read back through the faces' maps from glyphs to characters. */
function runsOf(pdf: Buffer): { face: string; text: string }[][] {
  const objects = new Map(
    [...pdf.toString('latin1').matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]),
  )
  const streamOf = (id: string): string => {
    const body = objects.get(id)!
    const bytes = Buffer.from(body.slice(body.indexOf('stream\n') + 7, body.lastIndexOf('\nendstream')), 'latin1')
    return (body.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
  }
  const mapOf = (font: string) => {
    const pairs = streamOf(/\/ToUnicode (\d+)/.exec(objects.get(font)!)![1]!).matchAll(/<(\w{4})> <(\w+)>/g)
    return new Map(
      [...pairs].map(([, glyph, text]) => [
        Number.parseInt(glyph!, 16),
        Buffer.from(text!, 'hex').swap16().toString('utf16le'),
      ]),
    )
  }
  const read = (page: string) => {
    const fonts = new Map(
      [...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, id]) => [
        name,
        { face: /\/BaseFont \S+/.exec(objects.get(id!)!)![0], map: mapOf(id!) },
      ]),
    )
    let font: { face: string; map: Map<number, string> } | undefined
    return [...streamOf(/\/Contents (\d+)/.exec(page)![1]!).matchAll(SHOWN)].flatMap(([shown, name]) => {
      if (name) font = fonts.get(name)
      return name || !font
        ? []
        : [
            {
              face: font.face,
              text: glyphsOf(shown)
                .map((glyph) => font?.map.get(glyph) ?? '')
                .join(''),
            },
          ]
    })
  }
  return [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body)).map(read)
}

/** Two-byte glyph numbers of a PDF string, in brackets or in hexadecimal. */
function glyphsOf(shown: string): number[] {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  const hex = shown.startsWith('<') && shown.slice(1, -1)
  const bytes = hex
    ? Buffer.from(hex, 'hex')
    : Buffer.from(
        shown
          .slice(1, -1)
          .replace(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
            /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (named[code] ?? code),
          ),
        'latin1',
      )
  return Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readUInt16BE(2 * i))
}

/** A text for each page. */
export const textOf = (pdf: Buffer): string[] => runsOf(pdf).map((runs) => runs.map(({ text }) => text).join(''))
/** What is set in a bold face. */
export const boldOf = (pdf: Buffer): string =>
  runsOf(pdf)
    .flat()
    .filter(({ face }) => face.includes('Bold'))
    .map(({ text }) => text)
    .join('')
