/** Random expressions of the subset, as text, and random facts for them; the same seed gives the same. */
import { OPERATIONS } from '../rules/expression/functions.ts'
import type { TableAxis, TableRow, TableValue } from '../rules/expression/table.ts'
import { readValue, type Type, type Value } from '../rules/expression/value.ts'
import type { Scope } from './read.ts'

export const FACTS: Record<string, Type> = {
  'a.flag': 'bool',
  'a.other': 'bool',
  'a.count': 'number',
  'a.share': 'number',
  'a.kind': 'text',
  'a.level': 'text',
  'a.born': 'date',
  'a.hired': 'date',
  'a.subjects': 'texts',
  'a.honours': 'texts',
  'a.holidays': 'dates',
  'a.credits': 'amounts',
  'a.rates': 'table',
}

export class Chance {
  #state: number
  constructor(seed: number) {
    this.#state = seed
  }
  /** A whole number from 0 to below `n`. */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n) | 0
  }
  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }
}

const WORDS = ['a', 'b', 'c', '语文', "o'clock", '']
const DATES = [
  '1999-12-31',
  '2000-02-29',
  '2020-02-29',
  '2021-02-28',
  '2023-01-31',
  '2023-08-31',
  '2023-09-01',
  '2024-02-29',
  '2024-12-28',
]
const NUMBERS = ['0', '1', '2', '3.5', '0.000001', '36', '120', '7', '0.333333', '12.25']
const words = { zh: '词', en: 'word' }
const AXES: Record<'bands' | 'names', TableAxis> = {
  bands: { id: 'size', title: words, bands: true },
  names: { id: 'kind', title: words, names: Object.fromEntries(WORDS.map((one) => [one || 'none', words])) },
}
/** What tables are looked up by. */
const KEYS: Record<string, readonly Type[]> = {
  'a.rates': ['number', 'text'],
  'param.by_kind': ['text'],
  'param.by_both': ['text', 'number'],
}
/** Names of the figures of a default retirement day, beside any words. */
const FIGURES = ['age', 'born_from', 'step', 'most']

/** Rows as they come: with gaps, and some twice, of which the first counts. */
function randomTable(chance: Chance, axes: readonly TableAxis[]): TableValue {
  const band = () => {
    const ends = [chance.one(NUMBERS), chance.one(NUMBERS)].map(Number).sort((a, b) => a - b)
    return ends.map((end) => (chance.below(4) === 0 ? null : end)) as [number | null, number | null]
  }
  const names = () => Array.from({ length: 1 + chance.below(2) }, () => chance.one(WORDS))
  const rows = Array.from({ length: 1 + chance.below(6) }, (): TableRow => {
    const keys = axes.map(({ id, bands }) => [id, bands ? band() : names()])
    return { ...Object.fromEntries(keys), is: chance.below(5) === 0 ? null : Number(chance.one(NUMBERS)) }
  })
  return { of: 'yuan', axes, rows }
}

const given = new Chance(77)
const PARAMETERS: Record<string, { type: Type; value: Value }> = {
  by_kind: { type: 'table', value: readValue('table', randomTable(given, [AXES.names])) },
  by_both: { type: 'table', value: readValue('table', randomTable(given, [AXES.names, AXES.bands])) },
  days_off: { type: 'dates', value: ['2023-01-23', '2023-10-02', '2024-02-12', '2024-02-13', '2024-10-01'] },
  delay: { type: 'amounts', value: readValue('amounts', { age: 20, born_from: 1999, step: 4, most: 36 }) },
}
/** The facts above and some parameters; `parameterOf` gives their values. */
export const SCOPE: Scope = {
  fact: (id) => (Object.hasOwn(FACTS, id) ? FACTS[id] : undefined),
  parameter: (id) => PARAMETERS[id]?.type,
  axes: (id) => KEYS[`param.${id}`],
}
export const parameterOf = (id: string): Value => PARAMETERS[id]?.value ?? null

const SIGNS = new Set(['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', 'in'])

/** The text of an expression of a type; `depth` 0 is a fact or a constant. */
export function randomText(chance: Chance, type: Type, depth: number): string {
  if (depth === 0 || chance.below(8) === 0) return leaf(chance, type)
  const again = (wanted: Type) => randomText(chance, wanted, depth - 1)
  const pick = chance.below(10)
  if (pick === 0) return `(${again('bool')} ? ${again(type)} : ${again(type)})`
  if (type === 'bool') {
    if (pick < 3) return `(${again('bool')} && ${again('bool')})`
    if (pick < 5) return `(${again('bool')} || ${again('bool')} || ${again('bool')})`
    if (pick === 5) return `!(${again('bool')})`
    if (pick === 6) return `known(${again(chance.one(['number', 'date', 'text', 'bool']))})`
  }
  const fitting = Object.entries(OPERATIONS).flatMap(([name, ways]) =>
    ways
      .filter(({ gives }) => gives === type)
      // One of the many ways to look up is enough.
      .slice(0, name === 'lookup' ? 2 : undefined)
      .map(({ takes }) => ({ name, takes })),
  )
  if (fitting.length === 0) return leaf(chance, type)
  const { name, takes } = chance.one(fitting)
  if (name === 'lookup') {
    const [table, keys] = chance.one(Object.entries(KEYS))
    return `lookup(${table}, ${keys.map(again).join(', ')})`
  }
  const given = takes.map(again)
  if (SIGNS.has(name)) return `(${given[0]} ${name} ${given[1]})`
  if (name === '-_') return `(-(${given[0]}))`
  if (name === '[]') return `${given[0]}[${given[1]}]`
  return `${name}(${given.join(', ')})`
}

function leaf(chance: Chance, type: Type): string {
  const fact = () => chance.one(Object.keys(FACTS).filter((id) => FACTS[id] === type))
  if (chance.below(3) > 0) return fact()
  const named = Object.keys(PARAMETERS).filter((id) => PARAMETERS[id]!.type === type)
  if (named.length > 0) return `param.${chance.one(named)}`
  if (type === 'bool') return chance.one(['true', 'false'])
  if (type === 'number') return chance.one(NUMBERS)
  if (type === 'date') return `date("${chance.one(DATES)}")`
  if (type === 'text') return JSON.stringify(chance.one(WORDS))
  return `[${Array.from({ length: chance.below(4) }, () => JSON.stringify(chance.one(WORDS))).join(', ')}]`
}

/** Facts as they come from the database; a third are unknown. */
export function randomFacts(chance: Chance): Record<string, unknown> {
  const value = (type: Type): unknown => {
    if (chance.below(3) === 0) return null
    if (type === 'bool') return chance.below(2) === 0
    if (type === 'number') return `${chance.below(5) === 0 ? '-' : ''}${chance.one(NUMBERS)}`
    if (type === 'date') return chance.one(DATES)
    if (type === 'text') return chance.one(WORDS)
    if (type === 'texts') return Array.from({ length: chance.below(4) }, () => chance.one(WORDS))
    if (type === 'dates') return Array.from({ length: chance.below(6) }, () => chance.one(DATES))
    if (type === 'table') return randomTable(chance, [AXES.bands, AXES.names])
    const names = chance.below(3) === 0 ? FIGURES : WORDS
    return Object.fromEntries(Array.from({ length: chance.below(5) }, () => [chance.one(names), chance.one(NUMBERS)]))
  }
  return Object.fromEntries(Object.entries(FACTS).map(([id, type]) => [id, value(type)]))
}
