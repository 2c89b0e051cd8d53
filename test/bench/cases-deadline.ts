/** The last minute before a deadline: 2,000 applications are handed in, and then a rush across the end itself. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import { definition } from '../../src/platform/cases/contract/definition.ts'
import { pool } from '../../src/platform/db/index.ts'
import { formVersion } from '../../src/platform/forms/index.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { districtHouse } from './cluster.ts'
import { burst, rpc, serve } from './http.ts'
import { type Bench, type Benchmark, inTurn, type Result } from './measure.ts'
import { teachers } from './seats.ts'

const PEOPLE = 2000
const CONNECTIONS = 20
const OVER_HTTP = 50
const ROUNDS = 3
/** Milliseconds that a request may be on its way to a server whose two cores are full; later it is never earlier. */
const ON_ITS_WAY = 2_500
/** At once on connections of their own, more than the server has connections to the database. */
const RUSH = 800

const say = (zh: string) => ({ zh, en: `In English ${zh.length}` })
const text = (zh: string) => ({ default: zh, en: `In English ${zh.length}` })
/** With a condition that is judged and decided on for everybody, and facts that are filled in. */
const CALL = definition.parse({
  id: 'bench.deadline',
  title: say('截止测量'),
  clause: { document: '测量' },
  confidence: 'U',
  note: '测量',
  applicant: 'person',
  eligibility: { sets: ['ethics.eligible'] },
  form: {
    pages: [
      {
        name: 'main',
        elements: [
          { type: 'text', name: 'name', title: text('姓名'), from: 'person.name' },
          { type: 'text', name: 'since', title: text('从教日期'), from: 'service.since', inputType: 'date' },
          { type: 'text', name: 'level', title: text('现职称'), from: 'title.level' },
          { type: 'comment', name: 'plan', title: text('工作设想'), isRequired: true },
        ],
      },
    ],
  },
  stages: [{ id: 'school', title: say('学校推荐'), kind: 'check', by: [{ role: 'principal', at: 'school' }], days: 5 }],
  result: { kind: 'bench.deadline', title: say('测量称号'), level: 'district' },
})
const PLAN = '三年内带教两名青年教师，形成可推广的教学资源并在全区开放交流。'.repeat(12)

async function run(bench: Bench): Promise<Result> {
  const house = await districtHouse(bench, CONNECTIONS)
  const bare = pool(house.databaseUrl, { role: 'owner', max: 2 })
  const served = await serve(house.databaseUrl)
  try {
    // Whoever has a sanction is refused with its clause, which is not what is measured here.
    await bare.query('delete from records.sanction; delete from records.ethics_handling; delete from records.bar')
    const people = await teachers(house, PEOPLE)
    const cookies = await signAllIn(
      house,
      people.map(({ accountId }) => accountId),
    )
    await bare.query(
      'create table public.presence (session_id uuid, person_id uuid, at timestamptz not null default now(), primary key (person_id, session_id))',
    )
    const persons = people.map(({ personId }) => personId)
    const handIn = (applicationId: string, nth: number) =>
      rpc('cases.submitApplication', { applicationId, revision: 1, answers: { plan: PLAN } }, cookies[nth]!)

    const { values, base } = await inTurn(
      ROUNDS,
      async () => {
        const { callId, drafts } = await draftsOf(house, persons, 60_000)
        bench.say(`${PEOPLE} hand in within a minute of the deadline`)
        const { seconds } = await burst(served.product, PEOPLE, OVER_HTTP, (nth) => handIn(drafts[nth]!, nth))
        if (seconds < 60) await assertAllIn(house, callId)
        return seconds
      },
      async () => {
        const session = crypto.randomUUID()
        const { seconds } = await burst(served.bare, PEOPLE, OVER_HTTP, (nth) => ({
          path: '/insert',
          body: { session, person: persons[nth] },
        }))
        return seconds
      },
      1,
    )
    bench.say('a rush across the end')
    const across = await acrossTheEnd(house, served.product, persons.slice(0, RUSH), handIn)
    return {
      comparisons: [
        {
          what: `${PEOPLE} applications handed in over HTTP in the last minute, ${OVER_HTTP} connections`,
          unit: 's',
          values,
          baseline: { what: 'a bare Fastify handler that inserts one row', values: base },
          note: 'each with its form checked, facts filled in, conditions judged, the decision kept, the school told and the audit entry; all in',
        },
      ],
      facts: { people: PEOPLE, rounds: ROUNDS, rush: RUSH, across },
    }
  } finally {
    await served.stop()
    await bare.end()
    await house.close()
  }
}

/** All at once, half of them just before the end and half of them after it: those sent before are in, those sent after are not. */
async function acrossTheEnd(
  house: OpenHouse,
  base: string,
  persons: string[],
  handIn: (applicationId: string, nth: number) => { path: string; cookie?: string; body: unknown },
) {
  const { callId, drafts } = await draftsOf(house, persons, 3_600_000)
  const { rows: closing } = await sql<{
    left: number
  }>`insert into cases.deadline (call_id, stage, closes_at, by_account)
    select c.id, 'submit', db.now() + interval '12 seconds', c.made_by from cases.call c where c.id = ${callId}
    returning extract(epoch from closes_at - clock_timestamp())::float8 * 1000 + extract(epoch from (select c.ahead from db.clock c))::float8 * -1000 as left`.execute(
    house.owner,
  )
  const ends = performance.now() + closing[0]!.left
  const sent = await Promise.all(
    drafts.map(async (applicationId, nth) => {
      const ahead = nth % 2 === 0 ? 9_000 - nth * 7 : -nth * 4
      await new Promise((resolve) => setTimeout(resolve, ends - ahead - performance.now()))
      const { path, cookie, body } = handIn(applicationId, nth)
      const at = performance.now()
      const answer = await fetch(base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: cookie! },
        body: JSON.stringify(body),
      })
      return { ahead: ends - at, status: answer.status, text: answer.ok ? '' : await answer.text() }
    }),
  )
  const early = sent.filter(({ ahead }) => ahead > ON_ITS_WAY)
  const late = sent.filter(({ ahead }) => ahead < 0)
  const lost = early.filter(({ status }) => status !== 200)
  const accepted = late.filter(({ text: said }) => !said.includes('cases.too_late'))
  const { rows } = await sql<{
    n: number
    late: number
  }>`select count(*)::int as n, count(*) filter (where a.submitted_at > d.closes_at)::int as late
    from cases.application a cross join lateral (select x.closes_at from cases.deadline x where x.call_id = a.call_id order by x.nth desc limit 1) d
    where a.call_id = ${callId} and a.state = 'waiting'`.execute(house.owner)
  const kept = sent.filter(({ status }) => status === 200).length
  if (
    lost.length + accepted.length + rows[0]!.late > 0 ||
    rows[0]!.n !== kept ||
    early.length === 0 ||
    late.length === 0
  )
    throw new Error(
      `not exact: ${JSON.stringify({ early: early.length, lost: lost.slice(0, 2), late: late.length, accepted: accepted.slice(0, 2), kept, ...rows[0] })}`,
    )
  return { before: early.length, lost: 0, after: late.length, lateAccepted: 0 }
}

async function assertAllIn(house: OpenHouse, callId: string): Promise<void> {
  const { rows } = await sql<{ waiting: number; asked: number; decided: number }>`select count(*)::int as waiting,
      (select count(*)::int from cases.task t join cases.application x on x.id = t.application_id where x.call_id = ${callId}) as asked,
      count(*) filter (where exists (select from policy.decision d where d.person_id = a.person_id and d.subject_id = a.id::text))::int as decided
    from cases.application a where a.call_id = ${callId} and a.state = 'waiting'`.execute(house.owner)
  const { waiting, asked, decided } = rows[0]!
  if (waiting !== PEOPLE || asked !== PEOPLE || decided !== PEOPLE)
    throw new Error(`not all in: ${JSON.stringify(rows[0])}`)
}

/** A new call that closes so many milliseconds from now, and a draft of each of these people. */
async function draftsOf(
  house: OpenHouse,
  persons: string[],
  closesIn: number,
): Promise<{ callId: string; drafts: string[] }> {
  const callId = newId()
  const version = formVersion(CALL.form)
  await sql`insert into forms.form (version, definition) values (${version}, ${JSON.stringify(CALL.form)}::jsonb) on conflict do nothing`.execute(
    house.owner,
  )
  await sql`insert into cases.call (id, org_id, org_path, authority, definition, form_version, title, state, opens_on, judged_on, seed, made_by, published_at)
    select ${callId}, o.id, o.path, o.authority, ${JSON.stringify(CALL)}::jsonb, ${version}, ${JSON.stringify(CALL.title)}::jsonb, 'published', db.today(), db.today(),
      'seed', a.id, db.now() from access.account a join directory.organisation o on o.id = a.org_id where a.login = 'trainer'`.execute(
    house.owner,
  )
  await sql`insert into cases.deadline (call_id, stage, closes_at, by_account)
    select c.id, 'submit', db.now() + ${closesIn} * interval '1 millisecond', c.made_by from cases.call c where c.id = ${callId}`.execute(
    house.owner,
  )
  const rows = persons.map((personId) => ({ id: newId(), personId }))
  await sql`insert into cases.application (id, call_id, person_id, org_id, org_path, name, form_version, made_by)
    select r.id, ${callId}, p.id, p.org_id, p.org_path, p.name, ${version}, a.id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "personId" uuid) join directory.person p on p.id = r."personId"
      join access.account a on a.person_id = p.id`.execute(house.owner)
  await sql`analyze cases.application`.execute(house.owner)
  return { callId, drafts: rows.map(({ id }) => id) }
}

/** A session for every account, as sign-in makes it; returns the cookies. */
async function signAllIn(house: OpenHouse, accountIds: string[]): Promise<string[]> {
  const rows = accountIds.map((account) => ({ account, token: randomBytes(32).toString('base64url') }))
  const hashed = rows.map(({ account, token }) => ({ account, hash: createHash('sha256').update(token).digest('hex') }))
  await sql`select access.open_session(decode(r.hash, 'hex'), r.account, interval '12 hours', null, null)
    from jsonb_to_recordset(${JSON.stringify(hashed)}::jsonb) as r(account uuid, hash text)`.execute(house.owner)
  return rows.map(({ token }) => `qs_session=${token}`)
}

export const casesDeadline: Benchmark = {
  name: 'cases-deadline',
  what: '2,000 applications in the last minute before the deadline, none lost, none late',
  run,
}
