/** The whole API: one line a module. */
import { trainingContract } from '../domains/training/contract.ts'
import { accessContract } from '../platform/access/contract.ts'
import { deskContract } from '../platform/desk/contract.ts'
import { documentsContract } from '../platform/documents/contract.ts'
import { policyContract } from '../platform/policy/contract.ts'

export const contract = {
  access: accessContract,
  desk: deskContract,
  documents: documentsContract,
  policy: policyContract,
  training: trainingContract,
}

export type Contract = typeof contract
