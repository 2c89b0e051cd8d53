/** What is proved stricter is stricter of everybody; and what packs need to have proved is. */
import { describe, expect, it } from 'vitest'
import { Chance, FACTS, parameterOf, randomFacts, randomText, SCOPE } from '../../expression/random.fixture.ts'
import { readRequirement } from '../../requirements/read.ts'
import { readValue } from '../expression/value.ts'
import type { Condition, Group, Node, SetVersion } from './declared.ts'
import { unproved } from './implies.ts'
import { judge } from './judge.ts'
import { bindRequirement, type Requirement } from './requirement.ts'

const words = { zh: '条件', en: 'condition' }
const clause = { document: '某办法' }
let count = 0
const condition = (test: string, more: Partial<Condition> = {}): Condition => ({
  id: `c${count++}`,
  says: words,
  clause,
  confidence: 'F',
  test,
  ...more,
})
const read = (needs: Group, more: Partial<SetVersion> = {}): Requirement =>
  bindRequirement(readRequirement({ from: '2000-01-01', needs, ...more }, SCOPE).requirement, parameterOf)
const all = (...tests: (string | Node)[]) => ({
  all: tests.map((one) => (typeof one === 'string' ? condition(one) : one)),
})
const any = (...tests: (string | Node)[]) => ({
  any: tests.map((one) => (typeof one === 'string' ? condition(one) : one)),
})
const met = (id: string, when: string) => ({ id, says: words, clause, when, gives: 'met' as const })

describe('is proved', () => {
  it.each<[string, Requirement, Requirement]>([
    ['the same', read(all('a.flag')), read(all('a.flag'))],
    ['a higher figure', read(all('a.count >= 40')), read(all('a.count >= 36'))],
    ['above is at least', read(all('a.count > 36')), read(all('a.count >= 36'))],
    ['turned round', read(all('40 <= a.count')), read(all('a.count >= 36'))],
    ['a lower cap', read(all('a.count <= 5')), read(all('!(a.count > 6)'))],
    ['one more condition', read(all('a.flag', 'a.count >= 36')), read(all('a.count >= 36'))],
    ['both in one test', read(all('a.flag && a.count >= 36')), read(all('a.count >= 36', 'a.flag'))],
    ['fewer ways', read(all('a.flag')), read(any('a.flag', 'a.other'))],
    ['each way stricter', read(any('a.count >= 50', 'a.count >= 40 && a.flag')), read(all('a.count >= 36'))],
    ['a shorter list', read(all('a.kind in ["a"]')), read(all('a.kind in ["a", "b"]'))],
    ['one of a list', read(all('a.kind == "b"')), read(all('a.kind in ["a", "b"]'))],
    ['longer years', read(all('years(a.hired, a.born) >= 8')), read(all('years(a.hired, a.born) >= 5'))],
    ['figures worked out', read(all('a.count >= 4 * 10')), read(all('a.count >= 36'))],
    ['more of each', read(all('reaches(a.credits, param.delay)')), read(all('reaches(a.credits, param.delay)'))],
    ['what is compared is known', read(all('a.count >= 1')), read(all('known(a.count)'))],
    [
      'two of three where two of the same three are asked',
      read({ at_least: 2, of: all('a.flag', 'a.other', 'a.count > 1').all }),
      read({ at_least: 2, of: all('a.flag', 'a.other', 'a.count > 1').all }),
    ],
    [
      'without the exception above',
      read(all('a.flag')),
      read(all(condition('a.flag', { exceptions: [met('rural', 'a.other')] }))),
    ],
    [
      'nobody escapes',
      read(all('a.flag'), { applies: 'a.count >= 1' }),
      read(all('a.flag'), { applies: 'a.count >= 2' }),
    ],
  ])('%s', (_, stricter, than) => {
    expect(unproved(stricter, than)).toEqual([])
  })
})

describe('is not proved', () => {
  it.each<[string, Requirement, Requirement]>([
    ['a lower figure', read(all('a.count >= 30')), read(all('a.count >= 36'))],
    ['at least is not above', read(all('a.count >= 36')), read(all('a.count > 36'))],
    ['a condition left out', read(all('a.flag')), read(all('a.flag', 'a.other'))],
    ['one more way', read(any('a.flag', 'a.other')), read(all('a.flag'))],
    ['a new exception', read(all(condition('a.flag', { exceptions: [met('rural', 'a.other')] }))), read(all('a.flag'))],
    ['fewer people', read(all('a.flag'), { applies: 'a.other' }), read(all('a.flag'))],
    ['a longer list', read(all('a.kind in ["a", "b"]')), read(all('a.kind in ["a"]'))],
    [
      'without a grade',
      read(all('a.flag')),
      read(all('a.flag'), { grades: [{ id: 'fail', title: words, when: all('a.other') }] }),
    ],
    ['what is unknown above', read(all('!(a.kind in [])')), read(all('known(a.kind)'))],
  ])('%s', (_, stricter, than) => {
    expect(unproved(stricter, than).length).toBeGreaterThan(0)
  })
})

it('nobody who meets what is proved stricter fails the other, over random rules and facts', () => {
  const chance = new Chance(21)
  const figure = () => chance.one(['0', '1', '2', '3.5', '36'])
  const test = () =>
    chance.one([
      () => `a.count ${chance.one(['>=', '>', '<', '<=', '==', '!='])} ${figure()}`,
      () => `a.kind in [${chance.one(['"a"', '"a", "b"', '"b", "c"', '"c"'])}]`,
      () => `a.kind ${chance.one(['==', '!='])} "a"`,
      () => `overlaps(a.subjects, [${chance.one(['"a"', '"a", "b"'])}])`,
      () => `${chance.one(['', '!'])}${chance.one(['a.flag', 'a.other', 'known(a.count)', 'known(a.kind)'])}`,
      () => randomText(chance, 'bool', 1),
    ])()
  const one = () =>
    condition(
      chance.below(4) === 0 ? `(${test()}) ${chance.one(['&&', '||'])} (${test()})` : test(),
      chance.below(4) === 0
        ? { exceptions: [{ ...met('e', test()), gives: chance.one(['met', 'unmet'] as const) }] }
        : {},
    )
  const group = (depth: number): Group => {
    const parts = Array.from(
      { length: 1 + chance.below(3) },
      (): Node => (depth > 0 && chance.below(3) === 0 ? group(0) : one()),
    )
    return chance.one([{ all: parts }, { any: parts }, { at_least: 1 + chance.below(parts.length), of: parts }])
  }
  const sets = Array.from({ length: 90 }, () => read(group(1), chance.below(3) === 0 ? { applies: test() } : {}))
  const people = Array.from({ length: 60 }, () => {
    const given = randomFacts(chance)
    return (id: string) => readValue(FACTS[id]!, given[id])
  })
  const outcomes = sets.map((set) => people.map((facts) => judge(set)(facts).outcome))
  let proved = 0
  for (const [a, stricter] of sets.entries())
    for (const [b, than] of sets.entries()) {
      if (a === b || unproved(stricter, than).length > 0) continue
      proved++
      for (const nth of people.keys()) {
        const [mine, above] = [outcomes[a]![nth]!, outcomes[b]![nth]!]
        // Whoever is under the rule above is under this one, and passes it only by passing that.
        if (above === 'unmet' || above === 'met') expect(mine).not.toBe('exempt')
        if (above === 'unmet') expect(mine).not.toBe('met')
      }
    }
  expect(proved).toBeGreaterThan(30)
})
