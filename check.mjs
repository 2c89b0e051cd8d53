/** Everything that can be said about the code without running it: types, format and lint, the law of imports, dead code, known holes in packages. Two at a time. */
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { auditDependencies } from './audit.mjs'

const ROOT = dirname(fileURLToPath(import.meta.url))
const BIN = join(ROOT, 'node_modules', '.bin')
const CHECKS = [
  ['types', 'node', 'node_modules/typescript7/bin/tsc', '-p', '.'],
  ['format and lint', 'biome', 'check', '.'],
  ['law of imports', 'depcruise', 'src'],
  ['dead code', 'knip', '--no-progress'],
]

/** Runs one check to its end and says how it went; its words are shown only where it failed. */
function run([name, program, ...args]) {
  const begun = performance.now()
  return new Promise((done) => {
    const child = spawn(join(BIN, program), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    child.once('error', (error) => (output += `${error.message}\n`))
    child.once('close', (code) => {
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${program}) ${seconds} s`)
      if (code !== 0) console.log(output.trimEnd())
      done(code === 0)
    })
  })
}

/** Most of it is waiting for the registry. */
async function audit() {
  const begun = performance.now()
  const { state, words } = await auditDependencies(ROOT)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const sign = { clean: '✓', told: '!', unknown: '–', failed: '✗' }[state]
  console.log(`${sign} known holes (npm audit) ${seconds} s${state === 'unknown' ? `: ${words}` : ''}`)
  if (state === 'told' || state === 'failed') console.log(words)
  return state !== 'failed'
}

const waiting = [...CHECKS]
const results = []
const work = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await run(next))
}
const audited = audit()
await Promise.all([work(), work()])
results.push(await audited)
const failed = results.filter((well) => !well).length
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${results.length} checks failed.`)
process.exitCode = failed === 0 ? 0 : 1
