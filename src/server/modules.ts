/** The modules of the house: one line each. */

import type { FastifyInstance } from 'fastify'
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
import {
  applicationsDaily,
  casesApi,
  casesFacts,
  casesPermissions,
  escalateDaily,
  loadTemplates,
  noticesDaily,
} from '../platform/cases/index.ts'
import type { Act, Db } from '../platform/db/index.ts'
import { deskApi, deskPermissions, directoryApi } from '../platform/desk/index.ts'
import { documentsApi, renderPdf } from '../platform/documents/index.ts'
import type { AnyJob } from '../platform/jobs/index.ts'
import { FactBook, type Problem, policyApi, policyPermissions } from '../platform/policy/index.ts'

/** What a module brings to the composition root. */
export type Module = { name: string; permissions: Permission[] }

export const modules: Module[] = [
  { name: 'access', permissions: accessPermissions },
  { name: 'desk', permissions: deskPermissions },
  { name: 'policy', permissions: policyPermissions },
  { name: 'cases', permissions: casesPermissions },
  { name: 'records', permissions: recordsPermissions },
  { name: 'training', permissions: trainingPermissions },
]

/** Reference data that modules keep in files: brought up to date at every start. What is wrong with them is told, and what stood before stays. */
export const loaders: ((owner: Db) => Promise<Problem[]>)[] = [
  async (owner) => {
    await loadCodes(owner)
    return []
  },
  (owner) => loadTemplates(owner, facts),
]

/** What requirement sets may ask for. */
export const facts = new FactBook([...casesFacts, ...recordsFacts, ...trainingFacts, ...trainingDetails], codeTables)

/** Background work of all modules. */
export const jobs: AnyJob<House>[] = [...recordsJobs]

/** What the product does by itself once a day, acting on everything under the permission. */
export type Daily = { name: string; permission: string; run(act: Act): Promise<void> }
export const dailies: Daily[] = [recordsDaily, trainingDaily, applicationsDaily, noticesDaily, escalateDaily]

/** Doors beside the API that modules bring: protocols with addresses of their own (sign-in of other platforms, feeds). */
export type Routes = (app: FastifyInstance, house: House) => Promise<void>
export const routes: Routes[] = []

/** The implementation of `contract.ts`, under the same names. */
export const router = {
  access: accessApi,
  cases: casesApi({ book: facts, print: renderPdf }),
  desk: deskApi,
  directory: directoryApi,
  documents: documentsApi,
  policy: policyApi(facts, renderPdf),
  records: recordsApi,
  training: trainingApi(facts),
}
