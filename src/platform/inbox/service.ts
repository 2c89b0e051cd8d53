/** Telling people what to do and what happened. */
import { sql } from 'kysely'
import { newId } from '../../base/ids.ts'
import type { Act } from '../db/index.ts'
import type { ItemAct } from './contract.ts'
import { type Held, own } from './held.ts'

/** For whom: an account, a person (found again through their account), or whoever holds a role at an organisation. */
type Recipient = { accountId: string } | { personId: string } | { role: string; orgId: string }

export type NewItem = Recipient & {
  /** A to-do waits until it is settled; a message is only read. */
  kind: 'todo' | 'message'
  /** `training.todo.answer`: a key of the sending module's catalogs. */
  code: string
  data?: Record<string, unknown>
  /** Where in the product it leads: `/my/training`. */
  link?: string
  /** The last day. */
  due?: string
  /** What it is about, `answer:<class>`: the same recipient is told once. Told every time when absent. */
  key?: string
  /** One tap settles it: only what is safe to do without looking further, and can be taken back. */
  act?: ItemAct
}

/** Tells all of it in one statement; what was told already stays as it is. Returns how many are new. */
export async function notify<T>(act: Act<T>, items: NewItem[]): Promise<number> {
  if (items.length === 0) return 0
  const rows = items.map((item) => {
    const id = newId()
    return {
      ...addressOf(item),
      id,
      kind: item.kind,
      code: item.code,
      data: item.data,
      link: item.link,
      due: item.due,
      key: item.key ?? id,
      act: item.act,
    }
  })
  const { rows: answer } = await sql<{
    told: number
  }>`select inbox.tell(${JSON.stringify(rows)}::jsonb) as told`.execute(act.tx)
  return answer[0]!.told
}

function addressOf(to: Recipient): { addressed_to: string; recipient_id: string; role?: string } {
  if ('accountId' in to) return { addressed_to: 'account', recipient_id: to.accountId }
  if ('personId' in to) return { addressed_to: 'person', recipient_id: to.personId }
  return { addressed_to: 'role', recipient_id: to.orgId, role: to.role }
}

/**
 * Settles what items with this key were about: for the acting person when `whose` is absent, for one recipient
 * (a person, an account, or an organisation's roles), or for everybody when it is null. Returns how many were open.
 */
export async function finish<T>(
  act: Act<T>,
  key: string,
  whose: string | null | undefined = act.actor.person ?? act.actor.account ?? '',
): Promise<number> {
  if (whose === '') return 0
  const { rows } = await sql<{ settled: number }>`select inbox.settle(${key}, ${whose}::uuid) as settled`.execute(
    act.tx,
  )
  return rows[0]!.settled
}

/** Settles everything told to one recipient under keys that begin so. Returns how many were open. */
export async function finishUnder<T>(act: Act<T>, start: string, whose: string): Promise<number> {
  const { rows } = await sql<{
    settled: number
  }>`select inbox.settle_under(${start}, ${whose}::uuid) as settled`.execute(act.tx)
  return rows[0]!.settled
}

/** Settles many at once, each for one recipient, or for everybody where `whose` is null. Returns how many were open. */
export async function finishAll<T>(
  act: Act<T>,
  items: readonly { key: string; whose: string | null }[],
): Promise<number> {
  const { rows } = await sql<{ settled: number }>`select coalesce(sum(inbox.settle(r.key, r.whose)), 0)::int as settled
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r(key text, whose uuid)`.execute(act.tx)
  return rows[0]!.settled
}

/** Marks items as read; those that are not one's own to read stay as they are. */
export async function markRead<T>(act: Act<T>, ids: string[]): Promise<number> {
  const { numAffectedRows } =
    await sql`update inbox.item i set read_at = db.now() where i.id = any(${ids}::uuid[]) and i.read_at is null`.execute(
      act.tx,
    )
  return Number(numAffectedRows ?? 0)
}

/** Marks everything as read that is one's own or for one's roles, of one kind and area where these are given. Returns how many. */
export async function markAllRead<T>(
  act: Act<T>,
  held: readonly Held[],
  { kind, area }: { kind?: 'todo' | 'message' | undefined; area?: string | undefined },
): Promise<number> {
  const { numAffectedRows } =
    await sql`update inbox.item i set read_at = db.now() where ${own(held)} and i.read_at is null
    and (${kind ?? null}::text is null or i.kind = ${kind ?? null})
    and (${area ?? null}::text is null or split_part(i.code, '.', 1) = ${area ?? null})`.execute(act.tx)
  return Number(numAffectedRows ?? 0)
}
