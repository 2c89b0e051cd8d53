/** While a designation is held: yearly assessments, removal with its cause, members of studios. It is over by its date alone. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { revokeDocuments } from '../../documents/index.ts'
import { checkAnswers, formOf, keepForm } from '../../forms/index.ts'
import { type Held, notify } from '../../inbox/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import type { Definition } from '../contract/definition.ts'
import { officeAt } from '../flow/enter.ts'
import { CERTIFICATE } from './filing.ts'

export type Key = { holderId: string; designationId: string }
type Tenure = Key & {
  personId: string | null
  orgId: string
  orgPath: string
  title: Bilingual
  from: string
  until: string | null
  removedOn: string | null
  definition: Definition | null
}

/** Kept from others until the act has ended. @throws Refusal `not_found` for what one does not manage, `cases.designation_removed` */
async function locked<T>(act: Act<T>, keys: readonly Key[]): Promise<Tenure[]> {
  const ids = keys.map(({ designationId }) => designationId)
  const { rows } =
    await sql<Tenure>`select d.holder_id, d.id as designation_id, d.person_id, d.org_id, d.org_path::text, d.title, lower(d.during)::text as "from",
      (upper(d.during) - 1)::text as until, d.removed_on, c.definition
    from cases.designation d left join cases.call c on c.id = d.call_id
    where d.id = any (${ids}::uuid[]) and d.org_path <@ any ((select db.scope())::ltree[]) order by d.id for update of d`.execute(
      act.tx,
    )
  const holders = new Map(rows.map(({ designationId, holderId }) => [designationId, holderId]))
  if (keys.some(({ holderId, designationId }) => holders.get(designationId) !== holderId)) throw notFound('designation')
  const gone = rows.find(({ removedOn }) => removedOn !== null)
  if (gone) throw conflict('cases.designation_removed', { on: gone.removedOn })
  return rows
}

const subjectOf = ({ designationId, personId, orgPath }: Tenure) => ({
  subject: { kind: 'designation', id: designationId },
  ...(personId ? { about: personId } : {}),
  orgPath,
})

type Given = { year: number; grade: string; words?: string | undefined; answers?: Record<string, unknown> | undefined }

/**
 * The same grade for all of them, one assessment a year each.
 * @throws Refusal as `locked`, `cases.not_assessed` where the call knows no assessment or another office assesses, `cases.no_such_grade`,
 * `cases.not_held_in_year`, `cases.assessed_already`, `cases.words_needed` for a grade that removes, `cases.answers_wrong`
 */
export async function assessDesignations<T>(
  act: Act<T>,
  held: readonly Held[],
  of: readonly Key[],
  given: Given,
): Promise<{ assessed: number; removed: number }> {
  const rows = await locked(act, of)
  const assessment = rows[0]!.definition?.result.assessment
  const same = rows.every(({ definition }) => definition?.result.kind === rows[0]!.definition?.result.kind)
  if (!assessment || !same || !(await assesses(act, held, rows, assessment.by))) throw refused('cases.not_assessed')
  const grade = assessment.grades.find(({ id }) => id === given.grade)
  if (!grade) throw invalid('cases.no_such_grade')
  const words = given.words || null
  if (grade.removes && !words) throw invalid('cases.words_needed')
  const outside = rows.filter(
    ({ from, until }) =>
      Number(from.slice(0, 4)) > given.year || (until !== null && Number(until.slice(0, 4)) < given.year),
  )
  if (outside.length > 0) throw refused('cases.not_held_in_year', { year: String(given.year), count: outside.length })
  const filled = assessment.form
    ? await filledIn(act, assessment.form, given.answers ?? {})
    : { version: null, answers: {} }
  const { numAffectedRows } =
    await sql`insert into cases.assessment (holder_id, designation_id, year, grade, form_version, answers, words, by_account, by_name)
    select w.holder_id, w.id, ${given.year}, ${grade.id}, ${filled.version}, ${JSON.stringify(filled.answers)}::jsonb, ${words}, db.account(), ${act.actor.name}
    from jsonb_to_recordset(${JSON.stringify(rows.map(({ holderId, designationId }) => ({ holder_id: holderId, id: designationId })))}::jsonb) as w(holder_id uuid, id uuid)
    on conflict do nothing`.execute(act.tx)
  if (Number(numAffectedRows) !== rows.length)
    throw conflict('cases.assessed_already', { year: String(given.year), count: rows.length - Number(numAffectedRows) })
  await record(
    act,
    ...rows.map((row) => ({
      action: 'cases.designation_assessed',
      ...subjectOf(row),
      after: { year: given.year, grade: grade.id, ...(words ? { words } : {}) },
    })),
  )
  const said = { zh: `${rows[0]!.title.zh}：${grade.title.zh}`, en: `${rows[0]!.title.en}: ${grade.title.en}` }
  await tell(act, rows, 'cases.told.assessed', { ...said, year: String(given.year) })
  if (grade.removes) await remove(act, rows, act.today, words!)
  return { assessed: rows.length, removed: grade.removes ? rows.length : 0 }
}

async function assesses<T>(
  act: Act<T>,
  held: readonly Held[],
  rows: readonly Tenure[],
  by: { role: string; at: string },
) {
  const mine = held.filter(({ role }) => role === by.role).map(({ orgId }) => orgId)
  const { rows: others } = await sql`select from unnest(${rows.map(({ orgPath }) => orgPath)}::text[]) as path
    where (select w.id from ${officeAt(sql`${by.at}::text`, sql`path::ltree`)} w) <> all (${mine}::uuid[])`.execute(
    act.tx,
  )
  return others.length === 0
}

async function filledIn<T>(act: Act<T>, json: unknown, given: Record<string, unknown>) {
  const version = await keepForm(act, json)
  const { answers, problems } = checkAnswers(await formOf(act, version), given, { whole: true })
  if (problems.length > 0) throw invalid('cases.answers_wrong', { problems })
  return { version, answers }
}

/** @throws Refusal as `locked`, `cases.over_already` where the term ended before that day */
export async function removeDesignation<T>(act: Act<T>, key: Key, on: string, why: string): Promise<void> {
  const rows = await locked(act, [key])
  const { from, until } = rows[0]!
  if (until !== null && until < on) throw refused('cases.over_already', { until })
  if (on > act.today || on < from) throw invalid('cases.removal_day', { from, today: act.today })
  await remove(act, rows, on, why)
}

/** The term ends with it, so that the same can be given anew; the certificate is revoked for everybody to see. */
async function remove<T>(act: Act<T>, rows: readonly Tenure[], on: string, why: string) {
  const ids = rows.map(({ designationId }) => designationId)
  await sql`update cases.designation d set removed_on = ${on}::date, removed_why = ${why},
      during = daterange(lower(d.during), least(upper(d.during), greatest(${on}::date, lower(d.during) + 1)))
    where d.id = any (${ids}::uuid[])`.execute(act.tx)
  await sql`update cases.member m set during = daterange(lower(m.during), greatest(lower(m.during) + 1, ${on}::date))
    where m.designation_id = any (${ids}::uuid[]) and (upper(m.during) is null or upper(m.during) > ${on}::date)`.execute(
    act.tx,
  )
  for (const { designationId, personId } of rows)
    await revokeDocuments(
      act.tx,
      { kind: CERTIFICATE, personId, subjectKind: 'designation', subjectId: designationId },
      'designation_removed',
    )
  await record(
    act,
    ...rows.map((row) => ({ action: 'cases.designation_removed', ...subjectOf(row), after: { on, why } })),
  )
  await tell(act, rows, 'cases.told.designation_removed', { on, why })
}

async function tell<T>(act: Act<T>, rows: readonly Tenure[], code: string, data: Record<string, unknown>) {
  await notify(
    act,
    rows.map(({ personId, orgId, title }) => ({
      ...(personId ? { personId } : { role: 'clerk', orgId }),
      kind: 'message' as const,
      code,
      data: { ...title, ...data },
      link: personId ? '/my/designations' : '/designations',
    })),
  )
}

/** @throws Refusal as `locked`, `cases.no_members`, `cases.members_full`, `cases.member_already`, `not_found` for a number that one does not see */
export async function addMember<T>(
  act: Act<T>,
  { number, from, ...key }: Key & { number: string; from: string },
): Promise<{ memberId: string; name: string }> {
  const [row] = await locked(act, [key])
  const most = row!.definition?.result.members?.most
  if (most === undefined) throw refused('cases.no_members')
  if (from < row!.from || (row!.until !== null && from > row!.until))
    throw refused('cases.not_held_then', { from: row!.from })
  const { rows: people } = await sql<{
    id: string
    name: string
  }>`select p.id, p.name from directory.person p where p.number = ${number}`.execute(act.tx)
  const person = people[0]
  if (!person || person.id === key.holderId) throw notFound('person')
  const { rows: now } = await sql<{
    count: number
    already: boolean
  }>`select count(*)::int as count, coalesce(bool_or(m.person_id = ${person.id}), false) as already
    from cases.member m where m.holder_id = ${key.holderId} and m.designation_id = ${key.designationId} and m.during && daterange(${from}::date, ${row!.until}::date, '[]')`.execute(
    act.tx,
  )
  if (now[0]!.already) throw conflict('cases.member_already', { name: person.name })
  if (now[0]!.count >= most) throw refused('cases.members_full', { most })
  const memberId = newId()
  await sql`insert into cases.member (holder_id, designation_id, id, person_id, name, during)
    values (${key.holderId}, ${key.designationId}, ${memberId}, ${person.id}, ${person.name}, daterange(${from}::date, ${row!.until}::date, '[]'))`.execute(
    act.tx,
  )
  await record(act, { action: 'cases.member_added', ...subjectOf(row!), about: person.id, after: { memberId, from } })
  await notify(act, [
    {
      personId: person.id,
      kind: 'message',
      code: 'cases.told.member_added',
      data: row!.title,
      link: '/my/designations',
    },
  ])
  return { memberId, name: person.name }
}

/** The last day is the one given. @throws Refusal as `locked`, `not_found`, `cases.membership_day` */
export async function endMember<T>(
  act: Act<T>,
  { memberId, on, ...key }: Key & { memberId: string; on: string },
): Promise<void> {
  const [row] = await locked(act, [key])
  const { rows } = await sql<{
    personId: string
    from: string
    until: string | null
  }>`select m.person_id, lower(m.during)::text as "from", (upper(m.during) - 1)::text as until
    from cases.member m where m.holder_id = ${key.holderId} and m.designation_id = ${key.designationId} and m.id = ${memberId} for update`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('member')
  const { personId, from, until } = rows[0]
  if (on < from || (until !== null && on > until)) throw invalid('cases.membership_day', { from })
  await sql`update cases.member m set during = daterange(${from}::date, ${on}::date, '[]')
    where m.holder_id = ${key.holderId} and m.designation_id = ${key.designationId} and m.id = ${memberId}`.execute(
    act.tx,
  )
  await record(act, { action: 'cases.member_ended', ...subjectOf(row!), about: personId, after: { memberId, on } })
}
