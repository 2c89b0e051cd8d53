/** The modules of the house: one line each. */
import { trainingApi, trainingPermissions } from '../domains/training/index.ts'
import { accessApi, accessPermissions, type Permission } from '../platform/access/index.ts'
import { deskApi, deskPermissions } from '../platform/desk/index.ts'
import { documentsApi } from '../platform/documents/index.ts'
import { policyApi, policyPermissions } from '../platform/policy/index.ts'

/** What a module brings to the composition root. */
export type Module = { name: string; permissions: Permission[] }

export const modules: Module[] = [
  { name: 'access', permissions: accessPermissions },
  { name: 'desk', permissions: deskPermissions },
  { name: 'policy', permissions: policyPermissions },
  { name: 'training', permissions: trainingPermissions },
]

/** The implementation of `contract.ts`, under the same names. */
export const router = {
  access: accessApi,
  desk: deskApi,
  documents: documentsApi,
  policy: policyApi,
  training: trainingApi,
}
