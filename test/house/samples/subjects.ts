/** What the samples speak of: things of the first district, and what is nowhere. */
import type { World } from '../../harness/world.ts'
import type { Furniture } from '../furniture.ts'

/** By procedure, for instance `training.enrol`. */
export type Samples = Record<string, (world: World, furniture: Furniture) => unknown>

export const school = (world: World) => world.schools[0].id
export const person = (world: World) => world.teachers[0]![0]!.id
export const NOTHING = '01890000-0000-7000-8000-000000000000'
export const reason = '按规定办理'
