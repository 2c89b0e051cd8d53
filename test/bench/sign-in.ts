/** Signing in: the password, the session, the history and the trail, beside nothing but the check of the password. */
import { verify } from '@node-rs/argon2'
import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { hashPassword } from '../../src/platform/access/index.ts'
import { router } from '../../src/server/modules.ts'
import { districtHouse } from './cluster.ts'
import { type Benchmark, inTurn, secondsOf } from './measure.ts'
import { teachersOf } from './sso-house.ts'

const PASSWORD = 'Measured-2023'
/** Many people at once, as at eight in the morning; the check of a password keeps both cores busy. */
const AT_ONCE = 16
const PEOPLE = 160
const ROUNDS = 7

async function rate(work: (nth: number) => Promise<unknown>): Promise<number> {
  let next = 0
  const seconds = await secondsOf(() =>
    Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let nth = next++; nth < PEOPLE; nth = next++) await work(nth)
      }),
    ),
  )
  return PEOPLE / seconds
}

export const signIns: Benchmark = {
  name: 'sign-in',
  what: 'people signed in a second, beside bare argon2id verifications',
  run: async (bench) => {
    const house = await districtHouse(bench)
    try {
      const people = await teachersOf(house, PEOPLE)
      const stored = await hashPassword(PASSWORD)
      await sql`update access.account set password_hash = ${stored} where id = any (${people.map(({ id }) => id)}::uuid[])`.execute(
        house.owner,
      )
      const signIn = (nth: number) =>
        createRouterClient(router, {
          context: { house, actor: null, ip: `10.1.${nth >> 8}.${nth & 255}`, agent: 'bench', setCookie: () => {} },
        }).access.signIn({
          login: people[nth]!.login,
          password: PASSWORD,
        })
      const { values, base } = await inTurn(
        ROUNDS,
        () => rate(signIn),
        () => rate(() => verify(stored, PASSWORD)),
        1,
      )
      return {
        comparisons: [
          {
            what: 'people signed in',
            unit: '/s',
            values,
            baseline: { what: 'argon2id verifications, the same hash', values: base },
          },
        ],
        facts: { atOnce: AT_ONCE, people: PEOPLE },
      }
    } finally {
      await house.close()
    }
  },
}
