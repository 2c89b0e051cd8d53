/** Serving until a signal comes: HTTP, background jobs, the sealing of the audit trail; everything is closed in order. */
import { buildApp } from './app.ts'
import { background } from './background.ts'
import type { OpenHouse } from './house.ts'
import { assertNoDemo } from './production.ts'
import { sentence, step } from './say.ts'
import type { Environment } from './settings.ts'
import type { Signals } from './signals.ts'

type Serving = {
  env: Environment
  signals: Signals
  open: () => Promise<OpenHouse>
  prepare: (house: OpenHouse) => Promise<void>
  /** Print one object instead of sentences. */
  json?: boolean | undefined
  /** Runs once people can come in, and adds to what is printed. */
  ready?: (house: OpenHouse) => { words: string[]; data: object }
}

/**
 * Opens the house, prepares, listens and prints the address; returns when the server has stopped. The house is closed however it ends,
 * and the embedded database with it, whenever the signal comes.
 */
export async function listen(serving: Serving): Promise<void> {
  const { signals } = serving
  const house = await serving.open()
  const preparing = { yes: true }
  const served = serve(serving, house, preparing)
  // Preparing takes long, and what it does is done whole or not at all: whoever stops it waits for nothing but the database.
  const cutOff = signals.stop.then(() => (preparing.yes ? undefined : NEVER))
  const ended = await Promise.race([served.then(() => 'well' as const), cutOff, signals.force])
  if (ended === 'well') return
  served.catch(() => {})
  if (preparing.yes) step('server.stopping')
  await house.abandon?.()
  // Connections and timers of what was cut off would keep the program.
  process.exit(130)
}

const NEVER = new Promise<never>(() => {})

async function serve(
  { env, signals, prepare, json, ready }: Serving,
  house: OpenHouse,
  preparing: { yes: boolean },
): Promise<void> {
  try {
    await assertNoDemo(env, house.owner)
    await prepare(house)
    const app = await buildApp(house)
    if (house.packProblems?.length)
      app.log.error({ problems: house.packProblems }, 'policy packs not loaded: what was in force stays')
    const jobs = await background(house, (text) => app.log.error(text))
    try {
      await app.listen({ port: env.port, host: env.host })
      preparing.yes = false
      const { port } = app.server.address() as { port: number }
      const url = env.publicUrl.replace(/:0$/, `:${port}`)
      house.settings.publicUrl = url
      const more = ready?.(house) ?? { words: [], data: {} }
      if (json) process.stdout.write(`${JSON.stringify({ ready: true, url, port, ...more.data })}\n`)
      else process.stdout.write(`${[sentence('server.ready', { url }), ...more.words].join('\n')}\n`)
      await signals.stop
      step('server.stopping')
    } finally {
      await app.close()
      await jobs.stop()
    }
  } finally {
    await house.close()
  }
}
