/** Reads on policy: what holds for an authority, and the parameters with their history. */
import { sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import { notFound, refused } from '../../base/errors.ts'
import { type Act, prepared } from '../db/index.ts'
import type { ParameterRow } from './contract.ts'
import type { FactBook } from './facts.ts'
import { type DeclaredSet, Rules } from './requirements/rules.ts'
import { type Declared, Parameters } from './rules/reader.ts'

/** The authority and those above it, nearest first. */
const chain = (authority: string) => sql`chain as (
  select p.authority, v.id as version, v.name, v.extends, 0 as depth
  from policy.pack p join policy.pack_version v on v.id = p.version_id where p.authority = ${authority}
  union all
  select p.authority, v.id, v.name, v.extends, c.depth + 1
  from chain c join policy.pack p on p.authority = c.extends join policy.pack_version v on v.id = p.version_id
)`

/** What chains of versions say, by their names. A version never changes, so this is never out of date; only its size is kept down. */
const read = new Map<string, Parameters>()
const MOST_READ = 200

/**
 * Everything that holds for an authority; ask the reader with a date. The chain in force is asked for every time, its content once.
 * @throws Refusal `policy.no_pack` where the authority has no pack in force
 */
export async function parameters<T>(act: Act<T>, authority: string): Promise<Parameters> {
  return parametersIn(act, authority, await versionsOf(act, authority))
}

/** The names of the versions in force for an authority, its own first. */
async function versionsOf<T>(act: Act<T>, authority: string): Promise<string[]> {
  const { rows } = await sql<{ version: string }>`${prepared}with recursive ${chain(authority)}
    select c.version from chain c order by c.depth`.execute(act.tx)
  if (rows.length === 0) throw refused('policy.no_pack', { authority })
  return rows.map(({ version }) => version)
}

async function parametersIn<T>(act: Act<T>, authority: string, versions: string[]): Promise<Parameters> {
  const name = versions.join(' ')
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
 * The requirement sets that hold for an authority, over the facts of the house.
 * @throws Refusal `policy.no_pack`
 */
export async function rulesOf<T>(act: Act<T>, authority: string, book: FactBook): Promise<Rules> {
  const versions = await versionsOf(act, authority)
  const held = await parametersIn(act, authority, versions)
  const known = rulesMade.get(held)
  if (known) return known
  const { rows } =
    await sql<DeclaredSet>`select c.depth::int - 1 as depth, v.authority, v.id as pack_version, q.declared
    from unnest(${versions}::text[]) with ordinality as c(version, depth)
    join policy.pack_version v on v.id = c.version join policy.requirement q on q.version_id = v.id`.execute(act.tx)
  const made = new Rules(held, rows, (id) => book.declared(id)?.type)
  rulesMade.set(held, made)
  return made
}

/** The values of these versions, the first one nearest. */
async function declaredIn<T>(act: Act<T>, versions: string[]): Promise<Declared[]> {
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
  const everybody = sql`chain as (select p.authority, v.id as version, v.name, v.extends, 0 as depth
    from policy.pack p join policy.pack_version v on v.id = p.version_id)`
  const wanted = (ask.search ?? '').toLowerCase()
  const { rows } = await sql<
    Omit<ParameterRow, 'inForce'>
  >`with recursive ${ask.authority === undefined ? everybody : chain(ask.authority)},
    declared as (
      select q.id, q.title, q.unit, c.depth, c.authority, c.name, c.version,
        jsonb_agg(jsonb_build_object('from', lower(w.during), 'until', upper(w.during), 'value', w.value, 'clause', w.clause,
          'confidence', w.confidence, 'note', w.note) order by w.during) as held
      from chain c join policy.parameter q on q.version_id = c.version
      join policy.parameter_value w on w.version_id = q.version_id and w.parameter_id = q.id
      where strpos(lower(q.id || ' ' || (q.title ->> 'zh') || ' ' || (q.title ->> 'en')), ${wanted}) > 0
      group by q.id, q.title, q.unit, c.depth, c.authority, c.name, c.version
    )
    select d.id, (array_agg(d.title order by d.depth, d.authority))[1] as title, d.unit,
      jsonb_agg(jsonb_build_object('authority', d.authority, 'authorityName', d.name, 'packVersion', d.version, 'values', d.held)
        order by d.depth, d.authority) as declarations
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

type PackRow = {
  authority: string
  name: { zh: string; en: string }
  extends: string | null
  version: string
  since: string
  parameters: number
}

export async function packsInForce<T>(act: Act<T>): Promise<PackRow[]> {
  const { rows } = await sql<PackRow>`select p.authority, v.name, v.extends, v.id as version, p.since,
      (select count(*) from policy.parameter q where q.version_id = v.id) as parameters
    from policy.pack p join policy.pack_version v on v.id = p.version_id order by p.authority`.execute(act.tx)
  return rows
}
