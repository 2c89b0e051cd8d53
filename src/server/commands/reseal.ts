/** Seals what is kept encrypted anew: under another suite, under a new version of the key, or only what a broken-off switch has left. */
import { invalid } from '../../base/errors.ts'
import { SUITES, type SuiteName } from '../../platform/cipher/index.ts'
import { openHouse } from '../house.ts'
import { nextVersion, type SealedAnew, sealAnew } from '../reseal.ts'
import { sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

export async function run(options: { json?: boolean; suite?: string; newKey?: boolean }): Promise<SealedAnew> {
  const { suite } = options
  if (suite !== undefined && !Object.hasOwn(SUITES, suite)) throw invalid('server.bad_suite', { suite })
  const house = await openHouse(readEnvironment(), { onStep: step })
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  try {
    const { seal } = house.key.chosen!
    const version = options.newKey ? await nextVersion(house) : seal.version
    const choice =
      suite !== undefined || options.newKey ? { suite: (suite as SuiteName) ?? seal.suite, version } : undefined
    const done = await sealAnew(house, choice, { signal: stop.signal })
    const broken = [
      ...done.columns.flatMap(({ table, broken }) => broken.map((row) => `${table} ${row}`)),
      ...done.files.broken.map((sha256) => `files ${sha256}`),
    ]
    if (broken.length > 0) process.exitCode = 1
    if (!options.json) {
      for (const row of broken) process.stdout.write(`${sentence('server.reseal_broken', { row })}\n`)
      const sealed = done.columns.reduce((sum, column) => sum + column.sealed, 0)
      process.stdout.write(`${sentence('server.reseal_done', { sealed, files: done.files.sealed, ...done.seal })}\n`)
    }
    return done
  } finally {
    await house.close()
  }
}
