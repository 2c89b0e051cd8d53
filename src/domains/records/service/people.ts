/** Commands on teachers: taking on, correcting, moving, leaving, coming back. */
import { sql } from 'kysely'
import { conflict, invalid, Refusal } from '../../../base/errors.ts'
import { moveAccounts, openAccounts, renameAccount } from '../../../platform/access/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import {
  type Basics,
  correctPerson,
  employ,
  endEmployment,
  type IdentityKeys,
  type NewPerson,
  settleMoves,
  takeOn,
  transfer,
  withdrawMove,
} from '../../../platform/directory/index.ts'
import { historicGroup, placed, rowOf } from '../archive/read.ts'
import { completed, type Known, personProblems } from '../rules/person.ts'
import { assertCodes, setPosts, setService, setTeaching, setTitle } from './facts.ts'

type More = { workSince?: string | null | undefined }
type NewTeacher = NewPerson &
  More & { stage?: string | undefined; subjects: string[]; title?: string | undefined; posts: string[] }

/** Refuses with the first problem and names all of them as reasons. */
function assertSound(known: Known, today: string): void {
  const [first, ...others] = personProblems(known, today)
  if (first) throw new Refusal('invalid', first.code, { ...first.data, reasons: [first, ...others] })
}

/** Takes a teacher on with all that is known, for a day to come as well, and opens an account that the school activates. */
export async function addTeacher(
  act: Act,
  given: NewTeacher,
  keys: IdentityKeys,
): Promise<{ personId: string; number: string; login: string }> {
  const input = completed(given)
  assertSound({ ...input, workSince: input.workSince ?? input.from }, act.today)
  if (!input.stage && input.subjects.length > 0) throw invalid('records.stage_missing')
  await assertCodes(act, 'JZGLB', [input.category])
  const { personId, number, orgPath } = await takeOn(act, input, keys)
  const { from } = input
  await setService(act, personId, input.workSince ?? from)
  if (input.stage)
    await setTeaching(act, {
      personId,
      from,
      teaching: input.subjects.map((subject) => ({ stage: input.stage!, subject })),
    })
  if (input.title) await setTitle(act, { personId, from, title: input.title })
  if (input.posts.length > 0) await setPosts(act, { personId, from, posts: input.posts })
  const [other] = await openAccounts(act, [{ personId, login: number, name: input.name, orgId: input.orgId, orgPath }])
  return { personId, number, login: other?.login ?? number.toLowerCase() }
}

/** First day of work on record, for people in sight. */
export async function workBegan<T>(act: Act<T>, personId: string): Promise<string | null> {
  const { rows } = await sql<{ began: string | null }>`select least(min(lower(e.during)),
      (select s.work_since from records.service s where s.person_id = ${personId}))::text as began
    from directory.employment e where e.person_id = ${personId}`.execute(act.tx)
  return rows[0]?.began ?? null
}

/** Corrects what is named; what is left out stays. The account follows: its name, and the login that was made from the number. */
export async function correctTeacher(
  act: Act,
  { version, ...given }: Basics & More & { version?: number | undefined },
  keys: IdentityKeys,
): Promise<{ login: string | null }> {
  const input = completed(given)
  if (version !== undefined) await assertUnchanged(act, input, version)
  // A birth date has to fit the work on record; what is wrong on both sides can be corrected together.
  const workSince = input.birthDate && !input.workSince ? await workBegan(act, input.personId) : input.workSince
  assertSound({ ...input, workSince }, act.today)
  const called = await correctPerson(act, input, keys)
  if (input.workSince) await setService(act, input.personId, input.workSince)
  return { login: await renameAccount(act, input.personId, called) }
}

/** Whoever saw another version is told what stands now, and nothing is written. @throws Refusal `records.row_changed`, `not_found` */
async function assertUnchanged(act: Act, given: Basics, version: number): Promise<void> {
  const { personId, idNumber: _, ...shown } = given
  await placed(act, personId, true)
  const now = (await rowOf(act, historicGroup('identity'), personId, personId))!
  if (now.version !== version)
    throw conflict('records.row_changed', { version: now.version, current: now.values, given: shown })
}

/**
 * Moves a teacher; the account and its role as a teacher move along, posts and roles in the office of the old school end. On a day to
 * come all of that happens on the day: see `settleTransfers`.
 */
export async function moveTeacher(
  act: Act,
  input: { personId: string; toOrgId: string; on: string; reason: string },
): Promise<void> {
  const { toPath, inForce } = await transfer(act, input)
  if (!inForce) return
  await end(act, 'post', input.personId, input.on)
  await moveAccounts(act, [{ personId: input.personId, orgId: input.toOrgId, orgPath: toPath }])
}

/** Takes back a transfer whose day has not come. */
export const withdrawTransfer = (act: Act, { personId }: { personId: string }): Promise<void> =>
  withdrawMove(act, personId)

/** Brings into force the transfers that have come due, with all that goes along. Run every day; once a day is enough, twice does no harm. */
export async function settleTransfers(act: Act): Promise<number> {
  const settled = await settleMoves(act)
  for (const { personId, on } of settled) await end(act, 'post', personId, on)
  await moveAccounts(act, settled)
  return settled.length
}

/** Ends the employment with what is done there. The account stays for one's own record; roles in the office end. */
export async function teacherLeaves(act: Act, input: { personId: string; on: string; reason: string }): Promise<void> {
  const { orgId, orgPath } = await endEmployment(act, input)
  await end(act, 'teaching', input.personId, input.on)
  await end(act, 'post', input.personId, input.on)
  await moveAccounts(act, [{ personId: input.personId, orgId, orgPath }])
}

type Return = { personId: string; orgId: string; category: string; basis: string; from: string }

/** Employs somebody again who had left. */
export async function teacherReturns(act: Act, input: Return): Promise<void> {
  await assertCodes(act, 'JZGLB', [input.category])
  const { orgPath } = await employ(act, input)
  await moveAccounts(act, [{ personId: input.personId, orgId: input.orgId, orgPath }])
}

/** Ends facts on a day; those that would only have begun then never hold. */
async function end(act: Act, table: 'teaching' | 'post', personId: string, on: string): Promise<void> {
  const facts = sql.raw(`records.${table}`)
  await sql`delete from ${facts} f where f.person_id = ${personId} and lower(f.during) >= ${on}::date`.execute(act.tx)
  await sql`update ${facts} f set during = daterange(lower(f.during), ${on}) where f.person_id = ${personId} and f.during @> ${on}::date`.execute(
    act.tx,
  )
}
