/** Dates as documents print them. */
import type { CivilDate } from '../../base/dates.ts'

const DIGITS = '〇一二三四五六七八九'

const parts = (date: CivilDate) => date.split('-').map(Number) as [year: number, month: number, day: number]

/** 1–99 as counted: 9 → 九, 10 → 十, 21 → 二十一. */
const counted = (n: number): string =>
  `${n < 20 ? '' : DIGITS[Math.floor(n / 10)]}${n < 10 ? '' : '十'}${n % 10 ? DIGITS[n % 10] : ''}`

/** As certificates have it: 二〇二三年二月二十八日. */
export function chineseDate(date: CivilDate): string {
  const [year, month, day] = parts(date)
  const digits = Array.from(String(year), (digit) => DIGITS[Number(digit)]).join('')
  return `${digits}年${counted(month)}月${counted(day)}日`
}

/** As official documents have it (GB/T 9704-2012, 7.3.5.3: Arabic figures, no leading zeros): 2023年2月28日. */
export function figureDate(date: CivilDate): string {
  const [year, month, day] = parts(date)
  return `${year}年${month}月${day}日`
}

const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** 28 February 2023. */
export const englishDate = (date: CivilDate): string => english.format(new Date(`${date}T00:00:00Z`))
