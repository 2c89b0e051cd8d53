/** One parameter for the library: everything said of it, who overrides whom on a day, and the rules that name it. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { Bilingual, ParameterPage } from '../contract.ts'
import type { Condition, Group, Node, SetDeclaration, SetVersion } from '../rules/requirements/declared.ts'
import { namesIn } from './names.ts'

type Ask = { id: string; orgId?: string | undefined; asOf?: CivilDate | undefined }
type Head = { title: Bilingual; unit: string }

/** @throws Refusal `not_found` where no pack in force has it */
export async function parameterPage<T>(act: Act<T>, { id, orgId, asOf = act.today }: Ask): Promise<ParameterPage> {
  const declared = await declarationsOf(act, id)
  const [first] = declared
  if (!first) throw notFound('parameter')
  return {
    id,
    title: first.title,
    unit: first.unit,
    asOf,
    own: orgId === undefined ? null : await ownOf(act, orgId),
    declarations: declared.map(({ title: _title, unit: _unit, ...declaration }) => declaration),
    holds: await holdsOf(act, id, asOf),
    rules: await rulesUsing(act, id, asOf),
  }
}

async function ownOf<T>(act: Act<T>, orgId: string): Promise<string | null> {
  const { rows } = await sql<{ authority: string }>`select a.authority from directory.organisation o
    join directory.organisation a on a.path @> o.path and a.authority is not null
    where o.id = ${orgId} order by nlevel(a.path) desc limit 1`.execute(act.tx)
  return rows[0]?.authority ?? null
}

/** Packs with the length of their chain: those of the country have none above them. */
const RANKED = sql`ranked as (
  select p.authority, p.origin, p.version_id, v.name, v.extends,
    (select count(distinct l.authority) from policy.layers(p.authority) l) as height
  from policy.pack p join policy.pack_version v on v.id = p.version_id)`

async function declarationsOf<T>(act: Act<T>, id: string) {
  const { rows } = await sql<Head & ParameterPage['declarations'][number]>`with ${RANKED}
    select r.authority, r.name as authority_name, r.version_id as pack_version, r.origin = 'adopted' as adopted,
      q.title, q.unit, q.below, q.permission,
      jsonb_agg(jsonb_build_object('from', lower(w.during), 'until', upper(w.during), 'value', w.value, 'clause', w.clause,
        'confidence', w.confidence, 'note', w.note, 'review', w.review_on) order by w.during) as values
    from ranked r join policy.parameter q on q.version_id = r.version_id and q.id = ${id}
    join policy.parameter_value w on w.version_id = q.version_id and w.parameter_id = q.id
    group by r.authority, r.name, r.version_id, r.origin, r.height, q.title, q.unit, q.below, q.permission
    order by r.height, r.authority, r.origin desc`.execute(act.tx)
  return rows
}

async function holdsOf<T>(act: Act<T>, id: string, asOf: CivilDate): Promise<ParameterPage['holds']> {
  const { rows } = await sql<ParameterPage['holds'][number]>`with ${RANKED}
    select r.authority, r.name as authority_name, r.extends, coalesce(s.said, '[]') as said
    from ranked r cross join lateral (
      select jsonb_agg(jsonb_build_object('authority', l.authority, 'packVersion', l.version_id, 'adopted', l.origin = 'adopted',
        'value', w.value, 'from', lower(w.during), 'clause', w.clause, 'confidence', w.confidence) order by l.depth) as said
      from policy.layers(r.authority) l
      join policy.parameter_value w on w.version_id = l.version_id and w.parameter_id = ${id} and w.during @> ${asOf}::date
    ) s
    where r.origin = 'file' order by r.height, r.authority`.execute(act.tx)
  return rows
}

type Using = ParameterPage['rules'][number]

async function rulesUsing<T>(act: Act<T>, id: string, asOf: CivilDate): Promise<Using[]> {
  const { rows } = await sql<{ authority: string; name: Bilingual; declared: SetDeclaration }>`with ${RANKED}
    select r.authority, r.name, q.declared from ranked r join policy.requirement q on q.version_id = r.version_id
    where strpos(q.declared::text, ${`param.${id}`}) > 0
    order by q.id, r.height, r.authority, r.origin`.execute(act.tx)
  return rows.flatMap(({ authority, name, declared }): Using[] => {
    const present = declared.versions.findLast(({ from }) => from <= asOf)
    const version = declared.versions.find(
      (one) => (one === present || one.from > asOf) && conditionsNaming(one, id).length > 0,
    )
    if (!version) return []
    const conditions = conditionsNaming(version, id)
    return [
      {
        set: declared.id,
        title: declared.title,
        authority,
        authorityName: name,
        from: version.from,
        conditions: conditions.map(({ id: condition, says }) => ({ id: condition, says })),
      },
    ]
  })
}

const conditionsNaming = ({ needs, grades = [] }: SetVersion, id: string): Condition[] =>
  [needs, ...grades.map(({ when }) => when)]
    .flatMap(conditionsIn)
    .filter(({ test, exceptions = [] }) =>
      [test, ...exceptions.map(({ when }) => when)].some((text) => namesIn(text).parameters.has(id)),
    )

const conditionsIn = (node: Node): Condition[] => ('test' in node ? [node] : partsOf(node).flatMap(conditionsIn))
const partsOf = (group: Group): Node[] => ('all' in group ? group.all : 'any' in group ? group.any : group.of)
