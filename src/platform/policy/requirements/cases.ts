/** Runs worked cases against the rules of an authority: each says on what day, with what facts, what comes out. */

import type { Facts } from '../rules/expression/evaluate.ts'
import { readValue, type Type, type Value } from '../rules/expression/value.ts'
import type { Case } from '../rules/requirements/declared.ts'
import { earliest } from '../rules/requirements/earliest.ts'
import { type Judged, judge } from '../rules/requirements/judge.ts'
import type { Rules } from './rules.ts'

export type CaseResult = {
  name: string
  set: string
  passed: boolean
  /** What came out otherwise, in words of the case. */
  differs: string[]
  /** The same in parts: the outcome, a condition by its id, the earliest day. */
  different: { what: string; wanted: string; found: string }[]
}

/** @param factType types of the house's facts */
export function runCase(rules: Rules, given: Case, factType: (id: string) => Type | undefined): CaseResult {
  const differs: string[] = []
  const different: CaseResult['different'] = []
  const values = new Map<string, Value>()
  for (const [id, value] of Object.entries(given.facts)) {
    try {
      values.set(id, readValue(factType(id)!, value))
    } catch (error) {
      differs.push(`${id}: ${(error as Error).message}`)
      different.push({ what: id, wanted: String(value), found: (error as Error).message })
    }
  }
  const on =
    (day: string): Facts =>
    (id) =>
      id === 'asOf' ? day : (values.get(id) ?? null)
  const requirement = (day: string) => rules.get(given.set, day).requirement
  const judgement = judge(requirement(given.on))(on(given.on))
  const compare = (what: string, wanted: unknown, found: unknown) => {
    if (wanted === found) return
    different.push({ what, wanted: String(wanted), found: String(found) })
    differs.push(`${what}: ${String(found)} instead of ${String(wanted)}`)
  }
  compare('outcome', given.outcome, judgement.outcome)
  const found = new Map([judgement.needs, ...judgement.grades.map(({ judged }) => judged)].flatMap(conditions))
  for (const [id, wanted] of Object.entries(given.conditions ?? {})) compare(id, wanted, found.get(id))
  if (given.earliest !== undefined) {
    const found = earliest(given.on, { requirement, changes: rules.changes(given.set), facts: on })
    compare('earliest', given.earliest, found)
  }
  return { name: given.name, set: given.set, passed: differs.length === 0, differs, different }
}

const conditions = (judged: Judged): [string, boolean | null][] =>
  judged.kind === 'condition' ? [[judged.id, judged.holds]] : judged.parts.flatMap(conditions)
