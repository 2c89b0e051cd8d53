/** File names that are safe on every desk and in every header, and still those people gave. */
import { ENDINGS, type FileKind } from './kinds.ts'

/** Characters that steer the direction of text or are not seen: “fdp.xlsx” must not read as “xslx.pdf”. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu
/** What Windows does not allow in a name. */
const FORBIDDEN = /[<>:"|?*]/g
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const MOST = 120

/** The last part of what was given, without what harms, with the ending that belongs to what the file is. */
export function safeName(given: string, kind: FileKind): string {
  const last = given.normalize('NFC').replace(UNSEEN, '').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(FORBIDDEN, '_').replace(/^[\s.]+|[\s.]+$/gu, '')
  const ending = ENDINGS[kind].find((each) => plain.toLowerCase().endsWith(each)) ?? ENDINGS[kind][0]!
  const stem = plain.toLowerCase().endsWith(ending) ? plain.slice(0, -ending.length) : plain
  const short = Array.from(stem).slice(0, MOST).join('').trim() || 'file'
  return `${RESERVED.test(short) ? '_' : ''}${short}${ending}`
}

/** The header of RFC 6266: a plain name for old programs, the real one (RFC 8187, UTF-8) for all others. */
export function contentDisposition(name: string, inline: boolean): string {
  const plain = name.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%]/g, '_')
  const real = encodeURIComponent(name).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${real}`
}
