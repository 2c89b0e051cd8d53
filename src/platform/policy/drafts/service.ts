/** Writing a draft: saving a trial, changing it, sharing it, basing it anew, submitting it, giving it up. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { conflict, invalid, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../db/index.ts'
import { finish, notify } from '../../inbox/index.ts'
import type { DraftCase, DraftFigures } from '../contract/drafts.ts'
import type { Clause } from '../contract.ts'
import type { FactBook } from '../facts.ts'
import { parameters, rulesOf, versionsOf } from '../queries.ts'
import type { SetDeclaration } from '../rules/requirements/declared.ts'
import { authoritiesCalled } from './called.ts'
import { checkedCases } from './cases.ts'
import { checkedSet, checkFigures } from './check.ts'
import { effectDay, effectsOf } from './effects.ts'
import { assertOver } from './over.ts'
import { adoptersOf, assertWhole, colleaguesOf, issuerOf } from './place.ts'
import { type Draft, lockedDraft, noteStep, openDraft } from './row.ts'

type Content = {
  title: string
  why: string
  from: CivilDate
  basis: Clause | null
  parameters: DraftFigures
}
type Seen = { draftId: string; revision: number }

/** @throws Refusal `policy.draft_beyond` where the authority's rules hold outside the scope as well, and what `assertOver` throws */
export async function createDraft<T>(
  act: Act<T>,
  book: FactBook,
  { orgId, ...content }: Content & { orgId: string },
): Promise<{ draftId: string; revision: number }> {
  const { authority, ...org } = await issuerOf(act, orgId)
  await assertWhole(act, authority)
  checkFigures(await parameters(act, authority), content.parameters)
  await assertOver(act, book, { ...content, authority, sets: {} })
  const id = newId()
  const { title, why, from, basis } = content
  await sql`insert into policy.draft (id, authority, org_id, org_path, title, why, from_on, basis, parameters, base, made_by)
    values (${id}, ${authority}, ${org.orgId}, ${org.orgPath}::ltree, ${title}, ${why}, ${from}, ${json(basis)}::jsonb,
      ${json(content.parameters)}::jsonb, ${await versionsOf(act, authority)}::text[], ${act.actor.account})`.execute(
    act.tx,
  )
  await noteStep(act, { id, orgPath: org.orgPath }, { did: 'made', after: { authority, ...content } })
  return { draftId: id, revision: 1 }
}

type Patch = Omit<{ [Key in keyof Content]?: Content[Key] | undefined }, 'parameters'> & {
  /** Beside those that it has; null leaves a figure as it is in force. */
  parameters?: Record<string, DraftFigures[string] | null> | undefined
}

export async function saveDraft<T>(act: Act<T>, book: FactBook, { draftId, revision, ...patch }: Seen & Patch) {
  const draft = await openDraft(act, { draftId, revision })
  const { title = draft.title, why = draft.why, from = draft.from, basis = draft.basis } = patch
  const all = Object.entries({ ...draft.parameters, ...patch.parameters })
  const figures = Object.fromEntries(all.filter((entry): entry is [string, DraftFigures[string]] => entry[1] !== null))
  if (patch.parameters) checkFigures(await parameters(act, draft.authority), figures)
  const sets = redated(draft.sets, from)
  if (patch.parameters || from !== draft.from)
    await assertOver(act, book, { ...draft, from, parameters: figures, sets })
  return write(act, draft, { title, why, from, basis, parameters: figures, sets, cases: draft.cases, base: draft.base })
}

/** A set as somebody writes it. `added`: nobody has one of its id. `cases`: those beside it, as they were where absent. */
export type Writing = { declared?: unknown; added?: boolean | undefined; cases?: readonly DraftCase[] | undefined }

/** @throws Refusal `policy.draft_set_invalid` with every problem by condition and place, `policy.draft_set_undated` */
export async function saveDraftSet<T>(act: Act<T>, book: FactBook, { draftId, revision, ...writing }: Seen & Writing) {
  const draft = await openDraft(act, { draftId, revision })
  const { set, cases } = await soundSet(act, book, draft, writing)
  return write(act, draft, {
    ...draft,
    sets: { ...draft.sets, [set.id]: set },
    cases: { ...draft.cases, [set.id]: cases },
  })
}

/** The set with its cases, where they fit what is in force and the rest of the draft. @throws Refusal `policy.draft_set_invalid` */
export async function soundSet<T>(act: Act<T>, book: FactBook, draft: Draft, { declared, added, cases }: Writing) {
  const { from, authority } = draft
  const rules = await rulesOf(act, authority, book, { draftId: draft.id })
  const set = checkedSet(declared, { from, authority, rules, book, called: await authoritiesCalled(act), added })
  const kept = cases === undefined ? (draft.cases[set.id] ?? []) : checkedCases(cases, set, book)
  await assertOver(act, book, { ...draft, sets: { ...draft.sets, [set.id]: set } })
  return { set, cases: kept }
}

export async function dropDraftSet<T>(act: Act<T>, { draftId, revision, set }: Seen & { set: string }) {
  const draft = await openDraft(act, { draftId, revision })
  const { [set]: _dropped, ...sets } = draft.sets
  const { [set]: _beside, ...cases } = draft.cases
  return write(act, draft, { ...draft, sets, cases })
}

/** Those with whom it was not shared before are told. @throws Refusal `policy.draft_not_colleague` */
export async function shareDraft<T>(
  act: Act<T>,
  { draftId, accounts }: { draftId: string; accounts: { accountId: string; mayEdit: boolean }[] },
): Promise<{ shared: number }> {
  const draft = await lockedDraft(act, draftId)
  if (draft.madeBy !== act.actor.account) throw refused('policy.draft_not_yours')
  const known = new Set((await colleaguesOf(act, draft.orgPath)).map(({ accountId }) => accountId))
  if (accounts.some(({ accountId }) => !known.has(accountId))) throw invalid('policy.draft_not_colleague')
  const some = (edit: boolean) => accounts.filter(({ mayEdit }) => mayEdit === edit).map(({ accountId }) => accountId)
  await sql`update policy.draft set readers = ${some(false)}::uuid[], writers = ${some(true)}::uuid[] where id = ${draftId}`.execute(
    act.tx,
  )
  await noteStep(act, draft, { did: 'shared', after: { readers: some(false), writers: some(true) } })
  await notify(
    act,
    accounts.map(({ accountId }) => ({
      accountId,
      kind: 'message' as const,
      code: 'policy.message.draft_shared',
      data: { title: draft.title, name: act.actor.name },
      link: `/policy/drafts/${draftId}`,
      key: `draft-shared:${draftId}`,
    })),
  )
  return { shared: accounts.length }
}

/** Bases it on what is in force now; what no longer fits is refused with its place. */
export async function renewDraft<T>(act: Act<T>, book: FactBook, seen: Seen) {
  const draft = await openDraft(act, seen)
  await assertSound(act, book, draft)
  return write(act, draft, { ...draft, base: await versionsOf(act, draft.authority) }, 'renewed')
}

type Submission = Seen & { from?: CivilDate | undefined; basis?: Clause | undefined; note?: string | undefined }

/**
 * Hands it to whoever adopts, with what it would do from its day on kept beside it; those of them who had a hand in it are not asked.
 * @throws Refusal `policy.draft_empty`, `policy.draft_no_basis`, `policy.draft_stale`
 */
export async function submitDraft<T>(act: Act<T>, book: FactBook, { note, ...ask }: Submission) {
  const read = await openDraft(act, ask)
  const from = ask.from ?? read.from
  const basis = ask.basis ?? read.basis
  const draft = { ...read, from, basis, sets: redated(read.sets, from) }
  if (Object.keys(draft.parameters).length + Object.keys(draft.sets).length === 0) throw refused('policy.draft_empty')
  if (!basis) throw refused('policy.draft_no_basis')
  await assertWhole(act, draft.authority)
  await assertFresh(act, draft)
  await assertSound(act, book, draft)
  const asOf = effectDay(act.today, [draft])
  const effect = { asOf, sets: await effectsOf(act, book, draft, asOf) }
  await sql`update policy.draft set state = 'submitted', submitted_at = coalesce(submitted_at, db.now()), from_on = ${from},
      basis = ${json(basis)}::jsonb, sets = ${json(draft.sets)}::jsonb, effect = ${json(effect)}::jsonb, revision = revision + 1 where id = ${draft.id}`.execute(
    act.tx,
  )
  await noteStep(act, draft, { did: 'submitted', note, after: { from, basis } })
  await finish(act, `draft-back:${draft.id}`, null)
  await notify(
    act,
    (await adoptersOf(act, draft)).map((accountId) => ({
      accountId,
      kind: 'todo' as const,
      code: 'policy.todo.adopt',
      data: { title: draft.title, name: act.actor.name, from },
      link: `/policy/drafts/${draft.id}`,
      key: `draft:${draft.id}:${read.revision + 1}`,
    })),
  )
  return { revision: read.revision + 1 }
}

/** @throws Refusal `policy.draft_not_submitted`, `policy.draft_not_yours` */
export async function takeBackDraft<T>(act: Act<T>, { draftId }: { draftId: string }) {
  const draft = await lockedDraft(act, draftId)
  if (draft.state !== 'submitted') throw conflict('policy.draft_not_submitted', { state: draft.state })
  if (!draft.editors.includes(act.actor.account ?? '')) throw refused('policy.draft_not_yours')
  return leave(act, draft, 'draft', 'taken_back')
}

/** Its maker gives it up, whatever became of it so far; an adopted one stands. */
export async function withdrawDraft<T>(act: Act<T>, { draftId }: { draftId: string }) {
  const draft = await lockedDraft(act, draftId)
  if (draft.madeBy !== act.actor.account) throw refused('policy.draft_not_yours')
  if (draft.state === 'adopted' || draft.state === 'withdrawn')
    throw conflict('policy.draft_not_open', { state: draft.state })
  return leave(act, draft, 'withdrawn', 'withdrawn')
}

/** Out of the hands of whoever was to adopt it. */
export async function leave<T>(
  act: Act<T>,
  draft: Draft,
  state: 'draft' | 'withdrawn' | 'sent_back',
  did: string,
  note?: string,
): Promise<{ revision: number }> {
  await sql`update policy.draft set state = ${state}, revision = revision + 1 where id = ${draft.id}`.execute(act.tx)
  await noteStep(act, draft, { did, note })
  await finish(act, `draft:${draft.id}:${draft.revision}`, null)
  return { revision: draft.revision + 1 }
}

/** @throws Refusal `policy.draft_stale` where something else is in force than it was written over */
export async function assertFresh<T>(act: Act<T>, { authority, base }: Pick<Draft, 'authority' | 'base'>) {
  const versions = await versionsOf(act, authority)
  if (isStale(base, versions)) throw conflict('policy.draft_stale', { versions: versions.join(', ') })
}
export const isStale = (base: readonly string[], versions: readonly string[]): boolean =>
  base.join(' ') !== versions.join(' ')

/** Everything in it fits what is in force. */
export async function assertSound<T>(act: Act<T>, book: FactBook, draft: Draft): Promise<void> {
  const { from, authority } = draft
  checkFigures(await parameters(act, authority), draft.parameters)
  const rules = await rulesOf(act, authority, book, { draftId: draft.id })
  const called = await authoritiesCalled(act)
  for (const set of Object.values(draft.sets)) {
    checkedSet(set, { from, authority, rules, book, called })
    checkedCases(draft.cases[set.id] ?? [], set, book)
  }
  await assertOver(act, book, draft)
}

const redated = (sets: Draft['sets'], from: CivilDate): Record<string, SetDeclaration> =>
  Object.fromEntries(
    Object.entries(sets).map(([id, set]) => [
      id,
      { ...set, versions: set.versions.map((version) => ({ ...version, from })) },
    ]),
  )

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

type Writable = Pick<Draft, 'title' | 'why' | 'from' | 'basis' | 'parameters' | 'sets' | 'cases' | 'base'>

async function write<T>(act: Act<T>, before: Draft, after: Writable, did = 'changed'): Promise<{ revision: number }> {
  await sql`update policy.draft set title = ${after.title}, why = ${after.why}, from_on = ${after.from}, basis = ${json(after.basis)}::jsonb,
      parameters = ${json(after.parameters)}::jsonb, sets = ${json(after.sets)}::jsonb,
      cases = ${json(after.cases)}::jsonb, base = ${after.base}::text[], revision = revision + 1
    where id = ${before.id}`.execute(act.tx)
  const kept = ({ title, why, from, basis, parameters: figures, sets, cases, base }: Writable) => ({
    ...{ title, why, from, basis, parameters: figures, sets, cases, base },
  })
  await noteStep(act, before, { did, before: kept(before), after: kept(after) })
  return { revision: before.revision + 1 }
}
