/** What went wrong, in words: reads any failed call and finds the sentence for it in the module's catalog. */
import { isCivilDate } from '../base/dates.ts'
import { KINDS, type Kind, type RefusalData } from '../base/errors.ts'
import { formatter } from './format.ts'
import type { Locale } from './locale.ts'
import { allWordsAtHand, loadWords, type Values, type Words } from './words.ts'

/** `offline` is the ninth kind, which only a browser can see: the server was not reached at all. */
export type Trouble = {
  kind: Kind | 'offline'
  code: string
  data: RefusalData
  /** Number of a fault in the server's log, to be told to whoever helps. */
  id?: string
  reasons: { code: string; data: RefusalData }[]
}

export type Sentence = { text: string; reasons: string[]; id?: string; kind: Trouble['kind'] }

type Loose = Record<string, unknown>
const record = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {})
const isKind = (value: unknown): value is Kind => typeof value === 'string' && value in KINDS
const kindOfStatus = (status: unknown): Kind =>
  (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind] === status) ?? 'fault'

/** How Chromium, Firefox and Safari say that a call, or a part of the program, could not be fetched. */
const UNREACHED = /fetch|network|load failed|importing a module|not reached/i

/** Reads kind, code and values wherever they travel: in a refusal thrown here, or flat in the data of a failed call. */
export function troubleOf(error: unknown): Trouble {
  const outer = record(error)
  if (error instanceof TypeError && UNREACHED.test(error.message))
    return { kind: 'offline', code: 'offline', data: {}, reasons: [] }
  const inner = record(outer.data)
  const said = isKind(inner.kind) && typeof inner.code === 'string' ? inner : outer
  const kind = isKind(said.kind) ? said.kind : kindOfStatus(outer.status)
  const code = typeof said.code === 'string' ? said.code : kind
  const data = said === inner ? inner : record(said.data)
  const reasons = (Array.isArray(data.reasons) ? data.reasons : [])
    .map((reason) => (typeof reason === 'string' ? { code: reason, data: {} } : record(reason)))
    .filter((reason) => typeof reason.code === 'string')
    .map((reason) => ({ code: String(reason.code), data: record(reason.data) }))
  const id = kind === 'fault' && typeof data.id === 'string' ? data.id : undefined
  return { kind, code, data, reasons, ...(id ? { id } : {}) }
}

/** True when the session is over and signing in again is what helps. */
export const isSignedOut = (error: unknown): boolean => troubleOf(error).kind === 'unauthenticated'

/** The sentences for a trouble, and below it one for each reason, loading the catalogs of the codes' modules. */
export async function wordTrouble(error: unknown, locale: Locale): Promise<Sentence> {
  const trouble = troubleOf(error)
  const general = await loadWords('ui', locale)
  const word = async (code: string, data: RefusalData, kind: Trouble['kind']) => {
    const module = code.includes('.') ? code.slice(0, code.indexOf('.')) : 'ui'
    // A catalog that cannot be loaded must not hide the error itself.
    const words = await loadWords(module, locale).catch(() => general)
    // A part of the platform without pages of its own is worded by the modules that build on it.
    return (
      sentenceFor(code, data, words) ??
      sentenceFor(code, data, general) ??
      allWordsAtHand(locale)
        .filter((other) => other.has(`errors.${code}`))
        .map((other) => sentenceFor(code, data, other))
        .find(Boolean) ??
      general(`errors.${kind}`)
    )
  }
  const text = await word(trouble.code, trouble.data, trouble.kind)
  const reasons = await Promise.all(trouble.reasons.map((reason) => word(reason.code, reason.data, trouble.kind)))
  return { text, reasons: [...new Set(reasons)], kind: trouble.kind, ...(trouble.id ? { id: trouble.id } : {}) }
}

/** `errors.training.quota_full`; also the bare code, or the code within its own module, where a catalog is written so. */
function sentenceFor(code: string, data: RefusalData, words: Words): string | undefined {
  const short = code.slice(code.indexOf('.') + 1)
  const key = [`errors.${code}`, `errors.${short}`, ...(code.includes('.') ? [code] : [])].find((candidate) =>
    words.has(candidate),
  )
  if (!key) return undefined
  try {
    return words(key, readable(data, words.locale))
  } catch {
    // The message wants a value that the server did not send: the general sentence is better than none.
    return undefined
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** What the server names in both languages. */
const isBilingual = (value: unknown): value is { zh: string; en: string } =>
  typeof record(value).zh === 'string' && typeof record(value).en === 'string'

/** Days, instants, lists of names and titles as the language writes them; everything else as the server sent it. */
function readable(data: RefusalData, locale: Locale): Values {
  const f = formatter(locale)
  const said = (value: unknown): unknown => {
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return f.list(value)
    if (isBilingual(value)) return locale === 'en' ? value.en : value.zh
    if (typeof value !== 'string') return value
    return isCivilDate(value) ? f.date(value) : INSTANT.test(value) ? f.dateTime(value) : value
  }
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, said(value)])) as Values
}
