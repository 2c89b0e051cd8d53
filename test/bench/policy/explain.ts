/** One person explained over the API, and all packs loaded: beside reading the same facts, and beside parsing the same files. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { PACKS, readPacks } from '../../../src/platform/policy/index.ts'
import { facts } from '../../../src/server/modules.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from '../measure.ts'
import { YEARS } from '../municipality.ts'
import { openTown } from './population.ts'

const ROUNDS = 5
const ASKED = 1_000
const AS_OF = `${YEARS.to}-12-31`

/** The facts of one person that the rule asks for, as one would read them. */
const FACTS = `select p.name, t.level, lower(t.during), s.teaching_since,
    (select array_agg(stage) from records.teaching g where g.person_id = p.id and g.during @> $2::date) as stages,
    (select array_agg(degree) from records.education g where g.person_id = p.id) as degrees,
    (select array_agg(level) from records.education g where g.person_id = p.id) as levels,
    (select sum(credits) from ledger.entry e where e.person_id = p.id and e.credit_year between $3 and $4) as credits
  from directory.person p left join records.title t on t.person_id = p.id and t.during @> $2::date
  left join records.service s on s.person_id = p.id where p.id = $1`

/** The slowest of a hundred, in milliseconds. */
const p99 = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]! * 1000

async function explained(bench: Bench) {
  const town = await openTown(bench, { districts: 20, schools: 25, teachers: 200, entries: 10 })
  try {
    const { rows } = await town.bare.query<{ id: string }>(
      `select p.id from directory.person p order by md5(p.id::text) limit ${ASKED}`,
    )
    const each = async (ask: (id: string) => Promise<unknown>) => {
      const times: number[] = []
      for (const { id } of rows) times.push(await secondsOf(() => ask(id)))
      return p99(times)
    }
    return await inTurn(
      ROUNDS,
      () => each((personId) => town.caller.policy.explain({ set: 'bench.promotion', personId, asOf: AS_OF })),
      () => each((id) => town.bare.query(FACTS, [id, AS_OF, YEARS.from, YEARS.to])),
      1,
    )
  } finally {
    await town.close()
  }
}

/** Every YAML file of the packs, parsed and no more. */
async function parseAll(): Promise<void> {
  for (const entry of await readdir(PACKS, { withFileTypes: true, recursive: true }))
    if (entry.isFile() && entry.name.endsWith('.yaml'))
      parse(await readFile(join(entry.parentPath, entry.name), 'utf8'))
}

async function run(bench: Bench): Promise<Result> {
  const person = await explained(bench)
  const packs = await inTurn(
    ROUNDS,
    () => secondsOf(() => readPacks(PACKS, facts)),
    () => secondsOf(parseAll),
    1,
  )
  return {
    comparisons: [
      {
        what: 'one of 100,000 people explained through the API with every condition, shortest way and earliest day: slowest of a hundred',
        unit: 'ms',
        values: person.values,
        baseline: {
          what: 'the same facts read with bare SQL, as the owner: slowest of a hundred',
          values: person.base,
        },
      },
      {
        what: 'all packs read and checked',
        unit: 's',
        values: packs.values,
        baseline: { what: 'the same files parsed as YAML', values: packs.base },
      },
    ],
  }
}

export const policyExplain: Benchmark = {
  name: 'policy-explain',
  what: 'one person explained beside reading the facts; all packs loaded',
  run,
}
