/** Codes that a class's rule and a person's record are written in, with their words from the records' code tables. */
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../../ui/client.tsx'
import { useFormat } from '../../../../ui/i18n.tsx'
import type { recordsContract } from '../../../records/contract.ts'

/** What a condition is about, and the code table that it is written in. */
const TABLES = {
  stages: 'RKXD',
  categories: 'JZGLB',
  subjects: 'ZXXKC',
  posts: 'POST',
  honours: 'HONOUR',
  titles: 'TITLE',
} as const
export type CodeTable = keyof typeof TABLES

/** Codes change with a release of the product, not while somebody works. */
const KEPT = 24 * 3_600_000

/** The word of a code, the code itself until or unless there is one; and the choices of a table. */
export function useCodes() {
  const english = useFormat().locale === 'en'
  const records = useClient<typeof recordsContract>('records')
  const { data = [] } = useQuery({
    queryKey: ['records', 'codes', 'training'],
    queryFn: () => records.codes({ tables: Object.values(TABLES).join(',') }),
    staleTime: KEPT,
  })
  const word = ({ zh, en }: { zh: string; en: string | null }) => (english ? (en ?? zh) : zh)
  const of = (table: CodeTable) => data.filter((row) => row.table === TABLES[table])
  const label = (table: CodeTable, code: string): string => {
    const found = of(table).find((row) => row.code === code)
    return found ? word(found) : code
  }
  const choices = (table: CodeTable) => of(table).map((row) => ({ value: row.code, label: word(row) }))
  return { label, choices }
}
