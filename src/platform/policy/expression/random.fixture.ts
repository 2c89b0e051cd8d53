/** Random expressions of the subset, as text, and random facts for them; the same seed gives the same. */
import { OPERATIONS } from '../rules/expression/functions.ts'
import type { Type } from '../rules/expression/value.ts'

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
  'a.credits': 'amounts',
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
]
const NUMBERS = ['0', '1', '2', '3.5', '0.000001', '36', '120', '7', '0.333333', '12.25']
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
    ways.filter(({ gives }) => gives === type).map(({ takes }) => ({ name, takes })),
  )
  if (fitting.length === 0) return leaf(chance, type)
  const { name, takes } = chance.one(fitting)
  const given = takes.map(again)
  if (SIGNS.has(name)) return `(${given[0]} ${name} ${given[1]})`
  if (name === '-_') return `(-(${given[0]}))`
  if (name === '[]') return `${given[0]}[${given[1]}]`
  return `${name}(${given.join(', ')})`
}

function leaf(chance: Chance, type: Type): string {
  const fact = () => chance.one(Object.keys(FACTS).filter((id) => FACTS[id] === type))
  if (chance.below(3) > 0 || type === 'amounts') return fact()
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
    return Object.fromEntries(Array.from({ length: chance.below(3) }, () => [chance.one(WORDS), chance.one(NUMBERS)]))
  }
  return Object.fromEntries(Object.entries(FACTS).map(([id, type]) => [id, value(type)]))
}
