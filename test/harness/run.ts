/** Runs the tests once. The last line is always `N passed, M failed`, with `, K skipped` where there are any; arguments are Vitest's. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sweep } from './cluster.ts'
import type { Counts } from './counts-reporter.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'qiangshi-counts-'))
const file = join(folder, 'counts.json')

const args = [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', join(ROOT, 'vitest.config.ts')]
const vitest = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, QIANGSHI_COUNTS: file },
})
// Stopped, Vitest ends without taking its database server down; that is done below, and the count still comes last.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void vitest.kill(signal))

vitest.once('close', async (code) => {
  await sweep()
  const counts = read()
  rmSync(folder, { recursive: true, force: true })
  const ran = counts.passed + counts.failed
  if (ran === 0) console.log('No test ran.')
  if (code !== 0 && counts.failed === 0) counts.failed += Number(ran > 0)
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
  process.exitCode = code === 0 && counts.failed === 0 && ran > 0 ? 0 : code || 1
})

/** Nothing was written where Vitest ended before any test: that is one failure. */
function read(): Counts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
