/** Policy parameters: what each authority says today, on which clause it rests, and how sure the reading of it is. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { civilDate } from '../../../../base/dates.ts'
import { one } from '../../../../ui/address.ts'
import { TextLink } from '../../../../ui/Button.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import type { policyContract } from '../../contract.ts'
import '../policy.css'
import { Figure } from '../Figure.tsx'
import { Due } from './Due.tsx'
import { LibraryTabs } from './LibraryTabs.tsx'
import { domainOf, keepLines, type Line, linesOf, SURE } from './lines.ts'
import { NotLoaded } from './NotLoaded.tsx'

/** Parameters change with a release; the list is small enough to be filtered here. */
const KEPT = 600_000

export default function Parameters() {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const queries = useQueryClient()
  const today = civilDate(new Date(useSignedIn().clock.now))
  const packs = useQuery({ queryKey: ['policy', 'packs'], queryFn: () => policy.packs(), staleTime: KEPT })
  const due = useQuery({ queryKey: ['policy', 'due', today], queryFn: () => policy.dueForReview({}), staleTime: KEPT })
  const domains = useDomains(policy)
  const columns: Column<Line>[] = [
    {
      key: 'title',
      title: t('parameters.name'),
      cell: (row) => (
        <>
          <TextLink to="/policy/library/parameters/$parameter" params={{ parameter: row.id }}>
            {pick(row.title)}
          </TextLink>
          <small className="pol-id">{row.id}</small>
        </>
      ),
    },
    {
      key: 'value',
      title: t('parameters.value'),
      cell: (row) => (
        <span className="pol-value">
          {row.now && <Figure value={row.now.value} unit={row.unit} />}
          {row.coming && <StatusTag tone="wait">{t('parameters.coming')}</StatusTag>}
        </span>
      ),
    },
    { key: 'authority', title: t('parameters.authority'), cell: (row) => pick(row.authorityName) },
    {
      key: 'from',
      title: t('parameters.from'),
      cell: (row) => <span className="q-num pol-nowrap">{row.now && f.date(row.now.from)}</span>,
    },
    {
      key: 'clause',
      title: t('parameters.clause'),
      cell: (row) =>
        row.now?.clause ? (
          <span className="pol-clause">
            {f.dotted([row.now.clause.number ?? row.now.clause.document, row.now.clause.article])}
          </span>
        ) : (
          row.now && <span className="q-quiet pol-clause">{t('lab.no_clause')}</span>
        ),
    },
    {
      key: 'confidence',
      title: t('parameters.confidence'),
      card: 'trailing',
      cell: (row) =>
        row.now && <StatusTag tone={SURE[row.now.confidence]}>{t(`confidence.${row.now.confidence}`)}</StatusTag>,
    },
  ]
  return (
    <>
      <PageHead title={t('library.title')} subtitle={t('parameters.subtitle')} />
      <LibraryTabs />
      <NotLoaded />
      <Due rows={due.data ?? []} />
      <DataTable<Line>
        caption={t('parameters.heading')}
        queryKey={['policy', 'parameters', 'table', today]}
        columns={columns}
        rowKey={(row) => row.key}
        rowName={(row) => pick(row.title)}
        size={50}
        rowLink={({ id }) => ({ to: '/policy/library/parameters/$parameter', params: { parameter: id } })}
        filters={[
          { key: 'q', label: t('parameters.search'), kind: 'text' },
          {
            key: 'authority',
            label: t('parameters.holds_for'),
            kind: 'choice',
            choices: (packs.data ?? []).map(({ authority, name }) => ({ value: authority, label: pick(name) })),
          },
          { key: 'domain', label: t('library.domain'), kind: 'choice', choices: domains },
          { key: 'due', label: t('library.only_due'), kind: 'flag' },
          { key: 'open', label: t('parameters.only_unverified'), kind: 'flag' },
        ]}
        load={async ({ filter, cursor, limit }) => {
          const authority = one(filter.authority)
          const rows = await queries.fetchQuery({
            queryKey: ['policy', 'parameters', authority],
            queryFn: () => policy.parameters(authority ? { authority } : {}),
            staleTime: KEPT,
          })
          const overdue =
            one(filter.due) === '1'
              ? new Set((await policy.dueForReview({})).map((held) => `${held.authority}/${held.id}`))
              : null
          const lines = keepLines(linesOf(rows, today, authority !== ''), {
            typed: one(filter.q),
            domain: one(filter.domain),
            unverified: one(filter.open) === '1',
            overdue,
          })
          const start = Number(cursor) || 0
          const end = start + limit
          return { rows: lines.slice(start, end), next: end < lines.length ? String(end) : null, total: lines.length }
        }}
        empty={{ title: t('parameters.none') }}
      />
    </>
  )
}

/** What the parameters are about: the first part of their names, in the words of the catalog. */
function useDomains(policy: ReturnType<typeof useClient<typeof policyContract>>) {
  const t = useWords('policy')
  const all = useQuery({
    queryKey: ['policy', 'parameters', ''],
    queryFn: () => policy.parameters({}),
    staleTime: KEPT,
  })
  const found = [...new Set((all.data ?? []).map(({ id }) => domainOf(id)))].sort()
  return found.map((value) => ({ value, label: t.has(`domain.${value}`) ? t(`domain.${value}`) : value }))
}
