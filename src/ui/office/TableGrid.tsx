/** A table's rows on a desk: Ant Design's table, dense, its head always in sight, moved through with the arrow keys. */
import { Table, type TableColumnType } from 'antd'
import type { Key, KeyboardEvent, MouseEvent } from 'react'
import { useAddress } from '../address.ts'
import { Clause } from '../Clause.tsx'
import { Icon } from '../Icon.tsx'
import { useWords } from '../i18n.tsx'
import { useIsPrinting } from '../media.ts'
import type { Column, DataTableProps } from './table.ts'
import { changeTable, nextSort } from './table-query.ts'

type Props<T> = Omit<DataTableProps<T>, 'onOpen'> & {
  rows: readonly T[]
  selected: readonly string[] | null
  onSelect: (keys: readonly Key[]) => void
  onOpen: ((row: T) => void) | undefined
  roomy: boolean
  order: { sort?: string; desc?: boolean }
}

/** Height of the shell's top bar, below which the head of a table stays. */
const TOP_BAR = 52

export function TableGrid<T extends object>(props: Props<T>) {
  const { columns, rows, rowKey, rowName, selected, onSelect, onOpen, roomy, order, prefix = '', totals } = props
  const t = useWords('ui')
  const [, change] = useAddress()
  const printing = useIsPrinting()
  const sortBy = (key: string) => change(changeTable(prefix, { sort: nextSort(key, order) }))
  const toggle = (key: string) =>
    selected && onSelect(selected.includes(key) ? selected.filter((other) => other !== key) : [...selected, key])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, row: T) => {
    // Keys pressed in a link or a checkbox of the row belong to that.
    if (event.target !== event.currentTarget) return
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key]
    if (step) {
      const target = event.currentTarget[step as 'nextElementSibling'] as HTMLElement | null
      if (target?.tabIndex !== undefined && target.hasAttribute('tabindex')) {
        event.preventDefault()
        target.focus()
      }
    } else if (event.key === 'Enter' && onOpen) onOpen(row)
    else if (event.key === ' ' && selected) {
      event.preventDefault()
      toggle(rowKey(row))
    }
  }
  return (
    <div className="q-grid">
      <Table<T>
        size={roomy ? 'middle' : 'small'}
        dataSource={rows as T[]}
        rowKey={rowKey}
        pagination={false}
        {...(printing ? {} : { sticky: { offsetHeader: TOP_BAR }, scroll: { x: 'max-content' } })}
        columns={columns.map((column) => columnOf(column, order, sortBy, t))}
        rowSelection={
          selected && !printing
            ? {
                selectedRowKeys: [...selected],
                onChange: onSelect,
                preserveSelectedRowKeys: true,
                columnWidth: 40,
                getCheckboxProps: (row) => ({
                  'aria-label': t('table.select', { what: rowName?.(row) ?? rowKey(row) }),
                }),
                getTitleCheckboxProps: () => ({ 'aria-label': t('table.select_page') }),
              }
            : undefined
        }
        onRow={(row, at) => ({
          tabIndex: at === 0 ? 0 : -1,
          onKeyDown: (event) => onKeyDown(event, row),
          ...(onOpen
            ? {
                className: 'q-grid-opens',
                onClick: (event) => {
                  if (isForRow(event)) onOpen(row)
                },
              }
            : {}),
        })}
        summary={
          totals
            ? () => (
                <Table.Summary.Row className="q-grid-totals">
                  {selected && !printing && <Table.Summary.Cell index={0} />}
                  {columns.map((column, at) => (
                    <Table.Summary.Cell
                      key={column.key}
                      index={at + (selected && !printing ? 1 : 0)}
                      align={column.figures ? 'right' : 'left'}
                    >
                      {totals[column.key]}
                    </Table.Summary.Cell>
                  ))}
                </Table.Summary.Row>
              )
            : undefined
        }
      />
      <p className="q-hidden">{t('table.keyboard')}</p>
    </div>
  )
}

/** A press on something of its own in the row belongs to that, and marking text to copy it opens nothing. */
function isForRow({ target }: MouseEvent): boolean {
  const own = (target as Element).closest('a, button, input, label, select, dialog, .q-popup')
  return own === null && String(getSelection()) === ''
}

function columnOf<T>(
  column: Column<T>,
  order: { sort?: string; desc?: boolean },
  sortBy: (key: string) => void,
  t: ReturnType<typeof useWords>,
): TableColumnType<T> {
  const sorted = column.sort && order.sort === column.key
  const direction = sorted ? (order.desc ? 'descending' : 'ascending') : undefined
  const next = nextSort(column.key, order)
  const hint = t(next === undefined ? 'table.sort_off' : next.startsWith('-') ? 'table.sort_down' : 'table.sort_up', {
    what: column.title,
  })
  return {
    key: column.key,
    align: column.figures ? 'end' : 'start',
    ...(column.width ? { width: column.width } : {}),
    onHeaderCell: () => (direction ? { 'aria-sort': direction } : {}),
    title: (
      <span className="q-grid-head">
        {column.sort ? (
          <button type="button" title={hint} onClick={() => sortBy(column.key)}>
            {column.title}
            <span className={`q-sort q-sort-${direction ?? 'none'}`} aria-hidden="true">
              <Icon name="chevron-down" size={14} />
            </span>
          </button>
        ) : (
          column.title
        )}
        {column.clause && <Clause clause={column.clause} label={column.title} />}
      </span>
    ),
    render: (_value, row) => column.cell(row),
  }
}
