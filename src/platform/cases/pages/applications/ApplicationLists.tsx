/** What was applied for, what comes first first; and below it the calls that are open, with whether one may apply. */
import { useNavigate } from '@tanstack/react-router'
import { Answer } from '../../../../ui/Answer.tsx'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { ApplicationState, Eligible } from './states.tsx'
import './applications.css'
import {
  callsPath,
  type OpenCall,
  type OwnApplication,
  useOpenCalls,
  useOwnApplications,
  useWhose,
} from './applying.ts'

const ENDED = new Set(['refused', 'withdrawn', 'lapsed', 'filed'])

export function ApplicationLists() {
  const t = useWords('cases')
  const own = useOwnApplications()
  const open = useOpenCalls()
  return (
    <div className="app-page">
      <Answer of={own} height={160}>
        {(rows) => {
          const going = rows.filter(({ state }) => !ENDED.has(state))
          const ended = rows.filter(({ state }) => ENDED.has(state))
          return (
            <>
              {going.length > 0 && (
                <Card title={t('applications.going')} flush>
                  <Rows rows={going} label={t('applications.going')} />
                </Card>
              )}
              {ended.length > 0 && (
                <details className="app-ended">
                  <summary>
                    {t('applications.ended')} <span className="q-count">{ended.length}</span>
                  </summary>
                  <Rows rows={ended} label={t('applications.ended')} />
                </details>
              )}
            </>
          )
        }}
      </Answer>
      <section aria-labelledby="app-open">
        <h2 id="app-open">{t('applications.open')}</h2>
        <Answer of={open} height={240}>
          {(calls) => {
            // What was begun stands above.
            const fresh = calls.filter(({ own: begun }) => begun === null)
            if (fresh.length === 0)
              return <Empty icon="flag" title={t('applications.none_open')} hint={t('applications.none_open_hint')} />
            return (
              <ul className="app-calls">
                {fresh.map((call) => (
                  <CallCard key={call.callId} call={call} />
                ))}
              </ul>
            )
          }}
        </Answer>
      </section>
    </div>
  )
}

function Rows({ rows, label }: { rows: readonly OwnApplication[]; label: string }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const navigate = useNavigate()
  const where = ({ state, stage, closesAt, since }: OwnApplication) => {
    if (closesAt) return t('applications.until', { when: f.dateTime(closesAt) })
    if (stage && !ENDED.has(state))
      return t('applications.at_since', { stage: say(stage), date: f.date(new Date(since)) })
    return t('applications.on', { date: f.date(new Date(since)) })
  }
  return (
    <List label={label}>
      {rows.map((row) => (
        <ListRow
          key={row.id}
          title={f.dotted([say(row.title), row.track && say(row.track)])}
          meta={
            <span className="app-meta">
              <ApplicationState state={row.state} />
              <span>{where(row)}</span>
            </span>
          }
          onPress={() => void navigate({ to: `/my/applications/${row.id}` })}
        />
      ))}
    </List>
  )
}

/** The best of its ways: one that is open is enough to be worth a look. */
const bestOf = ({ ways }: OpenCall): boolean | null =>
  ways.some(({ standing }) => standing.eligible)
    ? true
    : ways.some(({ standing }) => standing.eligible === null)
      ? null
      : false

function CallCard({ call }: { call: OpenCall }) {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const whose = useWhose()
  const { callId, title, org, closesAt, ways } = call
  const failed = new Set(ways.flatMap(({ standing }) => standing.sets.flatMap((set) => set.failed.map(({ id }) => id))))
    .size
  const barred = ways[0]!.standing.excluded.length
  const best = bestOf(call)
  return (
    <li className="q-card app-call">
      <h3>{say(title)}</h3>
      <p className="q-quiet">{f.locale === 'en' && org.nameEn ? org.nameEn : org.name}</p>
      <p className="app-meta">
        <Eligible eligible={best} />
        {best === false && <span>{t('applications.failed_n', { n: failed + barred })}</span>}
        {best === null && <span>{t('applications.unknown_hint')}</span>}
      </p>
      <p>{closesAt ? t('applications.until', { when: f.dateTime(closesAt) }) : t('applications.no_deadline')}</p>
      <div>
        <ButtonLink wide {...{ to: callsPath(whose), params: { callId } }}>
          {t('applications.look')}
        </ButtonLink>
      </div>
    </li>
  )
}
