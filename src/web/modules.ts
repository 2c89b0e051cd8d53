/** Every module that has pages: one line each, in the order in which their entries stand in the navigation. */
import { pages as burden } from '../domains/burden/pages/index.tsx'
import { qualityPages, pages as records } from '../domains/records/pages/index.tsx'
import { pages as training } from '../domains/training/pages/index.tsx'
import { pages as access } from '../platform/access/pages/index.tsx'
import { pages as cases } from '../platform/cases/pages/index.tsx'
import { pages as credentials } from '../platform/credentials/pages/index.tsx'
import { below, pages as desk } from '../platform/desk/pages/index.tsx'
import { pages as directory } from '../platform/directory/pages/index.tsx'
import { pages as documents } from '../platform/documents/pages/index.tsx'
import { pages as policy } from '../platform/policy/pages/index.tsx'
import { pages as privacy } from '../platform/privacy/pages/index.tsx'
import { pages as provisioning } from '../platform/provisioning/pages/index.tsx'
import { pages as sso } from '../platform/sso/pages/index.tsx'
import { pages as upstream } from '../platform/upstream/pages/index.tsx'
import type { ModulePages } from '../ui/module.ts'

export const modules: readonly ModulePages[] = [
  training,
  records,
  qualityPages,
  cases,
  burden,
  access,
  directory,
  policy,
  sso,
  upstream,
  provisioning,
  privacy,
  desk,
  documents,
  credentials,
  ...below,
]
