/**
 * Whether one requirement is provably at least as strict as another. Sound, not complete: what it proves is so for every person, whatever is
 * unknown of them; what it cannot prove may still be so.
 */
import { compile } from '../expression/evaluate.ts'
import { below, parts, type Term } from '../expression/term.ts'
import { type Amounts, plain, type Value } from '../expression/value.ts'
import type { ReadCondition, ReadNode, Requirement } from './requirement.ts'

type Formula =
  | { op: 'and' | 'or'; parts: readonly Formula[] }
  | { op: 'least'; least: number; parts: readonly Formula[] }
  | { op: 'atom'; atom: Atom }
/** `key` is what it says, whatever its place in the text; `term` is absent for a whole condition or group. */
type Atom = { key: string; term?: Term; positive?: boolean }

/** Text that two terms share exactly if they say the same, wherever their figures come from. */
export function keyOf(term: Term): string {
  if (term.op === 'literal') return `${term.type} ${JSON.stringify(plain(term.value))}`
  const name = 'id' in term ? term.id : 'name' in term ? term.name : ''
  return `${term.op} ${name}(${below(term).map(keyOf).join(', ')})`
}

const FLIPPED: Record<string, string> = { '<': '>=', '>=': '<', '>': '<=', '<=': '>', '==': '!=', '!=': '==' }
const MIRRORED: Record<string, string> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '==': '==', '!=': '!=' }

function formulaOf(term: Term, positive = true): Formula {
  if (term.op === 'not') return formulaOf(term.of, !positive)
  if (term.op === 'and' || term.op === 'or')
    return {
      op: (term.op === 'and') === positive ? 'and' : 'or',
      parts: term.parts.map((part) => formulaOf(part, positive)),
    }
  if (term.op === 'choose') {
    const branch = (when: boolean, part: Term): Formula => ({
      op: 'and',
      parts: [formulaOf(term.when, when), formulaOf(part, positive)],
    })
    return { op: 'or', parts: [branch(true, term.yes), branch(false, term.no)] }
  }
  if (!positive && term.op === 'call' && FLIPPED[term.name]) return atom({ ...term, name: FLIPPED[term.name]! }, true)
  return atom(term, positive)
}
const atom = (term: Term, positive: boolean): Formula => ({
  op: 'atom',
  atom: { key: `${positive ? '' : '!'}${keyOf(term)}`, term, positive },
})
const named = (key: string): Formula => ({ op: 'atom', atom: { key } })
const conditionKey = ({ test, exceptions }: ReadCondition) =>
  `if ${[keyOf(test), ...exceptions.map(({ gives, term }) => `${gives} ${keyOf(term)}`)].join(' ')}`
const nodeKey = (node: ReadNode): string =>
  node.kind === 'condition' ? conditionKey(node) : `${node.least} of ${node.parts.map(nodeKey).sort().join(', ')}`

/** What follows from a node that holds. An exception that makes a condition unmet is left out: less is assumed. */
function premiseOf(node: ReadNode): Formula {
  if (node.kind === 'group')
    return {
      op: 'and',
      parts: [named(nodeKey(node)), { op: 'least', least: node.least, parts: node.parts.map(premiseOf) }],
    }
  const excused = node.exceptions.filter(({ gives }) => gives === 'met').map(({ term }) => formulaOf(term))
  return { op: 'and', parts: [named(conditionKey(node)), { op: 'or', parts: [formulaOf(node.test), ...excused] }] }
}

/** What is enough for a node to hold. With an exception that makes it unmet only the very same condition is. */
function goalOf(node: ReadNode): Formula {
  if (node.kind === 'group')
    return {
      op: 'or',
      parts: [named(nodeKey(node)), { op: 'least', least: node.least, parts: node.parts.map(goalOf) }],
    }
  if (node.exceptions.some(({ gives }) => gives === 'unmet')) return named(conditionKey(node))
  const excused = node.exceptions.map(({ term }) => formulaOf(term))
  return { op: 'or', parts: [named(conditionKey(node)), formulaOf(node.test), ...excused] }
}

type Known = { atoms: readonly Atom[]; either: readonly (readonly Formula[])[] }
const NOTHING: Known = { atoms: [], either: [] }

function assume(known: Known, formula: Formula): Known {
  if (formula.op === 'atom') return { ...known, atoms: [...known.atoms, formula.atom] }
  const every =
    formula.op === 'and' ||
    (formula.op === 'least' && formula.least === formula.parts.length) ||
    formula.parts.length === 1
  if (every) return formula.parts.reduce(assume, known)
  if (formula.op === 'or' || (formula.op === 'least' && formula.least === 1))
    return { ...known, either: [...known.either, formula.parts] }
  return known
}

/** Cases of “either … or” that are gone through before giving up. */
const MOST_CASES = 2_000

function proves(known: Known, goal: Formula, left: { cases: number }): boolean {
  if (goal.op === 'and') return goal.parts.every((part) => proves(known, part, left))
  if (directly(known, goal)) return true
  const [first, ...others] = known.either
  if (!first || left.cases <= 0) return false
  return first.every((one) => {
    left.cases--
    return proves(assume({ ...known, either: others }, one), goal, left)
  })
}

function directly(known: Known, goal: Formula): boolean {
  switch (goal.op) {
    case 'atom':
      return known.atoms.some((one) => entails(one, goal.atom))
    case 'and':
      return goal.parts.every((part) => directly(known, part))
    case 'or':
      return goal.parts.some((part) => directly(known, part))
    case 'least':
      return goal.parts.filter((part) => directly(known, part)).length >= goal.least
  }
}

/** A comparison with something that is the same for everybody. */
type Comparison = { left: string; sign: string; right: Value }

function comparisonOf({ term, positive }: Atom): Comparison | undefined {
  if (!positive || term?.op !== 'call' || !MIRRORED[term.name]) return undefined
  const [a, b] = term.given as [Term, Term]
  const [before, after] = [constant(a), constant(b)]
  if (after !== undefined && after !== null) return { left: keyOf(a), sign: term.name, right: after }
  if (before !== undefined && before !== null) return { left: keyOf(b), sign: MIRRORED[term.name]!, right: before }
  return undefined
}

const constant = (term: Term): Value | undefined =>
  [...parts(term)].every(({ op }) => op !== 'fact' && op !== 'parameter') ? compile(term)(() => null) : undefined

function entails(held: Atom, wanted: Atom): boolean {
  if (held.key === wanted.key) return true
  if (!held.term || !wanted.term) return false
  const [a, b] = [comparisonOf(held), comparisonOf(wanted)]
  if (a && b && a.left === b.left) return within(a, b)
  if (wanted.positive && wanted.term.op === 'known') return makesKnown(held, keyOf(wanted.term.of))
  if (held.term.op === 'call' && wanted.term.op === 'call') return sameSides(held, wanted) || lists(held, wanted, a, b)
  return false
}

const STRONGER: Record<string, readonly string[]> = { '>': ['>=', '!='], '<': ['<=', '!='], '==': ['>=', '<='] }
type Call = Term & { op: 'call' }
const sameSides = (held: Atom, wanted: Atom): boolean => {
  const [a, b] = [held.term as Call, wanted.term as Call]
  const same = held.positive === true && wanted.positive === true && (STRONGER[a.name] ?? []).includes(b.name)
  return same && a.given.every((part, nth) => keyOf(part) === keyOf(b.given[nth]!))
}

/** Whether everything that fits the one comparison fits the other. */
function within(held: Comparison, wanted: Comparison): boolean {
  const [a, b] = [held.right, wanted.right] as [bigint, bigint]
  if (typeof a !== typeof b) return false
  const [up, down] = [a >= b, a <= b]
  switch (held.sign) {
    case '==':
      return { '==': a === b, '!=': a !== b, '>=': up, '<=': down, '>': a > b, '<': a < b }[wanted.sign] ?? false
    case '>=':
      return wanted.sign === '>=' ? up : (wanted.sign === '>' || wanted.sign === '!=') && a > b
    case '>':
      return ['>', '>=', '!='].includes(wanted.sign) && up
    case '<=':
      return wanted.sign === '<=' ? down : (wanted.sign === '<' || wanted.sign === '!=') && a < b
    case '<':
      return ['<', '<=', '!='].includes(wanted.sign) && down
    default:
      return wanted.sign === '!=' && a === b
  }
}

/** A comparison or a list that decides has a known left side; only an empty list says something of what is unknown. */
const makesKnown = ({ term }: Atom, key: string): boolean =>
  term?.op === 'call' && term.name !== 'in' && term.given.some((part) => keyOf(part) === key)

/** What is in a shorter list is in a longer one; who reaches more reaches less. */
function lists(held: Atom, wanted: Atom, compared: Comparison | undefined, asked: Comparison | undefined): boolean {
  const [a, b] = [held.term as Call, wanted.term as Call]
  const [left, right] = [keyOf(a.given[0]!), keyOf(b.given[0]!)]
  const [listed, allowed] = [a.given[1] && constant(a.given[1]), b.given[1] && constant(b.given[1])]
  const inList = (one: Call, atom: Atom) => one.name === 'in' && atom.positive === true
  if (compared?.sign === '==' && inList(b, wanted) && compared.left === right)
    return Array.isArray(allowed) && allowed.includes(compared.right as string)
  if (asked && inList(a, held) && asked.left === left && Array.isArray(listed) && listed.length > 0)
    return listed.every((one) => within({ left, sign: '==', right: one }, asked))
  if (a.name !== b.name || left !== right || held.positive !== wanted.positive) return false
  if (Array.isArray(listed) && Array.isArray(allowed)) {
    const [few, many] = held.positive ? [listed, allowed] : [allowed, listed]
    if (a.name === 'in' || a.name === 'overlaps') return few.every((one: string) => many.includes(one))
    return a.name === 'covers' && many.every((one: string) => few.includes(one))
  }
  if (a.name !== 'reaches' || !held.positive || !(listed instanceof Map) || !(allowed instanceof Map)) return false
  return [...(allowed as Amounts)].every(([name, least]) => ((listed as Amounts).get(name) ?? least - 1n) >= least)
}

/** Whether nobody who falls under the one escapes the other, and meeting the one is meeting the other. Both bound to a day. */
export function unproved(stricter: Requirement, than: Requirement): string[] {
  const under = than.applies ? assume(NOTHING, formulaOf(than.applies)) : NOTHING
  const left = () => ({ cases: MOST_CASES })
  if (stricter.applies && !proves(under, formulaOf(stricter.applies), left())) return ['applies']
  const known = assume(under, premiseOf(stricter.needs))
  const missing = partsOf(than.needs).flatMap((part) => (proves(known, goalOf(part), left()) ? [] : [nameOf(part)]))
  const grades = than.grades.filter(
    ({ id, when }) => !stricter.grades.some((own) => own.id === id && nodeKey(own.when) === nodeKey(when)),
  )
  return [...missing, ...grades.map(({ id }) => id)]
}

const partsOf = (node: ReadNode): readonly ReadNode[] =>
  node.kind === 'group' && node.least === node.parts.length ? node.parts.flatMap(partsOf) : [node]
const nameOf = (node: ReadNode): string =>
  node.kind === 'condition' ? node.declared.id : node.parts.map(nameOf).join('/')

/** Whether everybody to whom the one applies is under the other as well. */
export const coversAll = (wider: Term | undefined, narrower: Term | undefined): boolean =>
  !wider || proves(narrower ? assume(NOTHING, formulaOf(narrower)) : NOTHING, formulaOf(wider), { cases: MOST_CASES })
