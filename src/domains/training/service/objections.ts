/** Objections to credits: raised by the person, answered by the district within the time the pack gives, settled in the ledger. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, notify } from '../../../platform/inbox/index.ts'
import { authorityOf } from '../../../platform/policy/index.ts'
import { creditYearOf } from '../rules/credits.ts'
import type { TrainingTables } from '../tables.ts'
import { correctEntry, type Entered, enterMissing, type Remedy, takeBackEntry } from './correct.ts'
import { figures } from './figures.ts'

type TrainingAct = Act<TrainingTables>

/**
 * Objects to an entry of one's own, or to one that is missing from a credit year (the present one where none is given). One open
 * objection an entry.
 */
export async function raiseObjection(
  act: TrainingAct,
  input: { entryId: string | null; text: string; year?: number | undefined },
): Promise<string> {
  const personId = act.actor.person
  if (!personId) throw refused('training.person_needed')
  const { rows } = await sql<{
    orgId: string
    district: string
    orgPath: string
    entryYear: number | null
    open: boolean
  }>`
    select p.org_id, p.org_path::text, (select o.id from directory.organisation o where o.path @> p.org_path and o.kind = 'district') as district,
      (select e.credit_year from ledger.entry e where e.person_id = p.id and e.id = ${input.entryId}) as entry_year,
      exists (select from training.objection x where x.person_id = p.id and x.entry_id = ${input.entryId} and x.state = 'open') as open
    from directory.person p where p.id = ${personId}`.execute(act.tx)
  const own = rows[0]
  if (!own || (input.entryId !== null && own.entryYear === null)) throw notFound('entry')
  if (own.open) throw conflict('training.objection_open')
  const { answerDays, yearStart } = await figures(act, await authorityOf(act, own.orgId))
  const present = creditYearOf(act.today, yearStart)
  const year = own.entryYear ?? input.year ?? present
  if (own.entryYear === null && year > present) throw invalid('training.year_ahead', { year })
  const id = newId()
  await sql`insert into training.objection (person_id, id, entry_id, text, year, due_on)
    values (${personId}, ${id}, ${input.entryId}, ${input.text}, ${year}, ${addDays(act.today, answerDays)})`.execute(
    act.tx,
  )
  await notify(act, [
    {
      role: 'trainer',
      orgId: own.district,
      kind: 'todo',
      code: 'training.todo.objection',
      data: { name: act.actor.name },
      link: '/objections',
      key: `objection:${id}`,
    },
  ])
  await record(act, {
    action: 'training.objection_raised',
    subject: { kind: 'objection', id },
    about: personId,
    orgPath: own.orgPath,
  })
  return id
}

/**
 * Answers an objection. Upholding one to an entry takes it back or corrects it; upholding one to a missing entry enters it. Nobody
 * answers their own. Returns the entry that came of it.
 * @throws Refusal `training.remedy_needed` where an upheld objection does not say what becomes of it, `training.year_sealed`
 */
export async function answerObjection(
  act: TrainingAct,
  input: { personId: string; objectionId: string; uphold: boolean; answer: string; remedy?: Remedy | undefined },
): Promise<Entered | null> {
  const { personId, objectionId, uphold, answer } = input
  if (personId === act.actor.person) throw refused('training.not_oneself')
  const { rows } = await sql<{ entryId: string | null }>`select x.entry_id from training.objection x
    where x.person_id = ${personId} and x.id = ${objectionId} and x.state = 'open' for update`.execute(act.tx)
  const objection = rows[0]
  if (!objection) throw notFound('objection')
  const remedy = uphold ? (input.remedy ?? null) : null
  if (uphold && (remedy === null || (remedy.as === 'enter') !== (objection.entryId === null)))
    throw invalid('training.remedy_needed')
  const entered = remedy
    ? await settle(act, { personId, objectionId, reason: answer }, objection.entryId, remedy)
    : null
  await sql`update training.objection set state = ${uphold ? 'upheld' : 'rejected'}, answer = ${answer}, remedy = ${remedy?.as ?? null},
      new_entry_id = ${entered?.id ?? null}, answered_by = db.account(), answered_at = db.now()
    where person_id = ${personId} and id = ${objectionId}`.execute(act.tx)
  await finish(act, `objection:${objectionId}`, null)
  await notify(act, [
    {
      personId,
      kind: 'message',
      code: remedy ? `training.message.objection_${remedy.as}` : 'training.message.objection_rejected',
      data: { answer, ...(entered ? { credits: entered.credits, year: entered.creditYear } : {}) },
      link: '/my/credits',
    },
  ])
  await record(act, {
    action: 'training.objection_answered',
    subject: { kind: 'objection', id: objectionId },
    about: personId,
    after: { upheld: uphold, answer, ...(remedy ? { remedy: remedy.as } : {}), ...(entered ? { entered } : {}) },
  })
  return entered
}

/** One way for each kind of objection: what is there is taken back or replaced, what is missing is entered. */
async function settle(
  act: TrainingAct,
  why: { personId: string; objectionId: string; reason: string },
  entryId: string | null,
  remedy: Remedy,
): Promise<Entered | null> {
  if (remedy.as === 'enter') return enterMissing(act, why, remedy)
  if (entryId === null) throw notFound('entry')
  if (remedy.as === 'correct') return correctEntry(act, { ...why, entryId }, remedy)
  await takeBackEntry(act, { personId: why.personId, entryId, reason: why.reason })
  return null
}
