/** Judging by requirement sets: nine conditions in process with full reasons, and a municipality of 200,000 tried with another figure in one statement. */

import { pool } from '../../src/platform/db/index.ts'
import { AS_OF } from '../../src/platform/policy/facts.ts'
import { readRequirement } from '../../src/platform/policy/requirements/read.ts'
import { readValue, type Type, type Value } from '../../src/platform/policy/rules/expression/value.ts'
import { judge } from '../../src/platform/policy/rules/requirements/judge.ts'
import { bindRequirement } from '../../src/platform/policy/rules/requirements/requirement.ts'
import { callerFor } from '../../src/server/caller.ts'
import { openBenchHouse } from './cluster.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'
import { fillMunicipality, SIZE, YEARS } from './municipality.ts'

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

async function inProcess() {
  const { requirement, mistakes } = readRequirement(
    {
      from: '2000-01-01',
      needs: { all: TESTS.map((test, nth) => ({ id: `c${nth}`, says: words, confidence: 'U' as const, test })) },
    },
    { fact: (id) => FACTS[id], parameter: () => undefined },
  )
  if (mistakes.length > 0) throw new Error(mistakes[0]!.error.message)
  const judged = judge(bindRequirement(requirement, () => null))
  const list = Array.from({ length: PEOPLE }, (_, n) => person(n))
  let met = 0
  const rate = async (work: (one: Person) => boolean) => {
    met = 0
    const seconds = await secondsOf(() => {
      for (const one of list) if (work(one)) met++
    })
    return PEOPLE / seconds
  }
  const right = list.filter((one) => byHand(one).every(Boolean)).length
  return inTurn(
    ROUNDS,
    async () => {
      const values = await rate((one) => {
        const facts = factsOf(one)
        return judged((id) => facts.get(id) ?? null).outcome === 'met'
      })
      if (met !== right) throw new Error(`${met} instead of ${right}`)
      return values
    },
    () => rate((one) => byHand(one).every(Boolean)),
    1,
  )
}

async function population(bench: Bench) {
  const url = await bench.database()
  await (await openBenchHouse(url)).close()
  const account = await fillMunicipality(url, bench.say)
  const house = await openBenchHouse(url)
  const bare = pool(url, { role: 'owner', max: 1 })
  try {
    const caller = await callerFor(house, account)
    const { rows } = await bare.query<{ id: string }>(
      `select id from directory.organisation where kind = 'municipality'`,
    )
    const people = SIZE.districts * SIZE.schools * SIZE.teachers
    const asOf = `${YEARS.to}-12-31`
    return await inTurn(
      ROUNDS,
      () =>
        secondsOf(async () => {
          const trial = await caller.policy.whatIf({
            set: 'training.credit.cycle',
            orgId: rows[0]!.id,
            asOf,
            changes: { 'training.credit.cycle_total': 130 },
          })
          const judged = trial.rows.reduce((sum, row) => sum + row.people, 0)
          if (judged !== people) throw new Error(`${judged} judged`)
        }),
      () =>
        secondsOf(async () => {
          const { rows: found } = await bare.query<{ people: number }>(
            `select sum(x.people)::int as people from (
              select o.id, s.before, s.after, count(*) as people from (
                select p.id, p.org_id, coalesce(s.total, 0) >= 120 and coalesce(s.floor, 0) >= 20 as before, coalesce(s.total, 0) >= 130 and coalesce(s.floor, 0) >= 20 as after
                from directory.person p join directory.employment e on e.person_id = p.id and e.kind = 'main' and e.during @> $1::date
                left join (select e.person_id, sum(e.credits) as total,
                  sum(e.credits) filter (where e.kind = 'concentrated' and e.level in ('district', 'city', 'national')) as floor
                  from ledger.entry e where e.credit_year between $2 and $3 group by e.person_id) s on s.person_id = p.id
              ) s join directory.organisation o on o.id = s.org_id group by o.id, s.before, s.after) x`,
            [asOf, YEARS.from, YEARS.to],
          )
          if (found[0]!.people !== people) throw new Error(`${found[0]!.people} by hand`)
        }),
      1,
    )
  } finally {
    await bare.end()
    await house.close()
  }
}

async function run(bench: Bench): Promise<Result> {
  const here = await inProcess()
  const many = await population(bench)
  return {
    comparisons: [
      {
        what: 'nine conditions judged in process with every reason, facts read from their text',
        unit: '/s',
        values: here.values,
        baseline: { what: 'the same nine written by hand, true or false only', values: here.base },
      },
      {
        what: 'another figure tried on 200,000 teachers with 50 entries each, by school',
        unit: 's',
        values: many.values,
        baseline: { what: 'the same question written by hand in SQL, as the owner', values: many.base },
      },
    ],
    facts: { conditions: TESTS.length, people: PEOPLE },
  }
}

export const policy: Benchmark = {
  name: 'policy',
  what: 'requirement sets: nine conditions in process; a trial over 200,000 teachers',
  run,
}
