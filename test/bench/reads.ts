/** The reads that people make most, over HTTP under 50 connections, against bare handlers that run the same statements. */
import { DEMO_PASSWORD } from '../../src/server/demo/load.ts'
import { performedYear } from './cluster.ts'
import { callOnce, hammer, type Load, type Request, rpc, serve } from './http.ts'
import type { Bench, Benchmark, Comparison, Result } from './measure.ts'

const CONNECTIONS = 50
const SECONDS = 5
const ROUNDS = 3
const LOGINS = ['teacher', 'clerk', 'trainer', 'commission'] as const

async function run(bench: Bench): Promise<Result> {
  const { url } = await performedYear(bench)
  const served = await serve(await bench.database(url))
  try {
    const cookies = Object.fromEntries(
      await Promise.all(
        LOGINS.map(async (login) => {
          const { cookie } = await callOnce(
            served.product,
            rpc('access.signIn', { login, password: DEMO_PASSWORD }, ''),
          )
          return [login, cookie] as const
        }),
      ),
    ) as Record<(typeof LOGINS)[number], string>
    const list = await readsOf(served.product, cookies)
    for (const [name, request] of list) {
      await served.ask({ record: true })
      const { text } = await callOnce(served.product, request)
      const { statements } = await served.ask({ replay: name, body: JSON.parse(text) })
      const bare = await callOnce(served.bare, { path: `/read/${name}`, body: {} })
      if (bare.text.length !== text.length) throw new Error(`${name}: ${text.length} and ${bare.text.length} bytes`)
      bench.say(`${name}: ${statements} statements, ${text.length} bytes`)
    }
    const loads = new Map(list.map(([name]) => [name, { own: [] as Load[], bare: [] as Load[] }]))
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, request] of list) {
        const { own, bare } = loads.get(name)!
        own.push(await hammer(served.product, request, CONNECTIONS, SECONDS))
        bare.push(await hammer(served.bare, { path: `/read/${name}`, body: {} }, CONNECTIONS, SECONDS))
      }
    }
    return {
      comparisons: [...loads].map(compared),
      facts: { connections: CONNECTIONS, seconds: SECONDS, rounds: ROUNDS },
    }
  } finally {
    await served.stop()
  }
}

const bestOf = (loads: Load[]): Load => loads.reduce((best, load) => (load.rate > best.rate ? load : best))
const milliseconds = ({ p50, p99 }: Load): string => `p50 ${p50} ms, p99 ${p99} ms`

function compared([name, { own, bare }]: [string, { own: Load[]; bare: Load[] }]): Comparison {
  return {
    what: name,
    unit: '/s',
    values: own.map(({ rate }) => rate),
    baseline: { what: `the same SQL, bare: ${milliseconds(bestOf(bare))}`, values: bare.map(({ rate }) => rate) },
    note: milliseconds(bestOf(own)),
  }
}

type Cookies = Record<(typeof LOGINS)[number], string>

/** Who asks what: each as the screen asks it. */
async function readsOf(base: string, cookies: Cookies): Promise<[string, Request][]> {
  const ask = async <T>(procedure: string, input: unknown, cookie: string): Promise<T> =>
    (JSON.parse((await callOnce(base, rpc(procedure, input, cookie))).text) as { json: T }).json
  const { teacher, clerk, trainer, commission } = cookies
  const [plan] = await ask<{ id: string }[]>('training.plans', {}, trainer)
  const planId = plan!.id
  const classes = await ask<{ id: string; places: number | null; seated: number }[]>(
    'training.classes',
    { planId },
    trainer,
  )
  const largest = classes.reduce((most, one) => (one.seated > most.seated ? one : most))
  const me = await ask<{ roles: { orgId: string }[] }>('access.me', undefined, clerk)
  const orgId = me.roles[0]!.orgId
  const classId = largest.id
  return [
    ['access.me', rpc('access.me', undefined, teacher)],
    ['desk.inboxCount', rpc('desk.inboxCount', undefined, teacher)],
    ['training.mine', rpc('training.mine', undefined, teacher)],
    ['training.myCredits', rpc('training.myCredits', undefined, teacher)],
    ['training.classes', rpc('training.classes', { planId }, trainer)],
    ['training.class', rpc('training.class', { classId }, clerk)],
    ['training.eligible', rpc('training.eligible', { classId, orgId, limit: 50 }, clerk)],
    ['training.enrolments', rpc('training.enrolments', { classId, limit: 50 }, trainer)],
    ['training.sessions', rpc('training.sessions', { classId }, trainer)],
    ['training.credits', rpc('training.credits', { year: 2023, limit: 50 }, trainer)],
    ['training.scorecards', rpc('training.scorecards', { planId }, commission)],
    ['records.people', rpc('records.people', { search: 'zs', limit: 50 }, trainer)],
  ]
}

export const reads: Benchmark = { name: 'reads', what: 'the most used reads over HTTP, 50 connections', run }
