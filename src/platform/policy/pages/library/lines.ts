/** Parameters as lines of a table: one for each authority that says something, with what it says on a day. Pure. */
import type { Confidence, ParameterRow } from '../../contract.ts'

type Declaration = ParameterRow['declarations'][number]
export type Dated = Declaration['values'][number]

export type Line = {
  key: string
  id: string
  title: ParameterRow['title']
  unit: string
  authority: string
  authorityName: Declaration['authorityName']
  /** What holds on the day; what holds next where nothing does yet. */
  now: Dated | null
  /** Not in force yet. */
  coming: boolean
}

export function linesOf(rows: readonly ParameterRow[], today: string, nearestOnly: boolean): Line[] {
  return rows.flatMap(({ id, title, unit, inForce, declarations }) => {
    const nearest = declarations.find(({ authority }) => authority === inForce?.authority) ?? declarations[0]
    // What an authority adopted stands over what its file says.
    const whose = [...Map.groupBy(declarations, ({ authority }) => authority)].map(([authority, some]) => ({
      authority,
      some: some.toSorted((a, b) => (a.origin < b.origin ? -1 : 1)),
    }))
    const kept = nearestOnly && nearest ? whose.filter(({ authority }) => authority === nearest.authority) : whose
    return kept.map(({ authority, some }) => {
      const values = some.flatMap((one) => one.values)
      const held = values.find(({ from, until }) => from <= today && (until === null || until > today))
      const later = values.filter(({ from }) => from > today).toSorted((a, b) => (a.from < b.from ? -1 : 1))
      return {
        key: `${authority}/${id}`,
        id,
        title,
        unit,
        authority,
        authorityName: some[0]!.authorityName,
        now: held ?? later[0] ?? values.at(-1) ?? null,
        coming: held === undefined && later.length > 0,
      }
    })
  })
}

/** What a parameter or a rule is about: the first part of its name. */
export const domainOf = (id: string): string => id.split('.')[0]!

/** `overdue`: authority and parameter of the lines to keep, where only those past their review are asked for. */
type Wanted = { typed: string; domain: string; unverified: boolean; overdue: ReadonlySet<string> | null }

/** Those of the lines that match the words typed, the domain and the doubts asked for. */
export function keepLines(lines: readonly Line[], { typed, domain, unverified, overdue }: Wanted): Line[] {
  const wanted = typed.trim().toLowerCase()
  const holds = (line: Line) =>
    [line.id, line.title.zh, line.title.en, line.now?.clause?.document ?? '', line.now?.clause?.number ?? '']
      .join(' ')
      .toLowerCase()
      .includes(wanted)
  return lines.filter(
    (line) =>
      (wanted === '' || holds(line)) &&
      (domain === '' || domainOf(line.id) === domain) &&
      (!unverified || line.now?.confidence === 'U') &&
      (overdue === null || overdue.has(`${line.authority}/${line.id}`)),
  )
}

/** How sure the reading is, as the sign that stands beside it. */
export const SURE: Record<Confidence, 'done' | 'plain' | 'wait'> = {
  L: 'done',
  F: 'done',
  S: 'done',
  P: 'plain',
  M: 'plain',
  U: 'wait',
}
