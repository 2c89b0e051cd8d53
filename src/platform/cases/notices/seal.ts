/** Who raised an objection: kept encrypted under a key of its own, opened only by who answers and on record. */
import { createHash, createHmac } from 'node:crypto'
import { Refusal } from '../../../base/errors.ts'
import { type Before, type Kept, type Keys, sealer, Tampered } from '../../cipher/index.ts'

const PURPOSE = 'cases.objector'
const BEFORE: Before = { key: 'cases.objector', bound: true }

export const casesKept: Kept[] = ['name_sealed', 'contact_sealed'].map((cipher) => ({
  table: 'cases.objection',
  cipher,
  purpose: PURPOSE,
  bound: 'id',
  before: BEFORE,
}))

/** `about` binds it to its objection: moved to another row it does not open. */
export const seal = (keys: Keys, about: string, text: string): Buffer => sealer(keys, PURPOSE, BEFORE).seal(text, about)

/** @throws Refusal `cases.objector_sealed` where it was changed or the key is another one */
export function unseal(keys: Keys, about: string, sealed: Buffer): string {
  try {
    return sealer(keys, PURPOSE, BEFORE).open(sealed, about)
  } catch (error) {
    if (error instanceof Tampered) throw new Refusal('fault', 'cases.objector_sealed')
    throw error
  }
}

/** Receipts are random enough not to need a key. */
export const receiptHash = (receipt: string): Buffer => createHash('sha256').update(`receipt ${receipt}`).digest()

/** Somebody who knocks, for one hour: the address cannot be found from it, nor one hour led over to the next. */
export const knocker = (keys: Keys, who: string, hour: string): Buffer =>
  createHmac('sha256', keys('cases.knock')).update(`${hour} ${who}`).digest().subarray(0, 16)
