/** The yearly audit of a whole municipality: 200,000 teachers with 50 entries each, against the bare grouping of the same rows. */
import { pool } from '../../src/platform/db/index.ts'
import { callerFor } from '../../src/server/caller.ts'
import { openBenchHouse } from './cluster.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'
import { fillMunicipality, SIZE, YEARS } from './municipality.ts'

const ROUNDS = 5

async function run(bench: Bench): Promise<Result> {
  const url = await bench.database()
  await (await openBenchHouse(url)).close()
  const account = await fillMunicipality(url, bench.say)
  const house = await openBenchHouse(url)
  const bare = pool(url, { role: 'owner', max: 1 })
  try {
    const caller = await callerFor(house, account)
    const people = SIZE.districts * SIZE.schools * SIZE.teachers
    const grouping = async () => {
      let groups = 0
      const seconds = await secondsOf(async () => {
        const { rows } = await bare.query<{ groups: number }>(
          'select count(*)::int as groups from (select e.person_id, sum(e.credits) from ledger.entry e group by e.person_id) x',
        )
        groups = rows[0]!.groups
      })
      if (groups !== people) throw new Error(`${groups} groups`)
      return seconds
    }
    const year = YEARS.to
    const audits = await inTurn(
      ROUNDS,
      () =>
        secondsOf(async () => {
          const schools = await caller.training.audits({ year })
          const counted = schools.reduce((sum, { teachers }) => sum + teachers, 0)
          const entries = schools.reduce((sum, school) => sum + school.entries, 0)
          if (counted !== people || entries !== people * 10) throw new Error(`${counted} teachers, ${entries} entries`)
        }),
      grouping,
      1,
    )
    const page = async (ask: { short?: boolean; cursor?: string }) => {
      const { rows, total } = await caller.training.credits({ year, limit: 50, ...ask })
      if (rows.length !== 50 || (!ask.short && total !== people)) throw new Error(`${rows.length} rows of ${total}`)
    }
    const credits = await inTurn(ROUNDS, () => secondsOf(() => page({ cursor: 'B0100000' })), grouping)
    const behind = await inTurn(ROUNDS, () => secondsOf(() => page({ short: true })), grouping)
    const one = 'select person_id, sum(credits) … group by person_id over the same 10 million entries, as the owner'
    return {
      comparisons: [
        {
          what: 'the audit of every school: teachers, compliant, entries, credits',
          unit: 's',
          values: audits.values,
          baseline: { what: one, values: audits.base },
        },
        {
          what: 'a page of 50 people with their credits, from the middle of 200,000',
          unit: 's',
          values: credits.values,
          baseline: { what: one, values: credits.base },
        },
        {
          what: 'the first 50 people behind the pace, and how many there are',
          unit: 's',
          values: behind.values,
          baseline: { what: one, values: behind.base },
        },
      ],
      facts: { teachers: people, entries: people * SIZE.entries, scope: 'municipality' },
    }
  } finally {
    await bare.end()
    await house.close()
  }
}

export const auditTotals: Benchmark = {
  name: 'audit-totals',
  what: 'audit totals over 200,000 teachers with 50 entries each',
  run,
}
