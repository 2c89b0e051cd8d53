/** Signals to stop: the first asks for a stop in good order, the second is ignored, the third gives up waiting. */

const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** Ctrl-C reaches the whole process group, and npm and the launcher pass it on once more: what comes at once is one wish. */
const ONE_WISH = 700

export type Signals = {
  /** True once somebody asked. */
  asked: () => boolean
  /** Fulfilled when the stop is asked for. */
  stop: Promise<void>
  /** Fulfilled when nobody wants to wait any longer. */
  force: Promise<void>
}

/** From now on no signal ends the program by itself. */
export function watchSignals(now: () => number = () => performance.now()): Signals {
  let wishes = 0
  let last = Number.NEGATIVE_INFINITY
  const stop = Promise.withResolvers<void>()
  const force = Promise.withResolvers<void>()
  const hear = () => {
    if (now() - last < ONE_WISH) return
    last = now()
    wishes += 1
    if (wishes === 1) stop.resolve()
    if (wishes === 3) force.resolve()
  }
  for (const name of NAMES) process.on(name, hear)
  return { asked: () => wishes > 0, stop: stop.promise, force: force.promise }
}
