/** Switching the suite or the key under which texts are kept, and bringing everything over to it. Whatever ends in between, the next beat of the day goes on. */
import { sql } from 'kysely'
import { record } from '../platform/audit/index.ts'
import {
  type Choice,
  choose,
  hearChosen,
  type Resealed,
  reblind,
  reseal,
  type Watch,
} from '../platform/cipher/index.ts'
import { SYSTEM, transact } from '../platform/db/index.ts'
import type { OpenHouse } from './house.ts'
import { kept } from './modules.ts'

export type SealedAnew = {
  seal: Choice
  blind: Choice
  columns: Resealed[]
  files: { sealed: number; broken: string[] }
}

/**
 * @param choice what is chosen from now on; what was chosen before when absent. Serving may go on
 * @throws Tampered where a text that is searched for opens under no key: then the texts are sealed anew and the hashes stay as they were
 */
export async function sealAnew(house: OpenHouse, choice: Choice | undefined, watch: Watch = {}): Promise<SealedAnew> {
  const { owner, key } = house
  if (choice) await choose(owner, 'seal', choice)
  await hearChosen(key, owner)
  const { seal, blind } = key.chosen!
  if (choice) await noted(house, 'cipher.switched', { suite: seal.suite, version: seal.version })
  const columns = await reseal(owner, key, kept, watch)
  if (blind.suite !== seal.suite || blind.version !== seal.version) await reblind(owner, key, kept, seal, watch)
  const files = await house.files.reseal(watch.signal)
  const sealed = columns.reduce((sum, column) => sum + column.sealed, 0)
  const broken = columns.reduce((sum, column) => sum + column.broken.length, files.broken.length)
  if (sealed > 0 || files.sealed > 0 || broken > 0)
    await noted(house, 'cipher.resealed', { sealed, files: files.sealed, broken })
  return { seal, blind: key.chosen!.blind, columns, files }
}

/** The version after the highest that was ever chosen. */
export async function nextVersion({ key }: OpenHouse): Promise<number> {
  const { seal, blind } = key.chosen!
  return Math.max(seal.version, blind.version) + 1
}

async function noted(house: OpenHouse, action: string, after: unknown): Promise<void> {
  const { rows } = await sql<{
    path: string
  }>`select o.path::text as path from directory.organisation o where o.parent_id is null`.execute(house.owner)
  const scope = { paths: rows.map(({ path }) => path), self: false }
  await transact(house.db, { actor: SYSTEM, permission: 'cipher.reseal', scope }, (act) =>
    record(act, { action, after }),
  )
}
