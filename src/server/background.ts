/** Work without anybody asking: sealing the audit trail, and the workers of background jobs. */
import { sealTrail } from '../platform/audit/index.ts'
import { isGone } from '../platform/db/index.ts'
import type { OpenHouse } from './house.ts'

const SEAL_EVERY = 5_000

/** Starts it; `stop` waits for what is running. Several processes may do this side by side. */
export async function background(house: OpenHouse, onTrouble: (text: string) => void): Promise<{ stop(): Promise<void> }> {
  let stopped = false
  let running = Promise.resolve()
  const seal = async () => {
    try {
      await sealTrail(house.db)
    } catch (error) {
      if (!stopped && !isGone(error)) onTrouble(`sealing the audit trail: ${String(error)}`)
    }
  }
  const timer = setInterval(() => {
    running = running.then(seal)
  }, SEAL_EVERY)
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
