import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clusterUrl, createDatabase, dropDatabase, templateDatabase } from '../../../test/harness/cluster.ts'
import { anotherUser, type Ended, lastWords, run } from '../../../test/harness/program.ts'
import { newId } from '../../base/ids.ts'
import { connect, type Db, migrate, moveClock } from '../../platform/db/index.ts'
import { readEnvironment } from '../settings.ts'

const SECRET = randomBytes(32).toString('base64')
const PRODUCTION = { NODE_ENV: 'production', QIANGSHI_SECRET: SECRET, QIANGSHI_URL: 'https://qiangshi.example' }
const other = await anotherUser()

let base = ''
const databases: string[] = []
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'qiangshi-serve-'))
  await chmod(base, 0o755)
})
afterAll(async () => {
  for (const url of databases) await dropDatabase(url)
  await rm(base, { recursive: true, force: true })
})

/** A migrated database with something in it. */
async function database(fill: (owner: Db) => Promise<unknown> = async () => {}): Promise<string> {
  const url = await createDatabase(await templateDatabase('bare', async (bare) => void (await migrate(bare))))
  databases.push(url)
  const owner = connect(url, { role: 'owner', max: 1 })
  await fill(owner)
  await owner.destroy()
  return url
}

/** One sentence, no stack, and an exit code that a service manager understands. */
function expectSentence(ended: Ended, sentence: RegExp): void {
  const words = lastWords(ended)
  expect(words.join('\n')).toMatch(sentence)
  expect(words).toHaveLength(1)
  expect(ended.code).toBe(1)
}

describe('serving is refused with one sentence', () => {
  test('when the port is busy', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as { port: number }
    const ended = await run(['serve'], { PORT: String(port), QIANGSHI_DATA: join(base, 'untouched') })
    holder.close()
    expectSentence(ended, new RegExp(`^Port ${port} is in use`))
  })

  test('when the port is busy, before anything is installed', async () => {
    const bare = join(base, 'bare')
    await mkdir(bare)
    for (const name of ['launch.mjs', 'package.json', 'package-lock.json'])
      await copyFile(join(import.meta.dirname, '..', '..', '..', name), join(bare, name))
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as { port: number }
    const env = { PATH: process.env.PATH, LANG: 'en_US.UTF-8', PORT: String(port) }
    const child = spawn(process.execPath, [join(bare, 'launch.mjs'), 'start'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (text) => (stderr += text))
    const [code] = await once(child, 'close')
    holder.close()
    expect([code, stderr]).toEqual([
      1,
      `Port ${port} is in use: stop the other program or set PORT to another number\n`,
    ])
    expect(await readdir(bare)).toHaveLength(3)
  })

  test('when the address or the port makes no sense', async () => {
    expectSentence(await run(['serve'], { HOST: '203.0.113.7' }), /does not have the address 203\.0\.113\.7/)
    expectSentence(await run(['serve'], { PORT: 'http' }), /^PORT must be a number .*“http”/)
  })

  test('when the data folder holds somebody else’s files', async () => {
    const folder = join(base, 'foreign')
    await mkdir(folder)
    await writeFile(join(folder, 'thesis.txt'), '')
    expectSentence(await run(['serve'], { QIANGSHI_DATA: folder }), /is not a data folder of this product/)
  })

  test.skipIf(!other)('when the data folder cannot be written', async () => {
    const folder = join(base, 'closed')
    await mkdir(folder)
    await chmod(folder, 0o555)
    expectSentence(
      await run(['serve'], { QIANGSHI_DATA: join(folder, 'data') }, other),
      /data folder .* cannot be written/,
    )
  })

  test.skipIf(!other)('when the data folder is another user’s', async () => {
    const folder = join(base, 'locked')
    await mkdir(folder)
    await chmod(folder, 0o777)
    await writeFile(join(folder, 'qiangshi-data.json'), JSON.stringify({ product: 'qiangshi', format: 1 }))
    await writeFile(join(folder, 'postgres.secret'), 'secret')
    await chmod(join(folder, 'postgres.secret'), process.getuid?.() === 0 ? 0o600 : 0)
    expectSentence(await run(['serve'], { QIANGSHI_DATA: folder }, other), /data folder .* is in use by another user/)
  })

  test('when DATABASE_URL leads nowhere', async () => {
    const nobody = await run(['serve'], { DATABASE_URL: 'postgres://someone@127.0.0.1:1/nothing' })
    expectSentence(
      nobody,
      /^The database named by DATABASE_URL cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:1$/,
    )
    const url = Object.assign(new URL(clusterUrl()), { pathname: '/no_such_database' }).href
    expectSentence(
      await run(['serve'], { DATABASE_URL: url }),
      /cannot be reached: database "no_such_database" does not exist$/,
    )
  })

  test.each(['garbage', 'mysql://a:geheim@127.0.0.1/b', 'https://example.org'])(
    'when DATABASE_URL is %s',
    async (url) => {
      const ended = await run(['serve'], { DATABASE_URL: url })
      expectSentence(ended, /^DATABASE_URL is not a PostgreSQL address/)
      expect(ended.stderr).not.toContain('geheim')
    },
  )

  test('when QIANGSHI_URL is no address of a web site', async () => {
    for (const url of ['qiangshi.example', 'ftp://qiangshi.example', 'javascript:alert(1)'])
      expectSentence(
        await run(['serve'], { QIANGSHI_URL: url }),
        /^QIANGSHI_URL must be an address that begins with http/,
      )
  })

  test('when the database cannot hold Chinese', async () => {
    const server = connect(clusterUrl(), { role: 'owner', max: 1 })
    const name = `test_latin_${newId().slice(-12)}`
    await sql
      .raw(`create database ${name} template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`)
      .execute(server)
    await server.destroy()
    const url = Object.assign(new URL(clusterUrl()), { pathname: `/${name}` }).href
    databases.push(url)
    const ended = await run(['serve'], { DATABASE_URL: url, QIANGSHI_DATA: join(base, 'latin') })
    expectSentence(ended, /^The database is encoded in LATIN1/)
  })

  test('at once: nothing is waited for when the house cannot be opened', async () => {
    const url = await database()
    const env = { DATABASE_URL: url, QIANGSHI_DATA: join(base, 'keys') }
    expect((await run(['migrate'], { ...env, QIANGSHI_SECRET: SECRET })).code).toBe(0)
    const bare = performance.now()
    await run(['serve'], { PORT: '-1' })
    const start = performance.now() - bare
    for (const [args, secret] of [
      [['serve'], randomBytes(32).toString('base64')],
      [['verify'], randomBytes(32).toString('base64')],
      [['start'], undefined],
    ] as const) {
      const began = performance.now()
      expectSentence(await run([...args], { ...env, QIANGSHI_SECRET: secret }), /master key/)
      // Beside what the program takes to come up on this machine, however busy it is.
      expect(performance.now() - began).toBeLessThan(9000 + 5 * start)
    }
  })

  test('a data folder that is somebody else’s, with a database of one’s own too', async () => {
    const folder = join(base, 'letters')
    await mkdir(folder)
    await writeFile(join(folder, 'letter.txt'), '')
    const env = { DATABASE_URL: await database(), QIANGSHI_DATA: folder }
    expectSentence(await run(['serve'], env), /is not a data folder of this product/)
    await rm(join(folder, 'letter.txt'))
    await writeFile(join(folder, 'qiangshi-data.json'), '{"product":')
    expectSentence(await run(['serve'], env), /marks the data folder, .*qiangshi-data\.json, is damaged/)
  })

  test.skipIf(!other)('and one that cannot be written', async () => {
    const folder = join(base, 'read-only')
    await mkdir(folder)
    await chmod(folder, 0o555)
    const env = { DATABASE_URL: await database(), QIANGSHI_DATA: folder }
    expectSentence(await run(['serve'], env, other), /data folder .* cannot be written/)
  })

  test('when the database belongs to a newer program', async () => {
    const newer = (owner: Db) =>
      sql`insert into public.kysely_migration values ('29991231T0000_talent_future', '2999')`.execute(owner)
    const ended = await run(['serve'], { DATABASE_URL: await database(newer), QIANGSHI_DATA: join(base, 'newer') })
    expectSentence(ended, /belongs to a newer version of the program \(29991231T0000_talent_future\)/)
  })
})

describe('production is refused', () => {
  test('without a secret, or with one that can be guessed', async () => {
    expectSentence(await run(['serve'], { NODE_ENV: 'production' }), /^In production QIANGSHI_SECRET must be set/)
    expectSentence(await run(['serve'], { ...PRODUCTION, QIANGSHI_SECRET: 'secret' }), /^QIANGSHI_SECRET is too short/)
    expectSentence(
      await run(['serve'], { ...PRODUCTION, QIANGSHI_SECRET: 'changeit'.repeat(8) }),
      /^QIANGSHI_SECRET is easy to guess/,
    )
    expectSentence(await run(['verify'], { ...PRODUCTION, QIANGSHI_SECRET: 'changeit'.repeat(8) }), /easy to guess/)
  })

  test('without the address that people reach it at', async () => {
    expectSentence(
      await run(['serve'], { ...PRODUCTION, QIANGSHI_URL: undefined }),
      /^In production QIANGSHI_URL must be set/,
    )
  })

  test('with the demonstration district', async () => {
    const url = await database((owner) =>
      sql`insert into directory.organisation (id, path, kind, name, short_name) values (${newId()}, 'm', 'municipality', '某市（演示）', '某市')`.execute(
        owner,
      ),
    )
    const ended = await run(['serve'], { ...PRODUCTION, DATABASE_URL: url, QIANGSHI_DATA: join(base, 'production') })
    expectSentence(ended, /holds the demonstration district/)
    expectSentence(await run(['demo'], { ...PRODUCTION, DATABASE_URL: url }), /^Production has no demonstration data$/)
  })

  test('with a clock that has been moved', async () => {
    const url = await database((owner) => moveClock(owner, new Date('2023-03-01T01:00:00Z')))
    const ended = await run(['serve'], { ...PRODUCTION, DATABASE_URL: url, QIANGSHI_DATA: join(base, 'production') })
    expectSentence(ended, /clock has been moved/)
  })
})

test('without a name of its own the product is where the machine is', () => {
  expect(readEnvironment({ HOST: '0.0.0.0', PORT: '8080' }).publicUrl).toBe(`http://${hostname()}:8080`)
  expect(readEnvironment({ HOST: '::1' }).publicUrl).toBe('http://[::1]:3000')
  expect(readEnvironment({ QIANGSHI_URL: 'https://a.example/' }).publicUrl).toBe('https://a.example')
})

test('what a machine reads names the reason', async () => {
  const ended = await run(['serve', '--json'], { PORT: '-1' })
  expect(JSON.parse(ended.stdout)).toEqual({ error: 'server.bad_port' })
  const unknown = await run(['dance', '--json'], {})
  expect([unknown.code, JSON.parse(unknown.stdout)]).toEqual([1, { error: 'usage.unknownCommand' }])
  expect((await run(['serve', '--help'], {})).code).toBe(0)
  expect(ended.code).toBe(1)
})
