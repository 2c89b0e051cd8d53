/** Message catalogs per module: offered by its browser door, loaded when first needed, formatted with ICU. */
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from './locale.ts'

export type Catalog = Readonly<Record<string, string>>
export type Catalogs = Record<Locale, () => Promise<{ default: Catalog }>>
/** A text that is needed before its module is loaded (navigation): both languages side by side, so none can be missing. */
export type Bilingual = Record<Locale, string>
/** The same as the server sends it: titles in packs, names of roles. */
export type SentBilingual = { zh: string; en: string }
export type Values = Record<string, string | number | boolean | Date | null | undefined>

/** The words of one module in one language. `has` tells whether a key exists; `t` of an unknown key is the key itself. */
export type Words = {
  (key: string, values?: Values): string
  has: (key: string) => boolean
  locale: Locale
}

const sources = new Map<string, Catalogs>()
const ready = new Map<string, Words>()
const loading = new Map<string, Promise<Words>>()

const id = (module: string, locale: Locale) => `${module}/${locale}`

/** Makes a module's catalogs known; called by the shell for every door. */
export function offerWords(module: string, catalogs: Catalogs): void {
  sources.set(module, catalogs)
}

/** Puts a catalog that came with the page itself into place, without loading. */
export function placeWords(module: string, locale: Locale, catalog: Catalog): Words {
  const words = wordsOf(catalog, locale)
  ready.set(id(module, locale), words)
  return words
}

/** The words if they are here already. */
export const wordsAtHand = (module: string, locale: Locale): Words | undefined => ready.get(id(module, locale))

/** Every module's words in this language that are here already: the pages on the screen brought theirs. */
export const allWordsAtHand = (locale: Locale): Words[] =>
  [...ready].filter(([key]) => key.endsWith(`/${locale}`)).map(([, words]) => words)

/** Loads a module's words once; a failed load can be tried again. A module without catalogs has no words. */
export function loadWords(module: string, locale: Locale): Promise<Words> {
  const key = id(module, locale)
  const known = loading.get(key)
  if (known) return known
  const here = ready.get(key)
  const source = sources.get(module)?.[locale]
  const load = here
    ? settled(here)
    : source
      ? source().then((loaded) => placeWords(module, locale, loaded.default))
      : settled(placeWords(module, locale, {}))
  loading.set(key, load)
  // The same promise, marked: a screen that waited for it must find it again.
  load.then(
    (words) => Object.assign(load, { status: 'fulfilled', value: words }),
    () => loading.delete(key),
  )
  return load
}

/** A promise whose value React's `use` reads at once, so that words which are here never suspend a screen. */
const settled = (words: Words): Promise<Words> =>
  Object.assign(Promise.resolve(words), { status: 'fulfilled', value: words })

/** Loads in another language whatever is on the screen in this one, so that switching does not blink. */
export async function loadSameWords(from: Locale, to: Locale): Promise<void> {
  const modules = [...ready.keys()]
    .filter((key) => key.endsWith(`/${from}`))
    .map((key) => key.slice(0, -from.length - 1))
  await Promise.all(modules.map((module) => loadWords(module, to)))
}

function wordsOf(catalog: Catalog, locale: Locale): Words {
  const compiled = new Map<string, IntlMessageFormat>()
  const words = (key: string, values?: Values): string => {
    const text = catalog[key]
    if (text === undefined) return key
    // Most messages are plain; a quote is ICU's escape and needs the parser.
    if (!values && !/[{'#]/.test(text)) return text
    let message = compiled.get(key)
    if (!message) {
      message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
      compiled.set(key, message)
    }
    return String(message.format(values))
  }
  return Object.assign(words, { has: (key: string) => key in catalog, locale })
}
