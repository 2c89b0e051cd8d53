/** Everything that is held about people, by table, with what would go today; and what went. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { ButtonLink } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Empty } from '../../../ui/Notice.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../ui/Stat.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import './privacy.css'
import { type Privacy, SENSITIVE, usePrivacy, useTerm } from './privacy.ts'

type Terms = Awaited<ReturnType<Privacy['terms']>>

export default function Held() {
  const t = useWords('privacy')
  const privacy = usePrivacy()
  const terms = useQuery({ queryKey: ['privacy', 'terms'], queryFn: () => privacy.terms() })
  return (
    <>
      <PageHead
        title={t('held.title')}
        subtitle={t('held.subtitle')}
        acts={
          <ButtonLink to="/privacy" icon="document">
            {t('own.notice')}
          </ButtonLink>
        }
      />
      <Answer of={terms} height={400}>
        {({ holdings, past }) => (
          <div className="q-stack">
            <Tabs
              label={t('held.title')}
              items={[
                { key: 'due', label: t('held.due'), content: <Due holdings={holdings} /> },
                { key: 'all', label: t('held.all'), count: holdings.length, content: <All holdings={holdings} /> },
                { key: 'past', label: t('held.past'), content: <Past past={past} /> },
              ]}
            />
          </div>
        )}
      </Answer>
    </>
  )
}

/** The dry run: what the next day's work takes away. */
function Due({ holdings }: Pick<Terms, 'holdings'>) {
  const t = useWords('privacy')
  const f = useFormat()
  const say = useBilingual()
  const term = useTerm()
  const due = holdings.flatMap((holding) =>
    holding.tables.filter(({ lapsing }) => (lapsing ?? 0) > 0).map((table) => ({ holding, table })),
  )
  const total = due.reduce((sum, { table }) => sum + (table.lapsing ?? 0), 0)
  return (
    <div className="q-stack">
      <Stats>
        <Stat label={t('held.lapsing')} value={f.number(total)} note={t('held.lapsing_note')} />
      </Stats>
      <Card flush>
        {due.length === 0 ? (
          <Empty icon="check" title={t('held.nothing')} hint={t('held.nothing_hint')} />
        ) : (
          <List label={t('held.due')}>
            {due.map(({ holding, table }) => (
              <ListRow
                key={table.name}
                title={f.dotted([say(holding.title), table.name])}
                meta={f.dotted([
                  term(holding),
                  table.before && t('held.before', { day: f.date(table.before as never) }),
                ])}
                trailing={
                  <StatusTag tone="wait">
                    {t(table.clears ? 'held.clears' : 'held.deletes', { n: table.lapsing ?? 0 })}
                  </StatusTag>
                }
              />
            ))}
          </List>
        )}
      </Card>
    </div>
  )
}

function All({ holdings }: Pick<Terms, 'holdings'>) {
  const t = useWords('privacy')
  const f = useFormat()
  const say = useBilingual()
  const term = useTerm()
  return (
    <Card flush>
      <List label={t('held.all')}>
        {holdings.map((holding) => (
          <ListRow
            key={holding.id}
            title={say(holding.title)}
            meta={f.dotted([
              t(`basis.${holding.basis}`),
              term(holding),
              holding.tables.map(({ name }) => name).join(', '),
            ])}
            trailing={
              <StatusTag
                tone={SENSITIVE.has(holding.sensitivity) ? 'wait' : 'plain'}
                sign={SENSITIVE.has(holding.sensitivity) ? 'lock' : null}
              >
                {t(`sensitivity.${holding.sensitivity}`)}
              </StatusTag>
            }
          />
        ))}
      </List>
    </Card>
  )
}

function Past({ past }: Pick<Terms, 'past'>) {
  const t = useWords('privacy')
  const f = useFormat()
  return (
    <Card flush>
      {past.length === 0 ? (
        <Empty icon="clock" title={t('held.past_none')} hint={t('held.past_none_hint')} />
      ) : (
        <List label={t('held.past')}>
          {past.map(({ day, tableName, parameter, before, rows }) => (
            <ListRow
              key={`${day} ${tableName}`}
              lead={<span className="q-num">{f.date(day as never)}</span>}
              title={tableName}
              meta={f.dotted([parameter, t('held.before', { day: f.date(before as never) })])}
              trailing={<span className="q-num">{f.number(rows)}</span>}
            />
          ))}
        </List>
      )}
    </Card>
  )
}
