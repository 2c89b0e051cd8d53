/** Proposed changes that wait for the office, the oldest first, and those that are settled. */
import { useQuery } from '@tanstack/react-query'
import { one, useAddress } from '../../../../ui/address.ts'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { CHANGES, useGroups } from '../archive/record.ts'
import { useRecords } from '../records.ts'
import { type ChangeRow, StateTag, useKind } from './said.tsx'

const SHOWN = ['mine', 'open', 'settled'] as const

export default function Changes() {
  const t = useWords('records')
  const [search, change] = useAddress()
  const shown = SHOWN.find((key) => key === one(search.show)) ?? 'mine'
  const records = useRecords()
  const mine = useQuery({
    queryKey: [...CHANGES, 'count'],
    queryFn: () => records.changes({ show: 'mine', limit: 1 }),
  })
  return (
    <>
      <PageHead title={t('changes.heading')} subtitle={t('changes.subtitle')} />
      <Tabs
        label={t('changes.heading')}
        value={shown}
        onChange={(key) => change({ show: key === 'mine' ? undefined : key, cursor: undefined }, { replace: true })}
        items={SHOWN.map((key) => ({
          key,
          label: t(`changes.show.${key}`),
          ...(key === 'mine' && mine.data ? { count: mine.data.total } : {}),
          content: <Rows key={key} show={key} />,
        }))}
      />
    </>
  )
}

function Rows({ show }: { show: (typeof SHOWN)[number] }) {
  const t = useWords('records')
  const f = useFormat()
  const kind = useKind()
  const records = useRecords()
  const groups = useGroups().data
  const columns: Column<ChangeRow>[] = [
    { key: 'name', title: t('name'), cell: ({ name }) => name, width: 120 },
    { key: 'number', title: t('number'), cell: ({ number }) => <span className="q-num">{number}</span>, width: 120 },
    { key: 'school', title: t('school'), cell: ({ orgName }) => orgName },
    {
      key: 'what',
      title: t('changes.what'),
      cell: (row) =>
        kind(
          groups?.find(({ id }) => id === row.groupId),
          row.kind,
        ),
    },
    {
      key: 'by',
      title: t('changes.by'),
      cell: ({ proposedBy, objectedAt }) => (
        <>
          {proposedBy ?? t('changes.by_self')}{' '}
          {objectedAt !== null && <StatusTag tone="alert">{t('changes.objected')}</StatusTag>}
        </>
      ),
      width: 140,
    },
    {
      key: 'at',
      title: t('changes.proposed_at'),
      cell: ({ proposedAt }) => <span className="q-num">{f.isoDate(new Date(proposedAt))}</span>,
      width: 120,
    },
    {
      key: 'state',
      title: t('changes.where'),
      cell: ({ state }) => <StateTag state={state} />,
      card: 'trailing',
      width: 140,
    },
  ]
  return (
    <DataTable
      caption={t(`changes.show.${show}`)}
      queryKey={[...CHANGES, 'rows', show]}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      load={({ cursor, limit }, signal) => records.changes({ show, limit, ...(cursor ? { cursor } : {}) }, { signal })}
      rowLink={({ personId, id }) => ({
        to: '/people/changes/$personId/$changeId',
        params: { personId, changeId: id },
      })}
      empty={{ title: t(`changes.none.${show}`), hint: t('changes.none_hint') }}
    />
  )
}
