/** Serving ends in good order, whatever signals come and whenever: the embedded database never stays behind. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../../test/harness/cluster.ts'
import { COMPILED } from '../../../test/harness/program.ts'
import { CLUSTER } from '../../platform/db/data-folder.ts'
import { running, shutDown } from '../../platform/db/postmaster.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
let folder = ''
const children: ChildProcess[] = []
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  for (const { pid } of children) {
    try {
      process.kill(-pid!, 'SIGKILL')
    } catch {}
  }
  await shutDown(join(folder, CLUSTER), 'now')
  await rm(folder, { recursive: true, force: true })
})

type Running = {
  child: ChildProcess
  said: () => string
  group: (signal: NodeJS.Signals) => void
  ended: Promise<unknown>
}

/** `npm start` in a process group of its own, as a terminal does it. */
function npmStart(env: Record<string, string>): Running {
  const child = spawn('npm', ['start', '--', '--json'], {
    cwd: ROOT,
    detached: true,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LANG: 'en_US.UTF-8',
      PORT: '0',
      QIANGSHI_DATA: folder,
      ...COMPILED,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (more) => (text += more))
  return { child, said: () => text, group: (signal) => process.kill(-child.pid!, signal), ended: once(child, 'close') }
}

const says = (one: Running, what: RegExp) =>
  vi.waitFor(() => expect(one.said()).toMatch(what), { timeout: 90_000, interval: 20 })
const database = () => running(join(folder, CLUSTER))

test('Ctrl-C for the whole group, again and again, stops the database as well', async () => {
  const one = npmStart({ QIANGSHI_DEMO: '0' })
  await says(one, /"ready":true/)
  const [line] = one
    .said()
    .split('\n')
    .filter((text) => text.startsWith('{'))
  const { url } = JSON.parse(line!)
  expect((await fetch(`${url}/`, { method: 'HEAD' })).status).toBe(200)
  expect(await database()).toBeDefined()
  for (let n = 0; n < 4; n++) {
    one.group('SIGINT')
    await sleep(30)
  }
  await one.ended
  await vi.waitFor(async () => expect(await database()).toBeUndefined(), 60_000)
  expect(one.said()).toContain('Stopping')
})

test('so does one that comes while the demonstration is being loaded, and the next start loads it whole', async () => {
  const one = npmStart({})
  await says(one, /teachers with employment/)
  one.group('SIGTERM')
  await one.ended
  await vi.waitFor(async () => expect(await database()).toBeUndefined(), 60_000)

  const next = npmStart({})
  await says(next, /"ready":true/)
  expect(next.said()).toMatch(/60 schools, 5600 teachers/)
  next.group('SIGINT')
  await next.ended
  await vi.waitFor(async () => expect(await database()).toBeUndefined(), 60_000)
})
