/** Schools and offices as groups, with those who belong there and the organisations below them. */
import { type RawBuilder, sql } from 'kysely'
import type { House } from '../../access/index.ts'
import { type Act, setBased } from '../../db/index.ts'
import type { Holder } from '../tokens/holder.ts'
import type { Attributes } from './attributes.ts'
import { instant } from './form.ts'
import { type Asked, belonging, nameAll, POPULATION } from './roster.ts'
import { GROUP, MOUNT, ORGANISATION } from './urns.ts'
import type { Resource } from './user.ts'

const source = sql`directory.organisation o where o.path <@ any ((select db.scope())::ltree[])`
/** With whoever belongs there: somebody who comes or goes changes the group. */
const lastModified = sql`greatest((select w.since from provisioning.watch w), (select h.at from provisioning.change h where h.key = o.id))`

export function groupAttributes(holder: Holder): Attributes {
  const who = belonging(holder)
  const members = who && sql`select m.id as value from (${who}) m where m.org_id = o.id`
  return new Map([
    ['id', { kind: 'string' as const, exact: true, sql: sql`o.id::text` }],
    ['displayname', { kind: 'string' as const, sql: sql`o.name` }],
    ['meta.lastmodified', { kind: 'dateTime' as const, sql: lastModified }],
    [`${ORGANISATION}:code`.toLowerCase(), { kind: 'string' as const, exact: true, sql: sql`o.code` }],
    [`${ORGANISATION}:kind`.toLowerCase(), { kind: 'string' as const, exact: true, sql: sql`o.kind` }],
    ...(members ? [['members', { rows: members, columns: { value: { exact: true } } }] as const] : []),
  ])
}

export async function groupKeys(
  act: Act,
  { where, order, startIndex, count }: Asked,
): Promise<{ keys: string[]; total: number }> {
  const condition = where ? sql`and ${where}` : sql``
  const sorted = order ? sql`(${order.by}) ${order.descending ? sql`desc nulls first` : sql`asc nulls last`},` : sql``
  const { rows } = await sql<{ keys: string[] | null; total: number }>`with hit as materialized (
      select o.id, row_number() over (order by ${sorted} o.id) as nth from ${source} ${condition})
    select (select array_agg(h.id::text order by h.nth) from hit h where h.nth >= ${startIndex} and h.nth < ${startIndex + count}) as keys,
      (select count(*)::int from hit) as total`.execute(act.tx)
  return { keys: rows[0]!.keys ?? [], total: rows[0]!.total }
}

type Row = {
  id: string
  name: string
  code: string | null
  kind: string
  lastModified: string
  below: { value: string; display: string }[]
  people: string[] | null
}

/** @param members whether they are wanted: of a whole district they are thousands */
export async function groupsOf(
  act: Act,
  house: House,
  holder: Holder,
  keys: readonly string[],
  members: boolean,
): Promise<Resource[]> {
  if (keys.length === 0) return []
  const who: RawBuilder<unknown> | null = members ? belonging(holder) : null
  if (who) {
    await setBased(act, POPULATION)
    await nameAll(act, house, holder)
  }
  const { rows } = await sql<Row>`select o.id, o.name, o.code, o.kind, ${instant(lastModified)} as last_modified,
      ${members ? sql`coalesce((select jsonb_agg(jsonb_build_object('value', q.id, 'display', q.name) order by q.id) from directory.organisation q where q.parent_id = o.id), '[]')` : sql`'[]'::jsonb`} as below,
      ${who ? sql`b.people` : sql`null::text[]`} as people
    from directory.organisation o
      ${who ? sql`left join (select m.org_id, array_agg(m.id order by m.id) as people from (${who}) m group by m.org_id) b on b.org_id = o.id` : sql``}
    where o.path <@ any ((select db.scope())::ltree[]) and o.id = any (${keys}::uuid[]) order by array_position(${keys}::uuid[], o.id)`.execute(
    act.tx,
  )
  const base = `${house.settings.publicUrl}${MOUNT}`
  return rows.map(({ id, name, code, kind, below, people, lastModified: at }) => ({
    schemas: [GROUP, ORGANISATION],
    id,
    displayName: name,
    ...(members
      ? {
          members: [
            ...below.map(({ value, display }) => ({ value, display, $ref: `${base}/Groups/${value}`, type: 'Group' })),
            ...(people ?? []).map((value) => ({ value, $ref: `${base}/Users/${value}`, type: 'User' })),
          ],
        }
      : {}),
    [ORGANISATION]: { ...(code ? { code } : {}), kind },
    meta: { resourceType: 'Group', lastModified: at, location: `${base}/Groups/${id}` },
  }))
}
