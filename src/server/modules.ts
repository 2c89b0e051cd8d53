/** The modules of the house: one line each. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { burdenApi, burdenDaily, burdenPermissions } from '../domains/burden/index.ts'
import {
  checksDaily,
  codeTables,
  loadCodes,
  qualityDaily,
  recordsAchievements,
  recordsApi,
  recordsClaims,
  recordsDaily,
  recordsFacts,
  recordsJobs,
  recordsKept,
  recordsPermissions,
  recordsRoster,
} from '../domains/records/index.ts'
import {
  trainingAchievements,
  trainingApi,
  trainingCalendars,
  trainingDaily,
  trainingDetails,
  trainingFacts,
  trainingPermissions,
} from '../domains/training/index.ts'
import {
  accessApi,
  accessDaily,
  accessKept,
  accessPermissions,
  type ContextOf,
  type House,
  type Permission,
} from '../platform/access/index.ts'
import {
  applicationsDaily,
  casesApi,
  casesFacts,
  casesKept,
  casesPermissions,
  designationAchievements,
  escalateDaily,
  loadTemplates,
  noticesDaily,
  panelCalendar,
  remindersDaily,
} from '../platform/cases/index.ts'
import type { Kept } from '../platform/cipher/index.ts'
import { credentialsKept, credentialsOf, credentialsPermissions } from '../platform/credentials/index.ts'
import type { Act, Db } from '../platform/db/index.ts'
import { deskApi, deskPermissions, directoryApi, noticesDoors, sendMail } from '../platform/desk/index.ts'
import { identityKept } from '../platform/directory/index.ts'
import { documentsApi, renderPdf } from '../platform/documents/index.ts'
import { type CalendarSource, inboxKept, noticesTidied } from '../platform/inbox/index.ts'
import type { AnyJob } from '../platform/jobs/index.ts'
import { FactBook, type Problem, policyApi, policyPermissions } from '../platform/policy/index.ts'
import { loadHeld, privacyKept, privacyOf, privacyPermissions } from '../platform/privacy/index.ts'
import { provisioningKept, provisioningOf, provisioningPermissions } from '../platform/provisioning/index.ts'
import { ssoDaily, ssoKept, ssoOf, ssoPermissions } from '../platform/sso/index.ts'
import {
  upstreamApi,
  upstreamDaily,
  upstreamKept,
  upstreamPermissions,
  upstreamRoutes,
} from '../platform/upstream/index.ts'
import { catalog } from './catalogs.ts'
import { held } from './held.ts'

/** What a module brings to the composition root. */
export type Module = { name: string; permissions: Permission[] }

export const modules: Module[] = [
  { name: 'access', permissions: accessPermissions },
  { name: 'desk', permissions: deskPermissions },
  { name: 'sso', permissions: ssoPermissions },
  { name: 'upstream', permissions: upstreamPermissions },
  { name: 'provisioning', permissions: provisioningPermissions },
  { name: 'policy', permissions: policyPermissions },
  { name: 'credentials', permissions: credentialsPermissions },
  { name: 'privacy', permissions: privacyPermissions },
  { name: 'cases', permissions: casesPermissions },
  { name: 'records', permissions: recordsPermissions },
  { name: 'training', permissions: trainingPermissions },
  { name: 'burden', permissions: burdenPermissions },
]

/** Reference data that modules keep in files: brought up to date at every start. What is wrong with them is told, and what stood before stays. */
export const loaders: ((owner: Db) => Promise<Problem[]>)[] = [
  async (owner) => {
    await loadCodes(owner)
    return []
  },
  (owner) => loadTemplates(owner, facts),
  async (owner) => {
    await loadHeld(owner, held)
    return []
  },
]

/** What requirement sets may ask for. */
export const facts = new FactBook([...casesFacts, ...recordsFacts, ...trainingFacts, ...trainingDetails], codeTables)

/** Every column of sealed texts: what a switch of the cipher seals anew. */
export const kept: Kept[] = [
  ...identityKept,
  ...accessKept,
  ...casesKept,
  ...credentialsKept,
  ...inboxKept,
  ...privacyKept,
  ...provisioningKept,
  ...recordsKept,
  ...ssoKept,
  ...upstreamKept,
]

/** The one sign-in for other platforms, with what modules know about people. */
const sso = ssoOf([recordsClaims])

/** Rosters for other systems, and word that is sent to them. */
const provisioning = provisioningOf(recordsRoster)

/** What people carry away of what is on record. */
const credentials = credentialsOf([trainingAchievements, ...recordsAchievements, designationAchievements])

/** One’s own data, and what is held at all. */
const privacy = privacyOf(held, kept)

/** Background work of all modules. */
export const jobs: AnyJob<House>[] = [...recordsJobs, ...privacy.jobs]

/** What the product does by itself once a day, acting on everything under the permission. */
export type Daily = { name: string; permission: string; run(act: Act): Promise<void> }
export const dailies: Daily[] = [
  recordsDaily,
  checksDaily,
  qualityDaily,
  trainingDaily,
  burdenDaily,
  applicationsDaily,
  noticesDaily,
  escalateDaily,
  remindersDaily,
  accessDaily,
  ssoDaily,
  upstreamDaily,
  noticesTidied,
  privacy.daily,
]

/** What the product does by itself again and again, every few seconds. Several processes may do it side by side. */
export type Beat = { name: string; run(house: House): Promise<void> }
export const beats: Beat[] = [sendMail(catalog), credentials.beat, provisioning.beat]

/** What modules put into people’s calendars. */
export const calendars: CalendarSource[] = [panelCalendar, ...trainingCalendars]

/** Doors beside the API that modules bring: protocols with addresses of their own (sign-in of other platforms, feeds). */
export type Routes = (
  app: FastifyInstance,
  house: House,
  contextOf: ContextOf<FastifyRequest, FastifyReply>,
) => Promise<void>
export const routes: Routes[] = [
  noticesDoors(catalog, calendars),
  sso.routes,
  credentials.routes,
  upstreamRoutes,
  provisioning.routes,
]

/** The implementation of `contract.ts`, under the same names. */
export const router = {
  access: accessApi,
  burden: burdenApi,
  cases: casesApi({ book: facts, print: renderPdf }),
  credentials: credentials.api,
  desk: deskApi,
  directory: directoryApi,
  documents: documentsApi,
  policy: policyApi(facts, renderPdf),
  privacy: privacy.api,
  provisioning: provisioning.api,
  records: recordsApi(facts),
  sso: sso.api,
  training: trainingApi(facts),
  upstream: upstreamApi,
}
