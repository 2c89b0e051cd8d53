/** What a page tells the table: its columns, where its rows come from, and what can be done with them. */
import type { ReactNode } from 'react'
import type { ClauseData } from '../Clause.tsx'
import type { IconName } from '../Icon.tsx'
import type { FilterField } from './FilterBar.tsx'
import type { TableQuery } from './table-query.ts'

export type Column<T> = {
  key: string
  title: string
  cell: (row: T) => ReactNode
  /** The server can sort by this key. */
  sort?: boolean
  width?: number
  /** Figures stand at the end, under each other. */
  figures?: boolean
  /** Place on a phone's card; by default the first column is the title and the rest are labelled lines. Acts go to the foot. */
  card?: 'title' | 'line' | 'trailing' | 'foot' | 'none'
  clause?: ClauseData
}

export type TablePage<T> = { rows: readonly T[]; next: string | null; total: number }

export type BulkAct = {
  key: string
  label: string
  icon?: IconName
  danger?: boolean
  /** Shows the preview and does it; resolves true when done, so that the selection can be dropped. */
  run: (keys: string[]) => Promise<boolean> | boolean
}

export type DataTableProps<T> = {
  /** What the table shows, for screen readers: 参训教师. */
  caption: string
  /** Beginning of the query key, so that acts can refresh the table: `['training', 'classes']`. */
  queryKey: readonly unknown[]
  columns: readonly Column<T>[]
  rowKey: (row: T) => string
  /** The row in a word, for its checkbox: the person's name. */
  rowName?: (row: T) => string
  load: (query: TableQuery, signal: AbortSignal) => Promise<TablePage<T>>
  filters?: readonly FilterField[]
  /** Order as long as nobody chose one: a column key, `-` before it for descending. */
  sort?: string
  size?: number
  /** Several tables on one page need different prefixes for their keys in the address. */
  prefix?: string
  /** Where a row leads: Enter, a press on the row, or the arrow of a card. */
  rowLink?: (row: T) => { to: string; params?: Record<string, string>; search?: Record<string, unknown> }
  /** What a row opens where it leads to no page of its own: its details in a sheet. */
  onOpen?: (row: T) => void
  bulk?: readonly BulkAct[]
  /** Gets the filters as they stand, without paging. */
  onExport?: (query: TableQuery) => Promise<unknown> | undefined
  empty?: { title: string; hint?: ReactNode; act?: ReactNode }
  /** A line of totals below the rows, a cell for each column key. */
  totals?: Partial<Record<string, ReactNode>>
}
