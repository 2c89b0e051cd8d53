/** Sentences of this module in both languages, from its catalogs. */
import { IntlMessageFormat } from 'intl-messageformat'
import type { Bilingual, Locale } from './contract.ts'
import type { FormWords } from './language/schema.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

export type Key = keyof typeof zh & keyof typeof en
type Value = string | number | Bilingual

const formats = new Map<string, IntlMessageFormat>()

export function say(key: Key, locale: Locale, values: Record<string, Value> = {}): string {
  const id = `${locale} ${key}`
  const format =
    formats.get(id) ?? new IntlMessageFormat((locale === 'en' ? en : zh)[key], locale, undefined, { ignoreTag: true })
  formats.set(id, format)
  const own = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? value[locale === 'en' ? 'en' : 'zh'] : value,
  ])
  return String(format.format(Object.fromEntries(own)))
}

export const both = (key: Key, values: Record<string, Value> = {}): Bilingual => ({
  zh: say(key, 'zh-CN', values),
  en: say(key, 'en', values),
})

/** A text of a form as the rest of the product writes texts in two languages. */
export const inBoth = (text: FormWords): Bilingual => ({ zh: text['zh-CN'] ?? text.default ?? text.en, en: text.en })

export const pick = (text: Bilingual, locale: Locale): string => (locale === 'en' ? text.en : text.zh)
