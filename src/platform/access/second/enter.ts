/** The steps of signing in: password, then a second factor where there is one; or a passkey alone. */
import { sql } from 'kysely'
import { invalid, Refusal } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { tokenHash } from '../actors.ts'
import type { Assertion } from '../contract.ts'
import type { RequestContext } from '../house.ts'
import { asAccount, completeSession, type Entered, noteSignIn, openSession } from '../sessions/open.ts'
import { checkCode, lockOf, noteSecond } from './check.ts'
import { beginDuty } from './duty.ts'
import { type Asked, askForPasskey, checkPasskey, ownerOf } from './passkeys.ts'

type Waiting = { id: string; accountId: string; methods: string[]; expired: boolean }

/** The session of this request that waits for its second factor. */
async function waitingOf<T>(act: Act<T>, token: string | undefined): Promise<Waiting | undefined> {
  if (token === undefined) return undefined
  const { rows } = await sql<Waiting>`select w.* from access.waiting_session(${tokenHash(token)}) w`.execute(act.tx)
  return rows[0]
}

/**
 * The second step by a code. A failed attempt is counted: its refusal is the answer and no error.
 * @throws Refusal `access.second_lapsed`
 */
export async function completeByCode<T>(act: Act<T>, from: RequestContext, code: string): Promise<Entered | Refusal> {
  const waiting = await waitingOf(act, from.token)
  if (!waiting || waiting.expired) throw new Refusal('unauthenticated', 'access.second_lapsed')
  return asAccount(act, waiting.accountId, from, async (own, who) => {
    const locked = await lockOf(own)
    if (locked) return locked
    const passed = await checkCode(own, from.house, code)
    await noteSecond(own, passed !== null)
    if (!passed) return refuse(own, from, waiting.accountId)
    // Whoever was let in because their factors are lost sets up new ones before anything else, where they must have any.
    const duty = await beginDuty(own, from.house, who.assignments)
    const mustAdd = passed.anew && duty?.state === 'enforced'
    return completeSession(own, who, from, { methods: [...waiting.methods, passed.method, 'mfa'], mustAdd })
  })
}

async function refuse<T>(own: Act<T>, from: RequestContext, account: string): Promise<Refusal> {
  await noteSignIn(own, account, from, { outcome: 'second_refused', method: 'otp' })
  await record(own, { action: 'access.second_failed', subject: { kind: 'account', id: account } })
  return invalid('access.wrong_second')
}

/** What a passkey is asked: by whoever is signed in, whoever waits before the second step, or a stranger. */
export async function passkeyChallenge<T>(act: Act<T>, from: RequestContext, alone = false): Promise<Asked> {
  if (from.actor) return askForPasskey(act, from.house, 'confirm')
  const waiting = alone ? undefined : await waitingOf(act, from.token)
  if (!waiting || waiting.expired) return askForPasskey(act, from.house, 'sign_in')
  return asAccount(act, waiting.accountId, from, (own) => askForPasskey(own, from.house, 'second'))
}

/**
 * Signs in by a passkey: as the second step where a session of its owner waits for one, else by itself, being two factors in one.
 * @throws Refusal `access.passkey_wrong`, `access.passkey_late`, `access.account_disabled`
 */
export async function enterByPasskey<T>(
  act: Act<T>,
  from: RequestContext,
  { alone = false, ...answer }: { challengeId: string; response: Assertion; alone?: boolean | undefined },
): Promise<Entered> {
  const account = await ownerOf(act, answer.response)
  if (account === null) throw invalid('access.passkey_wrong')
  const waiting = alone ? undefined : await waitingOf(act, from.token)
  if (waiting && !waiting.expired) {
    if (waiting.accountId !== account) throw invalid('access.passkey_wrong')
    return asAccount(act, account, from, async (own, who) => {
      const { method } = await checkPasskey(own, from.house, 'second', answer)
      await noteSecond(own, true)
      return completeSession(own, who, from, { methods: [...waiting.methods, method, 'mfa'], mustAdd: false })
    })
  }
  const { method } = await asAccount(act, account, from, (own) => checkPasskey(own, from.house, 'sign_in', answer))
  return openSession(act, account, from, { method, strong: true })
}
