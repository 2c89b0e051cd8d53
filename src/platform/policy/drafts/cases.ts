/** Worked cases that are written beside a set in a draft: they name facts that there are, in values of their form, and outcomes that the set has. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import type { DraftCase } from '../contract/drafts.ts'
import type { FactBook } from '../facts.ts'
import { readValue } from '../rules/expression/value.ts'
import type { Case, SetDeclaration } from '../rules/requirements/declared.ts'
import { type Wrong, wrongSet } from './check.ts'

const OUTCOMES = ['met', 'unmet', 'exempt', 'unknown']

/** @throws Refusal `policy.draft_set_invalid`, its paths beginning with `cases` */
export function checkedCases(cases: readonly DraftCase[], set: SetDeclaration, book: FactBook): Case[] {
  const outcomes = [...OUTCOMES, ...set.versions.flatMap(({ grades = [] }) => grades.map(({ id }) => id))]
  const problems = cases.flatMap((one, nth): Wrong[] => {
    const wrong = (path: PropertyKey[], zh: string, en: string): Wrong => ({
      ...{ path: ['cases', nth, ...path], at: 0, zh, en, within: { cases } },
    })
    return [
      ...(one.name.trim() === '' ? [wrong(['name'], '请填写', 'fill this in')] : []),
      ...(outcomes.includes(one.outcome) ? [] : [wrong(['outcome'], '没有这个结论', 'there is no such outcome')]),
      ...Object.entries(one.facts).flatMap(([id, value]) => {
        const type = book.declared(id, set.about)?.type
        if (!type) return [wrong(['facts', id], '没有这项事实', 'there is no such fact')]
        return readable(type, value) ? [] : [wrong(['facts', id], '填写的形式不对', 'is not of its form')]
      }),
    ]
  })
  if (problems.length > 0) throw wrongSet(problems)
  return cases.map(({ name, on, facts, outcome }) => ({ name: name.trim(), set: set.id, on, facts, outcome }))
}

function readable(type: Parameters<typeof readValue>[0], value: unknown): boolean {
  try {
    readValue(type, value)
    return true
  } catch {
    return false
  }
}

/** Those of the adopted layer, of one set or of all. */
export async function casesAdopted<T>(act: Act<T>, authority: string, set?: string): Promise<Case[]> {
  const { rows } = await sql<{ declared: Case }>`select c.declared from policy.pack p
    join policy.pack_case c on c.version_id = p.version_id
    where p.authority = ${authority} and p.origin = 'adopted' and (${set ?? null}::text is null or c.declared ->> 'set' = ${set ?? null})
    order by c.nth`.execute(act.tx)
  return rows.map(({ declared }) => declared)
}

/** What was adopted before with those of a draft: for a set that it changes, from its day on, its own are all there are. */
export const casesMerged = (
  before: readonly Case[],
  { sets, cases, from }: { sets: object; cases: Readonly<Record<string, readonly Case[]>>; from: CivilDate },
): Case[] => [...before.filter(({ set, on }) => !(set in sets && on >= from)), ...Object.values(cases).flat()]
