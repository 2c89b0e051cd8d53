/** Objections to credits: raised by the person, answered by the district within the time the pack gives. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, notify } from '../../../platform/inbox/index.ts'
import { takeBack } from '../../../platform/ledger/index.ts'
import { authorityOf } from '../../../platform/policy/index.ts'
import type { TrainingTables } from '../tables.ts'
import { figures } from './figures.ts'

type TrainingAct = Act<TrainingTables>

/** Objects to an entry of one's own, or to one that is missing. One open objection an entry. */
export async function raiseObjection(
  act: TrainingAct,
  input: { entryId: string | null; text: string },
): Promise<string> {
  const personId = act.actor.person
  if (!personId) throw refused('training.person_needed')
  const { rows } = await sql<{ orgId: string; district: string; orgPath: string; known: boolean; open: boolean }>`
    select p.org_id, p.org_path::text, (select o.id from directory.organisation o where o.path @> p.org_path and o.kind = 'district') as district,
      ${input.entryId}::uuid is null or exists (select from ledger.entry e where e.person_id = p.id and e.id = ${input.entryId}) as known,
      exists (select from training.objection x where x.person_id = p.id and x.entry_id = ${input.entryId} and x.state = 'open') as open
    from directory.person p where p.id = ${personId}`.execute(act.tx)
  const own = rows[0]
  if (!own?.known) throw notFound('entry')
  if (own.open) throw conflict('training.objection_open')
  const { answerDays } = await figures(act, await authorityOf(act, own.orgId))
  const id = newId()
  await sql`insert into training.objection (person_id, id, entry_id, text, due_on) values (${personId}, ${id}, ${input.entryId}, ${input.text}, ${addDays(act.today, answerDays)})`.execute(
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

/** Answers an objection. An upheld one to an entry takes the entry back. Nobody answers their own. */
export async function answerObjection(
  act: TrainingAct,
  input: { personId: string; objectionId: string; uphold: boolean; answer: string },
): Promise<void> {
  if (input.personId === act.actor.person) throw refused('training.not_oneself')
  const { rows } = await sql<{
    entryId: string | null
  }>`update training.objection set state = ${input.uphold ? 'upheld' : 'rejected'}, answer = ${input.answer},
      answered_by = db.account(), answered_at = db.now()
    where person_id = ${input.personId} and id = ${input.objectionId} and state = 'open' returning entry_id`.execute(
    act.tx,
  )
  const objection = rows[0]
  if (!objection) throw notFound('objection')
  if (input.uphold && objection.entryId)
    await takeBack(act, { personId: input.personId, entryId: objection.entryId, reason: input.answer })
  await finish(act, `objection:${input.objectionId}`, null)
  await notify(act, [
    {
      personId: input.personId,
      kind: 'message',
      code: input.uphold ? 'training.message.objection_upheld' : 'training.message.objection_rejected',
      data: { answer: input.answer },
      link: '/my/credits',
    },
  ])
  await record(act, {
    action: 'training.objection_answered',
    subject: { kind: 'objection', id: input.objectionId },
    about: input.personId,
    after: { upheld: input.uphold, answer: input.answer },
  })
}
