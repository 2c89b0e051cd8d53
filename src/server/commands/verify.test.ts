import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { lastWords, run as runCommand } from '../../../test/harness/program.ts'
import { sealAll } from '../../../test/harness/seal.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { makeTotal, record, signerOf, totalsForAuditor } from '../../platform/audit/index.ts'
import { type Db, SYSTEM, transact } from '../../platform/db/index.ts'
import { post, seal } from '../../platform/ledger/index.ts'
import { type OpenHouse, openHouse } from '../house.ts'
import { readEnvironment } from '../settings.ts'
import { run } from './verify.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  const people = world.teachers.flat().map(({ id }) => id)
  await transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
    async (act) => {
      for (const credits of ['1.00', '2.00', '3.00']) {
        await post(
          act,
          people.map((personId) => ({
            personId,
            creditYear: 2023,
            occurredOn: '2023-03-01',
            kind: 'concentrated',
            level: 'district',
            hours: '3',
            credits,
            title: '测试',
            source: { kind: 'test', id: newId() },
          })),
        )
        await record(act, { action: 'test.posted', after: { credits } })
      }
    },
  )
  await transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
    (act) => seal(act, [world.schools[0].id], 2023),
  )
  await sealAll(house.owner)
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

/** The keys as the command opens them. */
async function openedHere() {
  const opened = await openHouse(readEnvironment())
  await opened.close()
  return opened
}

/** Changes rows as somebody would who owns the database and knows how to silence it; puts them back afterwards. */
async function whileTampered(table: string, change: string, back: string, work: () => Promise<void>): Promise<void> {
  const silently = async (statement: string) => {
    await house.owner.transaction().execute(async (tx: Db) => {
      await sql.raw(`alter table ${table} disable trigger user`).execute(tx)
      await sql.raw(statement).execute(tx)
      await sql.raw(`alter table ${table} enable trigger user`).execute(tx)
    })
  }
  await silently(change)
  await work()
  await silently(back)
}

test('an untouched house is sound', async () => {
  expect(await run({ json: true })).toMatchObject({
    sound: true,
    ledger: { entries: 18, broken: null, brokenLocks: [] },
    audit: { broken: null },
  })
  expect(process.exitCode).toBeUndefined()
})

test('the tables themselves refuse to be changed, the owner too', async () => {
  await expect(sql`update ledger.entry set credits = 9`.execute(house.owner)).rejects.toThrow('append-only')
  await expect(sql`delete from audit.event`.execute(house.owner)).rejects.toThrow('append-only')
})

test('a changed ledger entry is found', async () => {
  const person = world.teachers[0][0]!.id
  const of = `where person_id = '${person}' and seq = 2`
  await whileTampered(
    'ledger.entry',
    `update ledger.entry set credits = 9 ${of}`,
    `update ledger.entry set credits = 2 ${of}`,
    async () => {
      expect(await run({ json: true })).toMatchObject({
        sound: false,
        ledger: { broken: { personId: person, seq: 2 } },
        audit: { broken: null },
      })
      expect(process.exitCode).toBe(1)
    },
  )
})

test('an entry that was taken out at the end is found by the head of the chain and the seal', async () => {
  const person = world.teachers[0][1]!.id
  const of = `where person_id = '${person}' and seq = 3`
  const taken = 'create table public.taken as'
  await whileTampered(
    'ledger.entry',
    `${taken} select * from ledger.entry ${of}; delete from ledger.entry ${of}`,
    'insert into ledger.entry select * from public.taken; drop table public.taken',
    async () => {
      const found = await run({ json: true })
      expect(found).toMatchObject({
        sound: false,
        ledger: { broken: { personId: person }, brokenLocks: [{ orgId: world.schools[0].id, creditYear: 2023 }] },
      })
    },
  )
})

test('newest events taken away with their links leave a chain that holds, but not its head', async () => {
  await run({ json: true })
  const last = '(select l.event_id from audit.link l order by l.seq desc limit 1)'
  const silent = (table: string, work: string) =>
    `alter table audit.${table} disable trigger user; ${work}; alter table audit.${table} enable trigger user`
  await sql
    .raw(`create table public.event as select * from audit.event where id = ${last};
    create table public.link as select * from audit.link where event_id = ${last}`)
    .execute(house.owner)
  await sql
    .raw(silent('link', 'delete from audit.link where event_id = (select id from public.event)'))
    .execute(house.owner)
  await sql
    .raw(silent('event', 'delete from audit.event where id = (select id from public.event)'))
    .execute(house.owner)
  const { rows } = await sql<{ seq: number }>`select seq from public.link`.execute(house.owner)
  const lost = { sound: false, audit: { broken: null, head: { state: 'lost', seq: rows[0]!.seq } } }
  expect(await run({ json: true })).toMatchObject(lost)
  expect(process.exitCode).toBe(1)

  // Nor does a new event in its place hide it.
  await transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
    (act) => record(act, { action: 'test.instead' }),
  )
  await sealAll(house.owner)
  expect(await run({ json: true })).toMatchObject(lost)
  await rm(join(house.settings.dataFolder, 'audit-heads'), { recursive: true })
  expect(await run({ json: true })).toMatchObject({ sound: true, audit: { head: { state: 'none' } } })
  expect(await run({ json: true })).toMatchObject({ sound: true, audit: { head: { state: 'held' } } })
  await sql`drop table public.event, public.link`.execute(house.owner)
})

test('all entries of a person taken away with the head of their chain are missed by their number', async () => {
  await run({ json: true })
  const [, , other] = world.teachers.flat()
  const of = `where person_id = '${other!.id}'`
  await sql
    .raw(
      `create table public.entries as select * from ledger.entry ${of}; create table public.heads as select * from ledger.head ${of}`,
    )
    .execute(house.owner)
  await house.owner.transaction().execute(async (tx: Db) => {
    await sql
      .raw(
        `alter table ledger.entry disable trigger user; delete from ledger.head ${of}; delete from ledger.entry ${of}`,
      )
      .execute(tx)
    await sql.raw('alter table ledger.entry enable trigger user').execute(tx)
  })
  const found = await run({ json: true })
  expect(found).toMatchObject({
    sound: false,
    audit: { head: { state: 'shrunk', what: 'ledger', noted: 18, found: 15 } },
  })
  await sql
    .raw(`insert into ledger.entry select * from public.entries; insert into ledger.head select * from public.heads;
    drop table public.entries, public.heads`)
    .execute(house.owner)
  expect(await run({ json: true })).toMatchObject({ sound: true })
})

test('a note that this installation did not write is not believed', async () => {
  const folder = join(house.settings.dataFolder, 'audit-heads')
  const [name] = await readdir(folder)
  const file = join(folder, name!)
  const kept = await readFile(file, 'utf8')
  const head = JSON.parse(kept)
  await writeFile(file, JSON.stringify({ ...head, seq: head.seq - 1 }))
  expect(await run({ json: true })).toMatchObject({ sound: false, audit: { head: { state: 'forged' } } })
  await writeFile(file, kept)
  expect(await run({ json: true })).toMatchObject({ sound: true })
})

test('a changed audit event is found', async () => {
  const of = `where action = 'test.posted' and after = '{"credits": "2.00"}'`
  const changed = `where action = 'test.posted' and after = '{"credits": "4.00"}'`
  await whileTampered(
    'audit.event',
    `update audit.event set after = '{"credits": "4.00"}' ${of}`,
    `update audit.event set after = '{"credits": "2.00"}' ${changed}`,
    async () => {
      expect(await run({ json: true })).toMatchObject({
        sound: false,
        ledger: { broken: null },
        audit: { broken: { eventId: expect.any(String) } },
      })
    },
  )
  expect(await run({ json: true })).toMatchObject({ sound: true })
})

test('the trail is held to totals that were kept outside, and the file is checked without the installation', async () => {
  const file = join(house.settings.dataFolder, 'kept.json')
  await sealAll(house.owner)
  const { key } = await openedHere()
  await makeTotal(house.db, signerOf(key), { ledger: 18 })
  const made = await transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
    (act) => totalsForAuditor(act, key),
  )
  await writeFile(file, made.file!)
  const { fingerprint } = made
  expect(await run({ json: true }, file)).toMatchObject({
    sound: true,
    totals: { days: 1, held: true, fault: null, fingerprint },
  })
  expect(await run({ json: true, offline: true, fingerprint }, file)).toMatchObject({
    sound: true,
    totals: { held: null, fault: null },
  })
  expect(await run({ json: true, offline: true, fingerprint: '0000' }, file)).toMatchObject({
    sound: false,
    totals: { fault: { what: 'key' } },
  })
  const offline = await runCommand(['verify', file, '--offline'], { QIANGSHI_DATA: '/nowhere', DATABASE_URL: '' })
  expect([offline.code, offline.stdout]).toEqual([0, expect.stringContaining(fingerprint)])

  const forged = JSON.parse(made.file!)
  forged.totals[0].counts.ledger = 17
  const other = join(house.settings.dataFolder, 'forged.json')
  await writeFile(other, JSON.stringify(forged))
  const told = await runCommand(['verify', other, '--offline'], { QIANGSHI_DATA: '/nowhere', DATABASE_URL: '' })
  expect([told.code, told.stdout]).toEqual([1, expect.stringContaining('does NOT fit')])
  expect(lastWords(await runCommand(['verify', '--offline'], {}))).toEqual([expect.stringContaining('file')])

  // The whole chain made anew after an entry was altered: it holds in itself, and not to what was kept.
  const silent = (table: string, work: string) =>
    `alter table audit.${table} disable trigger user; ${work}; alter table audit.${table} enable trigger user`
  await sql
    .raw(silent('event', `update audit.event set actor = 'nobody' where action = 'test.posted'`))
    .execute(house.owner)
  await sql.raw(silent('link', 'delete from audit.link')).execute(house.owner)
  await sealAll(house.owner)
  await rm(join(house.settings.dataFolder, 'audit-heads'), { recursive: true })
  expect(await run({ json: true }, file)).toMatchObject({
    sound: false,
    audit: { broken: null },
    totals: { held: false, fault: { what: 'chain' } },
  })
})
