/** Whether somebody may apply, and why: every set of the call and of the track, and what they hold that bars them. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import { type FactBook, judgedBy, shortfallOf } from '../../policy/index.ts'
import type { Excluded, JudgedSet, Standing } from '../contract/applications.ts'
import type { Definition } from '../contract/definition.ts'
import type { Call } from '../tables.ts'
import type { Applicant } from './applicant.ts'

type Judging = Pick<Call, 'authority' | 'judgedOn' | 'definition'>

/** The sets asked for on a way to apply. */
export const setsOf = ({ eligibility, tracks }: Definition, track: string | null): string[] => [
  ...new Set([...eligibility.sets, ...(tracks.find(({ id }) => id === track)?.sets ?? [])]),
]

/** How the applicant stands on each of these ways (tracks, or null where there are none), of facts asked for once. */
export async function standingsOf<T>(
  act: Act<T>,
  book: FactBook,
  { authority, judgedOn, definition }: Judging,
  applicant: Applicant,
  ways: readonly (string | null)[],
): Promise<Standing[]> {
  const all = [...new Set(ways.flatMap((way) => setsOf(definition, way)))]
  const excluded = await excludedBy(act, definition, judgedOn, applicant)
  const found = all.length === 0 ? null : await judgedSets(act, book, all, { authority, judgedOn }, applicant)
  return ways.map((way) => {
    const sets = setsOf(definition, way).map((set) => found!.get(set)!)
    const barred = excluded.length > 0 || sets.some(({ holds }) => holds === false)
    return { eligible: barred ? false : sets.some(({ holds }) => holds === null) ? null : true, sets, excluded }
  })
}

async function judgedSets<T>(
  act: Act<T>,
  book: FactBook,
  sets: readonly string[],
  { authority, judgedOn }: Pick<Judging, 'authority' | 'judgedOn'>,
  { kind, id }: Applicant,
): Promise<Map<string, JudgedSet>> {
  const whom = kind === 'person' ? { personId: id } : { orgId: id }
  const { judged, values } = await judgedBy(act, book, sets, { ...whom, authority, asOf: judgedOn })
  return new Map(
    sets.map((set) => {
      const inForce = judged.get(set)
      // A set that went away since the call was published cannot be said to be met.
      if (!inForce)
        return [set, { set, title: { zh: set, en: set }, outcome: 'unknown', holds: null, failed: [], unknown: [] }]
      return [set, { set, title: inForce.title, ...shortfallOf(book, inForce, values, judgedOn) }]
    }),
  )
}

/** Designations held on the day that the call rules out. */
async function excludedBy<T>(
  act: Act<T>,
  { eligibility: { excludes } }: Definition,
  judgedOn: string,
  { id }: Applicant,
): Promise<Excluded[]> {
  if (excludes.length === 0) return []
  const { rows } = await sql<{ kind: string; title: Excluded['title']; until: string | null }>`
    select d.kind, d.title, upper(d.during) as until from cases.designation d
    where d.holder_id = ${id} and d.kind = any (${excludes.map(({ kind }) => kind)}::text[]) and d.during @> ${judgedOn}::date
      and (d.removed_on is null or d.removed_on > ${judgedOn}::date) order by d.kind`.execute(act.tx)
  return rows.map(({ kind, title, until }) => {
    const { says, clause = null } = excludes.find((one) => one.kind === kind)!
    return { kind, title, says, clause, until }
  })
}
