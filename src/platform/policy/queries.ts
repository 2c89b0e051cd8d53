/** Reads on policy: what holds for an authority, and the parameters with their history. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import { notFound, refused } from '../../base/errors.ts'
import { type Act, prepared } from '../db/index.ts'
import type { ParameterRow } from './contract.ts'
import { draftLayer, withDraft } from './drafts/layer.ts'
import type { FactBook } from './facts.ts'
import { knownAt } from './known.ts'
import { type DeclaredSet, Rules } from './requirements/rules.ts'
import { type Declared, Parameters } from './rules/reader.ts'

/** The layers of an authority, nearest first: what it adopted, its file, then the same of those above it. */
const layersOf = (authority: string, known: RawBuilder<unknown>) => sql`chain as (
  select l.depth, l.authority, l.origin, v.id as version, v.name, v.extends
  from policy.layers(${authority}, ${known}) l join policy.pack_version v on v.id = l.version_id
)`
const NOW = sql`null::timestamptz`

/** By what people knew: everything until the end of a civil day, or until an instant (ISO 8601). */
export type Known = { knownOn?: string | undefined }
/** What chains of versions say, by their names. A version never changes, so this is never out of date; only its size is kept down. */
const read = new Map<string, Parameters>()
const MOST_READ = 200

/**
 * Everything that holds for an authority; ask the reader with a date. The chain in force is asked for every time, its content once.
 * @throws Refusal `policy.no_pack` where the authority has no pack in force
 */
export async function parameters<T>(act: Act<T>, authority: string, known: Known = {}): Promise<Parameters> {
  return parametersIn(act, authority, await versionsOf(act, authority, known))
}

/** The names of the versions in force for an authority, its own first. */
export async function versionsOf<T>(act: Act<T>, authority: string, { knownOn }: Known = {}): Promise<string[]> {
  const { rows } = await sql<{ version: string }>`${prepared}select l.version_id as version
    from policy.layers(${authority}, ${knownOn === undefined ? NOW : knownAt(knownOn)}) l order by l.depth`.execute(
    act.tx,
  )
  if (rows.length === 0) throw refused('policy.no_pack', { authority })
  return rows.map(({ version }) => version)
}

/** What these versions say, the first one nearest. */
export async function parametersIn<T>(act: Act<T>, authority: string, versions: string[]): Promise<Parameters> {
  const name = [authority, ...versions].join(' ')
  const known = read.get(name)
  if (known) return known
  const made = new Parameters(authority, await declaredIn(act, versions))
  if (read.size >= MOST_READ) read.clear()
  read.set(name, made)
  return made
}

/** What requirement sets were made of parameters: as lasting as these. */
const rulesMade = new WeakMap<Parameters, Rules>()

/**
 * The requirement sets that hold for an authority, over the facts of the house; with a draft, as if it held on every day.
 * @throws Refusal `policy.no_pack`, `not_found` for a draft that the asker may not read, `policy.draft_elsewhere` for one of another authority
 */
export async function rulesOf<T>(
  act: Act<T>,
  authority: string,
  book: FactBook,
  { draftId, ...known }: Known & { draftId?: string | undefined } = {},
): Promise<Rules> {
  const versions = await versionsOf(act, authority, known)
  const held = await parametersIn(act, authority, versions)
  if (draftId === undefined) return rulesIn(act, held, versions, book)
  const draft = await draftLayer(act, draftId)
  const said = { values: await declaredIn(act, versions), sets: await declaredBy(act, versions) }
  const over = withDraft(versions, said, draft)
  return new Rules(new Parameters(authority, over.values), over.sets, (id) => book.declared(id)?.type)
}

/** The rules of these versions, the first one nearest. */
export async function rulesIn<T>(act: Act<T>, held: Parameters, versions: string[], book: FactBook): Promise<Rules> {
  const known = rulesMade.get(held)
  if (known) return known
  const made = new Rules(held, await declaredBy(act, versions), (id) => book.declared(id)?.type)
  rulesMade.set(held, made)
  return made
}

/** The requirement sets that these versions declare. */
export async function declaredBy<T>(act: Act<T>, versions: string[]): Promise<DeclaredSet[]> {
  const { rows } =
    await sql<DeclaredSet>`select c.depth::int - 1 as depth, v.authority, v.id as pack_version, q.declared
    from unnest(${versions}::text[]) with ordinality as c(version, depth)
    join policy.pack_version v on v.id = c.version join policy.requirement q on q.version_id = v.id`.execute(act.tx)
  return rows
}

/** The values of these versions, the first one nearest. */
export async function declaredIn<T>(act: Act<T>, versions: string[]): Promise<Declared[]> {
  const { rows } = await sql<Declared>`
    select c.depth::int - 1 as depth, v.authority, v.id as pack_version, q.id, q.unit, lower(w.during) as "from", upper(w.during) as until,
      w.value, w.clause, w.confidence
    from unnest(${versions}::text[]) with ordinality as c(version, depth)
    join policy.pack_version v on v.id = c.version
    join policy.parameter q on q.version_id = v.id
    join policy.parameter_value w on w.version_id = q.version_id and w.parameter_id = q.id`.execute(act.tx)
  return rows
}

/**
 * Whose pack holds for an organisation: that of the nearest ancestor, or of itself, that names one.
 * @throws Refusal `policy.no_authority`
 */
export async function authorityOf<T>(act: Act<T>, orgId: string): Promise<string> {
  const { rows } = await sql<{ authority: string | null }>`${prepared}select (
      select a.authority from directory.organisation a where a.path @> o.path and a.authority is not null order by nlevel(a.path) desc limit 1
    ) as authority from directory.organisation o where o.id = ${orgId}`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  if (rows[0].authority === null) throw refused('policy.no_authority')
  return rows[0].authority
}

type Ask = { authority?: string | undefined; search?: string | undefined; asOf?: CivilDate | undefined }

/** Parameters with their whole history, those that hold for an authority or all. */
export async function parametersWithHistory<T>(act: Act<T>, ask: Ask): Promise<ParameterRow[]> {
  const everybody = sql`chain as (select 0 as depth, p.authority, p.origin, v.id as version, v.name, v.extends
    from policy.pack p join policy.pack_version v on v.id = p.version_id)`
  const wanted = (ask.search ?? '').toLowerCase()
  const { rows } = await sql<
    Omit<ParameterRow, 'inForce'>
  >`with ${ask.authority === undefined ? everybody : layersOf(ask.authority, NOW)},
    declared as (
      select q.id, q.title, q.unit, c.depth, c.authority, c.origin, c.name, c.version,
        jsonb_agg(jsonb_build_object('from', lower(w.during), 'until', upper(w.during), 'value', w.value, 'clause', w.clause,
          'confidence', w.confidence, 'note', w.note) order by w.during) as held
      from chain c join policy.parameter q on q.version_id = c.version
      join policy.parameter_value w on w.version_id = q.version_id and w.parameter_id = q.id
      where strpos(lower(q.id || ' ' || (q.title ->> 'zh') || ' ' || (q.title ->> 'en')), ${wanted}) > 0
      group by q.id, q.title, q.unit, c.depth, c.authority, c.origin, c.name, c.version
    )
    select d.id, (array_agg(d.title order by d.depth, d.authority, d.origin))[1] as title, d.unit,
      jsonb_agg(jsonb_build_object('authority', d.authority, 'authorityName', d.name, 'origin', d.origin,
        'packVersion', d.version, 'values', d.held) order by d.depth, d.authority, d.origin) as declarations
    from declared d group by d.id, d.unit order by d.id`.execute(act.tx)
  const asOf = ask.asOf ?? act.today
  return rows.map((row) => ({
    ...row,
    inForce: ask.authority === undefined ? null : inForce(row, ask.authority, asOf),
  }))
}

function inForce(
  { id, unit, declarations }: Omit<ParameterRow, 'inForce'>,
  authority: string,
  asOf: CivilDate,
): ParameterRow['inForce'] {
  const declared = declarations.flatMap(({ authority: declaring, packVersion, values }, depth) =>
    values.map(({ note: _note, ...value }) => ({ id, unit, depth, authority: declaring, packVersion, ...value })),
  )
  return new Parameters(authority, declared).find(id, asOf) ?? null
}

export type RefusedLoad = {
  since: string
  problems: { file: string; line: number; column: number; zh: string; en: string }[]
}

/** That the packs on the disk could not be loaded, and why; null where they are in force. */
export async function refusedLoad<T>(act: Act<T>): Promise<RefusedLoad | null> {
  const { rows } = await sql<RefusedLoad>`select r.since, r.problems from policy.refused_load r`.execute(act.tx)
  return rows[0] ?? null
}

type PackRow = {
  authority: string
  name: { zh: string; en: string }
  extends: string | null
  version: string
  since: string
  parameters: number
  /** The version that people adopted over it, if any. */
  adopted: string | null
}

export async function packsInForce<T>(act: Act<T>): Promise<PackRow[]> {
  const { rows } = await sql<PackRow>`select p.authority, v.name, v.extends, v.id as version, p.since,
      (select count(*) from policy.parameter q where q.version_id = v.id) as parameters,
      (select a.version_id from policy.pack a where a.authority = p.authority and a.origin = 'adopted') as adopted
    from policy.pack p join policy.pack_version v on v.id = p.version_id where p.origin = 'file' order by p.authority`.execute(
    act.tx,
  )
  return rows
}
