/** Worked cases as they are edited: facts as they are typed, and as a case says them. Pure. */
import type { DraftCase, PolicyWords } from '../../contract.ts'
import { conditionsOf, type EditedSet } from './set.ts'

export type EditedCase = DraftCase & { key: string }
type Fact = PolicyWords['facts'][number]

let made = 0
export const newCase = (on: string): EditedCase => ({
  ...{ key: `case-${++made}`, name: '', on, outcome: 'met', facts: {} },
})

const LIST = /[,，、]\s*/
const PAIR = /\s*[=＝:：]\s*/

/** What a field for a fact of this type shows of a value. */
export function typed(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, size]) => `${name}=${String(size)}`)
      .join(', ')
  return String(value)
}

/** What a text that was typed means, undefined where nothing was; what has no such form stays text and is refused with its place. */
export function meant(type: string, given: string): unknown {
  const text = given.trim()
  if (text === '') return undefined
  if (type === 'bool') return text === 'true'
  if (type === 'texts' || type === 'dates') return text.split(LIST).filter(Boolean)
  if (type === 'amounts')
    return Object.fromEntries(
      text
        .split(LIST)
        .filter(Boolean)
        .map((pair) => {
          const [name = '', size = ''] = pair.split(PAIR)
          return [name, size]
        }),
    )
  return text
}

export const editedCases = (cases: readonly DraftCase[]): EditedCase[] =>
  cases.map((one) => ({ ...newCase(one.on), ...one }))

/** As they are sent; a fact that is left empty is not known. */
export const tidiedCases = (cases: readonly EditedCase[]): DraftCase[] =>
  cases.map(({ name, on, outcome, facts }) => ({
    ...{ name: name.trim(), on, outcome },
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
  }))

/** The facts that a set asks for, by what its expressions name. */
export function factsIn(set: EditedSet, facts: readonly Fact[]): Fact[] {
  const tests = conditionsOf(set).flatMap(({ test, exceptions = [] }) => [test, ...exceptions.map(({ when }) => when)])
  const all = [...tests, ...set.versions.map(({ applies = '' }) => applies)].join(' \n')
  const names = new Set(all.match(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g))
  return facts.filter(({ id }) => id !== 'asOf' && names.has(id))
}
