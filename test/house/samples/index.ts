/** One well-formed input for every procedure, about things of the first district, module by module. */
import * as access from './access.ts'
import * as burden from './burden.ts'
import * as cases from './cases.ts'
import * as credentials from './credentials.ts'
import * as desk from './desk.ts'
import * as directory from './directory.ts'
import * as documents from './documents.ts'
import * as policy from './policy.ts'
import * as privacy from './privacy.ts'
import * as provisioning from './provisioning.ts'
import * as records from './records.ts'
import * as sso from './sso.ts'
import type { Samples } from './subjects.ts'
import * as training from './training.ts'
import * as upstream from './upstream.ts'

const parts = [
  provisioning,
  burden,
  privacy,
  access,
  desk,
  directory,
  cases,
  records,
  credentials,
  documents,
  policy,
  training,
  sso,
  upstream,
]

/** Procedures whose answer or effect concerns only the asker, or is public by intent: outside the scope there is nothing to protect. */
export const HARMLESS = new Set(parts.flatMap(({ harmless }) => harmless))

export const samples: Samples = Object.assign({}, ...parts.map((part) => part.samples))
