/** Loads the demonstration district into an empty database. */
import { Refusal } from '../../base/errors.ts'
import { loadDemo } from '../demo.ts'
import { openHouse } from '../house.ts'
import { step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

export async function run(): Promise<{ loaded: boolean }> {
  const env = readEnvironment()
  if (env.production) throw new Refusal('refused', 'server.no_demo_in_production')
  const house = await openHouse(env, { onStep: step })
  try {
    const loaded = await loadDemo(house, step)
    if (!loaded) step('server.demo_present')
    return { loaded }
  } finally {
    await house.close()
  }
}
