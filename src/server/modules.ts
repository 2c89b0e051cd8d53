/** The modules of the house: one line each. */
import { accessApi, accessPermissions, type Permission } from '../platform/access/index.ts'

export const modules = [{ name: 'access', permissions: accessPermissions }] satisfies Module[]

/** What a module brings to the composition root. */
export type Module = { name: string; permissions: Permission[] }

/** The implementation of `contract.ts`, under the same names. */
export const router = {
  access: accessApi,
}
