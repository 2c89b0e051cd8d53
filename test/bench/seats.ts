/** A rush for places: 5,000 teachers try at once to join an open class of 1,000 places. */
import { sql } from 'kysely'
import { actorOfAccount } from '../../src/platform/access/index.ts'
import { pool } from '../../src/platform/db/index.ts'
import { type Caller, callAs } from '../../src/server/caller.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { castOf } from '../../src/server/year/cast.ts'
import { districtHouse } from './cluster.ts'
import { type Bench, type Benchmark, inTurn, type Result, secondsOf } from './measure.ts'

const ATTEMPTS = 5000
const PLACES = 1000
const CONNECTIONS = 30
const ROUNDS = 5

/** Callers for so many teachers of the district, their roles read as at sign-in. */
export async function teachers(
  house: OpenHouse,
  count: number,
): Promise<{ personId: string; accountId: string; caller: Caller }[]> {
  const { rows } = await sql<{
    personId: string
    accountId: string
  }>`select a.person_id, a.id as account_id from access.account a
    where a.person_id is not null order by md5(a.id::text) limit ${count}`.execute(house.owner)
  return Promise.all(
    rows.map(async (row) => ({ ...row, caller: callAs(house, (await actorOfAccount(house.db, row.accountId))!) })),
  )
}

/** An open class for everybody with places shared out. */
export async function openClass(house: OpenHouse, places: number): Promise<string> {
  const { trainer } = await castOf(house)
  const [plan] = await trainer.training.plans({})
  const { classId } = await trainer.training.createClass({
    planId: plan!.id,
    projectId: plan!.projects[0]!.id,
    code: `B-${crypto.randomUUID().slice(0, 8)}`,
    name: '并发测量班',
    level: 'district',
    kind: 'class',
    creditKind: 'concentrated',
    target: { categories: ['11', '12', '13'] },
    places,
    hours: '12',
    terms: 1,
    budgetFen: 0,
    enrolment: 'open',
  })
  await trainer.training.shareOut({ classId, deadline: '2023-03-20T10:00:00Z' })
  return classId
}

async function run(bench: Bench): Promise<Result> {
  const house = await districtHouse(bench, CONNECTIONS)
  const bare = pool(house.databaseUrl, { role: 'owner', max: CONNECTIONS })
  try {
    const rushing = await teachers(house, ATTEMPTS)
    await bare.query('create table public.place (id int primary key, taken int not null, places int not null)')

    const product = async () => {
      const classId = await openClass(house, PLACES)
      bench.say(`${ATTEMPTS} attempts for ${PLACES} places`)
      const outcomes: string[] = []
      const seconds = await secondsOf(() =>
        Promise.all(
          rushing.map(async ({ caller }) =>
            outcomes.push(await outcomeOf(caller.training.enrol({ classId, waitIfFull: false }))),
          ),
        ),
      )
      await assertExact(house, classId, outcomes)
      return seconds
    }
    let id = 0
    const baseline = async () => {
      await bare.query('insert into public.place values ($1, 0, $2)', [++id, PLACES])
      let given = 0
      const seconds = await secondsOf(() =>
        Promise.all(
          rushing.map(async () => {
            const { rowCount } = await bare.query(
              'update public.place set taken = taken + 1 where id = $1 and taken < places',
              [id],
            )
            given += rowCount ?? 0
          }),
        ),
      )
      if (given !== PLACES) throw new Error(`the baseline gave ${given} places`)
      return seconds
    }
    const { values, base } = await inTurn(ROUNDS, product, baseline, 1)
    return {
      comparisons: [
        {
          what: `${ATTEMPTS} attempts at once for ${PLACES} places, ${CONNECTIONS} connections, in process`,
          unit: 's',
          values,
          baseline: { what: `as many conditional updates of one row, ${CONNECTIONS} connections`, values: base },
          note: `exactly ${PLACES} places given in every round, ${ATTEMPTS - PLACES} told that the class is full`,
        },
      ],
      facts: { attempts: ATTEMPTS, places: PLACES, connections: CONNECTIONS, rounds: ROUNDS },
    }
  } finally {
    await bare.end()
    await house.close()
  }
}

async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'in'
  } catch (error) {
    const code = (error as { data?: { code?: string } }).data?.code
    if (!code) throw error
    return code
  }
}

/** Exactly as many as there are places are in, everybody else was told so, and the database says the same. */
async function assertExact(house: OpenHouse, classId: string, outcomes: string[]): Promise<void> {
  const full = outcomes.filter((outcome) => outcome === 'training.class_full').length
  const taken = outcomes.filter((outcome) => outcome === 'in').length
  const { rows } = await sql<{
    taken: number
    seated: number
  }>`select q.taken, (select count(*)::int from training.enrolment e
    where e.class_id = q.class_id and e.seated) as seated from training.quota q where q.class_id = ${classId}`.execute(
    house.owner,
  )
  if (taken !== PLACES || full !== ATTEMPTS - PLACES || rows[0]!.taken !== PLACES || rows[0]!.seated !== PLACES) {
    throw new Error(`not exact: ${JSON.stringify({ taken, full, ...rows[0], others: [...new Set(outcomes)] })}`)
  }
}

export const seats: Benchmark = { name: 'seats', what: '5,000 attempts at once for 1,000 places', run }
