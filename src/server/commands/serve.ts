/** Serving only: no demonstration data, no building. */
import { Refusal } from '../../base/errors.ts'
import { assertReady } from '../ready.ts'
import { step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

export async function run(): Promise<void> {
  const env = readEnvironment()
  await assertReady(env)
  // Loaded only now: who is refused need not wait for the whole house.
  const [{ openHouse }, { listen }, { webState }] = await Promise.all([
    import('../house.ts'),
    import('../listen.ts'),
    import('../web-build.ts'),
  ])
  await listen(env, await openHouse(env, { onStep: step }), async () => {
    if ((await webState()) === 'missing') throw new Refusal('fault', 'server.web_missing')
  })
}
