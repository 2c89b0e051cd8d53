/** What a row must fit besides its own form: since when somebody works, against when they were born and since when they teach. */
import { sql } from 'kysely'
import { invalid, Refusal } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { personProblems } from '../rules/person.ts'
import type { Group } from './group.ts'
import type { Stored } from './values.ts'

type Stands = {
  birthDate: string | null
  workSince: string | null
  teachingSince: string | null
  qualifiedOn: string | null
}

/** @throws Refusal `records.in_future`, `records.teaching_before_work`, `records.too_young` and their kind */
export async function assertFits<T>(act: Act<T>, group: Group, personId: string, given: Readonly<Stored>) {
  if (group.id !== 'service') return
  const { rows } = await sql<Stands>`select p.birth_date, s.work_since, s.teaching_since, s.qualified_on
    from directory.person p left join records.service s on s.person_id = p.id where p.id = ${personId}`.execute(act.tx)
  const becomes = { ...rows[0]!, ...given } as Stands
  for (const day of [becomes.workSince, becomes.teachingSince, becomes.qualifiedOn])
    if (day !== null && day > act.today) throw invalid('records.in_future', { today: act.today })
  const { birthDate, workSince, teachingSince } = becomes
  if (workSince !== null && teachingSince !== null && teachingSince < workSince)
    throw invalid('records.teaching_before_work', { since: workSince })
  if (typeof given.workSince !== 'string') return
  const [first, ...others] = personProblems({ birthDate, workSince }, act.today)
  if (first) throw new Refusal('invalid', first.code, { ...first.data, reasons: [first, ...others] })
}
