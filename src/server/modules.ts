/** The modules of the house: one line each. */
import {
  codeTables,
  loadCodes,
  recordsApi,
  recordsDaily,
  recordsFacts,
  recordsJobs,
  recordsPermissions,
} from '../domains/records/index.ts'
import {
  trainingApi,
  trainingDaily,
  trainingDetails,
  trainingFacts,
  trainingPermissions,
} from '../domains/training/index.ts'
import { accessApi, accessPermissions, type House, type Permission } from '../platform/access/index.ts'
import type { Act } from '../platform/db/index.ts'
import { deskApi, deskPermissions, directoryApi } from '../platform/desk/index.ts'
import { documentsApi, renderPdf } from '../platform/documents/index.ts'
import type { AnyJob } from '../platform/jobs/index.ts'
import { FactBook, policyApi, policyPermissions } from '../platform/policy/index.ts'

/** What a module brings to the composition root. */
export type Module = { name: string; permissions: Permission[] }

export const modules: Module[] = [
  { name: 'access', permissions: accessPermissions },
  { name: 'desk', permissions: deskPermissions },
  { name: 'policy', permissions: policyPermissions },
  { name: 'records', permissions: recordsPermissions },
  { name: 'training', permissions: trainingPermissions },
]

/** Reference data that modules keep in files: brought up to date at every start. */
export const loaders = [loadCodes]

/** What requirement sets may ask for. */
export const facts = new FactBook([...recordsFacts, ...trainingFacts, ...trainingDetails], codeTables)

/** Background work of all modules. */
export const jobs: AnyJob<House>[] = [...recordsJobs]

/** What the product does by itself once a day, acting on everything under the permission. */
export type Daily = { name: string; permission: string; run(act: Act): Promise<void> }
export const dailies: Daily[] = [recordsDaily, trainingDaily]

/** The implementation of `contract.ts`, under the same names. */
export const router = {
  access: accessApi,
  desk: deskApi,
  directory: directoryApi,
  documents: documentsApi,
  policy: policyApi(facts, renderPdf),
  records: recordsApi,
  training: trainingApi(facts),
}
