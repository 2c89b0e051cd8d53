/** A trial as the address carries it: which rule, on what day, with which figures changed. Pure. */
import type { Search } from '../../../ui/address.ts'
import { one } from '../../../ui/address.ts'
import type { WhatIf } from '../contract.ts'

export type TrialAsk = { set: string; orgId: string; asOf: string; changes: Record<string, unknown> }

const MARK = 'f.'

/** One figure of a rule: a parameter, or one of the amounts under names in it. */
export type Figure = { key: string; parameter: WhatIf['parameters'][number]; name: string | null; value: number | null }

/** Every figure that can be changed, amounts under names one by one. */
export const figuresOf = (parameters: WhatIf['parameters']): Figure[] =>
  parameters.flatMap((parameter): Figure[] => {
    const { id, value } = parameter
    if (value === null || typeof value === 'number') return [{ key: `${MARK}${id}`, parameter, name: null, value }]
    if (typeof value !== 'object' || Array.isArray(value)) return []
    return Object.entries(value).map(([name, amount]) => ({
      key: `${MARK}${id}:${name}`,
      parameter,
      name,
      value: amount as number | null,
    }))
  })

/** Values by parameter from the address; “none” stands for no limit. What is no number is left out. */
export function changesIn(search: Search): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const key of Object.keys(search)) {
    if (!key.startsWith(MARK)) continue
    const typed = one(search[key])
    const value = typed === 'none' ? null : Number(typed)
    if (typed === '' || (value !== null && !Number.isFinite(value))) continue
    const [id, name] = key.slice(MARK.length).split(':') as [string, string | undefined]
    changes[id] = name === undefined ? value : { ...(changes[id] as object | undefined), [name]: value }
  }
  return changes
}

/** Amounts under names are sent whole: those that were not changed as they are. */
export const wholeChanges = (
  changes: Record<string, unknown>,
  parameters: WhatIf['parameters'],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(changes).map(([id, value]) => {
      const now = parameters.find((found) => found.id === id)?.value
      const named = typeof now === 'object' && now !== null && typeof value === 'object' && value !== null
      return [id, named ? { ...now, ...value } : value]
    }),
  )

export type Move = { before: string; after: string }
type Row = WhatIf['rows'][number]

export const countOf = (rows: readonly Row[], keep: (move: Move) => boolean): number =>
  rows.filter(keep).reduce((sum, { people }) => sum + people, 0)

export const loses = ({ before, after }: Move): boolean => before === 'met' && after !== 'met'
export const gains = ({ before, after }: Move): boolean => before !== 'met' && after === 'met'

export type SchoolLine = {
  orgId: string
  orgName: string
  people: number
  before: number
  after: number
  lost: number
  gained: number
}

/** A line for each school, those that would change most first. */
export function schoolLines(rows: readonly Row[]): SchoolLine[] {
  const lines = [...Map.groupBy(rows, ({ orgId }) => orgId)].map(([orgId, some]) => ({
    orgId,
    orgName: some[0]!.orgName,
    people: countOf(some, () => true),
    before: countOf(some, ({ before }) => before === 'met'),
    after: countOf(some, ({ after }) => after === 'met'),
    lost: countOf(some, loses),
    gained: countOf(some, gains),
  }))
  return lines.sort((a, b) => b.lost + b.gained - (a.lost + a.gained) || (a.orgName < b.orgName ? -1 : 1))
}
