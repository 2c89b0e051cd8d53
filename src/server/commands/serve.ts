/** Serving: HTTP, background jobs, the sealing of the audit trail; stops in order on a signal. */
import { Refusal } from '../../base/errors.ts'
import { buildApp } from '../app.ts'
import { background } from '../background.ts'
import { type OpenHouse, openHouse } from '../house.ts'
import { assertPortFree } from '../port.ts'
import { assertNoDemo, assertSecret } from '../production.ts'
import { sentence, step } from '../say.ts'
import { type Environment, readEnvironment } from '../settings.ts'
import { webState } from '../web-build.ts'

export async function run(): Promise<void> {
  const env = readEnvironment()
  await assertReady(env)
  const house = await openHouse(env, { onStep: step })
  await listen(env, house, async () => {
    if ((await webState()) === 'missing') throw new Refusal('fault', 'server.web_missing')
  })
}

/** What can be refused before the database is touched. */
export async function assertReady(env: Environment): Promise<void> {
  assertSecret(env)
  await assertPortFree(env)
}

/**
 * Prepares, listens and prints the address; returns when the server has stopped. The house is closed however it ends.
 * `afterReady` runs once people can come in.
 */
export async function listen(
  env: Environment,
  house: OpenHouse,
  prepare: () => Promise<void>,
  afterReady: () => Promise<void> = async () => {},
): Promise<void> {
  try {
    await assertNoDemo(env, house.owner)
    await prepare()
    const app = await buildApp(house)
    const jobs = await background(house, (text) => app.log.error(text))
    try {
      await app.listen({ port: env.port, host: env.host })
      const { port } = app.server.address() as { port: number }
      process.stdout.write(`${sentence('server.ready', { url: env.publicUrl.replace(/:0$/, `:${port}`) })}\n`)
      await afterReady()
      await signalled()
      step('server.stopping')
    } finally {
      await app.close()
      await jobs.stop()
    }
  } finally {
    await house.close()
  }
}

const signalled = (): Promise<void> =>
  new Promise((told) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => told())
  })
