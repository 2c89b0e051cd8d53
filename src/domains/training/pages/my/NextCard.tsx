/** Home: what is next. One session with its time, its place and, when the doors are open, the check-in. */
import { Answer } from '../../../../ui/Answer.tsx'
import { ButtonLink, TextLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DateLeaf, List, ListRow } from '../../../../ui/List.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { Skeleton } from '../../../../ui/Skeleton.tsx'
import { StatusTag, Tag } from '../../../../ui/Tag.tsx'
import { useNow } from '../office/now.ts'
import { type Appointment, ahead, mayCheckIn, nextUp, presenceIn, unscheduled } from './agenda.ts'
import './my.css'
import { PresenceTag } from './States.tsx'
import { type MyClass, nameIn, useMine } from './training.ts'
import { countdown, dayParts, nearness, spanOf, When } from './When.tsx'

const wait = (
  <Card>
    <Skeleton lines={4} height={170} />
  </Card>
)

export default function NextCard() {
  const mine = useMine()
  return (
    <Answer of={mine} wait={wait}>
      {(classes) => <Next classes={classes} />}
    </Answer>
  )
}

function Next({ classes }: { classes: readonly MyClass[] }) {
  const now = useNow(10_000).getTime()
  const next = nextUp(classes, now)
  if (!next) return <Nothing joined={unscheduled(classes)} />
  const later = ahead(classes, now).filter(({ session }) => session.id !== next.session.id)
  return (
    <>
      <div className="my-hero">
        <Hero appointment={next} now={now} />
      </div>
      {later.length > 0 && <Later appointments={later} now={now} />}
    </>
  )
}

function Hero({ appointment: { of, session }, now }: { appointment: Appointment; now: number }) {
  const t = useWords('training')
  const f = useFormat()
  const presence = presenceIn(session, now)
  const left = countdown(t, session.starts, now)
  const clash = of.clashes.find(({ sessionId }) => sessionId === session.id)
  const soon = left !== '' || Date.parse(session.starts) <= now
  return (
    <Card
      title={nameIn(f.locale, of)}
      extra={<StatusTag tone={soon ? 'act' : 'plain'}>{nearness(t, session, now)}</StatusTag>}
    >
      <div className="my-next">
        <p className="my-next-title">
          {session.title} {session.compulsory && <Tag>{t('my.compulsory')}</Tag>}
        </p>
        <ul className="my-lines">
          <li>
            <Icon name="clock" size={18} />
            <span className="my-when">
              <When session={session} now={now} />
              {left && <b className="my-left">{left}</b>}
            </span>
          </li>
          <li>
            <Icon name="pin" size={18} />
            <span>{session.place}</span>
          </li>
        </ul>
        {clash && (
          <Notice
            tone="alert"
            title={t('my.clash_with', {
              class: nameIn(f.locale, { name: clash.withClass, nameEn: clash.withClassEn }),
              title: clash.withTitle,
            })}
          >
            {t('my.clash_hint')}
          </Notice>
        )}
        {presence === 'present' ? (
          <p className="my-in">
            <Icon name="check" />
            {t('my.next.in')}
          </p>
        ) : mayCheckIn(session, now) ? (
          <div className="my-big">
            <ButtonLink look="primary" icon="scan" wide to="/check-in">
              {t('my.check_in')}
            </ButtonLink>
          </div>
        ) : presence === 'ahead' ? (
          <p className="q-quiet">{t('my.next.opens', { time: f.time(session.opensAt) })}</p>
        ) : (
          <p>
            <PresenceTag session={session} now={now} />
          </p>
        )}
      </div>
    </Card>
  )
}

function Nothing({ joined }: { joined: readonly MyClass[] }) {
  const t = useWords('training')
  const f = useFormat()
  return (
    <Card>
      <div className="my-next">
        <p className="my-none">
          <Icon name="calendar" />
          {t(joined.length > 0 ? 'my.next.no_session' : 'my.next.none')}
        </p>
        {joined.length > 0 ? (
          <ul className="my-lines">
            {joined.map((of) => (
              <li key={of.classId}>
                <Icon name="ledger" size={18} />
                <TextLink to="/my/training">{nameIn(f.locale, of)}</TextLink>
              </li>
            ))}
          </ul>
        ) : (
          <p className="q-quiet">{t('my.next.none_hint')}</p>
        )}
        <div>
          <ButtonLink {...{ to: '/my/training', search: { tab: 'open' } }}>{t('my.open.see')}</ButtonLink>
        </div>
      </div>
    </Card>
  )
}

/** Rows on a desk; a phone shows the first: the rest stands under 我的培训. */
const SHOWN = 3

function Later({ appointments, now }: { appointments: readonly Appointment[]; now: number }) {
  const t = useWords('training')
  const f = useFormat()
  return (
    <Card flush>
      <div className="my-later">
        <List label={t('my.later')}>
          {appointments.slice(0, SHOWN).map(({ of, session }) => {
            const { month, day, weekday } = dayParts(f, session.starts)
            const clashing = of.clashes.some(({ sessionId }) => sessionId === session.id)
            return (
              <ListRow
                key={session.id}
                lead={<DateLeaf month={month} day={day} weekday={weekday} />}
                title={nameIn(f.locale, of)}
                meta={
                  <span className="my-entry-meta">
                    <span>
                      {spanOf(f, session)}　{session.place}
                    </span>
                    {clashing ? (
                      <StatusTag tone="alert">{t('my.clash')}</StatusTag>
                    ) : (
                      <PresenceTag session={session} now={now} />
                    )}
                  </span>
                }
                go={{ to: '/my/training' }}
              />
            )
          })}
        </List>
      </div>
    </Card>
  )
}
