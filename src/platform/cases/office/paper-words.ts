/** How cases are written on paper and in workbooks: the module's own words and dates, in one language. */
import { IntlMessageFormat } from 'intl-messageformat'
import { civilDate } from '../../../base/dates.ts'
import type { Bilingual } from '../../policy/contract.ts'
import en from '../messages/en.json' with { type: 'json' }
import zh from '../messages/zh-CN.json' with { type: 'json' }

export type PaperLocale = 'zh-CN' | 'en'
export type PaperWords = ReturnType<typeof paperWords>

const CATALOGS: Record<PaperLocale, Record<string, string>> = { 'zh-CN': zh, en }

export function paperWords(locale: PaperLocale) {
  const catalog = CATALOGS[locale]
  const chinese = locale === 'zh-CN'
  const t = (key: string, values: Record<string, string | number> = {}): string =>
    String(new IntlMessageFormat(catalog[key] ?? key, locale, undefined, { ignoreTag: true }).format(values))
  const say = (text: Bilingual | null | undefined): string => (text ? (chinese ? text.zh : text.en) : '')
  const day = new Intl.DateTimeFormat(chinese ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  /** A civil date, or the day of an instant. */
  const date = (when: string | null): string =>
    when === null ? '' : day.format(new Date(`${when.length === 10 ? when : civilDate(new Date(when))}T00:00:00Z`))
  /** Who holds a role, at an organisation. */
  const office = (role: string, orgName: string): string =>
    `${orgName}${chinese ? '' : ', '}${t(`office.role.${role}`)}`
  /** The product itself, and the public, act under names that are no people's. */
  const who = (name: string): string => (name === 'system' || name === 'public' ? t(`office.by.${name}`) : name)
  return { t, say, date, office, who, locale, chinese }
}

/** A file under a name that every system can store. */
export const fileNamed = (bytes: Uint8Array, name: string, ending: string, type: string): File =>
  new File(
    [new Uint8Array(bytes)],
    `${name
      .replaceAll(/[\\/:*?"<>|\s]+/g, ' ')
      .trim()
      .slice(0, 80)}.${ending}`,
    { type },
  )

export const PDF = 'application/pdf'
