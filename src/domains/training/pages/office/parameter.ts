/** A policy parameter that a page shows beside a figure: its value today and the clause it comes from. */
import { useQuery } from '@tanstack/react-query'
import { civilDate } from '../../../../base/dates.ts'
import type { ParameterRow, policyContract } from '../../../../platform/policy/contract.ts'
import type { ClauseData } from '../../../../ui/Clause.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { useFormat } from '../../../../ui/i18n.tsx'
import { clauseOf } from './clause.ts'
import { useNow } from './now.ts'
import { useAsk } from './training.ts'

export type Parameter = { value: unknown; clause: ClauseData }

/**
 * Under the authority named, else under that of all plans in sight. Undefined while it loads, and where several authorities declare
 * it and none is named: then the server alone knows which one holds.
 */
export function useParameter(id: string, authority?: string): Parameter | undefined {
  const f = useFormat()
  const policy = useClient<typeof policyContract>('policy')
  const today = civilDate(useNow(600_000))
  const plans = useQuery({ ...useAsk().plans(), enabled: authority === undefined })
  const sole = new Set(plans.data?.map((plan) => plan.authority))
  const whose = authority ?? (sole.size === 1 ? [...sole][0] : undefined)
  const answer = useQuery({
    queryKey: ['policy', 'parameter', id, today, whose ?? ''],
    queryFn: () => policy.parameters({ search: id, asOf: today, ...(whose ? { authority: whose } : {}) }),
    staleTime: 3_600_000,
  })
  const row = answer.data?.find((one) => one.id === id)
  if (!row) return undefined
  const value = row.inForce ?? onlyValue(row, today)
  if (!value) return undefined
  const title = f.locale === 'en' ? row.title.en : row.title.zh
  const clause = clauseOf(value.clause ?? { document: title }, value.confidence)
  if (!clause) return undefined
  const note = noteOn(row, value.from)
  return { value: value.value, clause: { ...clause, validFrom: value.from, ...(note ? { note } : {}) } }
}

const valuesOf = (row: ParameterRow) => row.declarations.flatMap(({ values }) => values)

/** What holds today where one authority alone declares it. */
const onlyValue = (row: ParameterRow, today: string) =>
  row.declarations.length === 1
    ? valuesOf(row).find(({ from, until }) => from <= today && (until === null || today < until))
    : undefined

/** The note of the nearest declaration that began on that day. */
const noteOn = (row: ParameterRow, from: string) => valuesOf(row).find((value) => value.from === from)?.note
