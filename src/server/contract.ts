/** The whole API: one line a module. */
import { recordsContract } from '../domains/records/contract.ts'
import { trainingContract } from '../domains/training/contract.ts'
import { accessContract } from '../platform/access/contract.ts'
import { casesContract } from '../platform/cases/contract.ts'
import { deskContract } from '../platform/desk/contract.ts'
import { directoryContract } from '../platform/directory/contract.ts'
import { documentsContract } from '../platform/documents/contract.ts'
import { policyContract } from '../platform/policy/contract.ts'

export const contract = {
  access: accessContract,
  cases: casesContract,
  desk: deskContract,
  directory: directoryContract,
  documents: documentsContract,
  policy: policyContract,
  records: recordsContract,
  training: trainingContract,
}

export type Contract = typeof contract
