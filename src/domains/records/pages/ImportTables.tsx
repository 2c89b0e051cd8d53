/** The faults of a roster by sheet, row and cell, and the rows that would change something. */

import { Card } from '../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import type { TableQuery } from '../../../ui/office/table-query.ts'
import { StatusTag, type Tone } from '../../../ui/Tag.tsx'
import { byPlace } from './fault-order.ts'
import type { Change, Fault, Imported } from './records.ts'

type Numbered<T> = T & { at: number }

/** A page of a list that is already here; the cursor is the place in it. */
function pageOf<T>(rows: readonly T[], { cursor, limit }: TableQuery) {
  const start = Number(cursor) || 0
  const end = start + limit
  return { rows: rows.slice(start, end), next: end < rows.length ? String(end) : null, total: rows.length }
}

const numbered = <T extends object>(rows: readonly T[]): Numbered<T>[] => rows.map((row, at) => ({ ...row, at }))

export function ImportFaults({ found }: { found: Imported }) {
  const t = useWords('records')
  const english = useFormat().locale === 'en'
  const columns: Column<Numbered<Fault>>[] = [
    {
      key: 'place',
      title: t('import.place'),
      cell: (row) => (
        <span className="rec-nowrap">
          {row.sheet} <b className="q-num">{row.cell ?? t('import.row', { row: row.row })}</b>
        </span>
      ),
    },
    { key: 'column', title: t('import.column'), cell: (row) => row.column?.header ?? '—' },
    {
      key: 'value',
      title: t('import.value'),
      cell: (row) => (row.value ? <code className="rec-value">{row.value}</code> : <span className="q-quiet">—</span>),
    },
    {
      key: 'fault',
      title: t('import.fault'),
      cell: (row) => <span className="rec-wrap">{english ? row.reason.en : row.reason.zh}</span>,
    },
  ]
  const rows = numbered([...found.faults].sort(byPlace))
  return (
    <Card title={t('import.faults')}>
      <DataTable<Numbered<Fault>>
        caption={t('import.faults')}
        queryKey={['records', 'import', found.importId, 'faults', rows.length]}
        prefix="faults"
        columns={columns}
        rowKey={(row) => String(row.at)}
        load={async (query) => pageOf(rows, query)}
      />
    </Card>
  )
}

const TONES: Record<string, Tone> = { added: 'done', changed: 'act', moved: 'wait' }

/** What a row changes, field by field: the value on record and the one of the file. */
function Differences({ of: { differences } }: { of: Change }) {
  const t = useWords('records')
  const english = useFormat().locale === 'en'
  const said = (words: Change['differences'][number]['was']) =>
    words ? (english ? words.en : words.zh) : t('import.nothing_there')
  if (differences.length === 0) return <span className="q-quiet">—</span>
  return (
    <ul className="q-reasons">
      {differences.map(({ key, header, was, becomes }) => (
        <li key={key} className="rec-wrap">
          <span className="q-quiet">{english ? header.en : header.zh}</span>{' '}
          {t('import.from_to', { was: said(was), becomes: said(becomes) })}
        </li>
      ))}
    </ul>
  )
}

export function ImportChanges({ found }: { found: Imported }) {
  const t = useWords('records')
  const several = new Set(found.changes.map(({ sheet }) => sheet)).size > 1
  const columns: Column<Numbered<Change>>[] = [
    { key: 'name', title: t('name'), cell: (row) => row.name },
    {
      key: 'row',
      title: t('import.row_no'),
      cell: (row) => (
        <span className="rec-nowrap">
          {several && `${row.sheet} `}
          <span className="q-num">{row.row}</span>
        </span>
      ),
      figures: !several,
      ...(several ? {} : { width: 96 }),
    },
    { key: 'number', title: t('number'), cell: (row) => <span className="q-num">{row.number ?? '—'}</span> },
    {
      key: 'action',
      title: t('import.action'),
      card: 'trailing',
      cell: (row) => (
        <StatusTag tone={TONES[row.action] ?? 'plain'}>
          {t.has(`import.${row.action}`) ? t(`import.${row.action}`) : row.action}
        </StatusTag>
      ),
    },
    { key: 'differences', title: t('import.differences'), cell: (row) => <Differences of={row} /> },
  ]
  const rows = numbered(found.changes)
  const title = t(found.applied ? 'import.changes_done' : 'import.changes')
  return (
    <Card title={title}>
      <DataTable<Numbered<Change>>
        caption={title}
        queryKey={['records', 'import', found.importId, 'changes', rows.length]}
        prefix="changes"
        columns={columns}
        rowKey={(row) => String(row.at)}
        load={async (query) => pageOf(rows, query)}
      />
    </Card>
  )
}
