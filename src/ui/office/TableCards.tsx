/** A table's rows on a phone: one card each, title first, the rest as labelled lines. */
import { Link } from '@tanstack/react-router'
import { Clause } from '../Clause.tsx'
import { Icon } from '../Icon.tsx'
import { useWords } from '../i18n.tsx'
import type { Column, DataTableProps } from './table.ts'

type Props<T> = DataTableProps<T> & {
  rows: readonly T[]
  selected: readonly string[] | null
  onSelect: (keys: readonly string[]) => void
}

export function TableCards<T extends object>({
  caption,
  columns,
  rows,
  rowKey,
  rowName,
  rowLink,
  onOpen,
  selected,
  onSelect,
}: Props<T>) {
  const t = useWords('ui')
  const place = (column: Column<T>, at: number) => column.card ?? (at === 0 ? 'title' : 'line')
  const of = (wanted: string) => columns.filter((column, at) => place(column, at) === wanted)
  return (
    <ul className="q-cards" aria-label={caption}>
      {rows.map((row) => {
        const key = rowKey(row)
        const chosen = selected?.includes(key) ?? false
        const head = (
          <>
            <span className="q-cards-title">
              {of('title').map((column) => (
                <span key={column.key}>{column.cell(row)}</span>
              ))}
            </span>
            {of('trailing').map((column) => (
              <span key={column.key}>{column.cell(row)}</span>
            ))}
          </>
        )
        return (
          <li key={key} className={chosen ? 'q-cards-chosen' : undefined}>
            <div className="q-cards-head">
              {selected && (
                <label className="q-cards-pick">
                  <input
                    type="checkbox"
                    aria-label={t('table.select', { what: rowName?.(row) ?? key })}
                    checked={chosen}
                    onChange={() => onSelect(chosen ? selected.filter((other) => other !== key) : [...selected, key])}
                  />
                </label>
              )}
              {head}
              {rowLink && (
                <Link {...(rowLink(row) as { to: string })} className="q-cards-go" aria-label={rowName?.(row) ?? key}>
                  <Icon name="chevron-right" size={18} />
                </Link>
              )}
              {onOpen && !rowLink && (
                <button
                  type="button"
                  className="q-cards-go"
                  aria-label={rowName?.(row) ?? key}
                  onClick={() => onOpen(row)}
                >
                  <Icon name="chevron-right" size={18} />
                </button>
              )}
            </div>
            <dl>
              {of('line').map((column) => (
                <div key={column.key}>
                  <dt>
                    {column.title}
                    {column.clause && <Clause clause={column.clause} label={column.title} />}
                  </dt>
                  <dd>{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
            {of('foot').map((column) => (
              <div key={column.key} className="q-cards-foot">
                {column.cell(row)}
              </div>
            ))}
          </li>
        )
      })}
    </ul>
  )
}
