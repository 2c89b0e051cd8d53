/** What stands against something that is to go into schools. Some of it a second person may set aside with a reason, the rest nobody. */
import type { CivilDate } from '../../../base/dates.ts'
import { addMonths } from './term.ts'

export type Kind = 'data' | 'inspection' | 'event' | 'app' | 'secondment' | 'meeting'
/** `over_cap` and `off_list` may be set aside. */
export type Against = 'over_cap' | 'off_list' | 'too_long' | 'no_consent'
export const PARDONABLE: readonly Against[] = ['over_cap', 'off_list']

/** Kinds that go by a list, and the parameter that caps how many reach a school in a term. */
export const LISTED: readonly Kind[] = ['event', 'inspection']
export const CAPS: Partial<Record<Kind, string>> = {
  event: 'burden.social.events_per_term',
  data: 'burden.data.requests_per_term',
}

type Asked = {
  kind: Kind
  from: CivilDate
  until: CivilDate
  /** On a list that holds on the first day. */
  listed: boolean
  schoolConsents: boolean | null
  personConsents: boolean | null
}

/** Everything but the count, which only the database knows. @param longest months of a secondment; null without a limit */
export function against(asked: Asked, longest: number | null): Against[] {
  const found: Against[] = []
  if (LISTED.includes(asked.kind) && !asked.listed) found.push('off_list')
  if (asked.kind === 'secondment') {
    if (longest !== null && asked.until >= addMonths(asked.from, longest)) found.push('too_long')
    if (asked.schoolConsents !== true || asked.personConsents !== true) found.push('no_consent')
  }
  return found
}

/** Schools where one more would be too many. Null is no cap. */
export const overCap = <T extends { n: number; cap: number | null }>(schools: readonly T[]): T[] =>
  schools.filter(({ n, cap }) => cap !== null && n >= cap)

/** How many a list may have: inspections after the cut against what there were, rounded down; null where that is not known. */
export const inspectionsLeft = (base: number | null, cut: number): number | null =>
  base === null ? null : Math.floor((base * Math.round((1 - cut) * 1000)) / 1000)

/** The first day on which something announced today may be on the list. */
export const listableFrom = (announced: CivilDate, months: number): CivilDate => addMonths(announced, months)
