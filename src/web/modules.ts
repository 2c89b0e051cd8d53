/** Every module that has pages: one line each, in the order in which their entries stand in the navigation. */
import { pages as access } from '../platform/access/pages/index.tsx'
import type { ModulePages } from '../ui/module.ts'

export const modules: readonly ModulePages[] = [access]
