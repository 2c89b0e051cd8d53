/** The adopted layer of an authority after one more draft: what it said before, and from the draft's day on what the draft says. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import type { Clause } from '../contract.ts'
import { hash } from '../packs/pack.ts'
import { declaredIn } from '../queries.ts'
import type { Case, SetDeclaration } from '../rules/requirements/declared.ts'
import { casesAdopted, casesMerged } from './cases.ts'
import type { DraftLayer } from './layer.ts'

/** A row of `policy.parameter_value` as JSON; columns that are not named here are kept as they are. */
type ValueRow = { parameter_id: string; during: string; value: unknown } & Record<string, unknown>
type SetRow = { id: string; declared: SetDeclaration }

/** `like`: the version that a parameter's title and unit are taken from. */
export type Content = {
  parameters: { id: string; like: string; permission?: Clause | null }[]
  values: ValueRow[]
  requirements: SetRow[]
  cases: Case[]
}

/** @param versions the layers in force, nearest first */
export async function mergedContent<T>(
  act: Act<T>,
  draft: DraftLayer,
  versions: readonly string[],
): Promise<{ version: string; content: Content }> {
  const before = await adoptedSoFar(act, draft)
  const declared = await declaredIn(act, [...versions])
  const likes = new Map(before.values.map(({ held }) => [held.parameter_id, before.version!]))
  for (const id of Object.keys(draft.parameters))
    likes.set(id, declared.toSorted((a, b) => a.depth - b.depth).find((one) => one.id === id)!.packVersion)
  const values = [
    ...before.values.flatMap(({ held, from, until }) =>
      held.parameter_id in draft.parameters ? clipped(held, from, until, draft.from) : [bare(held)],
    ),
    ...Object.entries(draft.parameters).map(
      ([id, { value, clause = draft.basis ?? undefined, note }]): ValueRow => ({
        parameter_id: id,
        during: `[${draft.from},)`,
        value,
        clause,
        confidence: 'S',
        note: note ?? null,
      }),
    ),
  ].sort((a, b) => (a.parameter_id + a.during < b.parameter_id + b.during ? -1 : 1))
  const requirements = [
    ...before.sets.filter(({ id }) => !(id in draft.sets)),
    ...Object.values(draft.sets).map((set) => ({ id: set.id, declared: onTopOf(before.sets, set, draft.from) })),
  ].sort((a, b) => (a.id < b.id ? -1 : 1))
  const { authority } = draft
  const begun = new Set(before.values.filter(({ from }) => from < draft.from).map(({ held }) => held.parameter_id))
  const cases = casesMerged(await casesAdopted(act, authority), draft)
  const said = { authority, origin: 'adopted', values, requirements, ...(cases.length > 0 ? { cases } : {}) }
  const version = `${authority}@${hash(said)}`
  const parameters = [...likes].map(([id, like]) => {
    const own = draft.parameters[id]
    // What was permitted for the values before it stays as long as any of them does.
    const kept = own?.permission === undefined && like === before.version && begun.has(id)
    return { id, like, ...(own && !kept ? { permission: own.permission ?? null } : {}) }
  })
  return { version, content: { parameters, values, requirements, cases } }
}

/** Of a value that begins later nothing is left: what is adopted last says what holds from its day on. */
const clipped = (held: ValueRow, from: CivilDate, until: CivilDate | null, end: CivilDate): ValueRow[] =>
  from >= end ? [] : [{ ...bare(held), during: `[${from},${until !== null && until < end ? until : end})` }]

const bare = ({ version_id: _version, ...held }: ValueRow): ValueRow => held as ValueRow

const onTopOf = (before: readonly SetRow[], set: SetDeclaration, from: CivilDate): SetDeclaration => {
  const earlier = before.find(({ id }) => id === set.id)?.declared.versions ?? []
  return { ...set, versions: [...earlier.filter((version) => version.from < from), ...set.versions] }
}

type SoFar = {
  version: string | null
  values: { held: ValueRow; from: CivilDate; until: CivilDate | null }[]
  sets: SetRow[]
}

async function adoptedSoFar<T>(act: Act<T>, { authority }: DraftLayer): Promise<SoFar> {
  const { rows: packs } = await sql<{ version: string }>`select p.version_id as version from policy.pack p
    where p.authority = ${authority} and p.origin = 'adopted'`.execute(act.tx)
  const version = packs[0]?.version ?? null
  const { rows: values } = await sql<SoFar['values'][number]>`select to_jsonb(w) as held, lower(w.during) as "from",
      upper(w.during) as until from policy.parameter_value w where w.version_id = ${version}`.execute(act.tx)
  const { rows: sets } = await sql<SetRow>`select q.id, q.declared from policy.requirement q
    where q.version_id = ${version}`.execute(act.tx)
  return { version, values, sets }
}
