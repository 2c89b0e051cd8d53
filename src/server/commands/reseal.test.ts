/** A switch of the cipher over a whole house: everybody is found and read as before, and every sealed column of the database takes part. */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { hashIdentity, identityKeys, openIdentity, sealIdentity } from '../../platform/directory/index.ts'
import type { OpenHouse } from '../house.ts'
import { kept } from '../modules.ts'
import { sealAnew } from '../reseal.ts'
import { run } from './reseal.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
})
afterAll(() => house?.close())
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', house.databaseUrl)
  vi.stubEnv('QIANGSHI_DATA', house.settings.dataFolder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  process.exitCode = undefined
})

const numberOf = (n: number): string => `50011419900101${String(n).padStart(4, '0')}`
const people = () => world.teachers.flat().map(({ id }) => id)

/** Columns of bytes that are no sealed texts: hashes of what is random or lasts a day, links of chains, signatures. */
const OTHERS =
  /\.(token_hash|state_hash|browser_hash|id_hash|secret_hash|code_hash|key_hash|hash|previous|signature|who|whose|value|.*sha256|public_key)$|^ledger\.lock\.seal$|^upstream\.asked\.subject_hash$/

test('every column of sealed texts is declared, and every blind index is guarded', async () => {
  const { rows } = await sql<{
    name: string
    guarded: boolean
  }>`select n.nspname || '.' || c.relname || '.' || a.attname as name,
      exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'guard_' || a.attname) as guarded
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and not a.attisdropped and a.atttypid = 'bytea'::regtype
      and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss') order by 1`.execute(house.owner)
  const sealed = kept.map(({ table, cipher }) => `${table}.${cipher}`)
  const hashed = kept.flatMap(({ table, hash }) => (hash ? [`${table}.${hash}`] : []))
  const there = rows.map(({ name }) => name)
  expect([...sealed, ...hashed].filter((name) => !there.includes(name))).toEqual([])
  expect(there.filter((name) => !sealed.includes(name) && !hashed.includes(name) && !OTHERS.test(name))).toEqual([])
  expect(rows.filter(({ guarded }) => guarded).map(({ name }) => name)).toEqual(hashed.sort())
})

test('people are found by their identity numbers and read as before, whatever is switched', async () => {
  const keys = identityKeys(house.key)
  for (const [n, id] of people().entries()) {
    const { idCipher, idHash, idMasked } = sealIdentity(keys, numberOf(n))
    await sql`update directory.person set id_cipher = ${idCipher}, id_hash = ${idHash}, id_masked = ${idMasked} where id = ${id}`.execute(
      house.owner,
    )
  }
  const history = async () =>
    (await sql`select h.* from directory.person_history h order by h`.execute(house.owner)).rows
  const said = await history()
  for (const choice of [
    { suite: 'sm4', version: 1 },
    { suite: 'sm4', version: 2 },
    { suite: 'aes', version: 3 },
  ] as const) {
    expect(await sealAnew(house, choice)).toMatchObject({ seal: choice, blind: choice })
    for (const [n, id] of people().entries()) {
      const { rows } = await sql<{
        id: string
        sealed: Buffer
      }>`select p.id, p.id_cipher as sealed from directory.person p
        where p.id_hash = ${hashIdentity(keys, numberOf(n))}`.execute(house.owner)
      expect(rows.map((row) => row.id)).toEqual([id])
      expect(openIdentity(keys, rows[0]!.sealed)).toBe(numberOf(n))
      expect(keys.isCurrent(rows[0]!.sealed)).toBe(true)
    }
  }
  const { rows: trail } = await sql<{
    action: string
    after: { sealed?: number }
  }>`select e.action, e.after from audit.event e
    where e.action like 'cipher.%' order by e.at, e.id`.execute(house.owner)
  expect(trail.map(({ action }) => action)).toEqual(Array(3).fill(['cipher.switched', 'cipher.resealed']).flat())
  expect(trail[1]!.after).toEqual({ sealed: people().length, files: 0, broken: 0 })
  // Sealed anew, nobody has changed.
  expect(await history()).toEqual(said)
})

test('the command takes the next version, and refuses a suite that does not exist', async () => {
  await sql`update directory.person set id_cipher = null, id_hash = null`.execute(house.owner)
  const done = await run({ json: true, newKey: true })
  expect(done).toMatchObject({ seal: { suite: 'aes', version: 4 }, blind: { suite: 'aes', version: 4 } })
  expect(await run({ json: true, suite: 'sm4' })).toMatchObject({ seal: { suite: 'sm4', version: 4 } })
  expect(await run({ json: true })).toMatchObject({ seal: { suite: 'sm4', version: 4 } })
  await expect(run({ json: true, suite: 'des' })).rejects.toMatchObject({ code: 'server.bad_suite' })
})
