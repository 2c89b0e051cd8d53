/** On a school's home page: what is due, the most urgent first. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from '../../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../../ui/List.tsx'
import { Skeleton } from '../../../../../ui/Skeleton.tsx'
import { useCan, useSignedIn } from '../../../../../ui/session.tsx'
import { openFor, useOwnPlaces } from '../delegation/own-places.ts'
import { nameIn } from '../names.ts'
import { useNow } from '../now.ts'
import { usePlan } from '../plan-choice.tsx'
import { Due } from '../States.tsx'
import { useAsk } from '../training.ts'
import { Nothing } from './Nothing.tsx'

/** From this month on a school may confirm the year that is running out. */
const CONFIRM_FROM = 12

export default function SchoolCard() {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const ask = useAsk()
  const now = useNow(60_000)
  const { roles } = useSignedIn()
  const { plans, plan } = usePlan()
  const places = useOwnPlaces(plan)
  const leave = useQuery(ask.leave(true))
  const circulars = useQuery(ask.circulars())
  const year = now.getMonth() + 1 >= CONFIRM_FROM ? now.getFullYear() : now.getFullYear() - 1
  const confirms = can('training.audit.confirm')
  const audits = useQuery({ ...ask.audits(year), enabled: confirms })
  const loaded = plans.data && (plan === undefined || places.rows || places.error) && leave.data && circulars.data
  if (!loaded)
    return (
      <Card>
        <Skeleton height={180} />
      </Card>
    )
  const classes = places.rows ? openFor(places.rows, now.getTime()) : []
  const unread = circulars.data.filter(({ acknowledgedAt }) => acknowledgedAt === null)
  const own = roles.filter(({ role }) => role === 'principal').map(({ orgId }) => orgId)
  const unconfirmed = (audits.data ?? []).filter(
    ({ orgId, state, entries }) => own.includes(orgId) && state === null && entries > 0,
  )
  const rows: { key: string; row: ReactNode }[] = [
    ...classes.map(({ row, places: n, taken }) => ({
      key: row.id,
      row: (
        <ListRow
          icon="people"
          title={t('office.card.delegate', { class: nameIn(f.locale, row) })}
          meta={t('office.card.delegate_meta', {
            left: n - taken,
            places: n,
            when: row.deadline ? f.dateTime(row.deadline) : '—',
          })}
          trailing={row.deadline && <Due at={row.deadline} />}
          go={{ to: '/delegation/$classId', params: { classId: row.id } }}
        />
      ),
    })),
    ...(leave.data.length > 0
      ? [
          {
            key: 'leave',
            row: (
              <ListRow icon="clock" title={t('office.card.leave', { n: leave.data.length })} go={{ to: '/leave' }} />
            ),
          },
        ]
      : []),
    ...(unread.length > 0
      ? [
          {
            key: 'circulars',
            row: (
              <ListRow
                icon="document"
                title={t('office.card.circulars', { n: unread.length })}
                meta={unread[0]?.title}
                go={{ to: '/circulars', search: { open: '1' } }}
              />
            ),
          },
        ]
      : []),
    ...(unconfirmed.length > 0
      ? [
          {
            key: 'audit',
            row: (
              <ListRow
                icon="seal"
                title={t('office.card.confirm', { year: String(year) })}
                meta={t('office.card.confirm_meta')}
                go={{ to: '/audit', search: { year: String(year) } }}
              />
            ),
          },
        ]
      : []),
  ]
  return (
    <Card flush={rows.length > 0} {...(rows.length > 0 ? { title: t('office.card.school') } : {})}>
      {rows.length === 0 ? (
        <Nothing>{t('office.card.nothing_school')}</Nothing>
      ) : (
        <List label={t('office.card.school')}>
          {rows.map(({ key, row }) => (
            <Keyed key={key}>{row}</Keyed>
          ))}
        </List>
      )}
    </Card>
  )
}

const Keyed = ({ children }: { children: ReactNode }) => children
