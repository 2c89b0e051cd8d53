/** A policy parameter that a page shows beside a figure: its value today and the clause it comes from. */
import { useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../../base/dates.ts'
import type { policyContract } from '../../../../platform/policy/contract.ts'
import type { ClauseData } from '../../../../ui/Clause.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useFormat } from '../../../../ui/i18n.tsx'
import { clauseOf } from './clause.ts'
import { useNow } from './now.ts'

export type Parameter = { value: unknown; clause: ClauseData }

/** Undefined while it loads, and where several authorities declare it: then the server alone knows which one holds. */
export function useParameter(id: string): Parameter | undefined {
  const f = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const today = civilDate(useNow(600_000))
  const answer = useQuery({
    queryKey: ['policy', 'parameter', id, today],
    queryFn: () => policy.parameters({ search: id, asOf: today }),
    staleTime: 3_600_000,
  })
  const row = answer.data?.find((one) => one.id === id)
  if (row?.declarations.length !== 1) return undefined
  const value = row.declarations[0]?.values.find(
    ({ from, until }) => from <= today && (until === null || today < until),
  )
  if (!value) return undefined
  const title = f.locale === 'en' ? row.title.en : row.title.zh
  const clause = clauseOf(value.clause ?? { document: title }, value.confidence)
  if (!clause) return undefined
  return {
    value: value.value,
    clause: { ...clause, validFrom: value.from, ...(value.note ? { note: value.note } : {}) },
  }
}
