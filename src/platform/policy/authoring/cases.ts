/** Worked cases of the packs and of a draft: each judged under the rules in force and under those of the draft. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import type { RanCase } from '../contract/authoring.ts'
import type { DraftCase } from '../contract/drafts.ts'
import type { FactBook } from '../facts.ts'
import { runCase } from '../requirements/cases.ts'
import type { Rules } from '../requirements/rules.ts'
import type { Case } from '../rules/requirements/declared.ts'
import { type Place, placeOf, type Where } from './place.ts'

type Ask = Where & { set?: string | undefined; declared?: unknown; cases?: readonly DraftCase[] | undefined }

/**
 * The cases of the authority, and those of the authorities above it that come out the same under its rules. Before the day of a draft its
 * rules are those in force: of these cases only those about the version that it would take the place of are shown, the others counted.
 * Cases of the draft itself are judged by its rules, whatever their day.
 */
export async function ranCases<T>(
  act: Act<T>,
  book: FactBook,
  { set, declared, cases: written, ...where }: Ask,
): Promise<{ cases: RanCase[]; others: number }> {
  const place = await placeOf(act, book, where, declared)
  const { authority: own, versions, now, then, day } = place
  const { rows } = await sql<{ authority: string; declared: Case }>`select v.authority, c.declared
    from unnest(${versions}::text[]) with ordinality as u(version, depth)
    join policy.pack_version v on v.id = u.version join policy.pack_case c on c.version_id = v.id
    where ${set ?? null}::text is null or c.declared ->> 'set' = ${set ?? null}
    order by u.depth, c.nth`.execute(act.tx)
  const factType = (id: string) => book.declared(id)?.type
  const cases = rows.flatMap(({ authority, declared: one }): RanCase[] => {
    const governed = then === now || one.on >= day
    if (!governed && !sameRule(now, one.set, one.on, day)) return []
    const before = runCase(now, one, factType)
    if (!before.passed && authority !== own) return []
    const after = governed && then !== now ? runCase(then, one, factType) : before
    return [
      { ...headOf(one), authority, governed, before: before.passed, after: after.passed, differs: after.different },
    ]
  })
  const ofDraft = writtenCases(place, set, written).map((one): RanCase => {
    const { passed, different } = runCase(then, one, factType)
    return { ...headOf(one), authority: own, governed: true, before: passed, after: passed, differs: different }
  })
  const all = [...ofDraft, ...cases]
  return { cases: all.sort((a, b) => Number(a.after) - Number(b.after)), others: rows.length - cases.length }
}

const headOf = ({ name, set, on }: Case) => ({ name, set, on })

/** Those that stand beside the sets of the draft; of one set as they stand in the editor, where they were sent. */
function writtenCases({ cases }: Place, set: string | undefined, written: readonly DraftCase[] | undefined): Case[] {
  if (set === undefined) return Object.values(cases).flat()
  return written?.map((one) => ({ ...one, set })) ?? [...(cases[set] ?? [])]
}

/** The set stood on both days in the same versions. */
function sameRule(rules: Rules, set: string, one: CivilDate, other: CivilDate): boolean {
  const begins = (day: CivilDate) =>
    rules
      .find(set, day)
      ?.layers.map(({ packVersion, version }) => `${packVersion} ${version.from}`)
      .join()
  return begins(one) === begins(other)
}
