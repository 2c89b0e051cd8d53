/** One school's scorecard, and the people behind each of its figures. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../../ui/Answer.tsx'
import { one, useAddress, usePathPart } from '../../../../../ui/address.ts'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Empty } from '../../../../../ui/Notice.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { PageHead } from '../../../../../ui/PageHead.tsx'
import { PersonLink } from '../../../../../ui/PersonLink.tsx'
import { Tabs } from '../../../../../ui/Tabs.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { usePlan } from '../plan-choice.tsx'
import { KEYS, type Plan, type Scorecard, type Scorecards, type Training, useAsk, useTraining } from '../training.ts'
import { type Indicator, useIndicators } from './indicators.ts'
import { issuedRate, rateOf, shareOf } from './rates.ts'
import './findings.css'
import { titleIn } from '../names.ts'

type Behind = Awaited<ReturnType<Training['behind']>>[number]
const WAYS: Ways<Behind> = {
  keep: { q: (row, typed) => matches(typed, row.name, row.number, row.detail) },
  order: { name: (row) => row.name, detail: (row) => row.detail },
}

export default function ScorecardSchool() {
  const t = useWords('training')
  const orgId = usePathPart('orgId')
  const { plan } = usePlan()
  const cards = useQuery({ ...useAsk().scorecards(plan?.id ?? ''), enabled: plan !== undefined })
  const school = cards.data?.schools.find((row) => row.orgId === orgId)
  return (
    <Answer of={cards} height={400}>
      {(data) =>
        plan && school ? (
          <School plan={plan} school={school} definitions={data.definitions} />
        ) : (
          <Empty icon="building" title={t('office.audit.no_school')} hint={t('office.score.none_hint')} />
        )
      }
    </Answer>
  )
}

function School({
  plan,
  school,
  definitions,
}: {
  plan: Plan
  school: Scorecard
  definitions: Scorecards['definitions']
}) {
  const t = useWords('training')
  const f = useFormat()
  const indicators = useIndicators(definitions)
  const [search, change] = useAddress()
  const chosen = indicators.find(({ id }) => id === one(search.by)) ?? indicators[0]
  if (!chosen) return null
  const issued = (id: string) => {
    const rate = issuedRate(school, id)
    const share = shareOf(rate)
    if (!rate || share === null) return ''
    const of = `${f.percent(share)} (${f.number(rate.numerator)} / ${f.number(rate.denominator)})`
    return t('office.score.issued', { share: of })
  }
  return (
    <>
      <PageHead
        title={school.orgName}
        back={{ to: '/scorecards', label: t('office.score.title'), search: { year: String(plan.year) } }}
        subtitle={titleIn(f.locale, plan)}
      />
      <div className="tr-scores" role="radiogroup" aria-label={t('office.score.indicator')}>
        {indicators.map(({ id, name }) => {
          const rate = rateOf(school, id)
          const share = shareOf(rate)
          return (
            <label key={id}>
              <input
                type="radio"
                name="indicator"
                className="q-hidden"
                checked={id === chosen.id}
                onChange={() => change({ by: id, cursor: undefined, page: undefined, q: undefined })}
              />
              <span className="tr-score">
                <span>{name}</span>
                <b>{share === null ? '—' : f.percent(share)}</b>
                <small>{rate ? `${f.number(rate.numerator)} / ${f.number(rate.denominator)}` : ''}</small>
                {school.circular && <small>{issued(id)}</small>}
              </span>
            </label>
          )
        })}
      </div>
      {school.circular && (
        <p className="q-quiet">{t('office.score.as_of_today', { date: f.date(school.circular.issuedAt) })}</p>
      )}
      <p className="tr-definition">
        <b>{chosen.name}</b> {chosen.definition}
        {chosen.clause && (
          <span className="q-quiet">
            {' '}
            {[chosen.clause.document, chosen.clause.number, chosen.clause.article].filter(Boolean).join(' · ')}
          </span>
        )}
      </p>
      <People key={chosen.id} plan={plan} school={school} indicator={chosen} />
    </>
  )
}

function People({ plan, school, indicator }: { plan: Plan; school: Scorecard; indicator: Indicator }) {
  const t = useWords('training')
  const [search, change] = useAddress()
  const met = one(search.met) === '1'
  const rate = rateOf(school, indicator.id)
  const list = (wanted: boolean) => (
    <div className="q-stack">
      {!wanted && rate && indicator.id === 'delegation' && (
        <p>
          {t('office.score.gap', {
            places: rate.denominator,
            sent: rate.numerator,
            empty: Math.max(0, rate.denominator - rate.numerator),
          })}
        </p>
      )}
      <Behinds plan={plan} school={school} indicator={indicator} met={wanted} />
    </div>
  )
  return (
    <Tabs
      label={t('office.score.behind')}
      value={met ? 'met' : 'unmet'}
      onChange={(key) => change({ met: key === 'met' ? '1' : '0', cursor: undefined, page: undefined, q: undefined })}
      items={[
        {
          key: 'unmet',
          label: t(`office.score.unmet.${indicator.id}`),
          // An empty place has nobody behind it: who declined or waits is listed, which is another number.
          ...(rate && indicator.id !== 'delegation' ? { count: Math.max(0, rate.denominator - rate.numerator) } : {}),
          content: list(false),
        },
        {
          key: 'met',
          label: t(`office.score.met.${indicator.id}`),
          ...(rate ? { count: rate.numerator } : {}),
          content: list(true),
        },
      ]}
    />
  )
}

function Behinds({
  plan,
  school,
  indicator,
  met,
}: {
  plan: Plan
  school: Scorecard
  indicator: Indicator
  met: boolean
}) {
  const t = useWords('training')
  const training = useTraining()
  const key = [...KEYS.scorecards, plan.id, 'behind', school.orgId, indicator.id, met]
  const columns: Column<Behind>[] = [
    {
      key: 'name',
      title: t('office.figure.person'),
      cell: (row) => <PersonLink id={row.personId} name={row.name} number={row.number} />,
      sort: true,
    },
    {
      key: 'detail',
      title: t(indicator.id === 'credit' ? 'office.score.detail_credit' : 'office.score.detail_class'),
      cell: (row) => row.detail,
      sort: true,
    },
  ]
  const people = useQuery({
    queryKey: key,
    queryFn: () => training.behind({ planId: plan.id, orgId: school.orgId, indicator: indicator.id, met }),
  })
  return (
    <Answer of={people} height={240}>
      {(rows) => (
        <DataTable<Behind>
          caption={t('office.score.behind')}
          queryKey={[...key, 'table', rows.length]}
          columns={columns}
          rowKey={(row) => `${row.personId}${row.detail}`}
          rowName={(row) => row.name}
          rowLink={(row) => ({ to: '/people/$personId', params: { personId: row.personId } })}
          load={async (query) => pageOf(rows, query, WAYS)}
          filters={[{ key: 'q', label: t('office.find_person'), kind: 'text' }]}
          empty={{
            title: t(met ? 'office.score.nobody_met' : 'office.score.nobody_unmet'),
            hint: t(indicator.id === 'delegation' && !met ? 'office.score.places_empty' : 'office.score.nobody_hint'),
          }}
        />
      )}
    </Answer>
  )
}
