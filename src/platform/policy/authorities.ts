/** Whose rules hold for whom: a scope may lie under several authorities, each with rules of its own. */
import { type RawBuilder, sql } from 'kysely'
import { type Act, prepared } from '../db/index.ts'

/** The nearest organisation at or above a path that names an authority. */
const authorityAt = (path: RawBuilder<unknown>) => sql`(select a.authority from directory.organisation a
  where a.path @> ${path} and a.authority is not null order by nlevel(a.path) desc limit 1)`

/** The authorities whose rules hold for somebody in scope, or below an organisation in it. */
export async function authoritiesIn<T>(act: Act<T>, below: string | null = null): Promise<string[]> {
  const { rows } = await sql<{ authority: string }>`${prepared}with top as materialized (
      select case when ${below}::ltree is null then w.path else ${below}::ltree end as path from unnest(db.scope()) w (path)
      union select p.org_path from directory.person p where ${below}::ltree is null and p.id = db.self()
    )
    select distinct x.authority from (
      select ${authorityAt(sql`t.path`)} as authority from top t
      union all select o.authority from directory.organisation o join top t on o.path <@ t.path where o.authority is not null
    ) x where x.authority is not null order by 1`.execute(act.tx)
  return rows.map(({ authority }) => authority)
}

/** Whether an organisation is under the authority. */
export const isUnder = (orgId: RawBuilder<unknown>, authority: string): RawBuilder<boolean> =>
  sql<boolean>`${orgId} in (select o.id from directory.organisation o where ${authorityAt(sql`o.path`)} = ${authority})`
