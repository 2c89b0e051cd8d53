/** Sentences of the inbox's own letters and calendars, and of what modules put into them. */
import { IntlMessageFormat } from 'intl-messageformat'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { mailedData } from './rules/mailed.ts'

export type Locale = 'zh-CN' | 'en'
export type Values = Record<string, string | number>

/** The text of a key in the catalogs of the whole house, undefined where there is none. Given by the composition root. */
export type Catalog = (locale: Locale, key: string) => string | undefined

const OWN: Record<Locale, Record<string, string>> = { 'zh-CN': zh, en }

export const localeOf = (text: string): Locale => (text === 'en' ? 'en' : 'zh-CN')

export const ownWords =
  (locale: Locale) =>
  (key: string, values: Values = {}): string =>
    format(OWN[locale][key] ?? key, locale, values)

/** Thousands of letters say the same sentences: each is read once. */
const compiled = new Map<string, IntlMessageFormat>()

function format(text: string, locale: Locale, values: Record<string, unknown>): string {
  const key = `${locale} ${text}`
  const message = compiled.get(key) ?? new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
  compiled.set(key, message)
  return String(message.format(values as Values))
}

const DAYS = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
}

/** A civil date as the language writes it. */
export const dayIn =
  (locale: Locale) =>
  (day: string): string =>
    DAYS[locale].format(new Date(`${day}T00:00:00Z`))

/**
 * A module's sentence outside the product: under `<code>.mail` where it words one for letters, else its own, as long as it wants nothing
 * that stays in the product; undefined otherwise.
 */
export function saidOutside(
  catalog: Catalog,
  locale: Locale,
  code: string,
  data: Record<string, unknown>,
): string | undefined {
  const values = mailedData(data, locale, dayIn(locale))
  for (const key of [`${code}.mail`, code]) {
    const text = catalog(locale, key)
    if (text === undefined) continue
    try {
      return format(text, locale, values)
    } catch {
      // It wants a value that stays in the product.
    }
  }
  return undefined
}
