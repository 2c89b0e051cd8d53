/** The whole API: one line a module. */
import { burdenContract } from '../domains/burden/contract.ts'
import { recordsContract } from '../domains/records/contract.ts'
import { trainingContract } from '../domains/training/contract.ts'
import { accessContract } from '../platform/access/contract.ts'
import { casesContract } from '../platform/cases/contract.ts'
import { credentialsContract } from '../platform/credentials/contract.ts'
import { deskContract } from '../platform/desk/contract.ts'
import { directoryContract } from '../platform/directory/contract.ts'
import { documentsContract } from '../platform/documents/contract.ts'
import { policyContract } from '../platform/policy/contract.ts'
import { privacyContract } from '../platform/privacy/contract.ts'
import { provisioningContract } from '../platform/provisioning/contract.ts'
import { ssoContract } from '../platform/sso/contract.ts'
import { upstreamContract } from '../platform/upstream/contract.ts'

export const contract = {
  access: accessContract,
  burden: burdenContract,
  cases: casesContract,
  credentials: credentialsContract,
  desk: deskContract,
  directory: directoryContract,
  documents: documentsContract,
  policy: policyContract,
  privacy: privacyContract,
  provisioning: provisioningContract,
  records: recordsContract,
  sso: ssoContract,
  training: trainingContract,
  upstream: upstreamContract,
}

export type Contract = typeof contract
