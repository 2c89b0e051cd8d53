import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, dropDatabase } from '../../../test/harness/cluster.ts'
import { openTestHouse } from '../../../test/harness/house.ts'
import { lastWords, run } from '../../../test/harness/program.ts'
import { sealAll } from '../../../test/harness/seal.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../../platform/audit/index.ts'
import { connect, type Db, migrate, migrationFiles, SYSTEM, transact } from '../../platform/db/index.ts'
import { applyMigrations } from '../../platform/db/migrate.ts'
import { openStore, putFile } from '../../platform/files/index.ts'
import { post } from '../../platform/ledger/index.ts'
import type { OpenHouse } from '../house.ts'
import { type Environment, readEnvironment } from '../settings.ts'
import { backUp } from './backup.ts'
import { restore } from './restore.ts'

let house: OpenHouse
let world: World
let base = ''
const databases: string[] = []
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'qiangshi-backup-'))
  house = await openTestHouse()
  world = await buildWorld(house, 6)
  await fill()
})
afterAll(async () => {
  await house?.close()
  for (const url of databases) await dropDatabase(url)
  await rm(base, { recursive: true, force: true })
})

const system = <R>(work: Parameters<typeof transact<unknown, R>>[2]) =>
  transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } }, work)

/** Something in every corner: a plan, classes, people sent, credits, a file, audit entries, text that is hard to write down. */
async function fill(): Promise<void> {
  const trainer = await world.as('trainer@district')
  const { planId } = await trainer.training.importPlan({ orgId: world.district.id, authority: 'qianjiang', year: 2023 })
  await (await world.as('commission@district')).training.publishPlan({ planId })
  const projectId = (await trainer.training.plans({}))[0]!.projects[0]!.id
  const { classId } = await trainer.training.createClass({
    planId,
    projectId,
    code: 'T-1',
    name: '制表\t换行\n反斜杠\\ 䶮𠮷',
    level: 'district',
    kind: 'class',
    creditKind: 'concentrated',
    target: { stages: ['2'] },
    places: 6,
    hours: '12',
    terms: 1,
    budgetFen: 0,
    enrolment: 'delegated',
  })
  await trainer.training.shareOut({ classId, deadline: '2023-03-20T10:00:00Z' })
  const clerk = await world.as('clerk@0')
  await clerk.training.propose({
    classId,
    orgId: world.schools[0].id,
    personIds: world.teachers[0].map(({ id }) => id),
    waitIfFull: true,
  })
  await credit(world.teachers[0].map(({ id }) => id))
  const purpose = { id: 'test', maxBytes: 1000, kinds: ['pdf' as const], permission: 'test' }
  await system((act) =>
    putFile(act, house.files, {
      name: '名单.pdf',
      bytes: Buffer.from('%PDF-1.7\n%%EOF\n'),
      purpose,
      orgPath: world.district.path,
    }),
  )
  await sql`select nextval('directory.person_number'), nextval('directory.person_number')`.execute(house.owner)
}

const credit = (people: string[]) =>
  system((act) =>
    post(
      act,
      people.map((personId) => ({
        personId,
        creditYear: 2023,
        occurredOn: '2023-03-01',
        kind: 'concentrated',
        level: 'district',
        hours: '3',
        credits: '1.00',
        title: '测试',
        source: { kind: 'test', id: newId() },
      })),
    ),
  )

const settings = (change: NodeJS.ProcessEnv = {}): Environment =>
  readEnvironment({ QIANGSHI_DATA: house.settings.dataFolder, DATABASE_URL: house.databaseUrl, ...change })

/** An empty database and an empty data folder, and the settings that lead there. */
async function emptyPlace(change: NodeJS.ProcessEnv = {}): Promise<{ env: Environment; url: string; folder: string }> {
  const url = await createDatabase()
  databases.push(url)
  const folder = await mkdtemp(join(base, 'data-'))
  return { env: settings({ DATABASE_URL: url, QIANGSHI_DATA: folder, ...change }), url, folder }
}

/** Number of rows and a hash over all of them for every table but the queue’s, worked out by other means than the copy itself. */
async function tablesOf(url: string): Promise<Record<string, string>> {
  const owner = connect(url, { role: 'owner', max: 1 })
  const { rows } = await sql<{
    name: string
  }>`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss') and n.nspname !~ '^pg_' order by 1`.execute(
    owner,
  )
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const { rows: answer } = await sql<{
      count: number
      hash: string
    }>`select count(*) as count, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash
      from ${sql.raw(name)} t`.execute(owner)
    found[name] = `${answer[0]!.count} rows ${answer[0]!.hash}`
  }
  await owner.destroy()
  return found
}

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('backup and restore', () => {
  test('give the same data back, table by table, and the files', async () => {
    await sealAll(house.owner)
    const file = join(base, 'all.tar.gz')
    const made = await backUp(settings(), file)
    expect(made).toMatchObject({ files: 1, missing: [] })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const { env, url, folder } = await emptyPlace()
    const done = await restore(env, file)
    expect(done).toMatchObject({
      tables: made.tables,
      rows: made.rows,
      files: 1,
      migrated: [],
      audit: { broken: null },
      ledger: { entries: 6, broken: null, brokenLocks: [] },
    })
    const [before, after] = [await tablesOf(house.databaseUrl), await tablesOf(url)]
    expect(after).toEqual(before)
    expect(before['training.enrolment']).toMatch(/^6 rows/)
    expect(Object.keys(before)).toHaveLength(made.tables + 1)
    const names = async (of: string) =>
      (await readdir(join(of, 'files'), { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name))
    expect(await names(folder)).toEqual(await names(house.settings.dataFolder))
    // As they lie, sealed: neither the archive nor the folder shows what is in them, and the same key opens them.
    expect(gunzipSync(await readFile(file)).includes('%PDF')).toBe(false)
    const [kept] = await names(folder)
    const copied = await openStore(join(folder, 'files'), house.key)
    expect(await text(await copied.open(kept!.slice(-64)))).toBe('%PDF-1.7\n%%EOF\n')
    const owner = connect(url, { role: 'owner', max: 1 })
    const { rows } = await sql<{ next: number }>`select nextval('directory.person_number') as next`.execute(owner)
    expect(rows[0]!.next).toBe(3)
    // What keeps people apart, and what keeps the trail from being changed, stands again.
    const { rows: open } =
      await sql`select c.relname from pg_class c join pg_trigger t on t.tgrelid = c.oid where t.tgenabled <> 'O'
      union all select c.relname from pg_class c where c.relname = 'person' and not (c.relrowsecurity and c.relforcerowsecurity)`.execute(
        owner,
      )
    expect(open).toEqual([])
    await owner.destroy()
  })

  test('go on while others write: the copy is of one instant', async () => {
    let writing = true
    let rounds = 0
    const people = world.teachers[1].map(({ id }) => id)
    const writers = Array.from({ length: 3 }, async () => {
      while (writing) {
        await credit(people)
        await system((act) => record(act, { action: 'test.written' }))
        rounds += 1
      }
    })
    while (rounds < 5) await new Promise((soon) => setTimeout(soon, 10))
    const from = rounds
    const file = join(base, 'busy.tar.gz')
    await backUp(settings(), file)
    const until = rounds
    writing = false
    await Promise.all(writers)
    expect(until).toBeGreaterThan(from)
    const { env, url } = await emptyPlace()
    const done = await restore(env, file)
    expect(done).toMatchObject({ audit: { broken: null }, ledger: { broken: null } })
    expect(done.ledger.entries).toBeGreaterThan(6 + 5 * people.length - 1)
    const owner: Db = connect(url, { role: 'owner', max: 1 })
    const { rows } = await sql<{ astray: number; half: number }>`select
      (select count(*) from ledger.head h where h.seq <> (select coalesce(max(e.seq), 0) from ledger.entry e where e.person_id = h.person_id)) as astray,
      (select count(distinct n.entries) - 1 from (select count(*) as entries from ledger.entry e where e.person_id = any(${people}::uuid[]) group by e.person_id) n) as half`.execute(
      owner,
    )
    // Every posting is whole.
    expect(rows[0]).toEqual({ astray: 0, half: 0 })
    await owner.destroy()
  })

  test('events of a server that was further ahead in its transactions are sealed, and do not wait', async () => {
    const id = newId()
    await sql`insert into audit.event (id, actor, permission, action, xid) values (${id}, 'test', 'test', 'test.ahead', '99999999999')`.execute(
      house.owner,
    )
    const file = join(base, 'ahead.tar.gz')
    await backUp(settings(), file)
    const { env, url } = await emptyPlace()
    await restore(env, file)
    const owner: Db = connect(url, { role: 'owner', max: 1 })
    await sealAll(owner)
    const { rows } = await sql`select from audit.link l where l.event_id = ${id}`.execute(owner)
    expect(rows).toHaveLength(1)
    await owner.destroy()
  })

  test('a master key of the environment must be the same', async () => {
    const [one, other] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
    const file = join(base, 'key.tar.gz')
    await backUp(settings({ QIANGSHI_SECRET: one }), file)
    const { env } = await emptyPlace()
    expect(await refusal(restore(env, file))).toBe('server.restore_needs_secret')
    expect(await refusal(restore({ ...env, masterKey: other }, file))).toBe('server.restore_other_secret')
    expect(await refusal(restore({ ...env, masterKey: one }, file))).toBe('done')
  })

  test('an older backup is brought up to this program', async () => {
    const older = await createDatabase()
    databases.push(older)
    const owner = connect(older, { role: 'owner', max: 2 })
    const names = [...(await migrationFiles()).keys()]
    const old = names.filter((name) => name < '20261122T0300')
    await applyMigrations(owner, new Set(old))
    await sql`insert into directory.organisation (id, path, kind, name, short_name) values (${newId()}, 'm', 'municipality', '某市', '某市')`.execute(
      owner,
    )
    await owner.destroy()
    const file = join(base, 'older.tar.gz')
    await backUp(settings({ DATABASE_URL: older }), file)
    const { env, url } = await emptyPlace()
    expect((await restore(env, file)).migrated).toEqual(names.slice(old.length))
    expect((await tablesOf(url))['directory.organisation']).toMatch(/^1 rows/)
    expect((await tablesOf(url))['training.class']).toMatch(/^0 rows/)
  })
})

describe('an owner who is no superuser, as on a server of one’s own', () => {
  const role = `test_owner_${newId().slice(-8)}`
  /** A database of that role, and the way to it. */
  async function owned(): Promise<string> {
    const url = await createDatabase()
    databases.push(url)
    await sql.raw(`alter database ${new URL(url).pathname.slice(1)} owner to ${role}`).execute(house.owner)
    return Object.assign(new URL(url), { username: role, password: 'secret' }).href
  }
  beforeAll(async () => {
    await sql.raw(`create role ${role} login createrole password 'secret'`).execute(house.owner)
    // As a server does it for whoever makes the role: its administrator, who may not act as it yet.
    await sql.raw(`grant qiangshi_app to ${role} with admin true, inherit false, set false`).execute(house.owner)
  })
  afterAll(async () => {
    for (const url of databases.splice(0)) await dropDatabase(url)
    await sql.raw(`revoke qiangshi_app from ${role} cascade`).execute(house.owner)
    await sql.raw(`drop role ${role}`).execute(house.owner)
  })

  test('copies everything, or says that it cannot', async () => {
    const [from, to] = [await owned(), await owned()]
    await migrate(from)
    const owner = connect(from, { role: 'owner', max: 1 })
    const [org, person] = [newId(), newId()]
    await sql`insert into directory.organisation (id, path, kind, name, short_name) values (${org}, 'm', 'municipality', '某市', '某市')`.execute(
      owner,
    )
    await sql`insert into directory.person (id, number, name, org_id, org_path) values (${person}, 'T1', '张三', ${org}, 'm')`.execute(
      owner,
    )
    const file = join(base, 'owner.tar.gz')
    await backUp(settings({ DATABASE_URL: from }), file)
    const folder = await mkdtemp(join(base, 'data-'))
    await restore(settings({ DATABASE_URL: to, QIANGSHI_DATA: folder }), file)
    const [before, after] = [await tablesOf(from), await tablesOf(to)]
    expect(after).toEqual(before)
    expect(after['directory.person']).toMatch(/^1 rows/)
    const app = connect(to, { max: 1 })
    expect((await sql<{ who: string }>`select current_user::text as who`.execute(app)).rows).toEqual([
      { who: 'qiangshi_app' },
    ])
    await app.destroy()
    await sql`drop policy owner on directory.person`.execute(owner)
    await owner.destroy()
    const partial = join(base, 'partial.tar.gz')
    expect(await refusal(backUp(settings({ DATABASE_URL: from }), partial))).toBe('db.copy_unseen')
    await expect(stat(partial)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('restore refuses', () => {
  let good = ''
  beforeAll(async () => {
    good = join(base, 'good.tar.gz')
    await backUp(settings(), good)
  })
  /** The archive with one piece of text replaced by another of the same length. */
  const forged = async (name: string, find: string, put: string): Promise<string> => {
    const bytes = gunzipSync(await readFile(good))
    const at = bytes.lastIndexOf(find)
    expect(at).toBeGreaterThan(0)
    Buffer.from(put.padEnd(Buffer.byteLength(find))).copy(bytes, at)
    await writeFile(join(base, name), gzipSync(bytes))
    return join(base, name)
  }
  const isEmpty = async (url: string) => Object.keys(await tablesOf(url)).length === 0

  test('a database that is not empty', async () => {
    const { env } = await emptyPlace()
    await restore(env, good)
    expect(await refusal(restore(env, good))).toBe('db.not_empty')
  })

  test('an archive that is cut off, altered or no archive at all, and leaves the database empty', async () => {
    const { env, url } = await emptyPlace()
    const cut = join(base, 'cut.tar.gz')
    await copyFile(good, cut)
    await truncate(cut, Math.floor((await stat(good)).size * 0.7))
    const text = join(base, 'text.tar.gz')
    await writeFile(text, 'not an archive')
    for (const file of [cut, text, await forged('altered.tar.gz', '教师甲', '教师乙')])
      expect(await refusal(restore(env, file))).toBe('server.backup_damaged')
    expect(await isEmpty(url)).toBe(true)
    await expect(restore(env, join(base, 'nowhere.tar.gz'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('an archive of a newer program', async () => {
    const { env, url } = await emptyPlace()
    const schema = await forged('newer.tar.gz', '20261122T0001_db_foundation"', '29991122T0001_db_foundation"')
    expect(await refusal(restore(env, schema))).toBe('db.copy_newer')
    expect(await refusal(restore(env, await forged('format.tar.gz', '"version": 2,', '"version": 3,')))).toBe(
      'server.backup_newer',
    )
    expect(await isEmpty(url)).toBe(true)
  })

  test('an archive whose rows are not what it says once they are loaded, and leaves the database empty', async () => {
    const { env, url } = await emptyPlace()
    expect(await refusal(restore(env, await forged('rows.tar.gz', '"rows": 6,', '"rows": 7,')))).toBe('db.copy_differs')
    expect(await isEmpty(url)).toBe(true)
  })
})

describe('the command', () => {
  test('prints one object for machines, overwrites nothing and cleans up after itself', async () => {
    const env = { DATABASE_URL: house.databaseUrl, QIANGSHI_DATA: house.settings.dataFolder }
    const file = join(base, 'cli.tar.gz')
    const made = await run(['backup', file, '--json'], env)
    expect(made.code).toBe(0)
    expect(JSON.parse(made.stdout)).toMatchObject({ file, files: 1, missing: [] })
    const again = await run(['backup', file], env)
    expect([again.code, lastWords(again)]).toEqual([
      1,
      [`${file} exists already: nothing is overwritten, name another file`],
    ])
    const nowhere = await run(['backup', join(base, 'no', 'folder.tar.gz')], env)
    expect([nowhere.code, lastWords(nowhere)[0]]).toEqual([
      1,
      expect.stringMatching(/^There is no such file or folder/),
    ])
    const { url, folder } = await emptyPlace()
    const back = await run(['restore', file], { DATABASE_URL: url, QIANGSHI_DATA: folder })
    expect(back.code).toBe(0)
    expect(back.stdout).toMatch(/^Restored the state of .*; audit trail and ledger are sound\n$/)
    expect((await readdir(base)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('says that there is nothing to copy', async () => {
    const { url, folder } = await emptyPlace()
    const file = join(base, 'nothing.tar.gz')
    expect(lastWords(await run(['backup', file], { DATABASE_URL: url, QIANGSHI_DATA: folder }))).toEqual([
      'The database does not hold the product yet: there is nothing to copy.',
    ])
    expect(lastWords(await run(['backup', file], { QIANGSHI_DATA: join(base, 'never') }))).toEqual([
      expect.stringMatching(/^There is no data folder/),
    ])
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
