/** All calls that concern an office: drafts of its own first, then what is under way, then what has ended. */
import { one, useAddress } from '../../../../ui/address.ts'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import type { Column } from '../../../../ui/office/table.ts'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { orgNameIn, useCan } from '../../../../ui/session.tsx'
import { Tabs } from '../../../../ui/Tabs.tsx'
import { type CallRow, useCases } from './asking.ts'
import { CallState } from './State.tsx'

const SHOWS = ['all', 'draft', 'published', 'ended'] as const

export default function Calls() {
  const t = useWords('cases')
  const can = useCan()
  const [search, change] = useAddress()
  const shows = SHOWS.filter((key) => key !== 'draft' || can('cases.call.write'))
  const show = shows.find((key) => key === one(search.show)) ?? 'all'
  return (
    <>
      <PageHead
        title={t('calls.title')}
        subtitle={t('calls.subtitle')}
        act={
          can('cases.call.write') && (
            <ButtonLink look="primary" icon="plus" to="/calls/new">
              {t('calls.new')}
            </ButtonLink>
          )
        }
      />
      <Tabs
        label={t('calls.title')}
        value={show}
        onChange={(key) => change({ show: key === 'all' ? undefined : key }, { replace: true })}
        items={shows.map((key) => ({ key, label: t(`calls.show.${key}`), content: <List show={key} /> }))}
      />
    </>
  )
}

function List({ show }: { show: (typeof SHOWS)[number] }) {
  const t = useWords('cases')
  const f = useFormat()
  const pick = useBilingual()
  const can = useCan()
  const cases = useCases()
  const columns: Column<CallRow>[] = [
    { key: 'title', title: t('calls.name'), cell: ({ title }) => pick(title) },
    { key: 'state', title: t('calls.state'), cell: ({ state }) => <CallState state={state} />, card: 'trailing' },
    { key: 'org', title: t('calls.org'), cell: (row) => orgNameIn(f.locale, row) },
    { key: 'applicant', title: t('calls.applicant'), cell: ({ applicant }) => t(`calls.of.${applicant}`) },
    { key: 'opens', title: t('calls.opens'), cell: ({ opensOn }) => f.isoDate(opensOn) },
    {
      key: 'closes',
      title: t('calls.closes'),
      cell: ({ closesAt }) => (closesAt ? `${f.isoDate(closesAt)} ${f.time(closesAt)}` : t('calls.no_deadline')),
    },
  ]
  return (
    <DataTable<CallRow>
      key={show}
      caption={t(`calls.show.${show}`)}
      queryKey={['cases', 'calls', 'list', show]}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ title }) => pick(title)}
      rowLink={({ id }) => ({ to: `/calls/${id}` })}
      size={100}
      load={async ({ cursor, limit }) => {
        const all = await cases.calls(show === 'all' ? {} : { state: show })
        const start = Number(cursor) || 0
        return {
          rows: all.slice(start, start + limit),
          next: start + limit < all.length ? String(start + limit) : null,
          total: all.length,
        }
      }}
      empty={{
        title: t('calls.none'),
        hint: t(can('cases.call.write') ? 'calls.none_write' : 'calls.none_read'),
      }}
    />
  )
}
