/** What authorities below a draft's say for themselves: it goes on holding beneath the draft, and some of it might no longer keep to what the draft lays down. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import type { DraftDetail } from '../contract/drafts.ts'
import type { Bilingual, Clause } from '../contract.ts'
import type { FactBook } from '../facts.ts'
import { declaredBy, declaredIn, versionsOf } from '../queries.ts'
import { type Looser, looser } from '../requirements/over.ts'
import { Rules } from '../requirements/rules.ts'
import { type Below, brokenBelow } from '../rules/below.ts'
import { type Found, Parameters } from '../rules/reader.ts'
import type { Node, SetDeclaration } from '../rules/requirements/declared.ts'
import { conditionsCalled } from './called.ts'
import { type DraftLayer, type Said, withDraft } from './layer.ts'

type Beneath = DraftDetail['beneath']
type Lower = { authority: string; name: Bilingual; extends: string }

/** Figures and sets of lower authorities that stand over the draft from its day on, the nearest authority first. */
export async function standingBeneath<T>(act: Act<T>, book: FactBook, draft: DraftLayer): Promise<Beneath> {
  const found: Beneath = { figures: [], sets: [] }
  const lower = await lowerThan(act, draft.authority)
  if (lower.length === 0) return found
  const leaves = await leftBy(act, draft)
  for (const one of lower) {
    const versions = await versionsOf(act, one.authority)
    const said = { values: await declaredIn(act, versions), sets: await declaredBy(act, versions) }
    found.figures.push(...(await figuresOf(act, one, said, draft, leaves)))
    found.sets.push(...setsOf(book, one, versions, said, draft))
  }
  return found
}

async function lowerThan<T>(act: Act<T>, authority: string): Promise<Lower[]> {
  const { rows } = await sql<Lower>`with recursive under as (
      select ${authority}::text as authority, 0 as depth, null::jsonb as name, null::text as extends
      union all
      select p.authority, u.depth + 1, v.name, v.extends from under u join policy.pack_version v on v.extends = u.authority
        join policy.pack p on p.version_id = v.id and p.origin = 'file'
    )
    select u.authority, u.name, u.extends from under u where u.depth > 0 order by u.depth, u.authority`.execute(act.tx)
  return rows
}

/** What the draft's authority leaves open of its figures. A file says it, not what was adopted over it; where it has none of its own, the one above does. */
async function leftBy<T>(act: Act<T>, { authority, parameters }: DraftLayer): Promise<Map<string, Below>> {
  const { rows } = await sql<{ id: string; below: Below }>`select distinct on (q.id) q.id, q.below from (
      select l.*, min(l.depth) over (partition by l.authority) as near from policy.layers(${authority}) l
    ) l join policy.parameter q on q.version_id = l.version_id
    where q.id = any (${Object.keys(parameters)}::text[]) order by q.id, l.near, l.origin desc`.execute(act.tx)
  return new Map(rows.map(({ id, below }) => [id, below]))
}

async function figuresOf<T>(
  act: Act<T>,
  { authority, name }: Lower,
  { values }: Said,
  { parameters, from }: DraftLayer,
  leaves: ReadonlyMap<string, Below>,
): Promise<Beneath['figures']> {
  const own = values.filter((value) => value.authority === authority && value.id in parameters)
  if (own.length === 0) return []
  const { rows } = await sql<{ id: string; version: string; title: Bilingual; permission: Clause | null }>`
    select q.id, q.version_id as version, q.title, q.permission from policy.parameter q
    where q.version_id = any (${own.map(({ packVersion }) => packVersion)}::text[])
      and q.id = any (${own.map(({ id }) => id)}::text[])`.execute(act.tx)
  const reader = new Parameters(authority, own)
  return Object.entries(parameters).flatMap(([id, { value: drafted }]) => {
    const left = leaves.get(id) ?? 'free'
    return heldFrom(reader, id, from).map((held) => {
      const { title, permission } = rows.find((row) => row.id === id && row.version === held.packVersion)!
      const above = [{ from, value: drafted }]
      const broken = !permission && brokenBelow(left, above, [{ from: held.from, value: held.value }]).length > 0
      const { unit, value, clause, confidence } = held
      return {
        ...{ authority, authorityName: name, id, title, unit, from: held.from, value, clause, confidence },
        breaks: broken ? left : null,
      }
    })
  })
}

/** What holds of a figure on the day, and every value that comes later. */
function heldFrom(reader: Parameters, id: string, day: CivilDate): Found[] {
  const days = [day, ...reader.changes([id]).filter((change) => change > day)].sort()
  const found = days.flatMap((on) => reader.find(id, on) ?? [])
  return found.filter(({ from }, nth) => found.findIndex((one) => one.from === from) === nth)
}

function setsOf(book: FactBook, lower: Lower, versions: string[], said: Said, draft: DraftLayer): Beneath['sets'] {
  const { authority } = lower
  const own = said.sets.filter((one) => one.authority === authority).sort((a, b) => a.depth - b.depth)
  const nearest = new Map(own.toReversed().map(({ declared }) => [declared.id, declared]))
  const over = [...nearest.values()].filter((set) => set.extends)
  if (over.length === 0) return []
  const [now, then] = [said, withDraft(versions, said, draft, draft.from)].map((all) => sidesOf(book, lower, all))
  return over.flatMap((set) => {
    const version = set.versions.findLast(({ from }) => from <= draft.from) ?? set.versions[0]!
    const day = [version.from, draft.from].sort().at(-1)!
    const names = (rules: Rules) =>
      rules.find(set.id, day)?.parameters.some(({ id }) => id in draft.parameters) ?? false
    const [ownNames, upperNames] = [names(then!.own), names(then!.upper)]
    if (!(set.id in draft.sets || ownNames || upperNames)) return []
    const { how, permission } = set.extends!
    const missing = permission ? undefined : looser(set, then!.own, then!.upper)
    const worse = missing && !looser(set, now!.own, now!.upper) ? missing : undefined
    const loosened = worse ? saidOf(worse, set, then!) : []
    // Beside the one above it, both hold; one that names the figure itself moves with it.
    const stands = how === 'replaces' && (set.id in draft.sets || !ownNames)
    if (!stands && loosened.length === 0) return []
    const { clause = null, confidence = 'U' as const } = permission
      ? { clause: permission, confidence: 'S' as const }
      : (conditionsIn(version.needs).find((one) => one.clause) ?? {})
    return [
      {
        ...{ authority, authorityName: lower.name, id: set.id, title: set.title, from: version.from },
        ...{ clause, confidence, loosened },
      },
    ]
  })
}

const WHOM: Bilingual = { zh: '适用人员', en: 'whom it applies to' }

/** The conditions in which it is looser, as a person reads them. */
function saidOf({ from, missing }: Looser, { id }: SetDeclaration, { own, upper }: Record<'own' | 'upper', Rules>) {
  const called = conditionsCalled(upper.find(id, from)?.requirement, own.find(id, from)?.requirement)
  return missing.map((condition) => (condition === 'applies' ? WHOM : called(condition)))
}

/** The rules of the lower authority and of the one above it, over the same layers. */
function sidesOf(book: FactBook, { authority, extends: above }: Lower, { values, sets }: Said) {
  const type = (id: string) => book.declared(id)?.type
  const upper = <X extends { authority: string }>(list: readonly X[]) =>
    list.filter((one) => one.authority !== authority)
  return {
    own: new Rules(new Parameters(authority, values), sets, type),
    upper: new Rules(new Parameters(above, upper(values)), upper(sets), type),
  }
}

const conditionsIn = (node: Node): Extract<Node, { test: string }>[] =>
  'test' in node ? [node] : ('all' in node ? node.all : 'any' in node ? node.any : node.of).flatMap(conditionsIn)
