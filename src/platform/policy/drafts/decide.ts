/** The second person: adopts what another wrote, or sends it back with the reason. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { conflict, refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { finish, type NewItem, notify } from '../../inbox/index.ts'
import type { FactBook } from '../facts.ts'
import { versionsOf } from '../queries.ts'
import { mergedContent } from './merge.ts'
import { assertWhole, schoolsUnder } from './place.ts'
import { assertRead, type Draft, lockedDraft, noteStep } from './row.ts'
import { assertFresh, assertSound, leave } from './service.ts'

/**
 * Puts the draft into force from its day on, known from now on.
 * @throws Refusal `policy.draft_own`, `policy.draft_not_submitted`, `policy.draft_changed`, `policy.draft_stale`, `policy.draft_beyond`
 */
export async function adoptDraft<T>(
  act: Act<T>,
  book: FactBook,
  { draftId, revision }: { draftId: string; revision: number },
): Promise<{ version: string; from: CivilDate }> {
  // Nothing else comes into force meanwhile: neither another draft nor a pack from the disk.
  await sql`select pg_advisory_xact_lock(hashtext('policy.load'))`.execute(act.tx)
  const draft = await submitted(act, draftId)
  assertRead(draft, revision)
  await assertWhole(act, draft.authority)
  await assertFresh(act, draft)
  await assertSound(act, book, draft)
  const { version, content } = await mergedContent(act, draft, await versionsOf(act, draft.authority))
  await sql`select policy.adopt(${draftId}, ${revision}, ${version}, ${JSON.stringify(content)}::jsonb)`.execute(act.tx)
  const { from, authority, parameters, sets } = draft
  await noteStep(act, draft, { did: 'adopted', after: { version, from, parameters, sets: Object.keys(sets) } })
  await finish(act, `draft:${draftId}:${revision}`, null)
  await tell(act, draft, await schoolsUnder(act, authority))
  return { version, from }
}

export async function sendBackDraft<T>(act: Act<T>, { draftId, reason }: { draftId: string; reason: string }) {
  const draft = await submitted(act, draftId)
  const answer = await leave(act, draft, 'sent_back', 'sent_back', reason)
  await notify(act, [
    {
      accountId: draft.madeBy,
      kind: 'todo',
      code: 'policy.todo.draft_back',
      data: { title: draft.title, name: act.actor.name, reason },
      link: `/policy/drafts/${draftId}`,
      key: `draft-back:${draftId}`,
    },
  ])
  return answer
}

/** One that waits for a decision, and not for that of somebody who had a hand in it. */
async function submitted<T>(act: Act<T>, draftId: string): Promise<Draft> {
  const draft = await lockedDraft(act, draftId)
  if (draft.state !== 'submitted') throw conflict('policy.draft_not_submitted', { state: draft.state })
  if (draft.editors.includes(act.actor.account ?? '')) throw refused('policy.draft_own')
  return draft
}

/** Everybody who wrote or read it, and the offices of the schools that it holds for. */
async function tell<T>(act: Act<T>, draft: Draft, schools: readonly string[]): Promise<void> {
  const said = {
    kind: 'message' as const,
    code: 'policy.message.draft_adopted',
    data: { title: draft.title, from: draft.from },
    key: `draft-adopted:${draft.id}`,
  }
  const hands = new Set([...draft.editors, ...draft.readers, ...draft.writers])
  await notify(act, [
    ...[...hands].map((accountId): NewItem => ({ ...said, accountId, link: `/policy/drafts/${draft.id}` })),
    ...schools.flatMap((orgId) =>
      (['principal', 'clerk'] as const).map((role): NewItem => ({ ...said, role, orgId, link: '/policy/rules' })),
    ),
  ])
}
