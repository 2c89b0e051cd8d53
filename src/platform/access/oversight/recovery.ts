/**
 * Letting somebody in again who lost their second factor, or the password of an office that nobody resets alone: one person asks, a second one
 * approves and passes on what gets in.
 */
import { sql } from 'kysely'
import { conflict, invalid, notFound, Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish, notify } from '../../inbox/index.ts'
import type { House } from '../house.ts'
import { giveInitialPassword } from '../initial.ts'
import { accountInScope } from '../places.ts'
import type { Role } from '../roles.ts'
import { hashCode, newCode } from '../second/codes.ts'
import { type Asker, assertNotAbove, holdsOffice } from '../standing.ts'

const about = (recovery: string): string => `recovery:${recovery}`

/** What somebody cannot get in without: the second factor, or the password of an office. */
type Lost = 'factor' | 'password'

/**
 * Asks for it. Whoever guards the place is told, and the principal; of the three offices those who watch over each other.
 * @throws Refusal `not_found`, `access.not_oneself`, `access.recovery_needless`, `access.recovery_by_reset`, `access.recovery_waiting`
 */
export async function askRecovery<T>(
  act: Act<T>,
  { accountId, lost, reason }: { accountId: string; lost: Lost; reason: string },
): Promise<string> {
  const account = await accountInScope(act, accountId)
  if (account.id === act.actor.account) throw invalid('access.not_oneself')
  const office = await holdsOffice(act, account.id)
  if (lost === 'password' && !office) throw invalid('access.recovery_by_reset')
  const { rows } = await sql<{ second: boolean }>`select access.has_second(${account.id}) as second`.execute(act.tx)
  if (lost === 'factor' && !rows[0]!.second) throw invalid('access.recovery_needless')
  const id = newId()
  const { rows: made } =
    await sql`insert into access.recovery (account_id, id, lost, reason, asked_by, org_id, org_path)
    values (${account.id}, ${id}, ${lost}, ${reason}, ${act.actor.account}, ${account.orgId}, ${account.orgPath}::ltree)
    on conflict (account_id) where state = 'waiting' do nothing returning id`.execute(act.tx)
  if (made.length === 0) throw conflict('access.recovery_waiting')
  await record(act, {
    action: 'access.recovery_asked',
    subject: { kind: 'account', id: account.id },
    orgPath: account.orgPath,
    after: { lost, reason },
  })
  const { rows: deciders } = await sql<{ role: string; orgId: string }>`select w.role, w.org_id
    from access.watchers(${account.orgPath}::ltree, ${office ? DECIDE_OFFICES : DECIDE_OTHERS}::text[]) w`.execute(
    act.tx,
  )
  await notify(act, [
    ...deciders.map((office) => ({
      ...office,
      kind: 'todo' as const,
      code: 'access.todo.recovery',
      link: '/accounts/safety',
      key: about(id),
    })),
    // Whoever still gets in learns that somebody wants to.
    {
      accountId: account.id,
      kind: 'message' as const,
      code: 'access.message.recovery_asked',
      link: '/account/security',
    },
  ])
  return id
}

type Waiting = { askedBy: string; orgPath: string; state: string; lost: Lost }
/** What gets in, told this once: a code in place of the second factor, or an initial password. */
export type Recovered = { code: string | null; initialPassword: string | null }

/**
 * Approves or refuses. Approved, a code gets in once within a day, and the lost factors end with its use; an initial password leaves the second
 * factor as it is, so that whoever passes it on does not get in with it.
 * @throws Refusal `not_found`, `access.second_person`, `access.recovery_decided`, `access.above_you`, `access.offices_decide`
 */
export async function decideRecovery<T>(
  act: Act<T>,
  house: House,
  asker: Asker,
  { accountId, recoveryId, approve }: { accountId: string; recoveryId: string; approve: boolean },
): Promise<Recovered> {
  const { rows } = await sql<Waiting>`select r.asked_by, r.org_path::text, r.state, r.lost from access.recovery r
    where r.account_id = ${accountId} and r.id = ${recoveryId} and r.org_path <@ any (db.scope()) for update`.execute(
    act.tx,
  )
  const waiting = rows[0]
  if (!waiting) throw notFound('recovery')
  if (waiting.state !== 'waiting') throw conflict('access.recovery_decided')
  if (waiting.askedBy === act.actor.account || accountId === act.actor.account)
    throw new Refusal('forbidden', 'access.second_person')
  if (await holdsOffice(act, accountId)) {
    if (!watches(asker, DECIDE_OFFICES, waiting.orgPath)) throw new Refusal('forbidden', 'access.offices_decide')
  } else if (!watches(asker, ['security'], waiting.orgPath)) {
    if (!holds(asker, DECIDE_OTHERS, waiting.orgPath)) throw new Refusal('forbidden', 'access.above_you')
    await assertNotAbove(act, asker, accountId)
  }
  await sql`update access.recovery set state = ${approve ? 'approved' : 'refused'}, decided_by = ${act.actor.account}, decided_at = db.now()
    where account_id = ${accountId} and id = ${recoveryId}`.execute(act.tx)
  const code = approve && waiting.lost === 'factor' ? newCode() : null
  if (code)
    await sql`select access.give_recovery_code(${accountId}, ${recoveryId}, ${hashCode(house, accountId, code)})`.execute(
      act.tx,
    )
  await record(act, {
    action: approve ? 'access.recovery_approved' : 'access.recovery_refused',
    subject: { kind: 'account', id: accountId },
    orgPath: waiting.orgPath,
    after: { lost: waiting.lost },
  })
  const initialPassword =
    approve && waiting.lost === 'password'
      ? await giveInitialPassword(act, { id: accountId, orgPath: waiting.orgPath })
      : null
  await finish(act, about(recoveryId), null)
  await notify(act, [
    {
      accountId: waiting.askedBy,
      kind: 'message',
      code: approve ? 'access.message.recovery_approved' : 'access.message.recovery_refused',
      link: '/accounts/safety',
    },
  ])
  return { code, initialPassword }
}

/** Who decides for those who run, guard or check the system, and who for everybody else: a security administrator for both, whatever the role. */
const DECIDE_OFFICES: Role[] = ['security', 'auditor']
const DECIDE_OTHERS: Role[] = ['security', 'principal']

const holds = ({ actor }: Asker, roles: readonly Role[], path: string): boolean =>
  actor.assignments.some(
    ({ role, orgPath }) => roles.includes(role) && (path === orgPath || path.startsWith(`${orgPath}.`)),
  )

/** By an office that one was given, not by one that one took in an emergency. */
const watches = ({ actor, permissions }: Asker, roles: readonly Role[], path: string): boolean =>
  holds(
    { actor: { ...actor, assignments: actor.assignments.filter(({ emergency }) => !emergency) }, permissions },
    roles,
    path,
  )

type RecoveryRow = {
  id: string
  accountId: string
  login: string
  name: string
  orgName: string
  lost: Lost
  reason: string
  askedBy: string
  askedAt: string
  state: 'waiting' | 'approved' | 'refused'
  decidedBy: string | null
  decidedAt: string | null
  mine: boolean
}

/** Those that wait first, then the latest. */
export async function recoveriesInScope<T>(act: Act<T>): Promise<RecoveryRow[]> {
  const { rows } =
    await sql<RecoveryRow>`select r.id, r.account_id, a.login, a.name, o.short_name as org_name, r.lost, r.reason,
      coalesce(by_whom.name, '—') as asked_by, r.asked_at, r.state, decider.name as decided_by, r.decided_at,
      ${act.actor.account}::uuid in (r.asked_by, r.account_id) as mine
    from access.recovery r join access.account a on a.id = r.account_id join directory.organisation o on o.id = r.org_id
    left join access.account by_whom on by_whom.id = r.asked_by left join access.account decider on decider.id = r.decided_by
    where r.org_path <@ any (db.scope()) order by r.state <> 'waiting', r.asked_at desc limit 200`.execute(act.tx)
  return rows
}
