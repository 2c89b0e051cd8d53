/** What the running program carries to every request: made once by the composition root. */
import type { Witness } from '../audit/index.ts'
import type { Db } from '../db/index.ts'
import type { FileStore } from '../files/index.ts'
import type { SignedIn } from './actors.ts'
import type { Permissions } from './roles.ts'

/** An account that a demonstration offers to everybody who comes to its door. */
export type DemoAccount = { login: string; password: string; role: string; org: string }

export type Settings = {
  demo: boolean
  /** Only in a demonstration, and set by whoever loads it. */
  demoAccounts?: DemoAccount[]
  production: boolean
  /** Address that people reach the product at, without a slash at the end: printed on certificates and in QR codes. */
  publicUrl: string
  dataFolder: string
}

export type House = {
  db: Db
  permissions: Permissions
  settings: Settings
  /** Uploaded and generated files, on the data folder. */
  files: FileStore
  /** Keeps the head of the audit chain, on the data folder. */
  witness: Witness
  /** 32 bytes for one purpose, derived from the installation's master key. */
  key: (purpose: string) => Buffer
}

/** One request: who asks, from where, and how the session cookie is set (null clears it). */
export type RequestContext = {
  house: House
  actor: SignedIn | null
  token?: string
  ip?: string
  agent?: string
  /** When it came, as `performance.now()` told it. */
  received?: number
  setCookie?: (token: string | null) => void
}
