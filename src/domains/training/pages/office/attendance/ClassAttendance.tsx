/** Who was there: one session as a list to work on, or the whole class as a sheet. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../../ui/address.ts'
import { Boundary } from '../../../../../ui/Boundary.tsx'
import { Button, ButtonLink } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Empty } from '../../../../../ui/Notice.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { useNow } from '../now.ts'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { State } from '../States.tsx'
import { type Attendance, type ClassRow, classKey, type Session, useAsk } from '../training.ts'
import { AttendanceTools, type ByHand, CheckInByHand } from './AttendanceTools.tsx'
import './attendance.css'
import '../office.css'

const AttendanceSheet = lazy(() => import('./AttendanceSheet.tsx'))

/** As people say it: nobody is absent before the session is over. */
const standing = (one: Attendance, over: boolean): string => one.state ?? (over ? 'absent' : 'expected')

const waysFor = (over: boolean): Ways<Attendance> => ({
  keep: {
    q: (row, typed) => matches(typed, row.name, row.number, row.orgName),
    state: (row, states) => states.includes(standing(row, over)),
  },
  order: { name: (row) => row.name, school: (row) => row.orgName, at: (row) => row.at },
})

export default function ClassAttendance({ row }: { row: ClassRow }) {
  const t = useWords('training')
  const f = useFormat()
  const now = useNow().getTime()
  const sessions = useQuery(useAsk().sessions(row.id))
  const [search, change] = useAddress()
  const sheet = one(search.view) === 'sheet'
  return (
    <Answer of={sessions} height={320}>
      {(rows) => {
        const begun = rows.filter(({ starts }) => Date.parse(starts) <= now)
        const chosen = rows.find(({ id }) => id === one(search.session)) ?? begun.at(-1) ?? rows[0]
        if (!chosen)
          return <Empty icon="calendar" title={t('office.session.none')} hint={t('office.attendance.none_hint')} />
        return (
          <div className="q-stack">
            <div className="tr-acts tr-acts-spread">
              {sheet ? (
                <b>{t('office.attendance.sheet')}</b>
              ) : (
                <label className="tr-session-pick">
                  <span>{t('office.session.title')}</span>
                  <select
                    className="q-input"
                    value={chosen.id}
                    onChange={(event) => change({ session: event.target.value, cursor: undefined, page: undefined })}
                  >
                    {rows.map((session) => (
                      <option key={session.id} value={session.id}>
                        {[
                          f.shortDate(session.starts),
                          f.time(session.starts),
                          row.terms > 1 && t('office.term_n', { n: session.term }),
                          session.title,
                        ]
                          .filter(Boolean)
                          .join(' ')}
                      </option>
                    ))}
                  </select>
                </label>
              )}
              <Button
                look="quiet"
                icon={sheet ? 'list' : 'table'}
                onClick={() => change({ view: sheet ? undefined : 'sheet', cursor: undefined, page: undefined })}
              >
                {t(sheet ? 'office.attendance.as_list' : 'office.attendance.as_sheet')}
              </Button>
            </div>
            {sheet ? (
              <Boundary height={320}>
                <AttendanceSheet row={row} sessions={rows} />
              </Boundary>
            ) : (
              <OneSession key={chosen.id} row={row} session={chosen} />
            )}
          </div>
        )
      }}
    </Answer>
  )
}

function OneSession({ row, session }: { row: ClassRow; session: Session }) {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const ask = useAsk()
  const queries = useQueryClient()
  const now = useNow().getTime()
  const over = Date.parse(session.ends) < now
  const hosts = can('training.host') && row.state === 'confirmed'
  const [byHand, setByHand] = useState<ByHand | null>(null)
  const columns: Column<Attendance>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (one) => <PersonLink id={one.personId} name={one.name} number={one.number} />,
      sort: true,
    },
    { key: 'school', title: t('office.figure.school'), cell: (one) => one.orgName, sort: true },
    {
      key: 'state',
      title: t('office.figure.state'),
      cell: (one) => <State of="attendance" is={standing(one, over)} />,
      card: 'trailing',
    },
    {
      key: 'at',
      title: t('office.attendance.at'),
      cell: (one) =>
        one.at && one.state === 'present' ? <Entered one={one} at={one.at} session={session} /> : <Dash />,
      sort: true,
    },
    {
      key: 'mode',
      title: t('office.attendance.mode'),
      cell: (one) => (one.mode && one.state === 'present' ? t(`office.attendance.mode.${one.mode}`) : <Dash />),
    },
    {
      key: 'note',
      title: t('office.attendance.note'),
      cell: (one) =>
        one.leave ? (
          <span className="tr-tags">
            <State of="leave" is={one.leave.state} />
            {one.leave.reason}
          </span>
        ) : (
          (one.reason ?? <Dash />)
        ),
    },
  ]
  return (
    <>
      <div className="tr-session-head">
        <p>
          <b className="q-num">
            {f.number(session.present)} / {f.number(session.expected)}
          </b>{' '}
          {t('office.attendance.present')}
          {session.onLeave > 0 && ` · ${t('office.session.leave_n', { n: session.onLeave })}`}
          <span className="q-quiet">
            {' '}
            · {f.dateTime(session.starts)}–{f.time(session.ends)} · {session.place}
          </span>
        </p>
        {hosts && (
          <div className="tr-acts">
            {!over && (
              <ButtonLink small icon="scan" to="/host/$sessionId" params={{ sessionId: session.id }}>
                {t('office.host.open')}
              </ButtonLink>
            )}
            <AttendanceTools row={row} session={session} />
          </div>
        )}
      </div>
      <DataTable<Attendance>
        caption={t('office.class.tab.attendance')}
        queryKey={[...classKey(row.id), 'attendance', session.id, 'table', over]}
        columns={columns}
        rowKey={(one) => one.personId}
        rowName={(one) => one.name}
        rowLink={(one) => ({ to: '/people/$personId', params: { personId: one.personId } })}
        load={async (query) =>
          pageOf(
            await queries.fetchQuery({ ...ask.attendance(row.id, session.id), staleTime: 3_000 }),
            query,
            waysFor(over),
          )
        }
        filters={[
          { key: 'q', label: t('office.find_person'), kind: 'text' },
          {
            key: 'state',
            label: t('office.figure.state'),
            kind: 'choice',
            multiple: true,
            choices: ['present', 'leave', over ? 'absent' : 'expected'].map((value) => ({
              value,
              label: t(`attendance.${value}`),
            })),
          },
        ]}
        {...(hosts
          ? {
              bulk: [
                {
                  key: 'by-hand',
                  label: t('office.attendance.by_hand'),
                  icon: 'check' as const,
                  run: (keys: string[]) => new Promise<boolean>((resolve) => setByHand({ personIds: keys, resolve })),
                },
              ],
            }
          : {})}
        empty={{ title: t('office.attendance.nobody'), hint: t('office.attendance.nobody_hint') }}
      />
      {byHand && <CheckInByHand row={row} session={session} byHand={byHand} onClose={() => setByHand(null)} />}
    </>
  )
}

const Dash = () => <span className="q-quiet">—</span>

/** The time of a check-in; what was entered by hand, or on another day than the session's, says when. */
function Entered({ one, at, session }: { one: Attendance; at: string; session: Session }) {
  const t = useWords('training')
  const f = useFormat()
  const later = f.isoDate(at) !== f.isoDate(session.starts)
  const when = later ? `${f.isoDate(at)} ${f.time(at)}` : f.time(at)
  const entered = one.mode === 'manual' || one.mode === 'roster'
  return <span className="q-num">{entered ? t(`office.attendance.entered.${one.mode}`, { when }) : when}</span>
}
