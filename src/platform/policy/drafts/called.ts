/** What people call what they are told about: authorities, figures, conditions and days, in both languages. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import type { Bilingual } from '../contract.ts'
import type { ReadNode, Requirement } from '../rules/requirements/requirement.ts'

/** The name of something, by its id; the id itself where it has none. */
export type Called = (id: string) => Bilingual

const naming =
  (names: ReadonlyMap<string, Bilingual>): Called =>
  (id) =>
    names.get(id) ?? { zh: id, en: id }

/** Authorities, as their files name them. */
export async function authoritiesCalled<T>(act: Act<T>): Promise<Called> {
  const { rows } = await sql<{ id: string; name: Bilingual }>`select p.authority as id, v.name
    from policy.pack p join policy.pack_version v on v.id = p.version_id where p.origin = 'file'`.execute(act.tx)
  return naming(new Map(rows.map(({ id, name }) => [id, name])))
}

/** What parameters are called by the nearest layer that has them. */
export async function titlesIn<T>(act: Act<T>, ids: readonly string[], versions: readonly string[]) {
  const { rows } = await sql<{ id: string; title: Bilingual }>`select distinct on (q.id) q.id, q.title
    from unnest(${versions}::text[]) with ordinality as c(version, depth) join policy.parameter q on q.version_id = c.version
    where q.id = any (${ids}::text[]) order by q.id, c.depth`.execute(act.tx)
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** Conditions of rules, as a person reads them; those named first count. */
export function conditionsCalled(...rules: readonly (Requirement | undefined)[]): Called {
  const inside = (node: ReadNode): [string, Bilingual][] =>
    node.kind === 'condition' ? [[node.declared.id, node.declared.says]] : node.parts.flatMap(inside)
  const all = rules.flatMap((rule) =>
    rule ? [rule.needs, ...rule.grades.map(({ when }) => when)].flatMap(inside) : [],
  )
  return naming(new Map(all.toReversed()))
}

/** Several under their names, each quoted. */
export function listed(ids: readonly string[], called: Called): Bilingual {
  const names = ids.map(called)
  return { zh: names.map(({ zh }) => `“${zh}”`).join('、'), en: names.map(({ en }) => `“${en}”`).join(', ') }
}

/** A civil day as people write it. */
export function dayCalled(day: CivilDate): Bilingual {
  const said = (locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day))
  return { zh: said('zh-CN'), en: said('en-GB') }
}
