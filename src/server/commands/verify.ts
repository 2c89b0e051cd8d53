/** Checks the hash chains of the audit trail and the ledger, and the seals of locked years. */
import { sealTrail, verifyTrail } from '../../platform/audit/index.ts'
import { verifyLedger } from '../../platform/ledger/index.ts'
import { openHouse } from '../house.ts'
import { step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

export async function run(options: { json?: boolean }): Promise<unknown> {
  const house = await openHouse(readEnvironment(), { onStep: step })
  try {
    await sealTrail(house.db)
    const audit = await verifyTrail(house.db)
    const ledger = await verifyLedger(house.owner)
    const sound = audit.broken === null && ledger.broken === null && ledger.brokenLocks.length === 0
    if (!options.json) {
      process.stdout.write(
        `audit   ${audit.links} links   ${audit.broken ? `BROKEN at link ${audit.broken.seq}, event ${audit.broken.eventId}` : 'sound'}\n`,
      )
      process.stdout.write(
        `ledger  ${ledger.entries} entries   ${ledger.broken ? `BROKEN for person ${ledger.broken.personId}, entry ${ledger.broken.seq}` : 'sound'}\n`,
      )
      process.stdout.write(
        `locks   ${ledger.brokenLocks.length === 0 ? 'sound' : `BROKEN: ${ledger.brokenLocks.map((lock) => `${lock.orgId} ${lock.creditYear}`).join(', ')}`}\n`,
      )
    }
    if (!sound) process.exitCode = 1
    return { sound, audit, ledger }
  } finally {
    await house.close()
  }
}
