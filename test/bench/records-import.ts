/** A roster of 100,000 people read, checked and applied, and all rules of quality over them right after, beside copying and counting the same. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { BOOK } from '../../src/domains/records/quality/book.ts'
import { findings } from '../../src/domains/records/quality/check.ts'
import { LOOKED_AT, whom } from '../../src/domains/records/quality/relations.ts'
import { background } from '../../src/server/background.ts'
import { callerFor } from '../../src/server/caller.ts'
import { importRoster } from '../../src/server/commands/import.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { districtHouse } from './cluster.ts'
import { type Bench, type Benchmark, type Result, secondsOf } from './measure.ts'
import { roster } from './rosters.ts'

const PEOPLE = 100_000
const ROUNDS = 2

type Round = { imported: number; checked: number; copied: number; counted: number }

/** Copies the tables that rules look at, as they stand, into bare ones: no keys, no indexes, no policies. The time is that of copying in. */
async function copied(bench: Bench, house: OpenHouse): Promise<number> {
  const [from, to] = [house.databaseUrl, await bench.database()].map((url) => new pg.Client({ connectionString: url }))
  await Promise.all([from!.connect(), to!.connect()])
  try {
    for (const name of ['ltree', 'pg_trgm']) await to!.query(`create extension if not exists ${name}`)
    let seconds = 0
    for (const table of LOOKED_AT) {
      const { rows: columns } = await from!.query<{ name: string; type: string }>(
        `select quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
          where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
        [table],
      )
      const bare = table.replace('.', '_')
      await to!.query(`create table ${bare} (${columns.map(({ name, type }) => `${name} ${type}`).join()})`)
      const bytes: Buffer[] = []
      for await (const part of from!.query(
        copyTo(`copy (select ${columns.map(({ name }) => name).join()} from ${table}) to stdout`),
      ))
        bytes.push(part)
      seconds += await secondsOf(() => pipeline(Readable.from(bytes), to!.query(copyFrom(`copy ${bare} from stdin`))))
    }
    return seconds
  } finally {
    await Promise.all([from!.end(), to!.end()])
  }
}

/** The same conditions counted by the owner: no row-level security, nothing stored. */
const counted = (house: OpenHouse, path: string, found: number): Promise<number> =>
  secondsOf(() =>
    house.owner.transaction().execute(async (tx) => {
      await sql`select set_config('work_mem', '256MB', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true), db.enter('', '', false, ${path}, '', '')`.execute(
        tx,
      )
      await sql`reset role`.execute(tx)
      const { rows } = await sql<{
        n: number
      }>`with ${whom(null)} select f.rule, count(*)::int as n from (${findings()}) f group by 1`.execute(tx)
      if (rows.reduce((sum, { n }) => sum + n, 0) !== found) throw new Error('other counts')
    }),
  )

async function round(bench: Bench, bytes: Uint8Array<ArrayBuffer>): Promise<Round> {
  const house = await districtHouse(bench)
  const jobs = await background(house, bench.say)
  try {
    const { rows } = await sql<{
      id: string
      path: string
    }>`select a.id, a.org_path::text as path from access.account a where a.login = 'trainer'`.execute(house.owner)
    const { id, path } = rows[0]!
    const caller = await callerFor(house, id)
    const imported = await secondsOf(async () => {
      const done = await importRoster(house, { as: 'trainer', name: '名册.xlsx', bytes })
      if (!done.applied || done.added !== PEOPLE)
        throw new Error(JSON.stringify({ ...done, faults: done.faults.slice(0, 3) }))
    })
    let found = 0
    const checked = await secondsOf(async () => {
      const answer = await caller.records.checkQuality({})
      if (answer.people < PEOPLE) throw new Error(JSON.stringify(answer))
      found = answer.findings
    })
    bench.say(`imported in ${imported.toFixed(1)} s, checked in ${checked.toFixed(1)} s: ${found} findings`)
    return { imported, checked, copied: await copied(bench, house), counted: await counted(house, path, found) }
  } finally {
    await jobs.stop()
    await house.close()
  }
}

async function run(bench: Bench): Promise<Result> {
  bench.say(`making a workbook of ${PEOPLE} rows`)
  const first = await districtHouse(bench)
  const { rows: schools } = await sql<{
    name: string
  }>`select o.name from directory.organisation o join access.account a on a.login = 'trainer' and o.path <@ a.org_path
    where o.kind = 'school' order by o.path`.execute(first.owner)
  await first.close()
  const bytes = await roster(
    2_000,
    PEOPLE,
    schools.map(({ name }) => name),
  )
  const rounds: Round[] = []
  for (let nth = 0; nth < ROUNDS; nth++) rounds.push(await round(bench, bytes))
  const of = (take: (one: Round) => number) => rounds.map(take)
  return {
    comparisons: [
      {
        what: `${PEOPLE.toLocaleString('en')} new people from .xlsx imported, then ${BOOK.length} rules over everybody`,
        unit: 's',
        values: of(({ imported, checked }) => imported + checked),
        baseline: {
          what: 'COPY of the rows that came of it into bare tables, and the same conditions counted by the owner',
          values: of(({ copied: rows, counted: conditions }) => rows + conditions),
        },
      },
      {
        what: 'the rules alone, found, stored, scored, pairs looked for, right after the import',
        unit: 's',
        values: of(({ checked }) => checked),
        baseline: {
          what: 'the same conditions counted by the owner',
          values: of(({ counted: conditions }) => conditions),
        },
      },
      {
        what: 'the import alone: read, checked, applied',
        unit: 's',
        values: of(({ imported }) => imported),
        baseline: { what: 'COPY of the rows that came of it into bare tables', values: of(({ copied: rows }) => rows) },
      },
    ],
    facts: { people: PEOPLE, rules: BOOK.length },
  }
}

export const recordsImport: Benchmark = {
  name: 'records-import',
  what: '100,000 people imported, and all rules of quality over them',
  run,
}
