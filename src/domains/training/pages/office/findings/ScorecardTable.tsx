/** Schools against indicators: each figure tinted by how good it is, and leading to its people. */
import { useQueryClient } from '@tanstack/react-query'
import { TextLink } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { DataTable } from '../../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../../ui/office/table.ts'
import { StatusTag } from '../../../../../ui/Tag.tsx'
import { matches, pageOf, type Ways } from '../page-of.ts'
import { KEYS, type Plan, type Scorecard, useAsk } from '../training.ts'
import type { Indicator } from './indicators.ts'
import { issuedRate, rateOf, shareOf, stepOf, wholeOf } from './rates.ts'
import './findings.css'

export function ScorecardTable({
  plan,
  indicators,
  schools,
}: {
  plan: Plan
  indicators: Indicator[]
  schools: readonly Scorecard[]
}) {
  const t = useWords('training')
  const f = useFormat()
  const queries = useQueryClient()
  const ask = useAsk()
  const ways: Ways<Scorecard> = {
    keep: {
      q: (row, typed) => matches(typed, row.orgName),
      circular: (row, [wanted]) =>
        wanted === 'none'
          ? row.circular === null
          : row.circular !== null && (row.circular.acknowledgedAt !== null) === (wanted === 'yes'),
    },
    order: {
      school: (row) => row.orgName,
      ...Object.fromEntries(indicators.map(({ id }) => [id, (row: Scorecard) => shareOf(rateOf(row, id))])),
    },
  }
  const columns: Column<Scorecard>[] = [
    { key: 'school', title: t('office.figure.school'), cell: (row) => row.orgName, sort: true },
    ...indicators.map(
      ({ id, name, clause }): Column<Scorecard> => ({
        key: id,
        title: name,
        cell: (row) => <RateCell plan={plan} row={row} id={id} name={name} />,
        figures: true,
        sort: true,
        ...(clause ? { clause } : {}),
      }),
    ),
    {
      key: 'circular',
      title: t('office.circular.name'),
      cell: (row) =>
        row.circular === null ? (
          <span className="q-quiet">{t('office.circular.not_issued')}</span>
        ) : row.circular.acknowledgedAt ? (
          <StatusTag tone="done">{t('office.circular.done')}</StatusTag>
        ) : (
          <StatusTag tone="wait">{t('office.circular.waiting')}</StatusTag>
        ),
      card: 'trailing',
    },
  ]
  const total = Object.fromEntries(
    indicators.map(({ id }) => {
      const share = shareOf(wholeOf(schools, id))
      return [id, share === null ? '—' : f.percent(share)]
    }),
  )
  return (
    <DataTable<Scorecard>
      caption={t('office.score.title')}
      queryKey={[...KEYS.scorecards, plan.id, 'table']}
      columns={columns}
      rowKey={(row) => row.orgId}
      rowName={(row) => row.orgName}
      rowLink={(row) => ({
        to: '/scorecards/$orgId',
        params: { orgId: row.orgId },
        search: { year: String(plan.year) },
      })}
      load={async (query) =>
        pageOf((await queries.fetchQuery({ ...ask.scorecards(plan.id), staleTime: 5_000 })).schools, query, ways)
      }
      filters={
        schools.length > 1
          ? [
              { key: 'q', label: t('office.find_school'), kind: 'text' },
              {
                key: 'circular',
                label: t('office.circular.name'),
                kind: 'choice',
                choices: [
                  { value: 'none', label: t('office.circular.not_issued') },
                  { value: 'no', label: t('office.circular.waiting') },
                  { value: 'yes', label: t('office.circular.done') },
                ],
              },
            ]
          : []
      }
      size={100}
      sort="school"
      {...(schools.length > 1 ? { totals: { school: t('office.score.whole'), ...total } } : {})}
    />
  )
}

function RateCell({ plan, row, id, name }: { plan: Plan; row: Scorecard; id: string; name: string }) {
  const t = useWords('training')
  const f = useFormat()
  const rate = rateOf(row, id)
  const share = shareOf(rate)
  const step = stepOf(share)
  if (!rate || share === null || step === null)
    return (
      <span className="q-quiet" title={t('office.score.nothing')}>
        —
      </span>
    )
  return (
    <>
      <span className={`tr-rate tr-rate-${step}`}>
        <TextLink
          to="/scorecards/$orgId"
          params={{ orgId: row.orgId }}
          search={{ year: String(plan.year), by: id, met: share < 1 ? '0' : '1' }}
        >
          <span className="q-hidden">{`${row.orgName} ${name} `}</span>
          {f.percent(share)}
        </TextLink>
        <small>
          {f.number(rate.numerator)}/{f.number(rate.denominator)}
        </small>
      </span>
      <AsIssued row={row} id={id} />
    </>
  )
}

/** What the circular said, where that is not what is true today. */
function AsIssued({ row, id }: { row: Scorecard; id: string }) {
  const t = useWords('training')
  const f = useFormat()
  const issued = issuedRate(row, id)
  const share = shareOf(issued)
  const today = rateOf(row, id)
  if (!issued || share === null) return null
  if (today?.numerator === issued.numerator && today.denominator === issued.denominator) return null
  return <small className="tr-under">{t('office.score.issued', { share: f.percent(share) })}</small>
}
