/** Brings the database up to this program and loads the packs. */
import { openHouse } from '../house.ts'
import { step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

export async function run(): Promise<{ applied: string[] }> {
  const house = await openHouse(readEnvironment(), { onStep: step })
  await house.close()
  return { applied: house.applied }
}
