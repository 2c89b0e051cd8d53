import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createDatabase, dropDatabase } from '../../../test/harness/cluster.ts'
import { openTestHouse } from '../../../test/harness/house.ts'
import { openMailbox } from '../../../test/harness/mailbox.ts'
import { anotherUser, run } from '../../../test/harness/program.ts'
import { buildWorld } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { hashPassword, keysFrom } from '../../platform/access/index.ts'
import { makeTotal, signerOf } from '../../platform/audit/index.ts'
import { moveClock, SYSTEM, transact } from '../../platform/db/index.ts'
import { putFile } from '../../platform/files/index.ts'
import type { OpenHouse } from '../house.ts'
import { type Environment, readEnvironment } from '../settings.ts'
import { diagnose } from './doctor.ts'

const other = await anotherUser()
let house: OpenHouse
let base = ''
let login = ''
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'qiangshi-doctor-'))
  house = await openTestHouse()
  await moveClock(house.owner, null)
  const world = await buildWorld(house, 1)
  login = world.accounts['administrator@district']!
  const purpose = { id: 'test', maxBytes: 1000, kinds: ['pdf' as const], permission: 'test' }
  await transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
    (act) =>
      putFile(act, house.files, {
        name: 'a.pdf',
        bytes: Buffer.from('%PDF-1.7\n%%EOF\n'),
        purpose,
        orgPath: world.district.path,
      }),
  )
})
afterAll(async () => {
  await house?.close()
  await rm(base, { recursive: true, force: true })
})
afterEach(() => void vi.unstubAllEnvs())

const settings = (change: NodeJS.ProcessEnv = {}): Environment =>
  readEnvironment({ DATABASE_URL: house.databaseUrl, QIANGSHI_DATA: house.settings.dataFolder, PORT: '0', ...change })

/** What was found wrong or doubtful, by code; the web app of the checkout may or may not have been built. */
async function troubles(env: Environment): Promise<string[]> {
  const { checks } = await diagnose(env)
  for (const { state, says, todo, code } of checks) {
    expect(says, code).not.toMatch(/^server\.doctor/)
    if (state === 'fault' || state === 'warning') expect(todo ?? '', code).not.toBe('')
  }
  return checks
    .filter(({ state, check }) => (state === 'fault' || state === 'warning') && check !== 'web')
    .map(({ state, code }) => `${state} ${code}`)
}

/** Plants a fault, looks, and takes it away again. */
async function planted(plant: string, remove: string, env = settings()): Promise<string[]> {
  await sql.raw(plant).execute(house.owner)
  try {
    return await troubles(env)
  } finally {
    await sql.raw(remove).execute(house.owner)
  }
}

test('a house in order', async () => {
  expect(await troubles(settings())).toEqual(['warning secret.none'])
  expect(await troubles(settings({ QIANGSHI_SECRET: randomBytes(32).toString('base64') }))).toEqual([])
})

describe('finds in the database', () => {
  test('a table about people that everybody can read', async () => {
    const found = await planted(
      'alter table records.title no force row level security',
      'alter table records.title force row level security',
    )
    expect(found).toContain('fault isolation.open')
  })

  test('a schema that is behind, and one of a newer program', async () => {
    const behind = await planted(
      `create table public.kept as select * from public.kysely_migration where name like '%_training'; delete from public.kysely_migration where name like '%_training'`,
      'insert into public.kysely_migration select * from public.kept; drop table public.kept',
    )
    expect(behind).toContain('fault schema.pending')
    const newer = await planted(
      `insert into public.kysely_migration values ('29991231T0000_talent', '2999')`,
      `delete from public.kysely_migration where name like '2999%'`,
    )
    expect(newer).toContain('fault schema.newer')
  })

  test('a master key that is not the one of before', async () => {
    const found = await planted(
      `insert into access.secret (name, value) values ('fingerprint', decode(repeat('07', 32), 'hex'))`,
      `delete from access.secret where name = 'fingerprint'`,
      settings({ QIANGSHI_SECRET: randomBytes(32).toString('base64') }),
    )
    expect(found).toContain('fault secret.other')
  })

  test('texts that a switch of the cipher has left', async () => {
    const [org, person] = [newId(), newId()]
    const found = await planted(
      `insert into directory.organisation (id, path, kind, name, short_name) values ('${org}', 'x', 'municipality', '某市', '某市');
      insert into directory.person (id, number, name, org_id, org_path, id_cipher) values ('${person}', 'X1', '张三', '${org}', 'x', '\\x0202000100')`,
      `delete from directory.person where id = '${person}'; delete from directory.organisation where id = '${org}'`,
      settings({ QIANGSHI_SECRET: randomBytes(32).toString('base64') }),
    )
    expect(found).toContain('warning cipher.waiting')
  })

  test('packs that are not those on the disk', async () => {
    const found = await planted(
      `insert into policy.pack_version (id, authority, name) values ('beijing@0', 'beijing', '{}'); update policy.pack set version_id = 'beijing@0' where authority = 'beijing'`,
      `update policy.pack set version_id = (select v.id from policy.pack_version v where v.authority = 'beijing' and v.id <> 'beijing@0') where authority = 'beijing'`,
    )
    expect(found).toContain('warning packs.other')
  })

  test('events that nobody sealed, and work that nobody does', async () => {
    const unsealed = `insert into audit.event (id, actor, permission, action, wall) values ('${newId()}', 'test', 'test', 'test.forgotten', now() - interval '1 day')`
    expect(await planted(unsealed, 'select audit.seal()')).toContain('warning trail.open')
    const waiting = `insert into jobs.run (id, name, input, created_at) values ('${newId()}', 'test.waiting', '{}', now() - interval '1 hour')`
    expect(await planted(waiting, `delete from jobs.run where name = 'test.waiting'`)).toContain('warning jobs.stuck')
  })

  test('totals that nobody signed, or another key than the one at hand', async () => {
    const masterKey = randomBytes(32).toString('base64')
    const env = settings({ QIANGSHI_SECRET: masterKey })
    const old = (await troubles(env)).filter((code) => code.includes('totals'))
    await sql.raw('select audit.seal()').execute(house.owner)
    const signer = signerOf(keysFrom(masterKey))
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
    await makeTotal(house.owner, signer, {}, ago(3))
    expect([...old, ...(await troubles(env))]).toContain('warning totals.late')
    await makeTotal(house.owner, signer, {}, ago(1))
    expect((await troubles(env)).filter((code) => code.includes('totals'))).toEqual([])
    expect(await troubles(settings({ QIANGSHI_SECRET: randomBytes(32).toString('base64') }))).toContain(
      'fault totals.wrong',
    )
    await sql
      .raw(
        'alter table audit.total disable trigger append_only; truncate audit.total; alter table audit.total enable trigger append_only',
      )
      .execute(house.owner)
  })

  test('files that the store lacks', async () => {
    const sha256 = 'a'.repeat(64)
    const lost = `insert into files.file (id, sha256, name, media_type, size, purpose) values ('${newId()}', '${sha256}', 'b.pdf', 'application/pdf', 3, 'test')`
    const remove = `delete from files.file where sha256 = '${sha256}'`
    expect(await planted(lost, remove)).toContain('fault files.missing')
    const cut = join(house.settings.dataFolder, 'files', 'aa', 'aa')
    await mkdir(cut, { recursive: true })
    await writeFile(join(cut, sha256), 'ab')
    expect(await planted(lost, remove)).toContain('fault files.missing')
    await writeFile(join(cut, sha256), 'abc')
    expect(await planted(lost, remove)).not.toContain('fault files.missing')
    await rm(join(cut, sha256))
  })

  test('what must not be in production', async () => {
    const env = settings({ NODE_ENV: 'production', QIANGSHI_SECRET: 'changeit'.repeat(8) })
    await moveClock(house.owner, new Date('2023-03-01T01:00:00Z'))
    const hash = await hashPassword('Qiangshi-2023')
    const found = await planted(
      `update access.account set login = 'admin', password_hash = '${hash}' where id = '${login}'`,
      `update access.account set login = 'administrator-d', password_hash = null where id = '${login}'`,
      env,
    )
    await moveClock(house.owner, null)
    expect(found).toEqual(['fault secret.weak', 'fault demo.there', 'fault clock.moved'])
    expect(await troubles(env)).toEqual(['fault secret.weak'])
  })

  test('nothing yet, and makes nothing', async () => {
    const url = await createDatabase()
    const { sound, checks } = await diagnose(settings({ DATABASE_URL: url, QIANGSHI_DATA: join(base, 'later') }))
    expect(checks.map(({ code }) => code)).toEqual(expect.arrayContaining(['data.none', 'schema.none']))
    expect(checks.some(({ check }) => check === 'packs')).toBe(false)
    expect(sound || checks.some(({ code }) => code === 'web.missing')).toBe(true)
    await dropDatabase(url)
  })
})

describe('finds on the machine', () => {
  test('a data folder that is somebody else’s', async () => {
    const folder = join(base, 'foreign')
    await mkdir(folder)
    await writeFile(join(folder, 'thesis.txt'), '')
    const found = await troubles(readEnvironment({ QIANGSHI_DATA: folder, PORT: '0' }))
    expect(found).toEqual(['fault data.foreign', 'fault database.closed'])
  })

  test.skipIf(!other)('a data folder that cannot be written', async () => {
    const folder = join(base, 'closed')
    await mkdir(folder)
    await chmod(base, 0o755)
    await chmod(folder, 0o555)
    const { stdout } = await run(['doctor', '--json'], { QIANGSHI_DATA: folder }, other)
    const codes = JSON.parse(stdout).checks.map(({ code }: { code: string }) => code)
    expect(codes).toEqual(expect.arrayContaining(['data.closed', 'database.closed']))
  })

  test('a database that does not answer', async () => {
    expect(await troubles(settings({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }))).toContain(
      'fault database.closed',
    )
  })

  test('who has the port', async () => {
    const other = createServer((_, answer) => answer.end('hello')).listen(0, '127.0.0.1')
    await new Promise((done) => other.once('listening', done))
    const { port } = other.address() as { port: number }
    expect(await troubles(settings({ PORT: String(port) }))).toContain('warning port.busy')
    other.removeAllListeners('request')
    other.on('request', (_, answer) => answer.end('{"ok":true}'))
    const { checks } = await diagnose(settings({ PORT: String(port) }))
    expect(checks.map(({ code }) => code)).toContain('port.serving')
    other.close()
  })

  test('a mail server that nobody answers for, and one that lets us in', async () => {
    const mailbox = await openMailbox()
    const mailed = (url: string) =>
      settings({ QIANGSHI_SMTP_URL: url, QIANGSHI_MAIL_FROM: '强师 <notices@example.cn>' })
    expect(await troubles(mailed('smtp://127.0.0.1:9'))).toContain('warning mail.unreachable')
    expect((await troubles(mailed(mailbox.url))).filter((code) => code.includes('mail'))).toEqual([])
    await mailbox.close()
  })

  test('a browser that is not where it is said to be', async () => {
    vi.stubEnv('QIANGSHI_CHROMIUM', join(base, 'chromium'))
    expect(await troubles(settings())).toContain('warning chromium.gone')
  })
})

test('the command ends with an error only where something is wrong', async () => {
  const env = { DATABASE_URL: house.databaseUrl, QIANGSHI_DATA: house.settings.dataFolder, NODE_ENV: 'production' }
  const { code, stdout } = await run(['doctor'], { ...env, LANG: 'zh_CN.UTF-8' })
  expect(code).toBe(1)
  expect(stdout).toContain('✗ 主密钥：生产环境必须设置 QIANGSHI_SECRET\n    → ')
  const json = JSON.parse((await run(['doctor', '--json'], env)).stdout)
  expect(json).toMatchObject({ sound: false })
  expect(json.checks.find(({ check }: { check: string }) => check === 'secret')).toMatchObject({
    state: 'fault',
    code: 'secret.missing',
    todo: expect.any(String),
  })
})
