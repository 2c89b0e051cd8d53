/** Runs worked cases against the rules of an authority: each says on what day, with what facts, what comes out. */

import type { Facts } from '../rules/expression/evaluate.ts'
import { readValue, type Type, type Value } from '../rules/expression/value.ts'
import type { Case } from '../rules/requirements/declared.ts'
import { earliest, type Judged, judge } from '../rules/requirements/judge.ts'
import type { Rules } from './rules.ts'

export type CaseResult = {
  name: string
  set: string
  passed: boolean /** What came out otherwise, in words of the case. */
  differs: string[]
}

/** @param factType types of the house's facts */
export function runCase(rules: Rules, given: Case, factType: (id: string) => Type | undefined): CaseResult {
  const differs: string[] = []
  const values = new Map<string, Value>()
  for (const [id, value] of Object.entries(given.facts)) {
    try {
      values.set(id, readValue(factType(id)!, value))
    } catch (error) {
      differs.push(`${id}: ${(error as Error).message}`)
    }
  }
  const on = (day: string) => {
    const facts: Facts = (id) => (id === 'asOf' ? day : (values.get(id) ?? null))
    return { judge: judge(rules.get(given.set, day).requirement), facts }
  }
  const today = on(given.on)
  const judgement = today.judge(today.facts)
  const compare = (what: string, wanted: unknown, found: unknown) => {
    if (wanted !== found) differs.push(`${what}: ${String(found)} instead of ${String(wanted)}`)
  }
  compare('outcome', given.outcome, judgement.outcome)
  const found = new Map([judgement.needs, ...judgement.grades.map(({ judged }) => judged)].flatMap(conditions))
  for (const [id, wanted] of Object.entries(given.conditions ?? {})) compare(id, wanted, found.get(id))
  if (given.earliest !== undefined) compare('earliest', given.earliest, earliest(given.on, on))
  return { name: given.name, set: given.set, passed: differs.length === 0, differs }
}

const conditions = (judged: Judged): [string, boolean | null][] =>
  judged.kind === 'condition' ? [[judged.id, judged.holds]] : judged.parts.flatMap(conditions)
