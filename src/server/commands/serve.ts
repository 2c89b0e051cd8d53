/** Serving only: no demonstration data, no building. */
import { Refusal } from '../../base/errors.ts'
import type { OpenHouse } from '../house.ts'
import { assertReady } from '../ready.ts'
import { step } from '../say.ts'
import { readEnvironment } from '../settings.ts'
import { watchSignals } from '../signals.ts'

export async function run({ json }: { json?: boolean }): Promise<void> {
  const env = readEnvironment()
  await assertReady(env)
  const signals = watchSignals()
  // Loaded only now: who is refused need not wait for the whole house.
  const [{ openHouse }, { listen }, { hasAccounts }, { webState }] = await Promise.all([
    import('../house.ts'),
    import('../listen.ts'),
    import('../first.ts'),
    import('../web-build.ts'),
  ])
  const prepare = async ({ owner }: OpenHouse) => {
    if ((await webState()) === 'missing') throw new Refusal('fault', 'server.web_missing')
    if (!(await hasAccounts(owner))) step('server.no_accounts')
  }
  await listen({ env, signals, json, open: () => openHouse(env, { onStep: step }), prepare })
}
