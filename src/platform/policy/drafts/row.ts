/** A draft as it stands in the database, and the checks that every act on it begins with. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import type { DraftEffect, DraftState } from '../contract/drafts.ts'
import type { DraftLayer } from './layer.ts'

export type Draft = DraftLayer & {
  id: string
  orgId: string
  orgPath: string
  title: string
  why: string
  base: string[]
  effect: { asOf: string; sets: DraftEffect[] } | null
  state: DraftState
  revision: number
  madeBy: string
  readers: string[]
  writers: string[]
  editors: string[]
  versionId: string | null
  changedAt: string
}

const COLUMNS = sql`d.id, d.authority, d.org_id, d.org_path::text, d.title, d.why, d.from_on as "from", d.basis, d.parameters, d.sets, d.cases, d.base,
  d.effect, d.state, d.revision, d.made_by, d.readers, d.writers, d.editors, d.version_id, d.changed_at`

/** Those that the asker may read, the latest first. */
export async function draftsSeen<T>(act: Act<T>, ids?: readonly string[]): Promise<Draft[]> {
  const { rows } = await sql<Draft>`select ${COLUMNS} from policy.draft d
    where ${ids ? sql`d.id = any (${ids}::uuid[])` : sql`true`} order by d.changed_at desc, d.id desc limit 500`.execute(
    act.tx,
  )
  return rows
}

/** @throws Refusal `not_found` where the asker may not read it */
export async function draftOf<T>(act: Act<T>, draftId: string): Promise<Draft> {
  const { rows } = await sql<Draft>`select ${COLUMNS} from policy.draft d where d.id = ${draftId}`.execute(act.tx)
  if (!rows[0]) throw notFound('draft')
  return rows[0]
}

/** The same, kept from others until the act has ended. */
export async function lockedDraft<T>(act: Act<T>, draftId: string): Promise<Draft> {
  const { rows } = await sql<Draft>`select ${COLUMNS} from policy.draft d where d.id = ${draftId} for update`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('draft')
  return rows[0]
}

export const OPEN: readonly DraftState[] = ['draft', 'sent_back']

export const mayEdit = (draft: Draft, account: string | null): boolean =>
  account !== null && OPEN.includes(draft.state) && (draft.madeBy === account || draft.writers.includes(account))

/**
 * A draft that the acting account may write, as it was read.
 * @throws Refusal `policy.draft_not_open`, `policy.draft_not_yours`, `policy.draft_changed`
 */
export async function openDraft<T>(
  act: Act<T>,
  { draftId, revision }: { draftId: string; revision: number },
): Promise<Draft> {
  const draft = await lockedDraft(act, draftId)
  if (!OPEN.includes(draft.state)) throw conflict('policy.draft_not_open', { state: draft.state })
  if (!mayEdit(draft, act.actor.account)) throw refused('policy.draft_not_yours')
  assertRead(draft, revision)
  return draft
}

/** @throws Refusal `policy.draft_changed` where somebody changed it after it was read */
export function assertRead(draft: Draft, revision: number): void {
  if (draft.revision !== revision) throw conflict('policy.draft_changed', { revision: draft.revision })
}

/** Writes what was done into the draft's own history and into the trail. */
export async function noteStep<T>(
  act: Act<T>,
  draft: Pick<Draft, 'id' | 'orgPath'>,
  { did, note, before, after }: { did: string; note?: string | undefined; before?: unknown; after?: unknown },
): Promise<void> {
  await sql`insert into policy.draft_step (draft_id, act, by_account, by_name, note)
    values (${draft.id}, ${did}, ${act.actor.account}, ${act.actor.name}, ${note ?? null})`.execute(act.tx)
  await record(act, {
    action: ACTIONS[did]!,
    subject: { kind: 'policy_draft', id: draft.id },
    orgPath: draft.orgPath,
    before,
    after: note === undefined ? after : { note, ...(after as object | undefined) },
  })
}

const ACTIONS: Record<string, string> = {
  made: 'policy.draft_made',
  changed: 'policy.draft_changed',
  shared: 'policy.draft_shared',
  renewed: 'policy.draft_renewed',
  submitted: 'policy.draft_submitted',
  taken_back: 'policy.draft_taken_back',
  withdrawn: 'policy.draft_withdrawn',
  sent_back: 'policy.draft_sent_back',
  adopted: 'policy.draft_adopted',
}
