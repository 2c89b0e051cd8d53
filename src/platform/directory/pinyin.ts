/** How names are typed on a keyboard: full pinyin without tones, and initials; surnames in their own readings (单 shan). */
import { pinyin } from 'pinyin-pro'

/** Characters in names that the dictionary does not read. */
const RARE: Record<string, string> = { 𠮷: 'ji' }

export type Reading = { pinyin: string; initials: string }

/** The reading of a person's name: 单雄信 is shanxiongxin and sxx; ü is written v, as people type it. */
export const readPersonName = (name: string): Reading => join(pinyin(name, { mode: 'surname', ...PLAIN }))

/** The reading of any other name: 重庆 is chongqing and cq. */
export const readName = (name: string): Reading => join(pinyin(name, PLAIN))

const PLAIN = { toneType: 'none', type: 'array', v: true } as const

function join(syllables: string[]): Reading {
  const read = syllables
    .map((syllable) => (RARE[syllable] ?? syllable).toLowerCase())
    .filter((text) => /^[a-z0-9]+$/.test(text))
  return { pinyin: read.join(''), initials: read.map((syllable) => syllable[0]).join('') }
}
