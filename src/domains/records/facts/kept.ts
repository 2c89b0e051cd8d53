/** Facts read from the groups of the record: what stands behind each, and where none means none. */
import { type RawBuilder, sql } from 'kysely'
import { among, type SourceAsk, type SourceToShow } from '../../../platform/policy/index.ts'

/** Rows of a group up to the day, opened in the record. @param group its id; @param day the condition on `t` */
export function shownIn(
  group: string,
  table: string,
  zh: string,
  [one, several]: readonly [string, string],
  day: (asked: SourceAsk) => RawBuilder<unknown>,
): SourceToShow {
  return {
    says: (n) => ({ zh: `${n} ${zh}`, en: `${n} ${n === 1 ? one : several}` }),
    rows: (asked) => sql`select t.person_id from ${asked.table(table)} t
      where t.person_id in (select q.person_id from ${asked.people} q) and ${day(asked)}`,
    see: { own: `/my/record?group=${group}`, office: `/people/{person}?group=${group}` },
  }
}

/** `f` is a row of the table, one for each person comes out; @param columns begin with a comma */
export const perPerson = (
  asked: SourceAsk,
  table: string,
  columns: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`select f.person_id${columns} from ${asked.table(table)} f
  where ${among(asked, sql`f.person_id`)} and ${where} group by f.person_id`

/** The latest row up to the day of each. @param day its column */
export const latest = (
  asked: SourceAsk,
  table: string,
  day: string,
  where: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> => sql`select distinct on (f.person_id) f.* from ${asked.table(table)} f
  where ${among(asked, sql`f.person_id`)} and ${sql.ref(`f.${day}`)} <= ${asked.asOf}::date and ${where}
  order by f.person_id, ${sql.ref(`f.${day}`)} desc, f.id`

/** Whether a group is declared complete on the day where the person `p` belongs: then nothing recorded is nothing. */
export const completeFor = ({ asOf }: SourceAsk, group: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select from records.complete k where k.group_id = ${group} and k.since <= ${asOf}::date and p.org_path <@ k.org_path)`

/** Whether what is guarded of the person `p` is the asker’s to see; else the facts on it are unknown to them. */
export const TRUSTED = sql<boolean>`(p.id = (select db.self()) or p.org_path <@ any ((select records.guarded_paths())::ltree[]))`
