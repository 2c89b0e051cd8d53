/** A calendar as RFC 5545 wants it, with the time zone that clients ask for. */
import ical from 'ical-generator'
import { addDays, at, ZONE } from '../../../base/dates.ts'
import { type Catalog, type Locale, localeOf, ownWords, saidOutside } from '../words.ts'
import { type CalendarEntry, TODO } from './entries.ts'

/** China has kept one time without summer time since September 1991. */
const VTIMEZONE = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:STANDARD',
  'DTSTART:19910915T000000',
  'TZOFFSETFROM:+0900',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n')

const HOUR = 3600

/** ical-generator writes a `Date` as the machine's own clock reads it; this one reads there as the instant does in China. */
function wall(instant: Date): Date {
  const china = new Date(instant.getTime() + 8 * HOUR * 1000)
  return new Date(
    china.getUTCFullYear(),
    china.getUTCMonth(),
    china.getUTCDate(),
    china.getUTCHours(),
    china.getUTCMinutes(),
    china.getUTCSeconds(),
  )
}

function summaryOf(catalog: Catalog, locale: Locale, { code, data }: CalendarEntry): string {
  const t = ownWords(locale)
  if (code !== TODO) return saidOutside(catalog, locale, code, data) ?? t('mail.name')
  const item = data.item as { code: string; data: Record<string, unknown> }
  const what = saidOutside(catalog, locale, item.code, item.data)
  return what === undefined ? t('calendar.todo_unworded') : t('calendar.todo', { what })
}

/**
 * @param today the civil day of the feed: what does not change that day is the same text
 * @param publicUrl where links lead; its host makes the ids the world's
 */
export function ics(
  entries: readonly CalendarEntry[],
  { locale: wanted, catalog, publicUrl, today }: { locale: string; catalog: Catalog; publicUrl: string; today: string },
): string {
  const locale = localeOf(wanted)
  const { host } = new URL(publicUrl)
  const calendar = ical({
    name: ownWords(locale)('calendar.name'),
    prodId: { company: 'qiangshi', product: 'qiangshi', language: locale === 'en' ? 'EN' : 'ZH' },
    // Named at each event: a zone of the whole calendar takes the Z from its stamps.
    timezone: { name: null, generator: () => VTIMEZONE },
    ttl: HOUR,
  } as never)
  const stamp = at(today, '00:00')
  for (const entry of entries) {
    const href = entry.link?.startsWith('/') ? publicUrl + entry.link : undefined
    const [start, end] =
      'day' in entry
        ? [wall(at(entry.day, '00:00')), wall(at(addDays(entry.day, 1), '00:00'))]
        : [wall(new Date(entry.from)), wall(new Date(entry.until))]
    calendar.createEvent({
      id: `${entry.uid}@${host}`,
      stamp,
      start,
      end,
      allDay: 'day' in entry,
      timezone: ZONE,
      summary: summaryOf(catalog, locale, entry),
      ...(entry.place ? { location: entry.place } : {}),
      ...(href ? { url: href, description: href } : {}),
    })
  }
  return calendar.toString()
}
