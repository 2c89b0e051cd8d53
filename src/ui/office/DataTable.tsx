/** Any long list of an office: paged by the server, its order and filters in the address, rows for keyboard and thumb. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Key, useState } from 'react'
import { useAddress } from '../address.ts'
import { Button, IconButton } from '../Button.tsx'
import { useFormat, useWords } from '../i18n.tsx'
import { useIsPhone } from '../media.ts'
import { Empty, Failure } from '../Notice.tsx'
import { Skeleton } from '../Skeleton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { Office } from './Office.tsx'
import { Pager } from './Pager.tsx'
import { TableCards } from './TableCards.tsx'
import { TableGrid } from './TableGrid.tsx'
import type { BulkAct, DataTableProps } from './table.ts'
import { readTable } from './table-query.ts'
import './table.css'

const DENSITY = 'qiangshi.density'

export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { filters = [], prefix = '', bulk = [], caption } = props
  const t = useWords('ui')
  const f = useFormat()
  const phone = useIsPhone()
  const navigate = useNavigate()
  const [search] = useAddress()
  const [selected, setSelected] = useState<readonly string[]>([])
  const [roomy, setRoomy] = useState(() => localStorage.getItem(DENSITY) === 'roomy')
  const [exporting, setExporting] = useState(false)

  const { page, ...query } = readTable(
    search,
    filters.map(({ key }) => key),
    { prefix, ...(props.sort ? { sort: props.sort } : {}), ...(props.size ? { size: props.size } : {}) },
  )
  const answer = useQuery({
    queryKey: [...props.queryKey, query],
    queryFn: ({ signal }) => props.load(query, signal),
    placeholderData: keepPreviousData,
  })
  const open = (row: T) => {
    if (props.rowLink) void navigate(props.rowLink(row) as { to: string })
    else props.onOpen?.(row)
  }
  const setDensity = () => {
    localStorage.setItem(DENSITY, roomy ? 'compact' : 'roomy')
    setRoomy(!roomy)
  }
  const runExport = async () => {
    setExporting(true)
    try {
      await props.onExport?.({ ...query, limit: 0 })
    } finally {
      setExporting(false)
    }
  }
  const runBulk = async (act: BulkAct) => {
    if (await act.run([...selected])) setSelected([])
  }

  const tools = (
    <>
      {props.onExport && (
        <Button icon="download" busy={exporting} onClick={() => void runExport()}>
          {t('table.export')}
        </Button>
      )}
      {!phone && (
        <IconButton
          icon={roomy ? 'dense' : 'menu'}
          label={`${t('table.density')}：${t(roomy ? 'table.density_roomy' : 'table.density_compact')}`}
          onClick={setDensity}
        />
      )}
    </>
  )
  const filtered = Object.keys(query.filter).length > 0
  const rows = answer.data?.rows ?? []
  const shared = {
    ...props,
    rows,
    selected: bulk.length > 0 ? selected : null,
    onSelect: (keys: readonly Key[]) => setSelected(keys.map(String)),
  }
  return (
    <Office>
      <section className="q-table" aria-label={caption} aria-busy={answer.isFetching}>
        <FilterBar fields={filters} prefix={prefix} extra={tools} />
        {answer.isPlaceholderData && <div className="q-table-line" aria-hidden="true" />}
        {answer.error && !answer.isPlaceholderData ? (
          <Failure error={answer.error} onRetry={() => void answer.refetch()} />
        ) : !answer.data ? (
          <Skeleton lines={8} height={320} />
        ) : rows.length === 0 ? (
          filtered ? (
            <Empty icon="search" title={t('table.empty_filtered')} hint={t('table.empty_filtered_hint')} />
          ) : (
            <Empty {...(props.empty ?? { title: t('table.empty') })} />
          )
        ) : phone ? (
          <TableCards {...shared} />
        ) : (
          <TableGrid
            {...shared}
            roomy={roomy}
            onOpen={props.rowLink || props.onOpen ? open : undefined}
            order={query}
          />
        )}
        {selected.length > 0 && (
          <div className="q-bulk" role="status">
            <b>{t('table.selected', { n: selected.length })}</b>
            {bulk.map((act) => (
              <Button
                key={act.key}
                small
                look={act.danger ? 'danger' : 'plain'}
                {...(act.icon ? { icon: act.icon } : {})}
                onClick={() => void runBulk(act)}
              >
                {act.label}
              </Button>
            ))}
            <Button small look="quiet" onClick={() => setSelected([])}>
              {t('table.clear_selection')}
            </Button>
          </div>
        )}
        {answer.data && (rows.length > 0 || page > 1) && (
          <Pager
            name={props.queryKey.join('/')}
            prefix={prefix}
            page={page}
            query={query}
            shown={rows.length}
            next={answer.data.next}
            total={answer.data.total}
            settled={!answer.isPlaceholderData}
          />
        )}
        <p className="q-hidden" role="status">
          {answer.data && !answer.isFetching ? `${caption} ${t('table.total', { n: answer.data.total })}` : ''}
          {f.locale === 'zh-CN' ? '' : ' '}
        </p>
      </section>
    </Office>
  )
}
