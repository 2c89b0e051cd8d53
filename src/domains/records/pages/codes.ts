/** Words for the codes that a record is written in, and choices for fields and filters. */
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../../../ui/i18n.tsx'
import { useRecords } from './records.ts'

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

export function useCodes() {
  const english = useFormat().locale === 'en'
  const records = useRecords()
  const { data = [] } = useQuery({
    queryKey: ['records', 'codes'],
    queryFn: () => records.codes({ tables: Object.values(TABLES).join(',') }),
    staleTime: KEPT,
  })
  const word = ({ zh, en }: { zh: string; en: string | null }) => (english ? (en ?? zh) : zh)
  const of = (table: CodeTable) => data.filter((row) => row.table === TABLES[table])
  /** The word of a code; the code itself until or unless there is one. */
  const label = (table: CodeTable, code: string | null): string => {
    if (code === null) return ''
    const found = of(table).find((row) => row.code === code)
    return found ? word(found) : code
  }
  /** A name that says more than the word of its code; the code's own word in the reader's language where it does not. */
  const named = (table: CodeTable, code: string, name: string | null | undefined): string => {
    const found = of(table).find((row) => row.code === code)
    return !name || name === found?.zh ? label(table, code) : name
  }
  const choices = (table: CodeTable) => of(table).map((row) => ({ value: row.code, label: word(row) }))
  return { label, named, choices }
}
