/** Drafts of policy: one's own, shared, waiting for one's decision; several of them side by side. */
import { useNavigate } from '@tanstack/react-router'
import { one, useAddress } from '../../../../ui/address.ts'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { say } from '../../../../ui/toast.ts'
import type { DraftRow, policyContract } from '../../contract.ts'
import '../policy.css'
import { DraftState } from './DraftState.tsx'

const SHOWS = ['all', 'waiting', 'mine', 'shared'] as const
const MOST_COMPARED = 4

export default function Drafts() {
  const t = useWords('policy')
  const [search, change] = useAddress()
  const show = SHOWS.find((key) => key === one(search.show)) ?? 'all'
  return (
    <>
      <PageHead
        title={t('drafts.title')}
        subtitle={t('drafts.subtitle')}
        acts={
          <ButtonLink icon="chart" to="/policy/lab">
            {t('drafts.to_lab')}
          </ButtonLink>
        }
      />
      <Tabs
        label={t('drafts.title')}
        value={show}
        onChange={(key) => change({ show: key === 'all' ? undefined : key }, { replace: true })}
        items={SHOWS.map((key) => ({ key, label: t(`drafts.${key}`), content: <List show={key} /> }))}
      />
    </>
  )
}

function List({ show }: { show: (typeof SHOWS)[number] }) {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const navigate = useNavigate()
  const policy = useClient<typeof policyContract>('policy')
  const columns: Column<DraftRow>[] = [
    { key: 'title', title: t('draft.title'), cell: ({ title }) => title },
    { key: 'state', title: t('draft.state'), cell: (row) => <DraftState {...row} />, card: 'trailing' },
    { key: 'authority', title: t('draft.authority'), cell: ({ authorityName }) => pick(authorityName) },
    { key: 'from', title: t('draft.from'), cell: ({ from }) => f.date(from) },
    { key: 'by', title: t('draft.by'), cell: ({ madeBy }) => madeBy },
    { key: 'changes', title: t('draft.changes'), cell: ({ changes }) => f.number(changes), figures: true },
    { key: 'changed', title: t('draft.changed_at'), cell: ({ changedAt }) => f.dateTime(changedAt) },
  ]
  const compare = (keys: string[]) => {
    if (keys.length > MOST_COMPARED) {
      say(t('drafts.too_many', { n: MOST_COMPARED }), 'alert')
      return false
    }
    void navigate({ to: '/policy/drafts/compare' as '/', search: { draft: keys } as never })
    return true
  }
  return (
    <DataTable<DraftRow>
      key={show}
      caption={t(`drafts.${show}`)}
      queryKey={['policy', 'drafts', show]}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ title }) => title}
      rowLink={({ id }) => ({ to: `/policy/drafts/${id}` })}
      bulk={[{ key: 'compare', label: t('drafts.compare'), icon: 'columns', run: compare }]}
      size={100}
      load={async ({ cursor, limit }) => {
        const all = await policy.drafts({ show })
        const start = Number(cursor) || 0
        const end = start + limit
        return { rows: all.slice(start, end), next: end < all.length ? String(end) : null, total: all.length }
      }}
      empty={{ title: t(`drafts.none_${show}`), hint: t('drafts.none_hint') }}
    />
  )
}
