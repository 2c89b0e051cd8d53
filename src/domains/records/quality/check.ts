/** Looks at the records of everybody in scope by all rules: one statement for what is wrong, one for pairs that may be one person, one for the scores. */
import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import { blindWaiting, type Keys } from '../../../platform/cipher/index.ts'
import { type Act, countAnew, type Db, setBased } from '../../../platform/db/index.ts'
import { archiveKept } from '../archive/kept.ts'
import { BOOK } from './book.ts'
import { LOOKED_AT, RELATIONS, whom } from './relations.ts'
import { SEVERITIES, TAKES } from './rule.ts'
import { findTwins } from './twins.ts'

/** Where: the path of an organisation in scope, or null for everything in scope. */
export async function groundOf<T>(act: Act<T>, orgId?: string | undefined): Promise<string | null> {
  if (!orgId) return null
  const { rows } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  return rows[0].path
}

/**
 * What the rules find, as rows `(person_id, rule, item_id, value)`: each relation is gone through once, with all of its rules.
 * @param ids where few people are meant, the same as those of `whom`; then only rules that look at one person at a time hold
 */
export const findings = (rules = BOOK, ids?: readonly string[]): RawBuilder<unknown> => {
  const over = Map.groupBy(rules, (rule) => rule.over)
  // Values are made of what was found only: a list of the numbers of rules is all that every row costs.
  return sql.join(
    [...over].map(([relation, own]) => {
      const hits = sql.join(own.map(({ when }, nth) => sql`case when ${sql.raw(when)} then ${sql.lit(nth + 1)} end`))
      const values = own.flatMap(({ value }, nth) =>
        value ? [sql`when ${sql.lit(nth + 1)} then (${sql.raw(value)})::text`] : [],
      )
      return sql`select x.person_id, (${sql.lit(`{${own.map(({ id }) => id).join()}}`)}::text[])[v.nth] as rule, x.item_id,
          ${values.length > 0 ? sql`case v.nth ${sql.join(values, sql` `)} end` : sql`null::text`} as value
        from (${RELATIONS[relation](ids)}) x cross join lateral unnest(array_remove(array[${hits}]::int[], null)) v (nth)`
    }),
    sql` union all `,
  )
}

/** Every rule with its severity, as a relation `(rule, severity, takes)`. */
const weights = sql`(values ${sql.join(
  BOOK.map(({ id, severity }) => sql`(${sql.lit(id)}, ${sql.lit(severity)}, ${sql.lit(TAKES[severity])}::int)`),
)}) w (rule, severity, takes)`

/**
 * Checks anew; what was found before is replaced. Returns how many people were looked at and how many findings there are.
 * @param keys marks telephone numbers that were entered since, so that they are compared as well; else they are from the next day on
 */
export async function checkQuality<T>(
  act: Act<T>,
  { orgId, keys }: { orgId?: string | undefined; keys?: Keys } = {},
): Promise<{ people: number; findings: number }> {
  const path = await groundOf(act, orgId)
  const { rows: there } = await sql<{
    people: number
  }>`select count(*)::int as people from directory.seen(${path}::ltree)`.execute(act.tx)
  const { people } = there[0]!
  if (keys) await blindWaiting(act.tx as unknown as Db, keys, archiveKept)
  await countAnew(act, LOOKED_AT)
  await setBased(act, people, 'directory.person')
  await sql`delete from records.finding f using directory.seen(${path}::ltree) s where f.person_id = s.person_id`.execute(
    act.tx,
  )
  const { rows } = await sql<{ findings: number }>`with ${whom(path)}, found as materialized (${findings()}), kept as (
      insert into records.finding (person_id, id, rule, item_id, value, found_on)
      select f.person_id, gen_random_uuid(), f.rule, f.item_id, left(f.value, 200), t.today from found f cross join today t returning 1
    ) select count(*)::int as findings from kept`.execute(act.tx)
  await sql`delete from records.quality q where q.day = db.today() and q.org_path <@ any (db.scope())
    and (${path}::ltree is null or q.org_path <@ ${path}::ltree)`.execute(act.tx)
  await sql`with ${whom(path)}, each as materialized (
      select w.org_id, w.org_path, w.person_id, greatest(0, 100 - coalesce(sum(g.takes), 0)) as points, count(g.rule) as found,
        ${sql.join(SEVERITIES.map((one) => sql`count(*) filter (where g.severity = ${sql.lit(one)}) as ${sql.ref(one)}`))}
      from whom w left join (select f.person_id, w.rule, w.severity, w.takes from records.finding f join ${weights} on w.rule = f.rule) g on g.person_id = w.person_id
      group by 1, 2, 3
    ) insert into records.quality (org_id, day, org_path, people, faulty, severe, warning, hint, points, checked_at)
    select e.org_id, db.today(), e.org_path, count(*), count(*) filter (where e.found > 0), sum(e.severe), sum(e.warning), sum(e.hint), sum(e.points), db.now()
    from each e group by e.org_id, e.org_path`.execute(act.tx)
  await findTwins(act, path)
  await countAnew(act, ['records.finding'], rows[0]!.findings)
  const answer = { people, findings: rows[0]!.findings }
  await record(act, {
    action: 'records.quality_checked',
    ...(orgId ? { subject: { kind: 'organisation', id: orgId } } : {}),
    ...(path ? { orgPath: path } : {}),
    after: answer,
  })
  return answer
}
