/** Rosters: 100,000 rows read, checked and applied, and 2,000 teachers with employment and enrolment in a class in one go. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { readRoster } from '../../src/domains/records/service/roster/stage.ts'
import { background } from '../../src/server/background.ts'
import { importRoster } from '../../src/server/commands/import.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { castOf } from '../../src/server/year/cast.ts'
import { eachOf } from '../../src/server/year/pace.ts'
import { districtHouse } from './cluster.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'
import { HIRED, roster } from './rosters.ts'

const MANY = 100_000
const FEW = 2000
const AS_OF = '2023-03-01'

/** A roster of a fresh district, so that every round does the same work. */
async function onFreshDistrict<R>(bench: Bench, work: (house: OpenHouse, schools: string[]) => Promise<R>): Promise<R> {
  const house = await districtHouse(bench)
  const jobs = await background(house, bench.say)
  try {
    const { rows } = await sql<{
      name: string
    }>`select o.name from directory.organisation o join access.account a on a.login = 'trainer' and o.path <@ a.org_path
      where o.kind = 'school' order by o.path`.execute(house.owner)
    return await work(
      house,
      rows.map(({ name }) => name),
    )
  } finally {
    await jobs.stop()
    await house.close()
  }
}

/** Reads the roster and copies what was read into a table without keys, indexes or policies. */
async function parseAndCopy(bench: Bench, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const client = new pg.Client({ connectionString: await bench.database() })
  await client.connect()
  try {
    return await secondsOf(async () => {
      const { rows } = (await readRoster(bytes, { asOf: AS_OF })).pages[0]!
      const keys = Object.keys(rows[0]!.values) as (keyof (typeof rows)[number]['values'])[]
      await client.query(`create table public.roster (${keys.map((key) => `"${key}" text`).join(', ')})`)
      const lines = rows.map(({ values }) => `${keys.map((key) => values[key] ?? '\\N').join('\t')}\n`)
      await pipeline(Readable.from(lines), client.query(copyFrom('copy public.roster from stdin')))
    })
  } finally {
    await client.end()
  }
}

const whole = async (house: OpenHouse, bytes: Uint8Array<ArrayBuffer>, rows: number): Promise<void> => {
  const done = await importRoster(house, { as: 'trainer', name: '名册.xlsx', bytes })
  if (!done.applied || done.added !== rows)
    throw new Error(`imported ${JSON.stringify({ ...done, faults: done.faults.slice(0, 3) })}`)
}

/** A class for everybody who came on that day: shared out, proposed by every school, confirmed. */
async function enrolNewcomers(house: OpenHouse): Promise<void> {
  const { trainer, clerkOf } = await castOf(house)
  const [plan] = await trainer.training.plans({})
  const { classId } = await trainer.training.createClass({
    planId: plan!.id,
    projectId: plan!.projects[0]!.id,
    code: 'XR',
    name: '新入职教师岗前培训',
    level: 'district',
    kind: 'class',
    creditKind: 'concentrated',
    target: { hiredWithinMonths: 1 },
    places: FEW,
    hours: '12',
    terms: 1,
    budgetFen: 0,
    enrolment: 'delegated',
  })
  await trainer.training.shareOut({ classId, deadline: '2023-03-20T10:00:00Z' })
  await eachOf(await trainer.training.quotas({ classId }), async ({ orgId, places }) => {
    const clerk = await clerkOf(orgId)
    const { rows } = await clerk.training.eligible({ classId, orgId, limit: 200 })
    await clerk.training.propose({
      classId,
      orgId,
      personIds: rows.slice(0, places).map(({ personId }) => personId),
      waitIfFull: false,
    })
  })
  const { confirmed } = await trainer.training.confirmClass({ classId })
  if (confirmed !== FEW) throw new Error(`${confirmed} of ${FEW} enrolled`)
}

async function run(bench: Bench): Promise<Result> {
  bench.say(`making a workbook of ${MANY} rows`)
  const [many, few] = await onFreshDistrict(
    bench,
    async (_, schools) => [await roster(FEW, MANY, schools), await roster(0, FEW, schools)] as const,
  )
  let imported = 0
  const together = await inTurn(
    3,
    () =>
      onFreshDistrict(bench, (house) =>
        secondsOf(async () => {
          imported = await secondsOf(() => whole(house, few, FEW))
          await enrolNewcomers(house)
        }),
      ),
    () => parseAndCopy(bench, few),
    1,
  )
  bench.say(`${MANY} rows: some minutes`)
  const large = await inTurn(
    2,
    () => onFreshDistrict(bench, (house) => secondsOf(() => whole(house, many, MANY))),
    () => parseAndCopy(bench, many),
  )
  return {
    comparisons: [
      {
        what: `${FEW} new teachers from .xlsx with employment, facts and account, all enrolled in one class`,
        unit: 's',
        values: together.values,
        baseline: { what: 'reading the workbook, COPY into a bare table', values: together.base },
        note: `${imported.toFixed(1)} s of it the roster; all hired on ${HIRED}`,
      },
      {
        what: `${MANY.toLocaleString('en')} new teachers from .xlsx (${(many.length / 2 ** 20).toFixed(1)} MB): read, checked and applied`,
        unit: 's',
        values: large.values,
        baseline: { what: 'reading the workbook, COPY into a bare table', values: large.base },
      },
    ],
    facts: { rows: MANY, columns: 15, teachers: FEW },
  }
}

export const imports: Benchmark = {
  name: 'import',
  what: '100,000 roster rows; 2,000 teachers with employment and enrolment in one go',
  run,
}
