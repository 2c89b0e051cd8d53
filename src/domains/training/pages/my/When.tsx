/** Times as a teacher thinks of them: today at two, in twenty minutes, in three days. */
import type { Formatter } from '../../../../ui/format.ts'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import type { Words } from '../../../../ui/words.ts'
import { daysUntil } from './agenda.ts'
import type { MySession } from './training.ts'

type Span = Pick<MySession, 'starts' | 'ends'>

/** 14:00–17:30 */
export const spanOf = (f: Formatter, { starts, ends }: Span): string => `${f.time(starts)}–${f.time(ends)}`

/** 今天, 明天, 3 天后; under way while it lasts. */
export function nearness(t: Words, { starts, ends }: Span, now: number): string {
  if (Date.parse(starts) <= now && now < Date.parse(ends)) return t('my.under_way')
  const days = daysUntil(starts, now)
  return days === 0 ? t('my.today') : days === 1 ? t('my.tomorrow') : t('my.in_days', { n: days })
}

/** 还有 1 小时 20 分钟, within a day; empty before and after. */
export function countdown(t: Words, until: string, now: number): string {
  const minutes = Math.ceil((Date.parse(until) - now) / 60_000)
  if (minutes <= 0 || minutes > 24 * 60) return ''
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? t('my.in_minutes', { m: minutes }) : t('my.in_hours', { h: hours, m: minutes % 60 })
}

/** 3月24日 周五 14:00–17:30; the year only where it is not this one. */
export function When({ session, now }: { session: Span; now: number }) {
  const f = useFormat()
  const t = useWords('training')
  const sameYear = f.isoDate(session.starts).slice(0, 4) === f.isoDate(new Date(now)).slice(0, 4)
  const day = sameYear ? t('my.day', dayParts(f, session.starts)) : f.longDate(session.starts)
  return (
    <time dateTime={session.starts}>
      {day} <span className="q-num">{spanOf(f, session)}</span>
    </time>
  )
}

/** Month, day and weekday of an instant, for a calendar leaf or a line without the year. */
export function dayParts(f: Formatter, when: string): { date: string; month: string; day: string; weekday: string } {
  const zh = f.locale === 'zh-CN'
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(f.locale, { ...options, timeZone: 'Asia/Shanghai' }).format(new Date(when))
  return {
    date: f.shortDate(when),
    month: part({ month: 'short' }),
    day: zh ? part({ day: 'numeric' }).replace('日', '') : part({ day: 'numeric' }),
    weekday: part({ weekday: 'short' }),
  }
}
