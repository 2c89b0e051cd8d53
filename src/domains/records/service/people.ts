/** Commands on teachers: taking on, correcting, moving, leaving. */
import { isIdNumber } from '../../../base/id-number.ts'
import { invalid } from '../../../base/errors.ts'
import { moveAccounts, openAccounts } from '../../../platform/access/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { type Basics, correctPerson, endEmployment, type IdentityKeys, type NewPerson, takeOn, transfer } from '../../../platform/directory/index.ts'
import { sql } from 'kysely'
import { assertCodes, setPosts, setService, setTeaching, setTitle } from './facts.ts'

type More = { workSince: string | null }
type NewTeacher = NewPerson & More & { stage?: string | undefined; subjects: string[]; title?: string | undefined; posts: string[] }

function assertDates(act: { today: string }, { birthDate, workSince, idNumber, from }: { birthDate: string | null; workSince: string | null; idNumber: string | null; from?: string }): void {
  if (idNumber && /^\d{17}[\dXx]$/.test(idNumber) && !isIdNumber(idNumber)) throw invalid('records.id_number_wrong')
  if (birthDate && birthDate >= act.today) throw invalid('records.birth_in_future')
  if (birthDate && workSince && workSince < birthDate) throw invalid('records.work_before_birth')
  if (workSince && from && from < workSince) throw invalid('records.entry_before_work')
}

/** Takes a teacher on with all that is known on the day, and opens an account that the school activates. */
export async function addTeacher(act: Act, input: NewTeacher, keys: IdentityKeys): Promise<{ personId: string; number: string }> {
  assertDates(act, input)
  await assertCodes(act, 'JZGLB', [input.category])
  const { personId, number, orgPath } = await takeOn(act, input, keys)
  const { from } = input
  await setService(act, personId, input.workSince ?? from)
  if (input.stage) await setTeaching(act, { personId, from, teaching: input.subjects.map((subject) => ({ stage: input.stage!, subject })) })
  if (input.title) await setTitle(act, { personId, from, title: input.title })
  if (input.posts.length > 0) await setPosts(act, { personId, from, posts: input.posts })
  await openAccounts(act, [{ personId, login: number, name: input.name, orgId: input.orgId, orgPath }])
  return { personId, number }
}

export async function correctTeacher(act: Act, input: Basics & More, keys: IdentityKeys): Promise<void> {
  assertDates(act, input)
  await correctPerson(act, input, keys)
  await setService(act, input.personId, input.workSince)
}

/** Moves a teacher; the account and its role as a teacher move along, posts at the old school end. */
export async function moveTeacher(act: Act, input: { personId: string; toOrgId: string; on: string; reason: string }): Promise<void> {
  const { toPath } = await transfer(act, input)
  await sql`update records.post set during = daterange(lower(during), ${input.on}) where person_id = ${input.personId} and org_id <> ${input.toOrgId} and during @> ${input.on}::date and lower(during) < ${input.on}`.execute(act.tx)
  await moveAccounts(act, [{ personId: input.personId, orgId: input.toOrgId, orgPath: toPath }])
}

export async function teacherLeaves(act: Act, input: { personId: string; on: string; reason: string }): Promise<void> {
  await endEmployment(act, input)
  for (const table of ['teaching', 'post']) {
    await sql`update ${sql.raw(`records.${table}`)} set during = daterange(lower(during), ${input.on}) where person_id = ${input.personId} and during @> ${input.on}::date and lower(during) < ${input.on}`.execute(act.tx)
  }
}
