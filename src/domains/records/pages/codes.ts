/** Words for the codes that a record is written in, and choices for fields and filters. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useFormat } from '../../../ui/i18n.tsx'
import { type Records, useRecords } from './records.ts'

const TABLES = {
  stage: 'RKXD',
  subject: 'ZXXKC',
  category: 'JZGLB',
  title: 'TITLE',
  post: 'POST',
  honour: 'HONOUR',
  basis: 'BASIS',
  sex: 'SEX',
  idType: 'SFZJLX',
  level: 'JB',
  education: 'XL',
  degree: 'XW',
} as const
export type CodeTable = keyof typeof TABLES

/** Codes change with a release of the product, not while somebody works. */
const KEPT = 24 * 3_600_000

const NONE: Awaited<ReturnType<Records['codes']>> = []

export function useCodes() {
  const english = useFormat().locale === 'en'
  const records = useRecords()
  const { data = NONE } = useQuery({
    queryKey: ['records', 'codes'],
    queryFn: () => records.codes({ tables: Object.values(TABLES).join(',') }),
    staleTime: KEPT,
  })
  // The same object as long as the codes and the language are: what is shown with them need not be drawn again.
  return useMemo(() => {
    const word = ({ zh, en }: { zh: string; en: string | null }) => (english ? (en ?? zh) : zh)
    const tables = Map.groupBy(data, ({ table }) => table)
    const words = new Map([...tables].map(([table, rows]) => [table, new Map(rows.map((row) => [row.code, row]))]))
    const found = (table: CodeTable, code: string) => words.get(TABLES[table])?.get(code)
    /** The word of a code; the code itself until or unless there is one. */
    const label = (table: CodeTable, code: string | null): string => {
      if (code === null) return ''
      const row = found(table, code)
      return row ? word(row) : code
    }
    /** A name that says more than the word of its code; the code's own word in the reader's language where it does not. */
    const named = (table: CodeTable, code: string, name: string | null | undefined): string =>
      !name || name === found(table, code)?.zh ? label(table, code) : name
    const choices = (table: CodeTable) =>
      (tables.get(TABLES[table]) ?? []).map((row) => ({ value: row.code, label: word(row) }))
    return { label, named, choices }
  }, [data, english])
}
