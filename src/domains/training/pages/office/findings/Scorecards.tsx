/** Scorecards: schools against indicators, each figure with its definition and clause and the people behind it. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../../ui/address.ts'
import { Button, ButtonLink } from '../../../../../ui/Button.tsx'
import { Card } from '../../../../../ui/Card.tsx'
import { Clause } from '../../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Empty } from '../../../../../ui/Notice.tsx'
import { Chart } from '../../../../../ui/office/Chart.tsx'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { Stat, Stats } from '../../../../../ui/Stat.tsx'
import { useCan } from '../../../../../ui/session.tsx'
import { usePlan, YearPicker } from '../plan-choice.tsx'
import { type Scorecards as Cards, type Plan, type Scorecard, useAsk } from '../training.ts'
import { IssueCirculars } from './CircularsIssue.tsx'
import { type Indicator, useIndicators } from './indicators.ts'
import { rateOf, shareOf, wholeOf } from './rates.ts'
import { ScorecardTable } from './ScorecardTable.tsx'
import './findings.css'
import { titleIn } from '../names.ts'

/** Schools in the picture unless all are wanted: the ones that need looking at. */
const LOWEST = 10

export default function Scorecards() {
  const t = useWords('training')
  const f = useFormat()
  const can = useCan()
  const { plans, list, plan, choose } = usePlan()
  const cards = useQuery({ ...useAsk().scorecards(plan?.id ?? ''), enabled: plan !== undefined })
  const [issuing, setIssuing] = useState(false)
  const open = cards.data?.schools.filter(({ circular }) => circular === null).length ?? 0
  return (
    <>
      <PageHead
        title={t('office.score.title')}
        subtitle={plan ? `${titleIn(f.locale, plan)} · ${plan.document}` : undefined}
        acts={
          <>
            {plan && <YearPicker years={list.map(({ year }) => year)} year={plan.year} onChange={choose} />}
            <ButtonLink icon="document" to="/circulars">
              {t('office.circular.title')}
            </ButtonLink>
          </>
        }
        act={
          can('training.circular.write') &&
          open > 0 && (
            <Button look="primary" icon="document" onClick={() => setIssuing(true)}>
              {t('office.circular.issue')}
            </Button>
          )
        }
      />
      <Answer of={plans} height={400}>
        {() =>
          plan ? (
            <Answer of={cards} height={400}>
              {(data) =>
                data.schools.length === 0 ? (
                  <Empty icon="chart" title={t('office.score.none')} hint={t('office.score.none_hint')} />
                ) : (
                  <View plan={plan} cards={data} />
                )
              }
            </Answer>
          ) : (
            <Empty icon="calendar" title={t('office.plan.none')} hint={t('office.plan.none_hint')} />
          )
        }
      </Answer>
      {issuing && plan && cards.data && (
        <IssueCirculars plan={plan} schools={cards.data.schools} onClose={() => setIssuing(false)} />
      )}
    </>
  )
}

function View({ plan, cards: { definitions, schools } }: { plan: Plan; cards: Cards }) {
  const t = useWords('training')
  const f = useFormat()
  const indicators = useIndicators(definitions)
  return (
    <div className="q-stack">
      <Stats>
        {indicators.map(({ id, name, clause }) => {
          const whole = wholeOf(schools, id)
          const share = shareOf(whole)
          return (
            <Stat
              key={id}
              label={name}
              value={share === null ? '—' : f.percent(share)}
              note={`${f.number(whole.numerator)} / ${f.number(whole.denominator)}`}
              explain={clause && <Clause clause={clause} label={name} />}
            />
          )
        })}
      </Stats>
      {schools.length > 1 && <Picture plan={plan} indicators={indicators} schools={schools} />}
      {schools.some(({ circular }) => circular !== null) && <p className="q-quiet">{t('office.score.today')}</p>}
      <ScorecardTable plan={plan} indicators={indicators} schools={schools} />
    </div>
  )
}

function Picture({
  plan,
  indicators,
  schools,
}: {
  plan: Plan
  indicators: Indicator[]
  schools: readonly Scorecard[]
}) {
  const t = useWords('training')
  const navigate = useNavigate()
  const [search, change] = useAddress()
  const chosen = indicators.find(({ id }) => id === one(search.by)) ?? indicators[0]
  const [all, setAll] = useState(false)
  if (!chosen) return null
  const ranked = schools
    .flatMap((school) => {
      const share = shareOf(rateOf(school, chosen.id))
      return share === null
        ? []
        : [{ key: school.orgId, name: school.orgName, values: [Math.round(share * 1000) / 10] }]
    })
    .sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0))
  const shown = all ? ranked : ranked.slice(0, LOWEST)
  const whole = shareOf(wholeOf(schools, chosen.id))
  return (
    <Card>
      <div className="tr-picture-head">
        <fieldset className="tr-switch">
          <legend className="q-hidden">{t('office.score.indicator')}</legend>
          {indicators.map(({ id, name }) => (
            <label key={id}>
              <input
                type="radio"
                name="indicator"
                checked={id === chosen.id}
                onChange={() => change({ by: id }, { replace: true })}
              />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        {ranked.length > LOWEST && (
          <Button small look="quiet" onClick={() => setAll(!all)}>
            {t(all ? 'office.score.lowest' : 'office.score.all', { n: all ? LOWEST : ranked.length })}
          </Button>
        )}
      </div>
      <Chart
        title={t(all || ranked.length <= LOWEST ? 'office.score.picture_all' : 'office.score.picture', {
          indicator: chosen.name,
          n: LOWEST,
        })}
        kind="rows"
        height={Math.max(160, shown.length * 24 + 48)}
        data={{
          label: t('office.figure.school'),
          measures: [{ key: chosen.id, label: chosen.name, unit: '%', digits: 1 }],
          rows: shown,
          percent: true,
          ...(whole === null
            ? {}
            : { target: { value: Math.round(whole * 1000) / 10, label: t('office.score.whole') } }),
        }}
        note={chosen.definition}
        onPick={({ key }) =>
          void navigate({
            to: '/scorecards/$orgId',
            params: { orgId: key },
            search: { year: String(plan.year), by: chosen.id, met: '0' },
          } as never)
        }
      />
    </Card>
  )
}
