/** The whole API: one line a module. */
import { accessContract } from '../platform/access/contract.ts'

export const contract = {
  access: accessContract,
}

export type Contract = typeof contract
