/** Sessions of a class by day, with the people whose other training overlaps; added, changed, removed, or laid out at once. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { civilDate } from '../../../../../base/dates.ts'
import { Answer } from '../../../../../ui/Answer.tsx'
import { Button, ButtonLink, IconButton } from '../../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DateLeaf } from '../../../../../ui/List.tsx'
import { Empty, Notice } from '../../../../../ui/Notice.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { StatusTag, Tag } from '../../../../../ui/Tag.tsx'
import { useNow } from '../now.ts'
import { type Clash, type ClassRow, classKey, KEYS, type Session, useAsk, useTraining } from '../training.ts'
import { SessionForm } from './SessionForm.tsx'
import { SessionProposal } from './SessionProposal.tsx'
import { shortTerms } from './session-hours.ts'
import '../office.css'
import './sessions.css'

export default function ClassSessions({ row }: { row: ClassRow }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const ask = useAsk()
  const writes = can('training.session.write') && row.state !== 'completed' && row.state !== 'cancelled'
  const sessions = useQuery(ask.sessions(row.id))
  const clashes = useQuery({ ...ask.clashes(row.id), enabled: writes })
  const [editing, setEditing] = useState<Session | 'new' | null>(null)
  const [removing, setRemoving] = useState<Session | null>(null)
  const [laying, setLaying] = useState(false)
  const crossed = new Set(clashes.data?.map(({ personId }) => personId)).size
  return (
    <div className="q-stack">
      {writes && (sessions.data?.length ?? 0) > 0 && (
        <div className="tr-acts">
          <Button icon="plus" onClick={() => setEditing('new')}>
            {t('office.session.add')}
          </Button>
          <Button look="quiet" icon="calendar" onClick={() => setLaying(true)}>
            {t('office.session.lay_out')}
          </Button>
        </div>
      )}
      {writes &&
        shortTerms(row.hours, row.terms, sessions.data ?? []).map(({ term, scheduled, declared }) => (
          <Notice
            key={term}
            tone="wait"
            title={t('office.session.short', {
              term: row.terms > 1 ? t('office.term_n', { n: term }) : '',
              scheduled: f.number(scheduled),
              declared: f.number(declared),
            }).trim()}
          >
            {t('office.session.short_hint')}
          </Notice>
        ))}
      {crossed > 0 && <Notice tone="wait" title={t('office.session.clashes', { n: crossed })} />}
      <Answer of={sessions} height={320}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty
              icon="calendar"
              title={t('office.session.none')}
              hint={t(writes ? 'office.session.none_hint' : 'office.session.none_hint_read')}
              act={
                writes && (
                  <div className="tr-acts">
                    <Button look="primary" icon="calendar" onClick={() => setLaying(true)}>
                      {t('office.session.lay_out')}
                    </Button>
                    <Button icon="plus" onClick={() => setEditing('new')}>
                      {t('office.session.add')}
                    </Button>
                  </div>
                )
              }
            />
          ) : (
            <Days
              row={row}
              rows={rows}
              clashes={clashes.data ?? []}
              {...(writes ? { onEdit: setEditing, onRemove: setRemoving } : {})}
            />
          )
        }
      </Answer>
      {editing && (
        <SessionForm row={row} session={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {laying && <SessionProposal row={row} onClose={() => setLaying(false)} />}
      {removing && <RemoveSession row={row} session={removing} onClose={() => setRemoving(null)} />}
    </div>
  )
}

type Acts = { onEdit?: (session: Session) => void; onRemove?: (session: Session) => void }

function Days({
  row,
  rows,
  clashes,
  ...acts
}: { row: ClassRow; rows: readonly Session[]; clashes: readonly Clash[] } & Acts) {
  const t = useWords('training')
  const f = useFormat()
  const days = Object.entries(Object.groupBy(rows, ({ starts }) => civilDate(new Date(starts))))
  return (
    <ol className="tr-days">
      {days.map(([day, held]) => (
        <li key={day}>
          <DateLeaf
            month={t('office.month_n', { month: Number(day.slice(5, 7)) })}
            day={Number(day.slice(8))}
            weekday={f.longDate(day).split(f.locale === 'en' ? ',' : ' ')[f.locale === 'en' ? 0 : 1] ?? ''}
          />
          <ul>
            {held?.map((session) => (
              <Line
                key={session.id}
                row={row}
                session={session}
                clashes={clashes.filter(({ sessionId }) => sessionId === session.id)}
                {...acts}
              />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function Line({
  row,
  session,
  clashes,
  onEdit,
  onRemove,
}: { row: ClassRow; session: Session; clashes: readonly Clash[] } & Acts) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const now = useNow().getTime()
  const begun = Date.parse(session.starts) <= now
  const over = Date.parse(session.ends) < now
  const soon = !over && Date.parse(session.starts) - 24 * 3_600_000 < now
  return (
    <li className="tr-session">
      <span className="tr-session-time q-num">
        {f.time(session.starts)}–{f.time(session.ends)}
      </span>
      <div className="tr-session-main">
        <b>{session.title}</b>
        <span className="q-quiet">{session.place}</span>
        <span className="tr-tags">
          {row.terms > 1 && <Tag>{t('office.term_n', { n: session.term })}</Tag>}
          {session.compulsory && <Tag>{t('office.session.compulsory')}</Tag>}
          {begun && !over && <StatusTag tone="act">{t('office.session.running')}</StatusTag>}
        </span>
        {clashes.length > 0 && (
          <details className="tr-clashes">
            <summary>{t('office.session.clashes_here', { n: clashes.length })}</summary>
            <ul>
              {clashes.map((clash) => (
                <li key={`${clash.personId}${clash.withTitle}`}>
                  <b>{clash.name}</b>{' '}
                  {t('office.session.clash_with', {
                    class: f.locale === 'en' && clash.withClassEn ? clash.withClassEn : clash.withClass,
                    session: clash.withTitle,
                  })}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <span className="tr-session-count q-num">
        {begun ? (
          <>
            <b>{f.number(session.present)}</b> / {f.number(session.expected)}
            {session.onLeave > 0 && <small>{t('office.session.leave_n', { n: session.onLeave })}</small>}
          </>
        ) : (
          <span className="q-quiet">{t('office.session.expected_n', { n: f.number(session.expected) })}</span>
        )}
      </span>
      <span className="tr-session-acts">
        {can('training.host') && soon && row.state === 'confirmed' && (
          <ButtonLink small icon="scan" to="/host/$sessionId" params={{ sessionId: session.id }}>
            {t('office.host.open')}
          </ButtonLink>
        )}
        {can('training.enrolment.read') && begun && (
          <ButtonLink
            small
            look="quiet"
            to="/classes/$classId"
            params={{ classId: row.id }}
            search={{ tab: 'attendance', session: session.id }}
          >
            {t('office.class.tab.attendance')}
          </ButtonLink>
        )}
        {onEdit && <IconButton small icon="edit" label={t('office.session.change')} onClick={() => onEdit(session)} />}
        {onRemove && session.present === 0 && (
          <IconButton small icon="trash" label={t('office.session.remove')} onClick={() => onRemove(session)} />
        )}
      </span>
    </li>
  )
}

function RemoveSession({ row, session, onClose }: { row: ClassRow; session: Session; onClose: () => void }) {
  const t = useWords('training')
  const f = useFormat()
  const training = useTraining()
  const act = useAct(() => training.removeSession({ sessionId: session.id }), {
    done: t('office.session.removed'),
    refresh: [classKey(row.id), KEYS.classes],
    quiet: true,
  })
  return (
    <ConfirmWithReason
      open
      danger
      title={t('office.session.remove')}
      confirm={t('office.session.remove')}
      reason="none"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={async () => {
        if (await act.run(undefined)) onClose()
      }}
    >
      <p>
        {t('office.session.remove_preview', {
          title: session.title,
          when: f.dateTime(session.starts),
          n: f.number(session.expected),
        })}
      </p>
    </ConfirmWithReason>
  )
}
