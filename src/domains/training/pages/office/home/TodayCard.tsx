/** On the trainer's home page: today's sessions, each with the way to its screen; otherwise the next one. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../../../base/dates.ts'
import { ButtonLink } from '../../../../../ui/Button.tsx'
import { Card } from '../../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../../ui/List.tsx'
import { Skeleton } from '../../../../../ui/Skeleton.tsx'
import { nameIn } from '../names.ts'
import { useNow } from '../now.ts'
import { usePlan } from '../plan-choice.tsx'
import { useAsk } from '../training.ts'

export default function TodayCard() {
  const t = useWords('training')
  const f = useFormat()
  const ask = useAsk()
  const today = civilDate(useNow(60_000))
  const { plans, plan } = usePlan()
  const classes = useQuery({ ...ask.classes(plan?.id ?? ''), enabled: plan !== undefined })
  const coming = (classes.data ?? [])
    .filter(({ nextSession }) => nextSession !== null)
    .sort((a, b) => (a.nextSession ?? '').localeCompare(b.nextSession ?? ''))
  const now = coming.filter(({ nextSession }) => nextSession && civilDate(new Date(nextSession)) <= today)
  const sessions = useQueries({
    queries: now.map(({ id }) => ask.sessions(id)),
    combine: (answers) => answers.flatMap(({ data }, at) => (data ?? []).map((session) => ({ session, row: now[at] }))),
  })
  if (!plans.data || (plan && !classes.data))
    return (
      <Card>
        <Skeleton height={110} />
      </Card>
    )
  const held = sessions
    .filter(({ session }) => civilDate(new Date(session.starts)) === today)
    .sort((a, b) => a.session.starts.localeCompare(b.session.starts))
  const [next] = coming
  if (held.length === 0)
    return (
      <Card>
        <p>{t('office.card.no_session_today')}</p>
        {next?.nextSession && (
          <p className="q-quiet">
            {t('office.card.next_session', { class: nameIn(f.locale, next), when: f.dateTime(next.nextSession) })}
          </p>
        )}
      </Card>
    )
  return (
    <Card title={t('office.card.today', { n: held.length })} flush>
      <List>
        {held.map(({ session, row }) => (
          <ListRow
            key={session.id}
            lead={<b className="q-num">{f.time(session.starts)}</b>}
            title={`${row ? nameIn(f.locale, row) : ''} · ${session.title}`}
            meta={`${session.place} · ${t('office.card.present', { present: f.number(session.present), expected: f.number(session.expected) })}`}
            trailing={
              <ButtonLink small icon="scan" to="/host/$sessionId" params={{ sessionId: session.id }}>
                {t('office.host.open')}
              </ButtonLink>
            }
          />
        ))}
      </List>
    </Card>
  )
}
