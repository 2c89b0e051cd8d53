/** Reads on drafts: the list, one with all that belongs to it, a set to be edited. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { DraftDetail, DraftRow } from '../contract/drafts.ts'
import type { Bilingual } from '../contract.ts'
import type { FactBook } from '../facts.ts'
import { diffSets } from '../packs/diff.ts'
import { declaredBy, parameters, rulesOf, versionsOf } from '../queries.ts'
import type { DeclaredSet } from '../requirements/rules.ts'
import type { Case, Group, Node, SetDeclaration } from '../rules/requirements/declared.ts'
import { standingBeneath } from './below.ts'
import { authoritiesCalled, titlesIn } from './called.ts'
import { casesAdopted } from './cases.ts'
import { affectedSets, effectDay } from './effects.ts'
import { leftOpen, unpermitted } from './over.ts'
import { adoptersOf, colleaguesOf } from './place.ts'
import { type Draft, draftOf, draftsSeen, mayEdit } from './row.ts'
import { isStale } from './service.ts'

/** Subtrees in which the asker adopts. */
type Reach = { adopts: readonly string[] }

const reaches = (paths: readonly string[], path: string): boolean =>
  paths.some((one) => path === one || path.startsWith(`${one}.`))

type Named = { id: string; name: string }

async function namesOf<T>(act: Act<T>, drafts: readonly Draft[]) {
  const { rows: orgs } = await sql<Named>`select o.id, o.short_name as name from directory.organisation o
    where o.id = any (${drafts.map(({ orgId }) => orgId)}::uuid[])`.execute(act.tx)
  const { rows: packs } = await sql<{ id: string; name: Bilingual }>`select p.authority as id, v.name
    from policy.pack p join policy.pack_version v on v.id = p.version_id where p.origin = 'file'`.execute(act.tx)
  const { rows: makers } = await sql<Named>`select s.draft_id as id, s.by_name as name from policy.draft_step s
    where s.draft_id = any (${drafts.map(({ id }) => id)}::uuid[]) and s.act = 'made'`.execute(act.tx)
  const org = new Map(orgs.map(({ id, name }) => [id, name]))
  const pack = new Map(packs.map(({ id, name }) => [id, name]))
  const maker = new Map(makers.map(({ id, name }) => [id, name]))
  return { org, pack, maker }
}

const rowOf = (
  draft: Draft,
  names: Awaited<ReturnType<typeof namesOf>>,
  { adopts }: Reach,
  account: string,
): DraftRow => {
  const { id, authority, orgId, title, state, from, changedAt } = draft
  return {
    ...{ id, authority, orgId, title, state, from, changedAt },
    authorityName: names.pack.get(authority) ?? { zh: authority, en: authority },
    orgName: names.org.get(orgId) ?? '',
    madeBy: names.maker.get(id) ?? '',
    mine: draft.madeBy === account,
    shared: draft.readers.includes(account) || draft.writers.includes(account),
    waiting: state === 'submitted' && !draft.editors.includes(account) && reaches(adopts, draft.orgPath),
    changes: Object.keys(draft.parameters).length + Object.keys(draft.sets).length,
  }
}

export async function drafts<T>(
  act: Act<T>,
  { show }: { show: 'mine' | 'shared' | 'waiting' | 'all' },
  reach: Reach,
): Promise<DraftRow[]> {
  const seen = await draftsSeen(act)
  const names = await namesOf(act, seen)
  const rows = seen.map((draft) => rowOf(draft, names, reach, act.actor.account ?? ''))
  return show === 'all' ? rows : rows.filter((row) => row[show])
}

export async function draft<T>(
  act: Act<T>,
  book: FactBook,
  { draftId }: { draftId: string },
  reach: Reach,
): Promise<DraftDetail> {
  const found = await draftOf(act, draftId)
  const row = rowOf(found, await namesOf(act, [found]), reach, act.actor.account ?? '')
  const account = act.actor.account
  const { authority, from, basis, state } = found
  const versions = await versionsOf(act, authority)
  const held = await parameters(act, authority)
  const ids = Object.keys(found.parameters).sort()
  const titles = await titlesIn(act, ids, versions)
  const { rows: steps } = await sql<DraftDetail['steps'][number]>`select s.act, s.by_name as by, s.at, s.note
    from policy.draft_step s where s.draft_id = ${draftId} order by s.nth`.execute(act.tx)
  const { rows: sharing } = await sql<DraftDetail['sharing'][number]>`select a.id as account_id, a.name,
      a.id = any (${found.writers}::uuid[]) as may_edit
    from access.account a where a.id = any (${[...found.readers, ...found.writers]}::uuid[]) order by a.name, a.id`.execute(
    act.tx,
  )
  const mine = found.madeBy === account
  const open = state === 'draft' || state === 'sent_back'
  const pending = open || state === 'submitted'
  const affects = pending ? await affectedSets(act, book, found, effectDay(act.today, [found])) : []
  // Once adopted it is in force itself: what it changed was what it stood over.
  const under =
    Object.keys(found.sets).length === 0 ? [] : await declaredBy(act, state === 'adopted' ? found.base : versions)
  const needs = open ? unpermitted(await leftOpen(act, authority, ids), found) : []
  return {
    ...row,
    why: found.why,
    basis,
    revision: found.revision,
    parameters: ids.map((id) => {
      const { value, clause = basis, note = null, permission = null } = found.parameters[id]!
      const need = needs.find((one) => one.id === id)
      const title = titles.get(id) ?? { zh: id, en: id }
      const now = state === 'adopted' ? null : (held.find(id, from) ?? null)
      return {
        id,
        title,
        unit: held.unitOf(id) ?? '',
        value,
        clause: clause ?? null,
        note,
        permission,
        needs: need ? { authority: need.authority, below: need.below } : null,
        now,
      }
    }),
    sets: Object.values(found.sets).map((set) => ({
      id: set.id,
      title: set.title,
      conditions: set.versions.flatMap(({ needs }) => conditionsIn(needs)),
      change: (diffSets(setOn(under, set.id, found)?.declared, set) ?? null) as DraftDetail['sets'][number]['change'],
    })),
    beneath: pending ? await standingBeneath(act, book, found) : { figures: [], sets: [] },
    affects: affects.map(({ id, title }) => ({ id, title })),
    effect: found.effect,
    sharing,
    steps,
    adopters: pending ? (await adoptersOf(act, found)).length : 0,
    stale: pending && isStale(found.base, versions),
    version: found.versionId,
    may: {
      edit: mayEdit(found, account),
      share: mine && open,
      submit: mayEdit(found, account),
      takeBack: state === 'submitted' && found.editors.includes(account ?? ''),
      withdraw: mine && (open || state === 'submitted'),
      decide: row.waiting,
    },
  }
}

const conditionsIn = (node: Group | Node): string[] => {
  if ('test' in node) return [node.id]
  const parts = 'all' in node ? node.all : 'any' in node ? node.any : node.of
  return parts.flatMap(conditionsIn)
}

export async function draftColleagues<T>(act: Act<T>, { draftId }: { draftId: string }) {
  return colleaguesOf(act, (await draftOf(act, draftId)).orgPath)
}

type DraftSet = {
  declared: SetDeclaration
  changed: boolean
  added: boolean
  above: Bilingual | null
  cases: Case[]
  revision: number
}

/**
 * The set as the draft has it; where it leaves it alone, as it holds on the draft's day, beginning then.
 * @throws Refusal `not_found` where there is no such set
 */
export async function draftSet<T>(
  act: Act<T>,
  book: FactBook,
  { draftId, set }: { draftId: string; set: string },
): Promise<DraftSet> {
  const found = await draftOf(act, draftId)
  const { revision } = found
  const own = found.sets[set]
  const layers = (await rulesOf(act, found.authority, book)).declared(set)
  const upper = layers.find(({ authority }) => authority !== found.authority)
  const above = upper ? (await authoritiesCalled(act))(upper.authority) : null
  if (own) {
    const cases = found.cases[set] ?? []
    return { declared: own, changed: true, added: layers.length === 0, above, cases, revision }
  }
  const layer = setOn(layers, set, found)
  if (!layer) throw notFound('requirement set')
  // What a higher authority asks for goes on holding beside it, unless somebody says by what leave it does not.
  const beside = layer.authority === found.authority ? {} : { extends: { how: 'tightens' as const } }
  const adopted = await casesAdopted(act, found.authority, set)
  const cases = adopted.filter(({ on }) => on >= found.from)
  return { declared: { ...layer.declared, ...beside }, changed: false, added: false, above, cases, revision }
}

/** The set as the nearest layer has it on the draft's day, with that version only, beginning then. */
function setOn(layers: readonly DeclaredSet[], set: string, { from }: Pick<Draft, 'from'>) {
  const nearest = layers.filter(({ declared }) => declared.id === set).toSorted((a, b) => a.depth - b.depth)
  for (const { authority, declared } of nearest) {
    const version = declared.versions.findLast((one) => one.from <= from)
    if (version) return { authority, declared: { ...declared, versions: [{ ...version, from }] } }
  }
  return undefined
}
