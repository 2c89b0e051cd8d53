/** Seals every event there is: transactions in other databases of the test server may hold some back for a moment. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { sealTrail } from '../../src/platform/audit/index.ts'
import type { Db } from '../../src/platform/db/index.ts'

export async function sealAll(owner: Db): Promise<void> {
  for (;;) {
    await sealTrail(owner)
    const { rows } = await sql`select from audit.event e
      where not exists (select from audit.link l where l.event_id = e.id) limit 1`.execute(owner)
    if (rows.length === 0) return
    await sleep(50)
  }
}
