/**
 * Two exceptions of one condition that hold at once and disagree: looks for a person of whom both are so. What it finds is so; that it finds
 * nothing is no proof. Tried are the values at and beside every figure, word and day that the two name.
 */
import { addDays, type CivilDate } from '../../../../base/dates.ts'
import { compile } from '../expression/evaluate.ts'
import { addMonths } from '../expression/spans.ts'
import { factsOf, parts, type Term } from '../expression/term.ts'
import { ONE, type Type, type Value } from '../expression/value.ts'

const MOST_TRIES = 40_000
const MOST_VALUES = 24

/** Facts under which both hold on the day; undefined where none were found. */
export function witness(a: Term, b: Term, asOf: CivilDate): Map<string, Value> | undefined {
  const types = new Map<string, Type>()
  for (const term of [a, b]) for (const part of parts(term)) if (part.op === 'fact') types.set(part.id, part.type)
  types.delete('asOf')
  const named = namedIn([a, b])
  const choices = [...types].map(([id, type]) => ({ id, values: valuesFor(type, named, asOf) }))
  const [one, other] = [compile(a), compile(b)]
  const tried = new Map<string, Value>()
  const facts = (id: string) => (id === 'asOf' ? asOf : (tried.get(id) ?? null))
  let left = MOST_TRIES
  // Facts of the first alone are settled before those of the second are tried.
  const own = factsOf(a)
  choices.sort((x, y) => Number(own.has(y.id)) - Number(own.has(x.id)))
  const settled = choices.filter(({ id }) => own.has(id)).length
  const search = (nth: number): boolean => {
    if (left-- <= 0) return false
    if (nth === settled && one(facts) !== true) return false
    if (nth === choices.length) return other(facts) === true
    const { id, values } = choices[nth]!
    for (const value of values) {
      tried.set(id, value)
      if (search(nth + 1)) return true
    }
    tried.delete(id)
    return false
  }
  return search(0) ? tried : undefined
}

type Named = { numbers: bigint[]; texts: string[]; dates: CivilDate[] }

/** Every figure, word and day that stands in the terms. */
function namedIn(terms: readonly Term[]): Named {
  const [numbers, texts, dates] = [new Set<bigint>([0n]), new Set<string>(), new Set<CivilDate>()]
  for (const term of terms)
    for (const part of parts(term)) {
      if (part.op !== 'literal' || part.value === null) continue
      const { type, value } = part
      if (type === 'number') numbers.add(value as bigint)
      if (type === 'text') texts.add(value as string)
      if (type === 'date') dates.add(value as CivilDate)
      if (type === 'texts') for (const one of value as readonly string[]) texts.add(one)
      if (type === 'dates') for (const one of value as readonly string[]) dates.add(one)
      if (type === 'amounts') for (const one of (value as ReadonlyMap<string, bigint>).values()) numbers.add(one)
    }
  return { numbers: [...numbers], texts: [...texts], dates: [...dates] }
}

function valuesFor(type: Type, { numbers, texts, dates }: Named, asOf: CivilDate): Value[] {
  const some = <T extends Value>(values: readonly T[]): T[] => [...new Set(values)].slice(0, MOST_VALUES)
  const steps = numbers.flatMap((one) => [one, one + ONE, one - ONE])
  switch (type) {
    case 'bool':
      return [true, false]
    case 'number':
      return some([...steps, 1_000n * ONE])
    case 'text':
      return some([...texts, '…'])
    case 'texts':
      return [[...texts], ...texts.map((one) => [one]), []]
    case 'date': {
      // Spans that are counted, back and forth from the day.
      const counts = numbers.map((one) => Number(one / ONE)).filter((count) => Math.abs(count) < 1_000)
      const days = [...dates, asOf, ...counts.flatMap((count) => spans(asOf, count))]
      return some(days.flatMap((day) => [day, addDays(day, 1), addDays(day, -1)]))
    }
    case 'dates':
      return [[...dates], []]
    case 'amounts':
      return some(steps).map((one) => new Map(texts.map((name) => [name, one])))
    case 'table':
      return []
  }
}

const spans = (asOf: CivilDate, count: number): CivilDate[] =>
  [addMonths(asOf, -12 * count), addMonths(asOf, 12 * count), addMonths(asOf, -count)].filter((day) => day !== null)
