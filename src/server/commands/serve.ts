/** Serving: HTTP, background jobs, the sealing of the audit trail; stops in order on a signal. */
import { buildApp } from '../app.ts'
import { background } from '../background.ts'
import { type OpenHouse, openHouse } from '../house.ts'
import { sentence, step } from '../say.ts'
import { type Environment, readEnvironment } from '../settings.ts'

export async function run(): Promise<void> {
  const env = readEnvironment()
  await listen(env, await openHouse(env, { onStep: step }))
}

/** Listens and prints the address; returns when the server has stopped. */
export async function listen(env: Environment, house: OpenHouse, afterReady: () => void = () => {}): Promise<void> {
  const app = await buildApp(house)
  const jobs = await background(house, (text) => app.log.error(text))
  try {
    await app.listen({ port: env.port, host: env.host })
  } catch (error) {
    await jobs.stop()
    await house.close()
    throw error
  }
  const { port } = app.server.address() as { port: number }
  process.stdout.write(`${sentence('server.ready', { url: env.publicUrl.replace(/:0$/, `:${port}`) })}\n`)
  afterReady()
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  step('server.stopping')
  await app.close()
  await jobs.stop()
  await house.close()
}
