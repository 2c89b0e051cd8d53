import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld } from '../../../test/harness/world.ts'
import { Refusal } from '../../base/errors.ts'
import type { OpenHouse } from '../../server/house.ts'
import { identityKeys, sealIdentity } from '../directory/index.ts'
import { keysFrom, openKeys } from './secrets.ts'

const [mine, other] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
let house: OpenHouse | undefined
beforeEach(async () => {
  await house?.close()
  house = await openTestHouse()
})
afterAll(() => house?.close())

async function outcome(given: string | undefined, production = false): Promise<string> {
  try {
    await openKeys(house!.owner, given, production)
    return 'open'
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.data.given ?? ''}`.trim()
    throw error
  }
}

/** One person with an identity number under this key, as a database has it that no fingerprint was noted in. */
async function sealed(master: string): Promise<void> {
  const world = await buildWorld(house!, 1)
  const { idCipher } = sealIdentity(identityKeys(keysFrom(master)), '110105199005170019')
  await sql`update directory.person set id_cipher = ${idCipher} where id = ${world.teachers[0][0]!.id}`.execute(
    house!.owner,
  )
}

test('the first key is the key: another one is refused, and so is none', async () => {
  expect(await outcome(mine, true)).toBe('open')
  expect(await outcome(other, true)).toBe('access.secret_other yes')
  expect(await outcome(other)).toBe('access.secret_other yes')
  expect(await outcome(undefined)).toBe('access.secret_other no')
  expect(await outcome(undefined, true)).toBe('access.secret_missing')
  const { rows } = await sql`select s.name from access.secret s order by 1`.execute(house!.owner)
  expect(rows).toEqual([{ name: 'fingerprint' }])
  expect(await outcome(mine)).toBe('open')
})

test('a key that was made here stays, whatever the environment says later', async () => {
  expect(await outcome(undefined)).toBe('open')
  expect(await outcome(undefined)).toBe('open')
  expect(await outcome(mine)).toBe('access.secret_other yes')
})

test('a database without a fingerprint takes only the key that opens its identity numbers', async () => {
  await sealed(mine)
  expect(await outcome(other)).toBe('access.secret_other yes')
  expect(await outcome(undefined)).toBe('access.secret_other no')
  expect(await outcome(mine)).toBe('open')
  expect(await outcome(other)).toBe('access.secret_other yes')
})

test('of two first starts at once with different keys one is refused', async () => {
  const both = (await Promise.all([outcome(mine), outcome(other)])).sort()
  expect(both).toEqual(['access.secret_other yes', 'open'])
})
