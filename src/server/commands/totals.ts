/** A file of audit totals that somebody has kept: checked by itself, and the trail of this installation held to it. */
import { readFile } from 'node:fs/promises'
import {
  checkTotals,
  fingerprintOf,
  holdToTotals,
  readTotals,
  signerOf,
  type TotalFault,
  type TotalsFile,
} from '../../platform/audit/index.ts'
import { entriesInLedger } from '../../platform/ledger/index.ts'
import type { OpenHouse } from '../house.ts'
import { sentence } from '../say.ts'

/** `key`: the file was signed with another key than was expected. `held` is null where no trail was held to it. */
export type TotalsFound = {
  days: number
  from: string
  to: string
  fingerprint: string
  fault: TotalFault | { what: 'key' } | null
  held: boolean | null
}

export const readTotalsFile = async (path: string): Promise<TotalsFile> => readTotals(await readFile(path, 'utf8'))

/**
 * @param expected fingerprint that was noted elsewhere; else the one of the installation, where there is one
 * @param house none: only what the file itself shows
 */
export async function checkFile(
  file: TotalsFile,
  expected: string | undefined,
  house?: OpenHouse,
): Promise<TotalsFound> {
  const fingerprint = fingerprintOf(file.publicKey)
  const wanted = expected ?? (house && fingerprintOf(signerOf(house.key).publicKey))
  const found = { days: file.totals.length, from: file.totals[0]!.day, to: file.totals.at(-1)!.day, fingerprint }
  const other = wanted !== undefined && plain(wanted) !== plain(fingerprint) ? ({ what: 'key' } as const) : null
  const inside = other ?? checkTotals(file)
  if (inside || !house) return { ...found, fault: inside, held: null }
  const fault = await holdToTotals(house.db, file, { ledger: await entriesInLedger(house.owner) })
  return { ...found, fault, held: fault === null }
}

const plain = (fingerprint: string): string => fingerprint.toLowerCase().replace(/[^0-9a-f]/g, '')

export function wordsOf({ fault, held, ...found }: TotalsFound): string[] {
  if (fault) return [sentence(`server.verify_totals_${fault.what}`, { ...found, ...fault })]
  return [sentence('server.verify_totals', found), ...(held ? [sentence('server.verify_totals_held')] : [])]
}
