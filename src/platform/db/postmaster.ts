/** One PostgreSQL server process on one cluster folder: making the cluster, starting it, recognising a running one, stopping it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, fchownSync, openSync } from 'node:fs'
import { chown, mkdir, readdir, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../../base/errors.ts'
import type { Identity } from './data-folder.ts'
import type { Engine } from './engine.ts'

/** The role that owns the database and everything in it. */
export const OWNER = 'qiangshi_owner'

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // A socket path may be longer than the 107 bytes that the system allows.
  unix_socket_directories: '',
  shared_buffers: `${sharedBuffers()}MB`,
  max_connections: '200',
  max_wal_size: '2GB',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] %q%a ',
}

/** An eighth of the memory there is, in whole MB between 256 and 4,096: a city's tables stay in it, and the rest is the product's. */
function sharedBuffers(): number {
  const limit = process.constrainedMemory()
  const memory = limit > 0 ? Math.min(totalmem(), limit) : totalmem()
  return Math.max(256, Math.min(4_096, Math.floor(memory / 8 / 2 ** 20)))
}

const LOG_LIMIT = 10 * 2 ** 20

/** Makes a cluster under a passing name and moves it into place, so that a half-made one never exists; a loser of two gives way. */
export async function initialise(
  engine: Engine,
  cluster: string,
  password: string,
  identity: Identity | undefined,
): Promise<void> {
  const draft = `${cluster}.${process.pid}-${randomBytes(4).toString('hex')}`
  const passwordFile = `${draft}.password`
  try {
    await mkdir(draft, { mode: 0o700 })
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (identity) for (const path of [draft, passwordFile]) await chown(path, identity.uid, identity.gid)
    const order = ['-D', draft, `--username=${OWNER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
    const made = spawn(join(engine.bin, 'initdb'), [...order, '--locale=C.UTF-8', '--encoding=UTF8'], {
      ...bare(identity),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [made.stdout, made.stderr]) stream.on('data', (text) => (output += text))
    const failure = await ended(made)
    if (failure?.startsWith('spawn '))
      throw new Refusal('fault', 'db.engine_missing', { platform: `${process.platform}-${process.arch}`, why: failure })
    if (failure !== undefined) throw new Refusal('fault', 'db.start_failed', { log: lastLines(`${output}${failure}`) })
    await rename(draft, cluster).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

/** Removes what starts that were cut off have left half-made. */
export async function clearDrafts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const maker = /^(?:postgres|engine-.*)\.(\d+)[-.]/.exec(name)?.[1]
    if (maker && !isAlive(Number(maker))) await rm(join(home, name), { recursive: true, force: true })
  }
}

/** Undefined when the program ended well, else how it ended. */
const ended = (child: ChildProcess): Promise<string | undefined> =>
  new Promise((done) => {
    child.once('error', (error) => done(error.message))
    child.once('close', (code, signal) => done(code === 0 ? undefined : `(${signal ?? code})`))
  })

/** Nothing of our environment reaches the server: `PG…` variables and locales of the caller would change what it does. */
const bare = (identity: Identity | undefined) => ({
  cwd: '/',
  env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  ...identity,
})

/** A server that is coming up. `failed` holds the reason once it has ended. */
export type Coming = { port: number; failed?: string }

/**
 * Starts the server in a process group of its own, so that Ctrl-C ends the product first and the database in good order after it.
 * It may outlive its parent: whoever comes next attaches to it.
 */
export async function launch(
  engine: Engine,
  {
    folder,
    cluster,
    identity,
    settings,
  }: { folder: string; cluster: string; identity: Identity | undefined; settings: Record<string, string> },
  port: number,
): Promise<Coming> {
  const log = join(folder, 'postgres.log')
  const written = (await stat(log).catch(() => undefined))?.size ?? 0
  const full = written > LOG_LIMIT
  if (full) await rename(log, `${log}.1`)
  const sink = openSync(log, 'a', 0o600)
  if (identity) fchownSync(sink, identity.uid, identity.gid)
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const args = ['-D', cluster, '-p', String(port), ...flags]
  const child = spawn(join(engine.bin, 'postgres'), args, {
    ...bare(identity),
    detached: true,
    stdio: ['ignore', sink, sink],
  })
  closeSync(sink)
  child.unref()
  const coming: Coming = { port }
  void ended(child).then(async (how) => {
    const text = await readFile(log, 'utf8').catch(() => '')
    coming.failed = lastLines(`${text.slice(full ? 0 : written)}${how ?? ''}`)
  })
  return coming
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-8).join('\n')

/** A server that is alive on this cluster, or undefined. A lock file whose process is a stranger is made harmless on the way. */
export async function running(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  const file = join(cluster, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const [pid, , , port] = text.split('\n').map(Number)
  if (!pid || !isAlive(pid)) return undefined
  if (await serves(pid, cluster)) return { pid, port: port || 0 }
  // After a restart of the machine the number may belong to another program, and PostgreSQL would wait for it for ever. No process
  // can have the number written here, so PostgreSQL goes on to its second check, whether any server still holds the memory.
  await writeFile(file, text.replace(/^\d+/, '4999999'))
  return undefined
}

/** The port that the last server used, so that programs which still know it find the next one. */
export async function lastPort(cluster: string): Promise<number | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  return Number(text.split('\n')[3]) || undefined
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Sends a signal; a process that has just ended needs none. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** True where this process is a server on this cluster; a dead one that nobody has buried has no command line. */
async function serves(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux')
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').includes(cluster)
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(` ${cluster} `)
  } catch {
    return false
  }
}

/**
 * Ends what a killed server left behind: its busy processes would go on for as long as their statement takes, and keep a new
 * server out. Their work is lost either way, as after a loss of power; what was committed is in the log.
 */
export async function endOrphans(cluster: string): Promise<void> {
  if (process.platform !== 'linux') return
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const where = await readlink(`/proc/${pid}/cwd`).catch(() => '')
    const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (where !== cluster || !title.startsWith('postgres: ')) continue
    const parent = Number(/\) \S+ (\d+)/.exec(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))?.[1])
    if (parent && !(await serves(parent, cluster))) signal(Number(pid), 'SIGKILL')
  }
}

/** Ends the server: `fast` disconnects everybody and writes everything down, `now` is for what nobody needs any more. */
export async function shutDown(cluster: string, how: 'fast' | 'now' = 'fast', patience = 120_000): Promise<boolean> {
  const server = await running(cluster)
  if (!server) return true
  signal(server.pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT')
  for (const until = Date.now() + patience; Date.now() < until; await sleep(20)) {
    if ((await running(cluster))?.pid !== server.pid) return true
  }
  return false
}

/** A port nobody listens on; `wanted` when it is free. */
export const freePort = (wanted = 0): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', (error) => (wanted ? freePort().then(found, failed) : failed(error)))
    probe.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
