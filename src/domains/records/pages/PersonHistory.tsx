/** The course of a person's service: employments, teaching, titles, posts and honours on one line of time. */
import { useEffect, useRef } from 'react'
import { addDays } from '../../../base/dates.ts'
import { one, useAddress } from '../../../ui/address.ts'
import { Card } from '../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { StatusTag, Tag } from '../../../ui/Tag.tsx'
import { Timeline } from '../../../ui/Timeline.tsx'
import { useCodes } from './codes.ts'
import { type Event, historyOf, PARTS } from './history.ts'
import { type Person, useToday } from './records.ts'

export function PersonHistory({ person }: { person: Person }) {
  const t = useWords('records')
  const [search, change] = useAddress()
  const shown = one(search.history) || 'all'
  const place = useRef<HTMLDivElement>(null)
  // Whoever comes for one part, from the reasons of a decision for instance, finds it in sight.
  const came = useRef(shown)
  useEffect(() => {
    if (came.current !== 'all') place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const events = historyOf(person)
  const present = PARTS.filter((part) => events.some((event) => event.part === part))
  const kept = (key: string) => (key === 'all' ? events : events.filter(({ part }) => part === key))
  if (events.length === 0)
    return (
      <Card title={t('history')}>
        <Empty title={t('history.none')} icon="clock" />
      </Card>
    )
  return (
    <div ref={place} className="rec-course">
      <Card title={t('history')}>
        <Tabs
          label={t('history')}
          value={shown}
          onChange={(key) => change({ history: key === 'all' ? undefined : key }, { replace: true })}
          items={['all', ...present].map((key) => ({
            key,
            label: t(`history.${key}`),
            content: <Course events={kept(key)} />,
          }))}
        />
      </Card>
    </div>
  )
}

function Course({ events }: { events: readonly Event[] }) {
  const t = useWords('records')
  const f = useFormat()
  const codes = useCodes()
  const today = useToday()
  const subject = (event: Event): string => {
    if (event.part === 'employment') return event.orgName ?? ''
    if (event.part === 'teaching')
      return f.dotted([
        codes.label('stage', event.stage ?? null),
        f.list(event.codes.map((code) => codes.label('subject', code))),
      ])
    if (event.part === 'education') return f.list(event.codes.map((code) => codes.label('education', code)))
    if (event.part === 'honour') return f.list(event.codes.map((code) => codes.named('honour', code, event.name)))
    return event.name ?? f.list(event.codes.map((code) => codes.label(event.part as 'title' | 'post' | 'honour', code)))
  }
  const more = (event: Event) =>
    f.dotted([
      event.category && codes.label('category', event.category),
      event.basis && codes.label('basis', event.basis),
      event.kind && event.kind !== 'main' && t.has(`kind.${event.kind}`) && t(`kind.${event.kind}`),
      event.part === 'post' && event.orgName,
      event.part === 'education' && event.name,
      event.degree && codes.label('degree', event.degree),
      event.level && codes.label('level', event.level),
    ])
  const span = ({ from, until }: Event) => {
    const start = from ? f.date(from) : t('history.unknown')
    return until ? t('history.span', { from: start, until: f.date(addDays(until, -1)) }) : start
  }
  return (
    <Timeline
      label={t('history')}
      items={events.map((event) => {
        const now = event.part !== 'education' && (event.until === null || event.until > today)
        const coming = event.from !== null && event.from > today
        return {
          key: `${event.part}/${event.key}`,
          when: span(event),
          tone: now && !coming ? ('done' as const) : ('plain' as const),
          title: (
            <span className="rec-event">
              <Tag>{t(`history.${event.part}`)}</Tag>
              <span>{subject(event)}</span>
              {coming ? (
                <StatusTag tone="wait">{t('history.coming')}</StatusTag>
              ) : (
                now && event.part !== 'honour' && <StatusTag tone="plain">{t('history.now')}</StatusTag>
              )}
            </span>
          ),
          detail: (more(event) || event.endReason) && (
            <>
              {more(event)}
              {event.endReason && <span className="rec-reason">{t('history.ended', { reason: event.endReason })}</span>}
            </>
          ),
        }
      })}
    />
  )
}
