/** Titles, education, teaching and service of the invented teachers: several rows each, as the tables hold them. */
import { ownerClient } from '../../../src/platform/db/index.ts'
import { withoutKeys } from '../municipality.ts'

/** A number of its own for each person and use, from its id. */
const dice = (use: string, sides: number) => `abs(hashtext(p.id::text || '${use}')) % ${sides}`

const ROWS: Record<string, string> = {
  'records.service': `insert into records.service (person_id, id, work_since, teaching_since)
    select p.id, gen_random_uuid(), d.day, d.day from directory.person p, lateral (select make_date(1990 + ${dice('service', 33)}, 9, 1) as day) d`,
  // A title of old, and the one that followed it.
  'records.title': `insert into records.title (person_id, id, level, during)
    select p.id, gen_random_uuid(), t.level, t.during from directory.person p,
      lateral (select make_date(2008 + ${dice('title', 16)}, 7, 1) as day) d,
      lateral (values ('level_2', daterange(d.day - 1500, d.day)), (case when ${dice('level', 4)} = 0 then 'senior' else 'level_1' end, daterange(d.day, null))) t(level, during)`,
  'records.teaching': `insert into records.teaching (person_id, id, stage, subject, during)
    select p.id, gen_random_uuid(), t.stage, t.subject, '[2015-09-01,)' from directory.person p,
      lateral (values ((array['1', '2', '3', '4'])[1 + ${dice('stage', 4)}], '13'), (case when ${dice('two', 3)} = 0 then '2' end, '14')) t(stage, subject)
      where t.stage is not null`,
  'records.education': `insert into records.education (person_id, id, level, degree, graduated_on)
    select p.id, gen_random_uuid(), e.level, e.degree, e.day from directory.person p,
      lateral (values ('31', null, date '2004-07-01'), (case when ${dice('degree', 3)} > 0 then '21' end, '4', date '2006-07-01')) e(level, degree, day)
      where e.level is not null and (e.level <> '31' or ${dice('college', 2)} = 0)`,
}

/** Fills the tables of the records for all people there are. */
export async function fillRecords(databaseUrl: string, say: (text: string) => void): Promise<void> {
  const owner = ownerClient(databaseUrl)
  await owner.connect()
  try {
    await owner.query(
      `set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off`,
    )
    for (const [table, statement] of Object.entries(ROWS)) {
      say(table)
      await withoutKeys(owner, table, () => owner.query(statement))
      await owner.query(`vacuum (analyze) ${table}`)
    }
  } finally {
    await owner.end()
  }
}
