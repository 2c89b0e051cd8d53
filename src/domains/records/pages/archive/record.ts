/** The groups of the record and their rows as screens ask for them, and the words of what stands in them. */
import { useQuery } from '@tanstack/react-query'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { type Records, useRecords } from '../records.ts'

export type Group = Awaited<ReturnType<Records['groups']>>[number]
export type Field = Group['fields'][number]
export type Row = Awaited<ReturnType<Records['archive']>>[number]
export type Values = Row['values']
export type Value = Values[string]

export const ARCHIVE = ['records', 'archive'] as const
export const OWN = ['records', 'archive', 'own'] as const
export const CHANGES = ['records', 'changes'] as const
/** Declarations and codes change with a release of the product. */
const KEPT = 24 * 3_600_000

export function useGroups() {
  const records = useRecords()
  return useQuery({ queryKey: ['records', 'groups'], queryFn: () => records.groups(), staleTime: KEPT })
}

/** How values read, and what may be chosen. */
export function useItems() {
  const f = useFormat()
  const say = useBilingual()
  const t = useWords('records')
  const records = useRecords()
  const { data = [] } = useQuery({
    queryKey: ['records', 'codes', 'all'],
    queryFn: () => records.codes({}),
    staleTime: KEPT,
  })
  const english = f.locale === 'en'
  const choices = ({ table }: Field) =>
    data
      .filter((row) => row.table === table)
      .map(({ code, zh, en }) => ({ value: code, label: english ? (en ?? zh) : zh }))
  const word = (field: Field, value: Value | undefined): string => {
    if (value === null || value === undefined || value === '') return ''
    if (typeof value === 'boolean') return t(value ? 'archive.yes' : 'archive.no')
    if (field.type === 'code') return choices(field).find((choice) => choice.value === value)?.label ?? value
    if (field.type === 'date') return f.date(value)
    return value
  }
  const headline = (group: Group, values: Values): string =>
    f.dotted(
      group.says.map((key) => {
        const field = group.fields.find((one) => one.key === key)
        const said = field && word(field, values[key])
        // A day by itself says nothing.
        return field?.type === 'date' && said ? `${say(field.title)} ${said}` : said
      }),
    ) || t('archive.untitled')
  /** When it was or is, in a line. */
  const when = ({ datedBy }: Group, values: Values): string => {
    const day = datedBy ? values[datedBy] : null
    if (datedBy !== 'from') return typeof day === 'string' ? f.date(day) : ''
    const from = typeof day === 'string' ? f.date(day) : t('history.unknown')
    return typeof values.until === 'string'
      ? t('history.span', { from, until: f.date(values.until) })
      : t('archive.since', { from })
  }
  return { word, choices, headline, when }
}

/** What a refused change tells: the row as it stands now. */
export function standing(error: unknown): { version: number; current: Values } | null {
  const data = (error as { data?: { code?: string; version?: number; current?: Values } } | null)?.data
  return data?.code === 'records.row_changed' && data.version && data.current
    ? { version: data.version, current: data.current }
    : null
}
