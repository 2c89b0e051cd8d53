/** The product acts by itself, over everything there is. */
import { sql } from 'kysely'
import type { House } from '../../access/index.ts'
import { type Act, SYSTEM, transact } from '../../db/index.ts'

export async function overAll<R>({ db }: House, work: (act: Act) => Promise<R>): Promise<R> {
  const { rows } = await sql<{
    path: string
  }>`select o.path::text from directory.organisation o where o.parent_id is null`.execute(db)
  return transact(
    db,
    { actor: SYSTEM, permission: 'provisioning.send', scope: { paths: rows.map(({ path }) => path), self: false } },
    work,
  )
}
