import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../../test/harness/cluster.ts'
import { CLUSTER, claimDataFolder } from './data-folder.ts'
import { startEmbedded } from './embedded.ts'
import { running, shutDown } from './postmaster.ts'

let base = ''
beforeAll(async () => {
  base = await temporaryFolder()
})
afterAll(async () => {
  for (const name of await readdir(base)) await shutDown(join(base, name, CLUSTER), 'now').catch(() => {})
  await rm(base, { recursive: true, force: true })
})

/** Another program of the product on the same folder: says how it got on, lets go when its input ends. */
async function program(folder: string): Promise<{ child: ChildProcess; startedHere: boolean; url: string }> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
    const { stop, ...how } = await startEmbedded({ folder: ${JSON.stringify(folder)}, settings: { max_connections: '20' } })
    console.log(JSON.stringify(how))
    process.stdin.resume().once('end', stop)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout!)
  const [line] = (await once(lines, 'line')) as [string]
  return { child, ...JSON.parse(line) }
}

async function leave({ child }: { child: ChildProcess }): Promise<void> {
  child.stdin!.end()
  await once(child, 'close')
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text: statement, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

/** Asks until the server answers again; a test that waits in vain fails by its time-out. */
async function askUntilAnswered(url: string, statement: string): Promise<unknown> {
  for (;;) {
    try {
      return await ask(url, statement)
    } catch {
      await sleep(50)
    }
  }
}

const postmaster = async (folder: string): Promise<number> => (await running(join(folder, CLUSTER)))!.pid

describe('a folder', () => {
  test('begins empty and keeps its content from one run to the next', async () => {
    const folder = join(base, 'new', 'data')
    const said: string[] = []
    const first = await startEmbedded({ folder, log: (code) => said.push(code) })
    expect(first.startedHere).toBe(true)
    expect(said).toEqual(['db.creating', 'db.starting'])
    await ask(first.url, `create table kept as select '䶮𠮷' as name`)
    expect(await ask(first.url, 'show server_encoding')).toBe('UTF8')
    await first.stop()
    expect(await running(join(folder, CLUSTER))).toBeUndefined()

    const second = await startEmbedded({ folder })
    expect(await ask(second.url, 'select k.name from kept k')).toBe('䶮𠮷')
    await second.stop()
  })

  test('keeps its password from other users, and a wrong one does not get in', async () => {
    const folder = join(base, 'secret')
    const server = await startEmbedded({ folder })
    expect((await stat(join(folder, 'postgres.secret'))).mode & 0o077).toBe(0)
    expect((await stat(join(folder, CLUSTER))).mode & 0o077).toBe(0)
    const wrong = Object.assign(new URL(server.url), { password: 'wrong' }).href
    await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await server.stop()
  })

  test.for([
    ['db.folder_foreign', 'holding files of somebody else', 'foreign'],
    ['db.folder_foreign', 'that is a file', 'foreign/letter.txt'],
    ['db.folder_not_writable', 'that cannot be made', 'foreign/letter.txt/below'],
    ['db.folder_wrong_version', 'of another version of PostgreSQL', 'older'],
    ['db.folder_damaged', 'whose mark is damaged', 'damaged'],
    ['db.folder_damaged', 'whose mark is no mark', 'list'],
    ['db.folder_format', 'in a form of later years', 'later'],
  ] as const)('%s: one %s', async ([code, , name]) => {
    await mkdir(join(base, 'foreign'), { recursive: true })
    await writeFile(join(base, 'foreign', 'letter.txt'), 'not ours')
    await mkdir(join(base, 'older', CLUSTER), { recursive: true })
    await writeFile(join(base, 'older', 'qiangshi-data.json'), '{"product":"qiangshi","format":1}')
    await writeFile(join(base, 'older', CLUSTER, 'PG_VERSION'), '16\n')
    const marks = { damaged: '{"product":"qiang', list: '[]', later: '{"product":"qiangshi","format":2}' }
    for (const [folder, mark] of Object.entries(marks)) {
      await mkdir(join(base, folder), { recursive: true })
      await writeFile(join(base, folder, 'qiangshi-data.json'), mark)
    }
    await expect(startEmbedded({ folder: join(base, name) })).rejects.toMatchObject({
      name: 'Refusal',
      kind: 'fault',
      code,
    })
    expect(await readFile(join(base, 'foreign', 'letter.txt'), 'utf8')).toBe('not ours')
  })

  test('for files only is marked as well, one that served before it was is taken over, and a strange one is not', async () => {
    await mkdir(join(base, 'served', 'files'), { recursive: true })
    for (const name of ['fresh', 'served']) {
      const { folder } = await claimDataFolder(join(base, name), 'files')
      expect(JSON.parse(await readFile(join(folder, 'qiangshi-data.json'), 'utf8'))).toEqual({
        product: 'qiangshi',
        format: 1,
      })
    }
    await mkdir(join(base, 'strange'))
    await writeFile(join(base, 'strange', 'letter.txt'), 'not ours')
    await expect(claimDataFolder(join(base, 'strange'), 'files')).rejects.toMatchObject({ code: 'db.folder_foreign' })
    const later = await startEmbedded({ folder: join(base, 'served') })
    await later.stop()
  })

  test('says what the database said when it does not start', async () => {
    const folder = join(base, 'misconfigured')
    const refusal = startEmbedded({ folder, settings: { shared_buffers: 'many' } })
    await expect(refusal).rejects.toMatchObject({
      code: 'db.start_failed',
      data: { log: expect.stringContaining('shared_buffers') },
    })
  })
})

describe('several programs on one folder', () => {
  test('that begin at once share one server, and the last to leave ends it', async () => {
    const folder = join(base, 'shared')
    const programs = await Promise.all([program(folder), program(folder), program(folder)])
    expect(programs.filter((one) => one.startedHere)).toHaveLength(1)
    expect(new Set(programs.map((one) => one.url)).size).toBe(1)
    programs.sort((a, b) => Number(b.startedHere) - Number(a.startedHere))
    for (const [index, one] of programs.entries()) {
      expect(await ask(one.url, 'select 1'), `before number ${index} left`).toBe(1)
      await leave(one)
    }
    expect(await running(join(folder, CLUSTER))).toBeUndefined()
  })

  test('a program that was killed leaves a server that the next one attaches to and ends', async () => {
    const folder = join(base, 'orphan')
    const killed = await program(folder)
    await ask(killed.url, 'create table kept as select 7 as seven')
    killed.child.kill('SIGKILL')
    await once(killed.child, 'close')
    const next = await startEmbedded({ folder })
    expect(next.startedHere).toBe(false)
    expect(await ask(next.url, 'select k.seven from kept k')).toBe(7)
    await next.stop()
    expect(await running(join(folder, CLUSTER))).toBeUndefined()
  })
})

describe('a server that is killed', () => {
  test('comes back at the same address under a running program, with all that was committed, though one process is still busy', async () => {
    const folder = join(base, 'killed')
    const said: string[] = []
    const server = await startEmbedded({ folder, log: (code) => said.push(code) })
    await ask(server.url, 'create table kept as select generate_series(1, 1000) as n')
    const busy = ask(server.url, 'do $$ begin for i in 1..2000000000 loop perform i; end loop; end $$').catch(
      () => 'cut off',
    )
    await sleep(300)
    process.kill(await postmaster(folder), 'SIGKILL')
    expect(await askUntilAnswered(server.url, 'select count(*)::int from kept')).toBe(1000)
    expect(await busy).toBe('cut off')
    // On a slow machine the recovery is reported as well.
    const told = () => said.slice(2).filter((code) => code !== 'db.recovering')
    await vi.waitFor(() => expect(told()).toEqual(['db.restarting', 'db.starting', 'db.restarted']), 60_000)
    await server.stop()
  })

  test('together with its program is started again by the next, even when its number now belongs to a stranger', async () => {
    const folder = join(base, 'stale')
    const killed = await program(folder)
    const file = join(folder, CLUSTER, 'postmaster.pid')
    const closed = once(killed.child, 'close')
    killed.child.kill('SIGKILL')
    process.kill(await postmaster(folder), 'SIGKILL')
    await closed
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(process.pid)))
    const next = await startEmbedded({ folder })
    expect(next.startedHere).toBe(true)
    expect(next.url).toBe(killed.url)
    await next.stop()
    expect(await shutDown(join(folder, CLUSTER))).toBe(true)
  })
})
