/** Texts of a PDF as far as they can be read without drawing it: to look for names in them, not to show them. */
import { inflateSync } from 'node:zlib'

/** `whole`: every font could be read and nothing is a mere picture, so that what is not among the texts is not in the file. */
export type PdfText = { texts: string[]; whole: boolean }

type Font = { bytes: number; map: Map<number, string> | null; decode: ((bytes: Buffer) => string) | null }

const MOST_INFLATED = 64 * 2 ** 20
const PREDEFINED: readonly [RegExp, string][] = [
  [/\/Encoding \/?Uni\w+-(UCS2|UTF16)-/, 'utf-16be'],
  [/\/Encoding \/?(GBK|GBKp|GB|GBpc|GBK2K)-/, 'gb18030'],
]

/** Reads a PDF. What is damaged or encrypted gives no text and is not `whole`. */
export function readPdf(pdf: Buffer): PdfText {
  const raw = pdf.toString('latin1')
  if (/\/Encrypt\b/.test(raw)) return { texts: [], whole: false }
  const bodies = new Map<string, string>()
  const streams: { id: string; head: string; bytes: Buffer | null }[] = []
  for (const [, id, body] of raw.matchAll(/(\d+) \d+ obj\b([\s\S]*?)\bendobj/g)) {
    const at = body!.search(/\bstream\r?\n/)
    if (at < 0) bodies.set(id!, body!)
    else {
      const head = body!.slice(0, at)
      bodies.set(id!, head)
      streams.push({ id: id!, head, bytes: bytesOf(head, body!.slice(at).replace(/^stream\r?\n/, '')) })
    }
  }
  for (const { head, bytes } of streams)
    if (bytes && /\/Type ?\/ObjStm/.test(head)) packed(head, bytes.toString('latin1'), bodies)
  const streamOf = new Map(streams.map((one) => [one.id, one]))
  const fonts = fontsOf(bodies, (id) => streamOf.get(id)?.bytes ?? null)
  const texts: string[] = [...bodies.values()].flatMap(literals)
  let whole = streams.length > 0
  let drawn = false
  for (const { head, bytes } of streams) {
    if (/\/Subtype ?\/Image/.test(head)) {
      whole = false
      continue
    }
    if (!bytes) {
      whole &&= /\/(Length1|FontFile|Subtype ?\/(Type1C|CIDFontType0C|OpenType))/.test(head)
      continue
    }
    const content = bytes.toString('latin1')
    if (/\bBT\b/.test(content) && /\bT[jJ]\b/.test(content)) {
      drawn = true
      const most = Math.max(1, ...[...fonts.values()].map((some) => some.length))
      for (let nth = 0; nth < Math.min(most, 8); nth++) {
        const shown = shownIn(content, fonts, nth)
        texts.push(shown.text)
        if (nth === 0) whole &&= shown.whole
      }
    } else if (/\/Type ?\/(Metadata|XRef)|\/Subtype ?\/XML/.test(head)) texts.push(bytes.toString('utf8'))
  }
  return { texts, whole: whole && drawn }
}

/** The bytes of a stream, or null where it is packed in a way that is not for text. */
function bytesOf(head: string, rest: string): Buffer | null {
  const body = Buffer.from(rest.slice(0, Math.max(0, rest.lastIndexOf('endstream'))), 'latin1')
  if (!/\/Filter/.test(head)) return body
  if (!/\/FlateDecode|\/Fl\b/.test(head) || /\/(DCT|CCITTFax|JBIG2|JPX|LZW|ASCII\w+|RunLength)Decode/.test(head))
    return null
  try {
    return inflateSync(body, { maxOutputLength: MOST_INFLATED })
  } catch {
    return null
  }
}

/** Objects that lie in another one: their numbers and places stand in front. */
function packed(head: string, text: string, bodies: Map<string, string>): void {
  const first = Number(/\/First (\d+)/.exec(head)?.[1])
  const numbers = text.slice(0, first).trim().split(/\s+/).map(Number)
  for (let at = 0; at + 1 < numbers.length; at += 2)
    bodies.set(String(numbers[at]), text.slice(first + numbers[at + 1]!, first + (numbers[at + 3] ?? text.length)))
}

/** Fonts by the names under which pages use them; pages may use one name for several. */
function fontsOf(bodies: Map<string, string>, streamOf: (id: string) => Buffer | null): Map<string, Font[]> {
  const fonts = new Map<string, Font[]>()
  const read = new Map<string, Font>()
  const dictionaries = [...bodies.values()].flatMap((body) => [
    ...[...body.matchAll(/\/Font\s*<<([\s\S]*?)>>/g)].map(([, inner]) => inner!),
    ...[...body.matchAll(/\/Font (\d+) \d+ R/g)].map(([, id]) => bodies.get(id!) ?? ''),
  ])
  for (const inner of dictionaries)
    for (const [, name, id] of inner.matchAll(/\/([^\s/<>[\]()]+)\s+(\d+) \d+ R/g)) {
      const font = read.get(id!) ?? fontOf(bodies.get(id!) ?? '', streamOf)
      read.set(id!, font)
      const known = fonts.get(name!) ?? []
      if (!known.includes(font)) known.push(font)
      fonts.set(name!, known)
    }
  return fonts
}

function fontOf(body: string, streamOf: (id: string) => Buffer | null): Font {
  const composite = /\/Subtype ?\/Type0/.test(body)
  const bytes = composite ? 2 : 1
  const unicode = /\/ToUnicode (\d+) \d+ R/.exec(body)?.[1]
  const cmap = unicode === undefined ? null : streamOf(unicode)
  if (cmap) return { bytes, map: mapOf(cmap.toString('latin1')), decode: null }
  if (!composite) return { bytes, map: null, decode: (some) => some.toString('latin1') }
  const known = PREDEFINED.find(([pattern]) => pattern.test(body))
  return { bytes, map: null, decode: known ? (some) => new TextDecoder(known[1]).decode(some) : null }
}

const utf16 = (hex: string): string =>
  Buffer.from(hex.length % 4 ? hex.padStart(hex.length + 4 - (hex.length % 4), '0') : hex, 'hex')
    .swap16()
    .toString('utf16le')

/** From codes to characters as a ToUnicode map says. */
function mapOf(cmap: string): Map<number, string> {
  const map = new Map<number, string>()
  for (const [, block] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, text] of block!.matchAll(/<\s*([\dA-Fa-f]+)\s*>\s*<\s*([\dA-Fa-f]*)\s*>/g))
      map.set(Number.parseInt(code!, 16), utf16(text!))
  for (const [, block] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, until, first, list] of block!.matchAll(
      /<\s*([\dA-Fa-f]+)\s*>\s*<\s*([\dA-Fa-f]+)\s*>\s*(?:<\s*([\dA-Fa-f]+)\s*>|\[([^\]]*)\])/g,
    )) {
      const low = Number.parseInt(from!, 16)
      const high = Math.min(Number.parseInt(until!, 16), low + 65_535)
      const listed =
        list === undefined ? null : [...list.matchAll(/<\s*([\dA-Fa-f]*)\s*>/g)].map(([, hex]) => utf16(hex!))
      const start = first === undefined ? '' : utf16(first)
      const last = start.codePointAt([...start].slice(0, -1).join('').length) ?? 0
      const before = [...start].slice(0, -1).join('')
      for (let code = low; code <= high; code++)
        map.set(
          code,
          listed ? (listed[code - low] ?? '') : before + String.fromCodePoint(Math.min(last + code - low, 0x10ffff)),
        )
    }
  return map
}

const PLAIN = String.raw`\\[\s\S]|[^\\()]`
const STRING = String.raw`\((?:${PLAIN}|\((?:${PLAIN}|\((?:${PLAIN})*\))*\))*\)|<[\dA-Fa-f\s]*>`
const TOKENS = new RegExp(String.raw`\/([^\s/<>[\]()]+)\s+[-\d.]+\s+Tf|(${STRING})|\b(T[dDm*]|ET)(?![A-Za-z])`, 'g')

/** What a page shows, in the order in which it is set; wherever the place is moved, a new line begins. */
function shownIn(content: string, fonts: Map<string, Font[]>, nth: number): { text: string; whole: boolean } {
  let font: Font | undefined
  let text = ''
  let whole = true
  for (const [, name, string, move] of content.matchAll(TOKENS)) {
    if (name !== undefined) {
      const some = fonts.get(name)
      font = some?.[nth % some.length]
    } else if (move !== undefined) text += '\n'
    else {
      const bytes = stringOf(string!)
      if (!font || (font.map === null && font.decode === null)) whole = false
      else if (font.decode) text += font.decode(bytes)
      else
        for (let at = 0; at + font.bytes <= bytes.length; at += font.bytes) {
          const code = font.bytes === 2 ? bytes.readUInt16BE(at) : bytes[at]!
          const found = font.map!.get(code)
          if (found === undefined && font.bytes === 2) whole = false
          text += found ?? (font.bytes === 1 ? String.fromCharCode(code) : '')
        }
    }
  }
  return { text, whole }
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function stringOf(written: string): Buffer {
  if (written.startsWith('<')) {
    const hex = written.slice(1, -1).replace(/\s/g, '')
    return Buffer.from(hex.length % 2 ? `${hex}0` : hex, 'hex')
  }
  const plain = written
    .slice(1, -1)
    .replace(/\\(\r?\n|[0-7]{1,3}|[\s\S])/g, (_, code: string) =>
      /^\r?\n$/.test(code)
        ? ''
        : /^[0-7]/.test(code)
          ? String.fromCharCode(Number.parseInt(code, 8) & 255)
          : (NAMED[code] ?? code),
    )
  return Buffer.from(plain, 'latin1')
}

/** Texts that stand in objects themselves, such as author and title. */
const literals = (body: string): string[] =>
  [...body.matchAll(new RegExp(STRING, 'g'))].map(([written]) => {
    const bytes = stringOf(written)
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2))
    return bytes.toString(bytes[0] === 0xef && bytes[1] === 0xbb ? 'utf8' : 'latin1')
  })
