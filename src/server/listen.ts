/** Serving until a signal comes: HTTP, background jobs, the sealing of the audit trail; everything is closed in order. */
import { buildApp } from './app.ts'
import { background } from './background.ts'
import type { OpenHouse } from './house.ts'
import { assertNoDemo } from './production.ts'
import { sentence, step } from './say.ts'
import type { Environment } from './settings.ts'

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
