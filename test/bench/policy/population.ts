/** One rule over a hundred thousand and over a million teachers, facts from the tables of the records and the ledger, beside the same question by hand. */
import { join } from 'node:path'
import type pg from 'pg'
import { pool } from '../../../src/platform/db/index.ts'
import { loadPacks } from '../../../src/platform/policy/index.ts'
import { type Caller, callerFor } from '../../../src/server/caller.ts'
import type { OpenHouse } from '../../../src/server/house.ts'
import { facts } from '../../../src/server/modules.ts'
import { openBenchHouse } from '../cluster.ts'
import { type Bench, type Benchmark, type Comparison, inTurn, median, type Result, secondsOf } from '../measure.ts'
import { fillMunicipality, peopleIn, YEARS } from '../municipality.ts'
import { fillRecords } from './records.ts'

const SMALL = { districts: 20, schools: 25, teachers: 200, entries: 10 }
const LARGE = { ...SMALL, schools: 250 }
const ROUNDS = 3
const AS_OF = `${YEARS.to}-12-31`
const SET = 'bench.promotion'

export type Town = { house: OpenHouse; caller: Caller; bare: pg.Pool; cityId: string; people: number }

/** A municipality of this size under the rule of `packs/bench`, opened; `close` it. */
export async function openTown(bench: Bench, size: typeof SMALL): Promise<Town & { close: () => Promise<void> }> {
  const url = await bench.database()
  await (await openBenchHouse(url)).close()
  const account = await fillMunicipality(url, bench.say, size)
  await fillRecords(url, bench.say)
  const house = await openBenchHouse(url)
  await loadPacks(house.owner, facts, join(import.meta.dirname, 'packs'))
  const bare = pool(url, { role: 'owner', max: 1 })
  const { rows } = await bare.query<{ id: string }>(
    `update directory.organisation set authority = 'bench' where kind = 'municipality' returning id`,
  )
  await bare.query(`update access.assignment set role = 'commission'`)
  const close = async () => {
    await bare.end()
    await house.close()
  }
  return { house, caller: await callerFor(house, account), bare, cityId: rows[0]!.id, people: peopleIn(size), close }
}

/** Years as birthdays count them. */
const years = (since: string) => `extract(year from age('${AS_OF}'::date, ${since}))`
/** The rule of `packs/bench` as one would write it; null where a fact is missing. */
const rule = (
  least: number,
) => `t.level = 'level_1' and ${years('lower(t.during)')} >= ${least} and h.stages && array['2', '3']
  and ${years('s.teaching_since')} >= 8 and coalesce(c.credits, 0) >= 20 and (e.degree or e.college)`
export const judgedByHand = (
  most: number,
) => `select p.id as person_id, p.org_id, ${rule(5)} as before, ${rule(most)} as after
  from directory.person p
  join directory.employment w on w.person_id = p.id and w.kind = 'main' and w.during @> '${AS_OF}'::date
  left join records.title t on t.person_id = p.id and t.during @> '${AS_OF}'::date
  left join records.service s on s.person_id = p.id
  left join (select person_id, array_agg(stage) as stages from records.teaching where during @> '${AS_OF}'::date group by person_id) h on h.person_id = p.id
  left join (select person_id, coalesce(bool_or(degree in ('2', '3', '4')), false) as degree, bool_or(level = '31') as college
    from records.education where graduated_on <= '${AS_OF}' group by person_id) e on e.person_id = p.id
  left join (select person_id, sum(credits) as credits from ledger.entry where credit_year between ${YEARS.from} and ${YEARS.to} group by person_id) c on c.person_id = p.id`

type Counts = { met: number; after: number; people: number }

/** Before and after by school, by the product. */
async function tried({ caller, cityId }: Town, years: number): Promise<Counts> {
  const changes = years === 5 ? {} : { 'bench.years': years }
  const { rows } = await caller.policy.whatIf({ set: SET, orgId: cityId, asOf: AS_OF, changes })
  const sum = (keep: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(keep).reduce((all, { people }) => all + people, 0)
  return {
    met: sum(({ before }) => before === 'met'),
    after: sum(({ after }) => after === 'met'),
    people: sum(() => true),
  }
}

/** The same by hand, as the owner, to whom no row is closed. */
async function byHand({ bare }: Town, years: number): Promise<Counts> {
  const { rows } = await bare.query<{ before: boolean | null; after: boolean | null; people: number }>(
    `select o.id, o.short_name, j.before, j.after, count(*)::int as people from (${judgedByHand(years)}) j
      join directory.organisation o on o.id = j.org_id group by o.id, o.short_name, j.before, j.after`,
  )
  const sum = (keep: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(keep).reduce((all, { people }) => all + people, 0)
  return {
    met: sum(({ before }) => before === true),
    after: sum(({ after }) => after === true),
    people: sum(() => true),
  }
}

async function measured(town: Town): Promise<Comparison[]> {
  const people = town.people.toLocaleString('en')
  const comparison = async (what: string, years: number): Promise<Comparison> => {
    const found: { own?: Counts; hand?: Counts } = {}
    const { values, base } = await inTurn(
      ROUNDS,
      () =>
        secondsOf(async () => {
          found.own = await tried(town, years)
        }),
      () =>
        secondsOf(async () => {
          found.hand = await byHand(town, years)
        }),
      1,
    )
    const { own, hand } = found
    if (JSON.stringify(own) !== JSON.stringify(hand) || own!.people !== town.people)
      throw new Error(`${JSON.stringify(own)} by the product, ${JSON.stringify(hand)} by hand`)
    return {
      what: `${what} over ${people} teachers, by school`,
      unit: 's',
      values,
      baseline: { what: 'the same question written by hand in SQL, as the owner', values: base },
      note: `${own!.met.toLocaleString('en')} meet it, ${own!.after.toLocaleString('en')} would`,
    }
  }
  return [await comparison('who meets a rule of seven conditions', 5), await comparison('another figure tried', 7)]
}

async function run(bench: Bench): Promise<Result> {
  const comparisons: Comparison[] = []
  for (const size of [SMALL, LARGE]) {
    const town = await openTown(bench, size)
    try {
      comparisons.push(...(await measured(town)))
    } finally {
      await town.close()
    }
  }
  const growth = median(comparisons[3]!.values) / median(comparisons[1]!.values)
  return { comparisons, facts: { growthFor10Times: Number(growth.toFixed(2)) } }
}

export const policyPopulation: Benchmark = {
  name: 'policy-population',
  what: 'a rule and a trial over 100,000 and 1,000,000 teachers, beside SQL by hand',
  run,
}
