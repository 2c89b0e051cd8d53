/** What a draft says, as one more layer over those in force. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { DraftFigures } from '../contract/drafts.ts'
import type { Clause } from '../contract.ts'
import type { DeclaredSet } from '../requirements/rules.ts'
import type { Declared } from '../rules/reader.ts'
import type { Case, SetDeclaration } from '../rules/requirements/declared.ts'

export type DraftLayer = {
  authority: string
  from: CivilDate
  basis: Clause | null
  parameters: DraftFigures
  /** Each with one version, from the day of the draft. */
  sets: Record<string, SetDeclaration>
  /** Worked cases written beside its sets, by set. */
  cases: Record<string, Case[]>
}

/** What layers in force say, nearest first by their depth. */
export type Said = { values: readonly Declared[]; sets: readonly DeclaredSet[] }

/** A draft is tried as if it held on every day. */
const EVER = '0001-01-01'
/** The name that a draft has in the place of a version's. */
export const DRAFT = 'draft'

/** @throws Refusal `not_found` where the asker may not read it */
export async function draftLayer<T>(act: Act<T>, draftId: string): Promise<DraftLayer> {
  const { rows } = await sql<DraftLayer>`select d.authority, d.from_on as "from", d.basis, d.parameters, d.sets, d.cases
    from policy.draft d where d.id = ${draftId}`.execute(act.tx)
  if (!rows[0]) throw notFound('draft')
  return rows[0]
}

/** Whose version it is. */
export const authorityIn = (version: string): string => version.slice(0, version.indexOf('@'))

/**
 * The layers with the draft over all others of its authority.
 * @param versions names of the layers, nearest first
 * @param from the first day on which it holds; on every day when absent, to be tried
 * @throws Refusal `policy.draft_elsewhere` where its authority is none of theirs
 */
export function withDraft(
  versions: readonly string[],
  { values, sets }: Said,
  draft: Omit<DraftLayer, 'cases'>,
  from: CivilDate = EVER,
): Said {
  const place = versions.findIndex((version) => authorityIn(version) === draft.authority)
  if (place < 0) throw refused('policy.draft_elsewhere', { authority: draft.authority })
  const layer = { depth: place - 0.5, authority: draft.authority, packVersion: DRAFT }
  const figures = Object.entries(draft.parameters).flatMap(
    ([id, { value, clause = draft.basis ?? undefined }]): Declared[] => {
      const known = values.find((one) => one.id === id)
      if (!known) return []
      return [{ ...known, ...layer, from, until: null, value, clause: clause ?? null, confidence: clause ? 'S' : 'U' }]
    },
  )
  const changed = Object.values(draft.sets).map((declared) => ({
    ...layer,
    declared: { ...declared, versions: declared.versions.map((version) => ({ ...version, from })) },
  }))
  return { values: [...values, ...figures], sets: [...sets, ...changed] }
}
