/** An office over one call of 20,000 applications: the view of where they stand, and signing for 5,000 at once. */
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import { definition } from '../../src/platform/cases/contract/definition.ts'
import { pool, transact } from '../../src/platform/db/index.ts'
import { keepForm } from '../../src/platform/forms/index.ts'
import type { Caller } from '../../src/server/caller.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { castOf } from '../../src/server/year/cast.ts'
import { districtHouse } from './cluster.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'

const CASES = 20_000
const BULK = 5_000
const BULK_ROUNDS = 3
const VIEWS = 100
const VIEW_ROUNDS = 5

const both = (zh: string) => ({ zh, en: zh })
const trainer = { role: 'trainer', at: 'district' } as const
const FORM = {
  pages: [
    {
      name: 'main',
      title: { default: '申报', en: 'Application' },
      elements: [{ type: 'comment', name: 'plan', title: { default: '设想', en: 'Plan' } }],
    },
  ],
}
const CALL = definition.parse({
  id: 'bench.call',
  title: both('测量用遴选'),
  clause: { document: '测量' },
  confidence: 'U',
  applicant: 'person',
  form: FORM,
  stages: [
    { id: 'school', title: both('学校'), kind: 'check', by: [{ role: 'principal', at: 'school' }], days: 5 },
    { id: 'district', title: both('区级'), kind: 'check', by: [trainer], days: 10 },
    {
      id: 'notice',
      title: both('公示'),
      kind: 'notice',
      by: trainer,
      days: 5,
      shows: ['name'],
      objections: { anonymous: true, answer: trainer, days: 5 },
    },
    { id: 'file', title: both('归档'), kind: 'file', by: { role: 'commission', at: 'district' } },
  ],
  result: { kind: 'bench.call', title: both('测量'), level: 'district' },
})

/** 20,000 cases of invented people in the schools of the district: three quarters wait for the district, the others for their schools. */
async function openCall(house: OpenHouse): Promise<string> {
  const callId = newId()
  const { rows } = await sql<{
    id: string
    path: string
    account: string
  }>`select o.id, o.path::text, a.account_id as account
    from access.assignment a join directory.organisation o on o.id = a.org_id where a.role = 'trainer' and o.kind = 'district'
    order by o.path limit 1`.execute(house.owner)
  const { id, path, account } = rows[0]!
  const actor = { account, person: null, name: 'bench' }
  const version = await transact(
    house.db,
    { actor, permission: 'cases.call.write', scope: { paths: [path], self: false } },
    (act) => keepForm(act, FORM),
  )
  await sql`insert into cases.call (id, org_id, org_path, authority, definition, form_version, title, state, opens_on, judged_on, seed, made_by, published_at)
    values (${callId}, ${id}, ${path}::ltree, 'qianjiang', ${JSON.stringify(CALL)}::jsonb, ${version}, ${JSON.stringify(CALL.title)}::jsonb, 'published',
      db.today(), db.today(), 'bench', ${account}, db.now())`.execute(house.owner)
  await sql`insert into cases.quota (call_id, id, stage, org_id, org_path, places)
    values (${callId}, ${newId()}, 'district', ${id}, ${path}::ltree, ${CASES})`.execute(house.owner)
  await sql`with s as (
      select o.id, o.path, row_number() over (order by o.path) - 1 as nth, count(*) over () as many from directory.organisation o
      where o.kind = 'school' and o.path <@ ${path}::ltree),
    p as (
      insert into directory.person (id, number, name, org_id, org_path)
      select gen_random_uuid(), 'B' || lpad(n::text, 6, '0'), '测量教师' || n, s.id, s.path from generate_series(1, ${CASES}) n join s on s.nth = n % s.many
      returning id, name, org_id, org_path),
    a as (
      insert into cases.application (id, call_id, person_id, org_id, org_path, name, state, stage, since, due_on, form_version, answers, submitted_at, made_by)
      select gen_random_uuid(), ${callId}, p.id, p.org_id, p.org_path, p.name, 'waiting', case when r.n % 4 = 0 then 'school' else 'district' end,
        db.now() - make_interval(hours => (r.n % 400)::int), db.today() + (r.n % 9)::int - 2, ${version}, '{"plan": "三年内带教两名青年教师"}', db.now(), ${account}
      from (select p.*, row_number() over (order by p.id) as n from p) r join p on p.id = r.id
      returning id, stage, since, due_on, org_id, org_path)
    insert into cases.task (application_id, id, stage, role, org_id, org_path, due_on, opened_at)
    select a.id, gen_random_uuid(), a.stage, case a.stage when 'school' then 'principal' else 'trainer' end,
      case a.stage when 'school' then a.org_id else ${id}::uuid end, case a.stage when 'school' then a.org_path else ${path}::ltree end, a.due_on, a.since
    from a`.execute(house.owner)
  await sql`analyze cases.application, cases.task, directory.person`.execute(house.owner)
  return callId
}

const p99 = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1]!

async function slowest(work: () => Promise<unknown>): Promise<number> {
  const values: number[] = []
  for (let n = 0; n < VIEWS; n++) values.push((await secondsOf(work)) * 1000)
  return p99(values)
}

async function viewed(house: OpenHouse, cases: Caller['cases'], callId: string) {
  const bare = pool(house.databaseUrl, { role: 'owner', max: 1 })
  try {
    return await inTurn(
      VIEW_ROUNDS,
      () => slowest(() => cases.pipeline({ callId })),
      () =>
        slowest(() =>
          bare.query(
            `select stage, state, count(*), count(*) filter (where due_on < current_date), min(since),
              percentile_disc(0.5) within group (order by since) from cases.application where call_id = $1 group by stage, state`,
            [callId],
          ),
        ),
      1,
    )
  } finally {
    await bare.end()
  }
}

async function signed(house: OpenHouse, cases: Caller['cases'], callId: string, say: Bench['say']) {
  const bare = pool(house.databaseUrl, { role: 'owner', max: 1 })
  try {
    await bare.query(
      'create table public.bare_case (id uuid primary key, stage text not null, state text not null, since timestamptz not null default now())',
    )
    const { rows } = await sql<{ id: string }>`select a.id from cases.application a where a.call_id = ${callId}
      and a.stage = 'district' order by a.id`.execute(house.owner)
    const heaps = Array.from({ length: BULK_ROUNDS }, (_, nth) =>
      rows.slice(nth * BULK, (nth + 1) * BULK).map(({ id }) => id),
    )
    await bare.query(`insert into public.bare_case select id, 'district', 'waiting' from unnest($1::uuid[]) id`, [
      rows.map(({ id }) => id),
    ])
    let own = 0
    let base = 0
    const timed = await inTurn(
      BULK_ROUNDS,
      async () => {
        const ids = heaps[own++]!
        say(`signing for ${ids.length} cases`)
        const seconds = await secondsOf(() => cases.signCases({ ids, verdict: 'signed' }))
        const { rows: after } = await sql<{ n: number }>`select count(*)::int as n from cases.application a
          where a.id = any (${ids}::uuid[]) and a.stage = 'notice'`.execute(house.owner)
        if (after[0]!.n !== ids.length) throw new Error(`${after[0]!.n} of ${ids.length} went on`)
        return seconds
      },
      () =>
        secondsOf(() =>
          bare.query(`update public.bare_case set stage = 'notice', since = now() where id = any ($1::uuid[])`, [
            heaps[base++],
          ]),
        ),
    )
    return timed
  } finally {
    await bare.end()
  }
}

async function pipelineRun(bench: Bench): Promise<Result> {
  const house = await districtHouse(bench)
  try {
    const callId = await openCall(house)
    const { trainer: office } = await castOf(house)
    const { values, base } = await viewed(house, office.cases, callId)
    return {
      comparisons: [
        {
          what: `where ${CASES} applications of one call stand, p99 of ${VIEWS} calls`,
          unit: 'ms',
          values,
          baseline: {
            what: 'one bare statement that groups them, without late offices, places and scope',
            values: base,
          },
        },
      ],
      facts: { cases: CASES, views: VIEWS, rounds: VIEW_ROUNDS },
    }
  } finally {
    await house.close()
  }
}

async function bulkRun(bench: Bench): Promise<Result> {
  const house = await districtHouse(bench)
  try {
    const callId = await openCall(house)
    const { trainer: office } = await castOf(house)
    const { values, base } = await signed(house, office.cases, callId, bench.say)
    return {
      comparisons: [
        {
          what: `signing for ${BULK} cases at once: places taken, steps and audit written, applicants and offices told`,
          unit: 's',
          values,
          baseline: { what: `one bare UPDATE of ${BULK} rows`, values: base },
          note: 'every case is at the next stage after each round',
        },
      ],
      facts: { cases: CASES, bulk: BULK, rounds: BULK_ROUNDS },
    }
  } finally {
    await house.close()
  }
}

export const casesPipeline: Benchmark = {
  name: 'cases-pipeline',
  what: 'where 20,000 applications stand',
  run: pipelineRun,
}
export const casesBulk: Benchmark = { name: 'cases-bulk', what: 'signing for 5,000 cases at once', run: bulkRun }
