/** The register: what is to go into schools, who asks, on what basis, how far it is done. */
import { ButtonLink } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { useCan } from '../../../ui/session.tsx'
import type { ItemRow } from '../contract.ts'
import { isTodo, KEY, KINDS, OnList, STATES, State, useBurden, useSaid } from './burden.tsx'

export default function Register() {
  const t = useWords('burden')
  const f = useFormat()
  const can = useCan()
  const said = useSaid()
  const burden = useBurden()
  const exporting = useAct(burden.exportItems, { done: t('item.exported') })
  const columns: Column<ItemRow>[] = [
    { key: 'title', title: t('f.title'), cell: (row) => row.title, card: 'title' },
    { key: 'kind', title: t('f.kind'), cell: (row) => t(`kind.${row.kind}`), width: 150 },
    { key: 'asker', title: t('f.asker'), cell: (row) => row.asker },
    { key: 'when', title: t('c.when'), cell: (row) => <span className="q-num">{said.days(row)}</span>, width: 210 },
    { key: 'list', title: t('c.list'), cell: (row) => <OnList {...row} />, width: 130 },
    {
      key: 'schools',
      title: t('c.schools'),
      cell: (row) =>
        row.schools === 0
          ? '—'
          : row.state === 'open' && isTodo(row)
            ? t('c.done', { done: row.done, n: row.schools })
            : t('c.count', { n: row.schools }),
      width: 120,
    },
    { key: 'state', title: t('c.state'), cell: (row) => <State state={row.state} />, card: 'trailing', width: 130 },
  ]
  return (
    <>
      <PageHead
        title={t('nav.title')}
        subtitle={t('register.subtitle')}
        acts={
          <>
            <ButtonLink icon="list" to="/burden/lists">
              {t('lists.title')}
            </ButtonLink>
            <ButtonLink icon="refresh" to="/burden/apps">
              {t('apps.title')}
            </ButtonLink>
            {can('burden.report.answer') && (
              <ButtonLink icon="bell" to="/burden/reports">
                {t('reports.title')}
              </ButtonLink>
            )}
          </>
        }
        act={
          can('burden.item.write') && (
            <ButtonLink look="primary" icon="plus" to="/burden/new">
              {t('register.new')}
            </ButtonLink>
          )
        }
      />
      <DataTable<ItemRow>
        caption={t('register.caption')}
        queryKey={[...KEY, 'items']}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.title}
        rowLink={(row) => ({ to: '/burden/$itemId', params: { itemId: row.id } })}
        filters={[
          { key: 'search', label: t('register.search'), kind: 'text' },
          {
            key: 'kind',
            label: t('f.kind'),
            kind: 'choice',
            choices: KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          },
          {
            key: 'state',
            label: t('c.state'),
            kind: 'choice',
            choices: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
        ]}
        load={({ filter, cursor, limit }, signal) =>
          burden.items(
            {
              limit,
              ...(cursor ? { cursor } : {}),
              ...(typeof filter.search === 'string' ? { search: filter.search } : {}),
              ...(typeof filter.kind === 'string' ? { kind: filter.kind as ItemRow['kind'] } : {}),
              ...(typeof filter.state === 'string' ? { state: filter.state as ItemRow['state'] } : {}),
            },
            { signal },
          )
        }
        onExport={async () => {
          const file = await exporting.run({ locale: f.locale })
          if (file) saveFile(file, `${t('nav.title')}.xlsx`)
        }}
        empty={{ title: t('register.none'), hint: t('register.none_hint') }}
      />
    </>
  )
}
