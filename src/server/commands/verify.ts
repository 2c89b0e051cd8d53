/** Checks a file of audit totals where one is named; the hash chains of the audit trail and the ledger, and the seals of locked years. */
import { invalid } from '../../base/errors.ts'
import { sealTrail, type Testimony, verifyTrail } from '../../platform/audit/index.ts'
import { entriesInLedger, verifyLedger } from '../../platform/ledger/index.ts'
import { openHouse } from '../house.ts'
import { sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'
import { checkFile, readTotalsFile, type TotalsFound, wordsOf } from './totals.ts'

type Verified = {
  sound: boolean
  audit: Awaited<ReturnType<typeof verifyTrail>> & { head: Testimony }
  ledger: Awaited<ReturnType<typeof verifyLedger>>
  totals?: TotalsFound
}

type Options = { json?: boolean; offline?: boolean; fingerprint?: string }

export async function run(
  options: Options,
  path?: string,
): Promise<Verified | { sound: boolean; totals: TotalsFound }> {
  const file = path === undefined ? undefined : await readTotalsFile(path)
  if (options.offline) {
    if (!file) throw invalid('server.verify_what')
    const totals = await checkFile(file, options.fingerprint)
    if (!options.json) process.stdout.write(`${wordsOf(totals).join('\n')}\n`)
    if (totals.fault) process.exitCode = 1
    return { sound: totals.fault === null, totals }
  }
  const house = await openHouse(readEnvironment(), { onStep: step })
  try {
    await sealTrail(house.db)
    const ledger = await verifyLedger(house.owner)
    const head = await house.witness.note(house.db, { ledger: await entriesInLedger(house.owner) })
    const audit = { ...(await verifyTrail(house.db)), head }
    const totals = file && (await checkFile(file, options.fingerprint, house))
    const sound =
      !totals?.fault &&
      audit.broken === null &&
      ['held', 'none'].includes(audit.head.state) &&
      ledger.broken === null &&
      ledger.brokenLocks.length === 0
    const found = { sound, audit, ledger, ...(totals ? { totals } : {}) }
    if (!options.json) process.stdout.write(`${words(found).join('\n')}\n`)
    if (!sound) process.exitCode = 1
    return found
  } finally {
    await house.close()
  }
}

function words({ audit, ledger, totals }: Verified): string[] {
  const { links, broken, head } = audit
  const { entries, brokenLocks } = ledger
  const trail = broken ? sentence('server.verify_audit_broken', broken) : sentence('server.verify_audit', { links })
  const entry = ledger.broken
    ? sentence('server.verify_ledger_broken', ledger.broken)
    : sentence('server.verify_ledger', { entries })
  const seals = brokenLocks.map((lock) => sentence('server.verify_lock_broken', lock))
  return [
    trail,
    sentence(`server.verify_head_${head.state}`, { ...head }),
    entry,
    ...(totals ? wordsOf(totals) : []),
    ...(seals.length > 0 ? seals : [sentence('server.verify_locks')]),
  ]
}
