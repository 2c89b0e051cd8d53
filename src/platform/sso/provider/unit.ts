/** One request to the provider as one write: what it uses up and what it issues are settled together at its end, or not at all. */
import type { IncomingMessage } from 'node:http'
import { type QueryExecutorProvider, sql } from 'kysely'
import Provider, { type AdapterPayload } from 'oidc-provider'
import { prepared } from '../../db/index.ts'
import { sha256 } from './hash.ts'

type Kept = { kind: string; id: string; payload: AdapterPayload; ttl: number | null }

export class Unit {
  /** What was read along with something else: by kind and id. */
  readonly #read = new Map<string, AdapterPayload | null>()
  readonly #kept = new Map<string, Kept>()
  readonly #used: { kind: string; id: string }[] = []
  #session: { id: string; payload: AdapterPayload } | undefined

  readonly #key = (kind: string, id: string) => `${kind} ${id}`

  /** Undefined: not known here, ask the database. */
  known(kind: string, id: string): AdapterPayload | null | undefined {
    const key = this.#key(kind, id)
    return this.#kept.get(key)?.payload ?? this.#read.get(key)
  }
  noteRead(kind: string, id: string, payload: AdapterPayload | null): void {
    this.#read.set(this.#key(kind, id), payload)
  }
  keep(kept: Kept): void {
    this.#kept.set(this.#key(kept.kind, kept.id), kept)
  }
  use(kind: string, id: string): void {
    this.#used.push({ kind, id })
  }
  saveSession(id: string, payload: AdapterPayload): void {
    this.#session = { id, payload }
  }
  forget(kind: string, id: string): void {
    this.#kept.delete(this.#key(kind, id))
    this.#read.set(this.#key(kind, id), null)
  }
  forgetGrant(grantId: string): void {
    for (const [key, { payload }] of this.#kept) if (payload.grantId === grantId) this.#kept.delete(key)
  }

  /** Settles everything in one statement. False: something that is good once had been used meanwhile, and all that came of its grant is void. */
  async settle(db: QueryExecutorProvider): Promise<boolean> {
    if (this.#used.length === 0 && this.#kept.size === 0 && !this.#session) return true
    const hex = (id: string) => sha256(id).toString('hex')
    const used = this.#used.map(({ kind, id }) => ({ kind, hash: hex(id) }))
    // The id is what the bearer holds: it is not kept.
    const kept = [...this.#kept.values()].map(({ kind, id, ttl, payload: { jti: _, ...payload } }) => ({
      kind,
      hash: hex(id),
      ttl,
      payload,
    }))
    const { rows } = await sql<{
      settled: boolean
    }>`${prepared}select sso.settle(${JSON.stringify(used)}::jsonb, ${JSON.stringify(kept)}::jsonb,
      ${this.#session?.id ?? null}::uuid, ${this.#session ? JSON.stringify(this.#session.payload) : null}::jsonb) as settled`.execute(
      db,
    )
    this.#used.length = 0
    this.#kept.clear()
    this.#session = undefined
    return rows[0]!.settled
  }
}

const units = new WeakMap<IncomingMessage, Unit>()

export function beginUnit(request: IncomingMessage): Unit {
  const unit = new Unit()
  units.set(request, unit)
  return unit
}

/** The unit of the request that is being served; none where the product asks by itself, and everything is written at once. */
export const currentUnit = (): Unit | undefined => {
  const request = Provider.ctx?.req
  return request && units.get(request)
}
