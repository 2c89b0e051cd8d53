/** The one thing that is written here: a holder ends somebody's account, or opens again what it ended. */
import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { Holder } from '../tokens/holder.ts'
import { ScimError } from './errors.ts'
import { PATCH } from './urns.ts'

const MOST = 20

type Operation = { op?: unknown; path?: unknown; value?: unknown }

/** As servers write it: `{path: "active", value: false}` or `{value: {active: "False"}}`. @throws ScimError */
export function activeIn(body: unknown): boolean {
  const { schemas, Operations: operations } = (body ?? {}) as { schemas?: unknown; Operations?: unknown }
  if (!Array.isArray(schemas) || !schemas.includes(PATCH))
    throw new ScimError(400, `schemas must name ${PATCH}`, 'invalidSyntax')
  if (!Array.isArray(operations) || operations.length === 0 || operations.length > MOST)
    throw new ScimError(400, `Operations must hold 1 to ${MOST} operations`, 'invalidSyntax')
  const values = operations.map((one: unknown) => valueIn((one ?? {}) as Operation))
  if (new Set(values).size > 1) throw new ScimError(400, 'active is set to true and to false', 'invalidValue')
  return values[0]!
}

function valueIn({ op, path, value }: Operation): boolean {
  const verb = typeof op === 'string' ? op.toLowerCase() : ''
  if (verb !== 'replace' && verb !== 'add') throw new ScimError(400, 'only replace of active is possible', 'mutability')
  const whole = path === undefined || path === ''
  const parts = whole && typeof value === 'object' && value !== null ? Object.entries(value) : [[path, value]]
  if (parts.length !== 1 || String(parts[0]![0]).toLowerCase() !== 'active')
    throw new ScimError(400, 'the record is kept in the product: only active can be changed', 'mutability')
  const told = parts[0]![1]
  if (typeof told === 'boolean') return told
  if (typeof told === 'string' && /^(true|false)$/i.test(told)) return told.toLowerCase() === 'true'
  throw new ScimError(400, 'active is true or false', 'invalidValue')
}

/** Accounts that a service may end: of whoever does no more than teach, or give an opinion. */
const ORDINARY = new Set(['teacher', 'expert'])

/**
 * @throws ScimError 403 for accounts of offices, and for opening what somebody else ended, or opened and ended since; 404, 409 where there is no account
 */
export async function setActive(act: Act, holder: Holder, key: string, active: boolean): Promise<void> {
  const { rows } = await sql<{
    id: string
    disabled: boolean
    orgId: string
    orgPath: string
    name: string
    mine: boolean
  }>`
    select a.id, a.disabled_at is not null as disabled, a.org_id, a.org_path::text, a.name,
      exists (select from provisioning.ended x where x.account_id = a.id and x.holder_id = ${holder.holderId})
        and not provisioning.closed_for_good(a.id) as mine
    from access.account a where coalesce(a.person_id, a.id) = ${key} and a.kind = 'person' and a.org_path <@ any (db.scope()) for update`.execute(
    act.tx,
  )
  const account = rows[0]
  if (!account) throw new ScimError(409, 'there is no account yet', 'mutability')
  const { rows: standing } = await sql<{ role: string }>`select t.role from access.standing(${account.id}) t`.execute(
    act.tx,
  )
  if (standing.some(({ role }) => !ORDINARY.has(role)))
    throw new ScimError(403, 'accounts that hold an office are ended in the product', 'mutability')
  if (account.disabled !== active) return
  if (active && !account.mine)
    throw new ScimError(403, 'this account was ended in the product, and is opened there', 'mutability')
  // With this the database forgets who ended the account before.
  await sql`update access.account set disabled_at = ${active ? null : act.now}::timestamptz where id = ${account.id}`.execute(
    act.tx,
  )
  if (!active) {
    await sql`insert into provisioning.ended (account_id, holder_id) values (${account.id}, ${holder.holderId}) on conflict do nothing`.execute(
      act.tx,
    )
    await sql`select access.close_others(${account.id}, null)`.execute(act.tx)
  }
  await record(act, {
    action: active ? 'provisioning.account_enabled' : 'provisioning.account_disabled',
    subject: { kind: 'account', id: account.id },
    orgPath: account.orgPath,
    after: { by: holder.name, holderId: holder.holderId },
  })
  await notify(act, [
    {
      role: 'clerk',
      orgId: account.orgId,
      kind: 'message',
      code: active ? 'provisioning.message.account_enabled' : 'provisioning.message.account_disabled',
      data: { name: account.name, holder: holder.name },
      link: '/accounts',
    },
  ])
}
