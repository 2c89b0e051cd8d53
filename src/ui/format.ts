/** How dates, numbers, money and names are set on a screen: the Chinese way in zh-CN (2023年3月1日 周三). */
import { type CivilDate, isCivilDate, ZONE } from '../base/dates.ts'
import type { Locale } from './locale.ts'

export type Formatter = ReturnType<typeof make>

const made = new Map<Locale, Formatter>()

export function formatter(locale: Locale): Formatter {
  const known = made.get(locale)
  if (known) return known
  const fresh = make(locale)
  made.set(locale, fresh)
  return fresh
}

function make(locale: Locale) {
  const zh = locale === 'zh-CN'
  const day = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: zh ? 'long' : 'short',
    day: 'numeric',
    timeZone: ZONE,
  })
  const monthDay = new Intl.DateTimeFormat(locale, { month: zh ? 'long' : 'short', day: 'numeric', timeZone: ZONE })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: ZONE })
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: ZONE,
  })
  const collator = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

  /** Civil dates have no zone: noon in China keeps the day wherever the browser stands. */
  const instant = (when: CivilDate | Date): Date => {
    if (when instanceof Date) return when
    return new Date(isCivilDate(when) ? `${when}T12:00:00+08:00` : when)
  }
  /** 2023年3月1日 */
  const date = (when: CivilDate | Date) => day.format(instant(when))
  /** 2023年3月1日 周三 */
  const longDate = (when: CivilDate | Date) =>
    zh ? `${date(when)} ${weekday.format(instant(when))}` : `${weekday.format(instant(when))}, ${date(when)}`
  /** 3月1日 */
  const shortDate = (when: CivilDate | Date) => monthDay.format(instant(when))
  /** 2023-03-01, for tables, where columns must stand under each other. */
  const isoDate = (when: CivilDate | Date) => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(instant(when))
  /** 09:00 */
  const time = (when: string | Date) => clock.format(instant(when))
  /** 2023年3月1日 周三 09:00 */
  const dateTime = (when: string | Date) => `${longDate(when)} ${time(when)}`
  /** Both ends are meant to be shown: 3月1日至3月5日; the year only when the ends differ in it. */
  const dateRange = (from: CivilDate, to: CivilDate) => {
    if (from === to) return date(from)
    const sameYear = from.slice(0, 4) === to.slice(0, 4)
    return zh
      ? `${date(from)}至${sameYear ? shortDate(to) : date(to)}`
      : `${sameYear ? shortDate(from) : date(from)} – ${date(to)}`
  }
  /** A minus is as wide as a digit; the hyphen that the platform writes is not. */
  const minus = (written: string) => written.replace(/^-/, '−')
  /** 1,000 or 12.5; `digits` fixes the decimals, so that a column stands under its point. Takes `numeric` as text. */
  const number = (value: number | string, digits?: number) =>
    minus(
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits ?? 0,
        maximumFractionDigits: digits ?? 3,
      }).format(value as number),
    )
  /** A share between 0 and 1 as 86.5%. */
  const percent = (share: number, digits = 1) =>
    new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: digits }).format(
      share,
    )
  /** Integer fen as ¥1,234.50. */
  const money = (fen: number) =>
    `${fen < 0 ? '−' : ''}¥${number(String(Math.trunc(Math.abs(fen) / 100)))}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
  /** 2 MB */
  const bytes = (size: number) => {
    const step = size < 1024 ? 0 : size < 1024 ** 2 ? 1 : 2
    return `${number(Math.round((size / 1024 ** step) * 10) / 10)} ${['B', 'KB', 'MB'][step]}`
  }
  /** 张三、李四、王五 */
  const list = (items: readonly string[]) => (zh ? items.join('、') : new Intl.ListFormat('en').format(items))
  /** Parts of one line: 教师·实验小学. The Chinese dot is as wide as a character and brings its own space. */
  const dotted = (parts: readonly (string | null | undefined | false)[]) => parts.filter(Boolean).join(zh ? '·' : ' · ')
  /** Sorts as a Chinese name list is sorted: by pinyin. */
  const compareNames = (a: string, b: string) => collator.compare(a, b)
  return {
    date,
    longDate,
    shortDate,
    isoDate,
    time,
    dateTime,
    dateRange,
    number,
    percent,
    money,
    bytes,
    list,
    dotted,
    compareNames,
    locale,
  }
}
