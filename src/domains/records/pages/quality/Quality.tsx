/** How good the records are: the score of an organisation and of those below it, what is wrong by rule, and the ways to mend it. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { List, ListRow } from '../../../../ui/List.tsx'
import { Empty, Notice } from '../../../../ui/Notice.tsx'
import { Chart } from '../../../../ui/office/Chart.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../../ui/Stat.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { useRecords } from '../records.ts'
import './quality.css'
import { QUALITY, type Quality as Scores, SIGNS, TONES, useBook } from './quality.ts'

export default function Quality() {
  const t = useWords('quality')
  const can = useCan()
  const records = useRecords()
  const [search] = useAddress()
  const orgId = one(search.org)
  const scores = useQuery({ queryKey: QUALITY.of(orgId), queryFn: () => records.quality(orgId ? { orgId } : {}) })
  const check = useAct(records.checkQuality, {
    done: ({ people, findings }) => t('checked', { people, findings }),
    refresh: [QUALITY.all],
  })
  const at = orgId ? { org: orgId } : {}
  return (
    <>
      <PageHead
        title={t('heading')}
        subtitle={t('subtitle')}
        {...(orgId ? { back: { to: '/quality', label: t('top') } } : {})}
        acts={
          can('records.person.write') && (
            <Button icon="refresh" busy={check.busy} onClick={() => void check.run(orgId ? { orgId } : {})}>
              {t('check')}
            </Button>
          )
        }
        act={
          can('records.person.write') && (
            <ButtonLink look="primary" icon="edit" to="/quality/mend" search={at}>
              {t('mend.act')}
            </ButtonLink>
          )
        }
      />
      <Answer of={scores} height={320}>
        {(found) => <Found found={found} orgId={orgId} />}
      </Answer>
    </>
  )
}

function Found({ found, orgId }: { found: Scores; orgId: string }) {
  const t = useWords('quality')
  const f = useFormat()
  const { org } = found
  const at = orgId ? { org: orgId } : {}
  if (org && org.people === 0 && found.children.every(({ people }) => people === 0))
    return <Empty icon="check" title={t('never')} hint={t('never_hint')} />
  return (
    <div className="q-stack">
      {org && (
        <Stats>
          <Stat
            label={t('score')}
            value={org.score ?? '—'}
            unit={t('of_hundred')}
            hint={t('score_hint')}
            note={org.name}
          />
          <Stat
            label={t('faulty')}
            value={f.number(org.faulty)}
            unit={t('people_of', { n: org.people })}
            go={{ to: '/quality/people', search: at }}
          />
          <Stat
            label={t('severe')}
            value={f.number(org.severe)}
            unit={t('places')}
            {...(org.severe > 0 ? { tone: 'alert' as const } : {})}
          />
          <Stat label={t('warning')} value={f.number(org.warning)} unit={t('places')} />
          <Stat label={t('hint')} value={f.number(org.hint)} unit={t('places')} />
        </Stats>
      )}
      {found.twins > 0 && (
        <Notice
          tone="wait"
          title={t('twins.found', { n: found.twins })}
          act={
            <ButtonLink small to="/quality/twins" search={at}>
              {t('twins.look')}
            </ButtonLink>
          }
        >
          {t('twins.found_text')}
        </Notice>
      )}
      {found.children.length > 0 && <Children found={found} />}
      <Rules found={found} orgId={orgId} />
      {found.days.length > 1 && (
        <Card title={t('days')}>
          <Chart
            title={t('days')}
            kind="line"
            data={{
              label: t('day'),
              measures: [{ key: 'score', label: t('score'), digits: 1 }],
              rows: found.days.map(({ day, score }) => ({ key: day, name: day, values: [Number(score)] })),
            }}
          />
        </Card>
      )}
      <HowCounted />
      {org?.checkedAt && <p className="q-quiet">{t('checked_at', { at: f.dateTime(org.checkedAt) })}</p>}
    </div>
  )
}

/** The worst first. */
function Children({ found }: { found: Scores }) {
  const t = useWords('quality')
  const f = useFormat()
  return (
    <Card title={t('below')} flush>
      <List label={t('below')}>
        {found.children.map((child) => (
          <ListRow
            key={child.orgId}
            title={child.name}
            meta={
              child.people === 0
                ? t('never')
                : t('child_counts', {
                    people: child.people,
                    faulty: child.faulty,
                    severe: child.severe,
                    warning: child.warning,
                  })
            }
            trailing={
              child.score !== null && (
                <span className="qual-score">
                  <i className="qual-bar" aria-hidden="true">
                    <i style={{ width: `${child.score}%` }} />
                  </i>
                  <b className="q-num">{f.number(Number(child.score))}</b>
                </span>
              )
            }
            go={{ to: '/quality', search: { org: child.orgId } }}
          />
        ))}
      </List>
    </Card>
  )
}

function Rules({ found, orgId }: { found: Scores; orgId: string }) {
  const t = useWords('quality')
  const say = useBilingual()
  const { rule } = useBook()
  const can = useCan()
  if (found.rules.length === 0) return <Notice tone="done" title={t('nothing')} />
  return (
    <Card title={t('by_rule')} flush>
      <List label={t('by_rule')}>
        {found.rules.map(({ rule: id, people, cells }) => {
          const own = rule(id)
          const search = { rule: id, ...(orgId ? { org: orgId } : {}) }
          return (
            <ListRow
              key={id}
              title={
                <span className="qual-rule">
                  <StatusTag tone={TONES[own?.severity ?? 'hint'] ?? 'plain'} sign={SIGNS[own?.severity ?? 'hint']}>
                    {t(own?.severity ?? 'hint')}
                  </StatusTag>{' '}
                  {own ? say(own.title) : id}
                </span>
              }
              meta={own && say(own.why)}
              trailing={
                <span className="qual-trail">
                  <span className="q-num">
                    {cells > people ? t('people_cells', { people, cells }) : t('people_n', { people })}
                  </span>
                  {own?.mended && can('records.person.write') && (
                    <Link {...({ to: '/quality/mend', search } as unknown as { to: string })}>{t('mend.short')}</Link>
                  )}
                  <Link {...({ to: '/quality/people', search } as unknown as { to: string })}>{t('names')}</Link>
                </span>
              }
            />
          )
        })}
      </List>
    </Card>
  )
}

function HowCounted() {
  const t = useWords('quality')
  const { book } = useBook()
  if (!book) return null
  return (
    <Card title={t('counted')}>
      <p>
        {t('counted_text', {
          severe: book.takes.severe ?? 0,
          warning: book.takes.warning ?? 0,
          hint: book.takes.hint ?? 0,
        })}
      </p>
      <p className="q-quiet">{t('counted_rules', { n: book.rules.length })}</p>
    </Card>
  )
}
