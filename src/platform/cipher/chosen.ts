/** What an installation has chosen, as the database has it: read at the start, again at every beat, and changed by a switch. */
import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import type { Choice, Chosen, Keys } from './sealer.ts'

export async function readChosen(db: Db): Promise<Chosen> {
  const { rows } = await sql<
    Choice & { what: keyof Chosen }
  >`select c.what, c.suite, c.version from cipher.chosen c`.execute(db)
  const of = (wanted: keyof Chosen): Choice => {
    const { suite, version } = rows.find(({ what }) => what === wanted)!
    return { suite, version }
  }
  return { seal: of('seal'), blind: of('blind') }
}

/** The keys together with what is chosen in this database. */
export async function withChosen(derive: (purpose: string) => Buffer, db: Db): Promise<Keys> {
  return Object.assign((purpose: string) => derive(purpose), { chosen: await readChosen(db) })
}

/** Another program may have switched. Returns true where it has. */
export async function hearChosen(keys: Keys, db: Db): Promise<boolean> {
  if (!keys.chosen) return false
  const before = JSON.stringify(keys.chosen)
  Object.assign(keys.chosen, await readChosen(db))
  return JSON.stringify(keys.chosen) !== before
}

/** @param what `seal` takes effect at once, since what was sealed before stays readable; `blind` only together with all its hashes */
export async function choose(db: Db, what: keyof Chosen, { suite, version }: Choice): Promise<void> {
  await sql`update cipher.chosen c set suite = ${suite}, version = ${version}, since = now()
    where c.what = ${what} and (c.suite, c.version) is distinct from (${suite}, ${version})`.execute(db)
}
