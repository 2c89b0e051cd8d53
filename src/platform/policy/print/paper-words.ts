/** How policy is written on paper: words of the module's catalogs, dates, figures with units and clauses, in one language. */
import { IntlMessageFormat } from 'intl-messageformat'
import type { Bilingual, Clause, Confidence } from '../contract.ts'
import en from '../messages/en.json' with { type: 'json' }
import zh from '../messages/zh-CN.json' with { type: 'json' }
import type { TableKey, TableValue } from '../rules/expression/table.ts'

export type PaperLocale = 'zh-CN' | 'en'
/** Sets a Typst template with data; the server hands it in. `at`: the instant that stands in the file. */
export type Printer = (template: string, data: unknown, options: { at: string }) => Promise<Uint8Array>

const CATALOGS: Record<PaperLocale, Record<string, string>> = { 'zh-CN': zh, en }
export type PaperTable = { columns: string[]; rows: string[][] }
const isTable = (given: unknown): given is TableValue =>
  typeof given === 'object' && given !== null && 'axes' in given && 'rows' in given
const DATE = /^\d{4}-\d{2}-\d{2}$/

export type PaperWords = ReturnType<typeof paperWords>

export function paperWords(locale: PaperLocale) {
  const catalog = CATALOGS[locale]
  const chinese = locale === 'zh-CN'
  const t = (key: string, values: Record<string, string | number> = {}): string =>
    String(new IntlMessageFormat(catalog[key] ?? key, locale, undefined, { ignoreTag: true }).format(values))
  const has = (key: string): boolean => key in catalog
  const say = ({ zh: chineseText, en: english }: Bilingual): string => (chinese ? chineseText : english)
  const day = new Intl.DateTimeFormat(chinese ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  const date = (civil: string): string => day.format(new Date(`${civil}T00:00:00Z`))
  const list = (items: readonly string[]): string => items.join(chinese ? '、' : ', ')
  const number = (value: string | number): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(value as number)
  const named = (key: string): string => (has(`key.${key}`) ? t(`key.${key}`) : key)

  /** A value as people write it: a number with its unit, a share in per cent, amounts by name. */
  const value = (given: unknown, unit = ''): string => {
    if (given === null || given === undefined) return t('parameters.no_limit')
    if (typeof given === 'boolean') return t(given ? 'parameters.yes' : 'parameters.no')
    if (typeof given === 'number' || (typeof given === 'string' && /^-?\d+(\.\d+)?$/.test(given))) {
      if (unit === 'share')
        return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(Number(given))
      const key = `unit.${unit}`
      return has(key) ? t(key, { n: Number(given), text: number(given) }) : number(given)
    }
    if (typeof given === 'string') return DATE.test(given) ? date(given) : named(given)
    if (isTable(given)) return t('print.see_table')
    if (Array.isArray(given)) return given.length === 0 ? '—' : list(given.map((one) => value(one, unit)))
    return Object.entries(given as object)
      .map(([key, inner]) => {
        const text = value(inner, typeof inner === 'object' ? '' : unit)
        return `${named(key)}${chinese ? '：' : ': '}${typeof inner === 'object' && inner !== null ? `（${text}）` : text}`
      })
      .join(chinese ? '；' : '; ')
  }

  const band = ([from, below]: readonly (number | null)[]): string =>
    from === null || from === undefined
      ? t('table.below', { below: number(below ?? 0) })
      : below === null || below === undefined
        ? t('table.from', { from: number(from) })
        : t('table.band', { from: number(from), below: number(below) })

  /** A table of figures as columns and rows; null for any other value. */
  const table = (given: unknown): PaperTable | null => {
    if (!isTable(given)) return null
    const { of, axes, rows } = given
    return {
      columns: [...axes.map(({ title, unit }) => (unit ? `${say(title)}（${unit}）` : say(title))), t('table.cell')],
      rows: rows.map((row) => [
        ...axes.map(({ id, bands, names }) => {
          const key = row[id] as TableKey
          return bands
            ? band(key as readonly (number | null)[])
            : list((key as readonly string[]).map((name) => (names?.[name] ? say(names[name]) : name)))
        }),
        value(row.is, of),
      ]),
    }
  }

  /** Document, number and article in one line. */
  const clause = (given: Clause | null): string =>
    given === null
      ? t('lab.no_clause')
      : [
          given.document,
          given.number && given.document.includes(given.number) ? undefined : given.number,
          given.article,
        ]
          .filter((part) => part !== undefined)
          .join(chinese ? '，' : ', ')

  /** For the left column of the rule book. */
  const source = (given: Clause | null, confidence: Confidence) => ({
    clause: clause(given),
    words: given?.words ?? '',
    confidence: t(`confidence.${confidence}`),
  })
  return { t, has, say, date, list, value, table, clause, source, locale, chinese }
}

/** The paper's file. */
export const pdfFile = (bytes: Uint8Array, name: string): File =>
  new File([new Uint8Array(bytes)], `${name.replaceAll(/[\\/:*?"<>|\s]+/g, ' ').trim()}.pdf`, {
    type: 'application/pdf',
  })
