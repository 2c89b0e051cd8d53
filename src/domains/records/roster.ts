/** What the record tells platforms that ask for rosters: what people teach, by the national codes. The same as `claims.ts` tells of one. */
import { sql } from 'kysely'
import type { RosterSource } from '../../platform/provisioning/index.ts'

const source = (
  name: 'stages' | 'subjects',
  column: 'stage' | 'subject',
  table: string,
  description: string,
): RosterSource => ({
  scope: 'teaching',
  name,
  description,
  rows: (person) => sql`select t.${sql.ref(column)} as value, min(c.zh) as display from records.teaching t
    join records.code c on c."table" = ${table} and c.code = t.${sql.ref(column)}
    where t.person_id = ${person} and t.during @> db.today() group by 1`,
})

export const recordsRoster: RosterSource[] = [
  source('stages', 'stage', 'RKXD', 'Stages that they teach (RKXD)'),
  source('subjects', 'subject', 'ZXXKC', 'Subjects that they teach (ZXXKC, with those of the region)'),
]
