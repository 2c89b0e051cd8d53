/** The command line as a process of its own: what it prints, how it ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { canReach } from '../../src/platform/db/data-folder.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const MAIN = join(ROOT, 'src', 'server', 'main.ts')
const NOBODY = { uid: 65_534, gid: 65_534 }
/** Where Node keeps the program's files as it has read and compiled them: a hundred starts of it compile them once. */
export const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, '.tmp', 'compiled') }

export type Ended = { code: number | null; stdout: string; stderr: string }
type Setting = Record<string, string | undefined>

/** Starts `qiangshi …`. Nothing of the product's configuration is inherited; the language is English. */
export function start(
  args: string[],
  env: Setting,
  who: { uid?: number; gid?: number } = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', PORT: '0', ...COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...who,
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name]!.on('data', (text) => (said[name] += text))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }))
  return { child, ended }
}

/** Runs `qiangshi …` to its end. */
export const run = (args: string[], env: Setting, who = {}): Promise<Ended> => start(args, env, who).ended

/** What it said at last, steps left out. */
export const lastWords = ({ stderr }: Ended): string[] =>
  stderr.split('\n').filter((line) => line !== '' && !line.startsWith('·'))

/** A user whom files of root are closed to: this one, unless it is root. Undefined where that user cannot reach the program. */
export async function anotherUser(): Promise<{ uid?: number; gid?: number } | undefined> {
  if (process.getuid?.() !== 0) return {}
  return (await canReach(dirname(MAIN), NOBODY)) && (await canReach(process.execPath, NOBODY)) ? NOBODY : undefined
}
