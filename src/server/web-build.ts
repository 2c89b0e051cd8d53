/** Builds the web app when its sources are newer than the built one. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, constants, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Refusal } from '../base/errors.ts'
import type { Step } from './house.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const OUT = join(ROOT, 'dist', 'web')
const STAMP = join(ROOT, 'dist', 'web.stamp')

/** Everything the bundle is made of, as one hash: names, sizes and times of the sources, the lock file's content. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(ROOT, 'package-lock.json')))
  const walk = async (folder: string): Promise<void> => {
    for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => a.name.localeCompare(b.name))) {
      const at = join(folder, entry.name)
      if (entry.isDirectory()) await walk(at)
      else if (/\.(tsx?|css|html|json|svg)$/.test(entry.name) && !entry.name.includes('.test.')) {
        const { size, mtimeMs } = await stat(at)
        hash.update(`${at.slice(ROOT.length)} ${size} ${mtimeMs}\n`)
      }
    }
  }
  await walk(join(ROOT, 'src'))
  return hash.digest('hex')
}

/** Whether there is a built web app, and whether it is that of the sources. */
export async function webState(): Promise<'fresh' | 'stale' | 'missing'> {
  const [wanted, built, present] = await Promise.all([
    fingerprint(),
    readFile(STAMP, 'utf8').catch(() => ''),
    stat(join(OUT, 'index.html')).catch(() => null),
  ])
  return !present ? 'missing' : built === wanted ? 'fresh' : 'stale'
}

/** Builds if needed. Takes some seconds the first time, nothing afterwards. */
export async function buildWeb(step: Step): Promise<boolean> {
  if ((await webState()) === 'fresh') return false
  // Taken before the build: what is saved meanwhile is built the next time.
  const wanted = await fingerprint()
  await assertWritable()
  step('server.building')
  const began = Date.now()
  await build()
  await writeFile(STAMP, wanted)
  step('server.built', { seconds: ((Date.now() - began) / 1000).toFixed(1) })
  return true
}

const VITE = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')

/** In a process of its own, because Vite takes the mode of React and of itself from NODE_ENV: what people load is built for production, whatever this process is. */
async function build(): Promise<void> {
  const args = [VITE, 'build', '--config', join(ROOT, 'vite.config.ts'), '--logLevel', 'error']
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } })
}

/** @throws Refusal `server.web_not_writable`: before the build, which would say it in a stack */
async function assertWritable(): Promise<void> {
  const there = (path: string) => stat(path).catch(() => undefined)
  const dist = (await there(join(ROOT, 'dist'))) ? join(ROOT, 'dist') : ROOT
  for (const path of [dist, OUT, join(OUT, 'assets'), STAMP]) {
    if (!(await there(path))) continue
    await access(path, constants.W_OK).catch(() => {
      throw new Refusal('fault', 'server.web_not_writable', { path })
    })
  }
}
