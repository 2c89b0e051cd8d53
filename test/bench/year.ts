/** The demonstration year, headless through the API: how long it takes and how many acts that is. */
import { pool } from '../../src/platform/db/index.ts'
import { eachOf } from '../../src/server/year/pace.ts'
import { performedYear } from './cluster.ts'
import { type Bench, type Benchmark, type Result, secondsOf } from './measure.ts'

/** The year keeps so many people busy at once; so does the baseline. */
const AT_ONCE = 8
const SAMPLE = 5000
const ROUNDS = 3

async function run(bench: Bench): Promise<Result> {
  const { seconds, acts, result } = await performedYear(bench)
  const bare = pool(await bench.database(), { role: 'owner', max: AT_ONCE })
  try {
    await bare.query('create table public.act (id int primary key, at timestamptz not null default now())')
    const rates: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const ids = Array.from({ length: SAMPLE }, (_, i) => round * SAMPLE + i)
      const took = await secondsOf(() =>
        eachOf(ids, async (id) => void (await bare.query('insert into public.act (id) values ($1)', [id])), AT_ONCE),
      )
      rates.push(SAMPLE / took)
    }
    const { places, classes, audit, circulars } = result
    const sum = (key: 'enrolled' | 'completed') => classes.reduce((total, one) => total + one[key], 0)
    return {
      comparisons: [
        {
          what: `acts of the API a second (${acts.toLocaleString('en')} acts, reads and commands, in ${seconds.toFixed(1)} s)`,
          unit: '/s',
          values: [acts / seconds],
          baseline: { what: `transactions that insert one row, ${AT_ONCE} at a time as well`, values: rates },
          note: `${places} places, ${sum('enrolled')} enrolled, ${sum('completed')} completed, ${audit.teachers} teachers audited, ${circulars} circulars`,
        },
      ],
      facts: { seconds: Math.round(seconds * 10) / 10, acts },
    }
  } finally {
    await bare.end()
  }
}

export const year: Benchmark = { name: 'year', what: 'the whole training year of the demonstration district', run }
