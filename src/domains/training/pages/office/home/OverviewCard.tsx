/** On the home page of those who answer for the year: five figures and the way to the pictures. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../../ui/Answer.tsx'
import { ButtonLink } from '../../../../../ui/Button.tsx'
import { Card } from '../../../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Meter } from '../../../../../ui/Meter.tsx'
import { Empty } from '../../../../../ui/Notice.tsx'
import { Stat, Stats } from '../../../../../ui/Stat.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { usePlan } from '../plan-choice.tsx'
import { useAsk } from '../training.ts'

export default function OverviewCard() {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const { plans, plan } = usePlan()
  const figures = useQuery({ ...useAsk().overview(plan?.id ?? ''), enabled: plan !== undefined })
  const year = String(plan?.year ?? '')
  return (
    <Answer of={plans} height={240}>
      {() =>
        plan === undefined ? (
          <Card>
            <Empty
              icon="calendar"
              title={t('office.plan.none')}
              hint={t(can('training.plan.write') ? 'office.plan.none_hint_trainer' : 'office.plan.none_hint')}
              act={<ButtonLink to="/plan">{t('office.plan.title')}</ButtonLink>}
            />
          </Card>
        ) : (
          <Answer of={figures} height={240}>
            {(data) => (
              <div className="q-stack">
                <Stats>
                  <Stat
                    label={t('office.figure.places')}
                    value={f.number(data.places)}
                    go={{ to: '/plan', search: { year } }}
                  />
                  <Stat
                    label={t('office.figure.seated')}
                    value={f.number(data.seated)}
                    go={{ to: '/scorecards', search: { year, by: 'delegation' } }}
                  />
                  <Stat
                    label={t('office.figure.passed')}
                    value={f.number(data.passed)}
                    go={{ to: '/scorecards', search: { year, by: 'pass' } }}
                  />
                  <Stat
                    label={t('office.overview.on_pace')}
                    value={data.teachers === 0 ? '—' : f.percent(data.onPace / data.teachers)}
                    note={t('office.overview.on_pace_n', {
                      n: f.number(data.onPace),
                      teachers: f.number(data.teachers),
                    })}
                    go={{ to: '/credits', search: { year, short: '1' } }}
                  />
                </Stats>
                <Card
                  title={t('office.card.year', { year })}
                  extra={
                    <ButtonLink small icon="chart" to="/overview" search={{ year }}>
                      {t('office.overview.title')}
                    </ButtonLink>
                  }
                >
                  <div className="q-stack">
                    <Meter
                      label={t('office.card.seated')}
                      value={data.seated}
                      max={data.places}
                      text={`${f.number(data.seated)} / ${f.number(data.places)}`}
                    />
                    <Meter
                      label={t('office.card.locked')}
                      value={data.audit.locked}
                      max={data.audit.schools}
                      text={t('office.of_schools', {
                        n: f.number(data.audit.locked),
                        schools: f.number(data.audit.schools),
                      })}
                    />
                    {data.circulars.issued > 0 && (
                      <Meter
                        label={t('office.circular.progress')}
                        value={data.circulars.acknowledged}
                        max={data.circulars.issued}
                        text={t('office.of_schools', {
                          n: f.number(data.circulars.acknowledged),
                          schools: f.number(data.circulars.issued),
                        })}
                      />
                    )}
                  </div>
                </Card>
              </div>
            )}
          </Answer>
        )
      }
    </Answer>
  )
}
