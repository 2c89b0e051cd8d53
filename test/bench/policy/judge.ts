/** Nine conditions judged in process with every reason, beside two rule engines that people use, and the same nine by hand. */
import { ZenEngine } from '@gorules/zen-engine'
import { Engine, type RuleProperties } from 'json-rules-engine'
import { AS_OF } from '../../../src/platform/policy/facts.ts'
import { readRequirement } from '../../../src/platform/policy/requirements/read.ts'
import { readValue, type Type, type Value } from '../../../src/platform/policy/rules/expression/value.ts'
import { judge } from '../../../src/platform/policy/rules/requirements/judge.ts'
import { bindRequirement } from '../../../src/platform/policy/rules/requirements/requirement.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from '../measure.ts'

const PEOPLE = 100_000
const ROUNDS = 5

const FACTS: Record<string, Type> = {
  'credits.cycle': 'number',
  'credits.concentrated': 'number',
  'hours.cycle': 'number',
  'title.level': 'text',
  'title.since': 'date',
  'service.since': 'date',
  'education.degree': 'text',
  'teaching.stages': 'texts',
  'employment.basis': 'text',
  [AS_OF]: 'date',
}

const words = { zh: '条件', en: 'condition' }
const TESTS = [
  'credits.cycle >= 120',
  'credits.concentrated >= 20',
  'hours.cycle >= 360',
  'title.level == "level_1"',
  'years(title.since, asOf) >= 5',
  'years(service.since, asOf) >= 8',
  'education.degree in ["2", "3", "4"]',
  'overlaps(teaching.stages, ["2", "3"])',
  'employment.basis == "in_post"',
]

type Person = {
  credits: number
  concentrated: number
  hours: number
  level: string
  titleSince: string
  serviceSince: string
  degree: string
  stages: string[]
  basis: string
}

const person = (n: number): Person => ({
  credits: 60 + (n % 100),
  concentrated: n % 40,
  hours: 200 + (n % 300),
  level: n % 3 ? 'level_1' : 'level_2',
  titleSince: `${2010 + (n % 12)}-09-01`,
  serviceSince: `${1995 + (n % 25)}-09-01`,
  degree: ['', '4', '3'][n % 3]!,
  stages: [['2'], ['3'], ['4']][n % 3]!,
  basis: n % 5 ? 'in_post' : 'contract',
})

/** Facts as they come from the database: amounts as exact text. */
const factsOf = (one: Person): Map<string, Value> =>
  new Map(
    Object.entries({
      'credits.cycle': String(one.credits),
      'credits.concentrated': String(one.concentrated),
      'hours.cycle': String(one.hours),
      'title.level': one.level,
      'title.since': one.titleSince,
      'service.since': one.serviceSince,
      'education.degree': one.degree,
      'teaching.stages': one.stages,
      'employment.basis': one.basis,
      [AS_OF]: '2023-09-01',
    }).map(([id, value]) => [id, readValue(FACTS[id]!, value)]),
  )

const fullYears = (since: string) => 2023 - Number(since.slice(0, 4)) - ('09-01' < since.slice(5) ? 1 : 0)

/** The same nine, written by hand without reasons. */
const byHand = (one: Person): boolean[] => [
  one.credits >= 120,
  one.concentrated >= 20,
  one.hours >= 360,
  one.level === 'level_1',
  fullYears(one.titleSince) >= 5,
  fullYears(one.serviceSince) >= 8,
  ['2', '3', '4'].includes(one.degree),
  one.stages.some((stage) => ['2', '3'].includes(stage)),
  one.basis === 'in_post',
]

const FEWER = 10_000
const AT_ONCE = 100

function ourJudge(): (one: Person) => boolean {
  const { requirement, mistakes } = readRequirement(
    {
      from: '2000-01-01',
      needs: { all: TESTS.map((test, nth) => ({ id: `c${nth}`, says: words, confidence: 'U' as const, test })) },
    },
    { fact: (id) => FACTS[id], parameter: () => undefined },
  )
  if (mistakes.length > 0) throw new Error(mistakes[0]!.error.message)
  const judged = judge(bindRequirement(requirement, () => null))
  return (one) => {
    const facts = factsOf(one)
    return judged((id) => facts.get(id) ?? null).outcome === 'met'
  }
}

/** The same facts without names of the product's own; years are worked out beforehand, which these engines cannot do. */
const plainFacts = (one: Person) => ({
  ...one,
  titleYears: fullYears(one.titleSince),
  serviceYears: fullYears(one.serviceSince),
})

/** `all` of nine with the result of each: what json-rules-engine reports as the reasons. */
function jsonRules(): (one: Person) => Promise<boolean> {
  const rule: RuleProperties = {
    conditions: {
      all: [
        { fact: 'credits', operator: 'greaterThanInclusive', value: 120 },
        { fact: 'concentrated', operator: 'greaterThanInclusive', value: 20 },
        { fact: 'hours', operator: 'greaterThanInclusive', value: 360 },
        { fact: 'level', operator: 'equal', value: 'level_1' },
        { fact: 'titleYears', operator: 'greaterThanInclusive', value: 5 },
        { fact: 'serviceYears', operator: 'greaterThanInclusive', value: 8 },
        { fact: 'degree', operator: 'in', value: ['2', '3', '4'] },
        { fact: 'stages', operator: 'overlaps', value: ['2', '3'] },
        { fact: 'basis', operator: 'equal', value: 'in_post' },
      ],
    },
    event: { type: 'met' },
  }
  const engine = new Engine([rule])
  engine.addOperator<string[], string[]>('overlaps', (have, want) => have.some((one) => want.includes(one)))
  return async (one) => (await engine.run(plainFacts(one))).events.length === 1
}

/** Nine expressions with a result each, by ZEN. */
async function zen(): Promise<{ run: (one: Person) => Promise<boolean>; close: () => void }> {
  const tests = [
    'credits >= 120',
    'concentrated >= 20',
    'hours >= 360',
    'level == "level_1"',
    'titleYears >= 5',
    'serviceYears >= 8',
    'degree in ["2", "3", "4"]',
    'some(stages, # in ["2", "3"])',
    'basis == "in_post"',
  ]
  const expressions = tests.map((value, nth) => ({ id: `e${nth}`, key: `c${nth}`, value }))
  const place = { x: 0, y: 0 }
  const graph = {
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: place },
      { id: 'nine', name: 'nine', type: 'expressionNode', position: place, content: { expressions } },
      { id: 'out', name: 'out', type: 'outputNode', position: place },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'nine', type: 'edge' },
      { id: 'b', sourceId: 'nine', targetId: 'out', type: 'edge' },
    ],
  }
  const engine = new ZenEngine()
  const decision = engine.createDecision(Buffer.from(JSON.stringify(graph)))
  return {
    run: async (one) => Object.values((await decision.evaluate(plainFacts(one))).result).every(Boolean),
    close: () => engine.dispose(),
  }
}

async function run(_: Bench): Promise<Result> {
  const list = Array.from({ length: PEOPLE }, (_none, n) => person(n))
  const few = list.slice(0, FEWER)
  const right = (some: Person[]) => some.filter((one) => byHand(one).every(Boolean)).length
  const rated = async (some: Person[], count: () => number | Promise<number>) => {
    let met = 0
    const seconds = await secondsOf(async () => {
      met = await count()
    })
    if (met !== right(some)) throw new Error(`${met} instead of ${right(some)}`)
    return some.length / seconds
  }
  const rate = (some: Person[], work: (one: Person) => boolean) => rated(some, () => some.filter(work).length)
  // What answers later is asked for a hundred people at once.
  const rateLater = (some: Person[], work: (one: Person) => Promise<boolean>) =>
    rated(some, async () => {
      let met = 0
      for (let from = 0; from < some.length; from += AT_ONCE)
        met += (await Promise.all(some.slice(from, from + AT_ONCE).map(work))).filter(Boolean).length
      return met
    })
  const ours = ourJudge()
  const other = jsonRules()
  const third = await zen()
  try {
    const own = () => rate(list, ours)
    const hand = await inTurn(ROUNDS, own, () => rate(list, (one) => byHand(one).every(Boolean)), 1)
    const json = await inTurn(ROUNDS, own, () => rateLater(few, other), 1)
    const graph = await inTurn(ROUNDS, own, () => rateLater(few, third.run), 1)
    const comparison = (what: string, { values, base }: { values: number[]; base: number[] }) => ({
      what: 'nine conditions judged in process with every reason, facts read from their text',
      unit: '/s' as const,
      values,
      baseline: { what, values: base },
    })
    return {
      comparisons: [
        comparison('the same nine written by hand, true or false only', hand),
        comparison('json-rules-engine with the result of each condition, years worked out beforehand', json),
        comparison('ZEN with nine expressions, years worked out beforehand', graph),
      ],
      facts: { conditions: TESTS.length, people: PEOPLE },
    }
  } finally {
    third.close()
  }
}

export const policyJudge: Benchmark = {
  name: 'policy-judge',
  what: 'nine conditions of one person in process, beside two rule engines',
  run,
}
