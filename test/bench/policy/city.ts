/** A city of 200,000 decided on, facts and reasons kept: beside the same outcomes by hand, written without facts and reasons. */
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from '../measure.ts'
import { YEARS } from '../municipality.ts'
import { judgedByHand, openTown } from './population.ts'

const CITY = { districts: 20, schools: 50, teachers: 200, entries: 10 }
const ROUNDS = 3

async function run(bench: Bench): Promise<Result> {
  const town = await openTown(bench, CITY)
  try {
    await town.bare.query('create table public.outcome (person_id uuid primary key, outcome boolean)')
    const { values, base } = await inTurn(
      ROUNDS,
      () =>
        secondsOf(async () => {
          const { decided } = await town.caller.policy.decide({
            set: 'bench.promotion',
            orgId: town.cityId,
            asOf: `${YEARS.to}-12-31`,
            purpose: '测量',
          })
          const people = decided.reduce((sum, one) => sum + one.people, 0)
          if (people !== town.people) throw new Error(`${people} decided on`)
        }),
      async () => {
        const seconds = await secondsOf(() =>
          town.bare.query(`insert into public.outcome select j.person_id, j.before from (${judgedByHand(5)}) j`),
        )
        await town.bare.query('truncate public.outcome')
        return seconds
      },
    )
    return {
      comparisons: [
        {
          what: '200,000 people decided on, each with facts, versions and the result of seven conditions kept',
          unit: 's',
          values,
          baseline: { what: 'the same outcomes by hand into a bare table, without reasons', values: base },
        },
      ],
    }
  } finally {
    await town.close()
  }
}

export const policyCity: Benchmark = { name: 'policy-city', what: 'a city of 200,000 decided on, reasons kept', run }
