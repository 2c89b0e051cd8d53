/** What the running program carries to every request: made once by the composition root. */
import type { Witness } from '../audit/index.ts'
import type { Keys } from '../cipher/index.ts'
import type { Act, Db } from '../db/index.ts'
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
  /** Proxies that are believed where a request came from; those of the private network where it is not said. */
  proxies?: string
  /** The mail server, `smtp://…`, and the sender; none: notices stay in the product. */
  mail?: { url: string; from: string }
  /** Hosts and networks that requests of the product may reach although they are not public. */
  outbound?: readonly string[]
  /** Whether roles that see other people's data must have a second factor, or are asked to; enforced in production where it is not said. */
  secondFactor?: 'asked' | 'enforced'
}

export type House = {
  db: Db
  permissions: Permissions
  settings: Settings
  /** Uploaded and generated files, on the data folder. */
  files: FileStore
  /** Keeps the head of the audit chain, on the data folder. */
  witness: Witness
  /** 32 bytes for one purpose, derived from the installation's master key; what seals texts (`sealer`) is made of it. */
  key: Keys
  /** A whole number that the policy of an organisation sets for the day of the act; undefined where its authority says nothing. */
  parameter?: <T>(act: Act<T>, orgId: string, id: string) => Promise<number | undefined>
}

/** One request: who asks, from where, and how the session cookie is set (null clears it). */
export type RequestContext = {
  house: House
  actor: SignedIn | null
  token?: string
  ip?: string
  agent?: string
  /** The mark by which a browser is known again, whoever signs in from it. */
  device?: string
  /** When it came, as `performance.now()` told it. */
  received?: number
  setCookie?: (token: string | null) => void
  setDevice?: (mark: string) => void
}

/** What a door beside the API gets of a request, the same as procedures get. */
export type ContextOf<Request, Reply> = (request: Request, reply: Reply) => Promise<RequestContext>
