/** What is held about people, by every module that holds something: one line a module. */
import { burdenHoldings } from '../domains/burden/index.ts'
import { recordsHoldings } from '../domains/records/index.ts'
import { trainingHoldings } from '../domains/training/index.ts'
import { accessHoldings } from '../platform/access/index.ts'
import { auditHoldings } from '../platform/audit/index.ts'
import { casesHoldings } from '../platform/cases/index.ts'
import { credentialsHoldings } from '../platform/credentials/index.ts'
import { directoryHoldings } from '../platform/directory/index.ts'
import { documentsHoldings } from '../platform/documents/index.ts'
import { filesHoldings } from '../platform/files/index.ts'
import { inboxHoldings } from '../platform/inbox/index.ts'
import { jobsHoldings } from '../platform/jobs/index.ts'
import { ledgerHoldings } from '../platform/ledger/index.ts'
import { policyHoldings } from '../platform/policy/index.ts'
import { privacyHoldings, Registry } from '../platform/privacy/index.ts'
import { provisioningHoldings } from '../platform/provisioning/index.ts'
import { ssoHoldings } from '../platform/sso/index.ts'
import { upstreamHoldings } from '../platform/upstream/index.ts'

export const held = new Registry([
  { holdings: directoryHoldings },
  { holdings: recordsHoldings, reveals: ['records.identity_revealed', 'records.sealed_revealed'] },
  { holdings: trainingHoldings },
  { holdings: burdenHoldings },
  { holdings: ledgerHoldings },
  { holdings: casesHoldings },
  { holdings: policyHoldings },
  { holdings: documentsHoldings },
  { holdings: credentialsHoldings },
  { holdings: filesHoldings },
  { holdings: accessHoldings },
  { holdings: ssoHoldings },
  { holdings: provisioningHoldings },
  { holdings: upstreamHoldings },
  { holdings: inboxHoldings },
  { holdings: jobsHoldings },
  { holdings: privacyHoldings },
  { holdings: auditHoldings },
])
