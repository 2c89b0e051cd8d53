/** The one gate of the API: a procedure's permission becomes the scope of its transaction, and its act is audited. */
import { ORPCError, os } from '@orpc/server'
import { KINDS, Refusal } from '../../base/errors.ts'
import { record } from '../audit/index.ts'
import { type Act, type Actor, type Db, type Scope, transact } from '../db/index.ts'
import { assertMayAct, scopeOf, signatureOf } from './actors.ts'
import type { ProcedureMeta } from './contract.ts'
import type { House, RequestContext } from './house.ts'
import { assertReadable, isBadValue } from './input.ts'

const NOBODY: Actor = { account: null, person: null, name: 'anonymous' }

/** What a handler gets: the act under the declared permission, and the house. */
export type Guarded<T> = RequestContext & {
  act: Act<T>
  /** Refuses once the transaction has ended well: for attempts that must be counted although they fail. */
  refuseAfterCommit: (refusal: Refusal) => void
}

/** Runs work for somebody under a permission, as a procedure would: for jobs and other entries beside the API. */
export function actFor<T, R>(
  house: House,
  actor: Parameters<typeof scopeOf>[1],
  permission: string,
  work: (act: Act<T>) => Promise<R>,
): Promise<R> {
  if (actor.session) assertMayAct(actor)
  const scope = scopeOf(house.permissions, actor, permission)
  return transact(
    house.db as Db<T>,
    { actor: signatureOf(house.permissions, actor, permission), permission, scope },
    work,
  )
}

/**
 * The middleware of every module's `api.ts`: each procedure runs in one transaction under the scope of its permission.
 * `T` are the tables that the module's services work with.
 */
export const guard = <T>() =>
  os.$context<RequestContext>().middleware(async ({ context, procedure, path, next }, input: unknown) => {
    const meta = procedure['~orpc'].meta as ProcedureMeta
    const { actor, scope } = admit(context, meta, path.join('.'))
    let refusal: Refusal | undefined
    const refuseAfterCommit = (later: Refusal) => {
      refusal = later
    }
    const ask = {
      actor,
      permission: meta.permission,
      scope,
      readOnly: meta.kind === 'query',
      ...(context.received === undefined ? {} : { received: context.received }),
    }
    try {
      assertReadable(input)
      const answer = await transact(context.house.db as Db<T>, ask, async (act) => {
        const result = await next({ context: { act, refuseAfterCommit } })
        if (meta.kind === 'command' && act.recorded === 0 && actor.account) {
          await record(act, { action: path.join('.'), after: summary(input) })
        }
        return result
      })
      if (refusal) throw refusal
      return answer
    } catch (error) {
      throw asApiError(error)
    }
  })

function admit(context: RequestContext, meta: ProcedureMeta, path: string): { actor: Actor; scope: Scope } {
  const { house, actor, ip } = context
  if (meta.permission === 'public')
    return { actor: { ...(actor ?? NOBODY), ip }, scope: { paths: [], self: actor !== null } }
  try {
    if (!actor) throw new Refusal('unauthenticated', 'access.sign_in_first')
    if (meta.permission !== 'self') assertMayAct(actor)
    if (meta.fresh && actor.session && !actor.session.fresh) throw new Refusal('forbidden', 'access.confirm_first')
    if (meta.permission !== 'self' && !house.permissions.knows(meta.permission)) {
      throw new Error(`${path} asks for the undeclared permission ${meta.permission}`)
    }
    return {
      actor: { ...signatureOf(house.permissions, actor, meta.permission), ip },
      scope: scopeOf(house.permissions, actor, meta.permission),
    }
  } catch (error) {
    throw asApiError(error)
  }
}

/** A refusal keeps its kind, code and data on the wire, a value that is none is bad input; everything else stays what it is. */
export function asApiError(error: unknown): unknown {
  if (!(error instanceof Refusal))
    return isBadValue(error) ? asApiError(new Refusal('invalid', 'invalid_input')) : error
  const { kind, code, data } = error
  return new ORPCError(kind.toUpperCase(), { status: KINDS[kind], message: code, data: { ...data, kind, code } })
}

/** Ballots and receipts of secret votes are secrets as passwords are. */
const SECRET = /password|secret|token|idnumber|file|current|next|ballot|choice|receipt/i

/** The input as the trail keeps it: no secrets, nothing long. */
function summary(input: unknown): unknown {
  if (input === null || typeof input !== 'object') return input ?? null
  const kept = Object.entries(input)
    .filter(([key]) => key.length <= 100 && !SECRET.test(key))
    .slice(0, 100)
  return Object.fromEntries(kept.map(([key, value]) => [key, short(value)]))
}
const short = (value: unknown): unknown => {
  const text = JSON.stringify(value) ?? ''
  return text.length > 500 ? `${text.slice(0, 500)}…` : value
}
