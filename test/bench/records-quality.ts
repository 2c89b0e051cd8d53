/** All rules of quality over the records of 100,000 people, stored with the scores of a thousand schools, against bare counts. */
import { sql } from 'kysely'
import { BOOK } from '../../src/domains/records/quality/book.ts'
import { findings } from '../../src/domains/records/quality/check.ts'
import { whom } from '../../src/domains/records/quality/relations.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'
import { cityOnRecord } from './records-house.ts'

const PEOPLE = 100_000

async function run(bench: Bench): Promise<Result> {
  const { house, caller } = await cityOnRecord(bench, PEOPLE)
  try {
    let found = 0
    const check = () =>
      secondsOf(async () => {
        const answer = await caller.records.checkQuality({})
        if (answer.people !== PEOPLE || answer.findings === 0) throw new Error(JSON.stringify(answer))
        found = answer.findings
      })
    // The owner counts what the same conditions mean, without row-level security, and stores nothing.
    const counted = () =>
      secondsOf(() =>
        house.owner.transaction().execute(async (tx) => {
          await sql`select set_config('work_mem', '256MB', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true), db.enter('', '', false, 'c', '', '')`.execute(
            tx,
          )
          await sql`reset role`.execute(tx)
          const { rows } = await sql<{
            n: number
          }>`with ${whom(null)} select f.rule, count(*)::int as n from (${findings()}) f group by 1`.execute(tx)
          if (rows.reduce((sum, { n }) => sum + n, 0) !== found) throw new Error('other counts')
        }),
      )
    const tables = [
      'directory.person',
      'directory.employment',
      'records.service',
      'records.teaching',
      'records.title',
      'records.post',
      'records.honour',
      'records.education',
    ]
    const scanned = () =>
      secondsOf(() =>
        sql`select ${sql.join(tables.map((name) => sql`(select count(*) from ${sql.table(name)})`))}`.execute(
          house.owner,
        ),
      )
    const { values, base } = await inTurn(3, check, counted, 1)
    const floor = await inTurn(3, scanned, scanned)
    return {
      comparisons: [
        {
          what: `${BOOK.length} rules over ${PEOPLE.toLocaleString('en')} people: found, stored, scored, pairs looked for`,
          unit: 's',
          values,
          baseline: { what: 'the same conditions counted by the owner, nothing stored', values: base },
          note: `${found} findings`,
        },
        {
          what: 'the same',
          unit: 's',
          values,
          baseline: { what: `bare count(*) of the ${tables.length} tables`, values: floor.base },
        },
      ],
      facts: { people: PEOPLE, rules: BOOK.length, findings: found },
    }
  } finally {
    await house.close()
  }
}

export const recordsQuality: Benchmark = {
  name: 'records-quality',
  what: 'all rules of quality over 100,000 people',
  run,
}
