/** The minute before a session: 5,000 people scan the code, in process and over HTTP. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { pool } from '../../src/platform/db/index.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { castOf } from '../../src/server/year/cast.ts'
import { eachOf } from '../../src/server/year/pace.ts'
import { districtHouse } from './cluster.ts'
import { burst, rpc, serve } from './http.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'
import { openClass, teachers } from './seats.ts'

const PEOPLE = 5000
const CONNECTIONS = 20
const AT_ONCE = 100
const OVER_HTTP = 50
const ROUNDS = 3

async function run(bench: Bench): Promise<Result> {
  const house = await districtHouse(bench, CONNECTIONS)
  const bare = pool(house.databaseUrl, { role: 'owner', max: CONNECTIONS })
  const served = await serve(house.databaseUrl)
  try {
    bench.say(`a class of ${PEOPLE}`)
    const people = await teachers(house, PEOPLE)
    const classId = await openClass(house, PEOPLE)
    await fill(
      house,
      classId,
      people.map(({ personId }) => personId),
    )
    await bare.query(
      'create table public.presence (session_id uuid, person_id uuid, at timestamptz not null default now(), primary key (person_id, session_id))',
    )
    const insert = 'insert into public.presence (session_id, person_id) values ($1, $2) returning at'

    const inProcess = await inTurn(
      ROUNDS,
      async () => {
        const screen = await hostScreen(house, classId)
        const seconds = await secondsOf(() =>
          eachOf(
            people,
            async ({ caller }) => void (await caller.training.checkIn({ token: screen.token() })),
            AT_ONCE,
          ),
        )
        await screen.close(PEOPLE)
        return seconds
      },
      async () => {
        const session = crypto.randomUUID()
        return secondsOf(() =>
          eachOf(people, async ({ personId }) => void (await bare.query(insert, [session, personId])), AT_ONCE),
        )
      },
      1,
    )
    bench.say('the same over HTTP')
    const cookies = await signAllIn(
      house,
      people.map(({ accountId }) => accountId),
    )
    const overHttp = await inTurn(
      ROUNDS,
      async () => {
        const screen = await hostScreen(house, classId)
        const { seconds } = await burst(served.product, PEOPLE, OVER_HTTP, (nth) =>
          rpc('training.checkIn', { token: screen.token() }, cookies[nth]!),
        )
        await screen.close(PEOPLE)
        return seconds
      },
      async () => {
        const session = crypto.randomUUID()
        return (
          await burst(served.bare, PEOPLE, OVER_HTTP, (nth) => ({
            path: '/insert',
            body: { session, person: people[nth]!.personId },
          }))
        ).seconds
      },
      1,
    )
    return {
      comparisons: [
        {
          what: `${PEOPLE} check-ins in process, ${AT_ONCE} at a time, ${CONNECTIONS} connections`,
          unit: 's',
          values: inProcess.values,
          baseline: { what: 'as many inserts of one row', values: inProcess.base },
          note: 'each with its audit entry; everybody counted once',
        },
        {
          what: `${PEOPLE} check-ins over HTTP, ${OVER_HTTP} connections`,
          unit: 's',
          values: overHttp.values,
          baseline: { what: 'a bare Fastify handler that inserts one row', values: overHttp.base },
          note: 'each by its own session cookie',
        },
      ],
      facts: { people: PEOPLE, rounds: ROUNDS },
    }
  } finally {
    await served.stop()
    await bare.end()
    await house.close()
  }
}

/** Everybody is in the class, as after its confirmation. */
async function fill(house: OpenHouse, classId: string, personIds: string[]): Promise<void> {
  await sql`insert into training.enrolment (person_id, class_id, org_id, org_path, state, seated)
    select p.id, ${classId}, p.org_id, p.org_path, 'confirmed', true from directory.person p where p.id = any(${personIds}::uuid[])`.execute(
    house.owner,
  )
  await sql`update training.quota set taken = ${personIds.length} where class_id = ${classId}`.execute(house.owner)
  await sql`update training.class set state = 'confirmed', confirmed_at = db.now() where id = ${classId}`.execute(
    house.owner,
  )
  await sql`analyze training.enrolment`.execute(house.owner)
}

/** A new session that is open, with the code that its screen shows; read again every few seconds, as eyes do. */
async function hostScreen(house: OpenHouse, classId: string) {
  const { trainer } = await castOf(house)
  const { rows } = await sql<{ now: string }>`select (now() + c.ahead) as now from db.clock c`.execute(house.owner)
  const at = (minutes: number) => new Date(Date.parse(rows[0]!.now) + minutes * 60_000).toISOString()
  const { sessionId } = await trainer.training.saveSession({
    classId,
    title: '签到测量',
    place: '报告厅',
    starts: at(5),
    ends: at(240),
    term: 1,
    compulsory: false,
  })
  let shown = (await trainer.training.screen({ sessionId })).token
  const reading = setInterval(() => {
    trainer.training.screen({ sessionId }).then(
      ({ token }) => {
        shown = token
      },
      () => clearInterval(reading),
    )
  }, 2000)
  return {
    token: () => shown,
    close: async (expected: number) => {
      clearInterval(reading)
      const { rows: counted } = await sql<{ present: number; noted: number }>`select
        (select count(*)::int from training.attendance a where a.session_id = ${sessionId} and a.state = 'present') as present,
        (select count(*)::int from audit.event e where e.subject_id = ${sessionId} and e.action = 'training.checked_in') as noted`.execute(
        house.owner,
      )
      if (counted[0]!.present !== expected || counted[0]!.noted !== expected)
        throw new Error(`counted ${JSON.stringify(counted[0])} of ${expected}`)
    },
  }
}

/** A session for every account, as sign-in makes it; returns the cookies. */
async function signAllIn(house: OpenHouse, accountIds: string[]): Promise<string[]> {
  const rows = accountIds.map((account) => ({ account, token: randomBytes(32).toString('base64url') }))
  const hashed = rows.map(({ account, token }) => ({ account, hash: createHash('sha256').update(token).digest('hex') }))
  await sql`select access.open_session(decode(r.hash, 'hex'), r.account, interval '12 hours', null, null)
    from jsonb_to_recordset(${JSON.stringify(hashed)}::jsonb) as r(account uuid, hash text)`.execute(house.owner)
  return rows.map(({ token }) => `qs_session=${token}`)
}

export const checkIn: Benchmark = { name: 'check-in', what: '5,000 check-ins as fast as they go', run }
