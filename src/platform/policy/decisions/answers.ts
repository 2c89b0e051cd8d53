/** Answers to objections: with a reason, and where they are upheld with what was corrected or will be. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish, notify } from '../../inbox/index.ts'
import type { FactBook } from '../facts.ts'
import { decideAll } from './decide.ts'
import { objectionOf } from './objection-queries.ts'

type Answering = {
  aboutId: string
  objectionId: string
  uphold: boolean
  answer: string
  remedy?: { what: string; by: string } | undefined
  anew: boolean
}
type Open = {
  personId: string | null
  orgPath: string | null
  raisedBy: string | null
  set: string
  asOf: string
  decisionId: string | null
  title: { zh: string; en: string }
}

/**
 * Answers an objection; whoever raised it is told. It is upheld where the fact, or the result, is another one by now, or with what will be
 * corrected and by when. What was decided can then be decided anew by what is known now: the earlier decision stays as it was. Nobody
 * answers their own.
 * @throws Refusal `not_found`, `policy.not_oneself`, `policy.remedy_needed`, `policy.upheld_only`, `policy.remedy_past`, `policy.anew_people_only`
 */
export async function answerObjection<T>(
  act: Act<T>,
  book: FactBook,
  input: Answering,
): Promise<{ decisionId: string | null; outcome: string | null }> {
  const { aboutId, objectionId, uphold, answer, remedy, anew } = input
  if ((anew || remedy) && !uphold) throw invalid('policy.upheld_only')
  if (remedy && remedy.by < act.today) throw invalid('policy.remedy_past')
  const { rows } =
    await sql<Open>`select x.person_id, x.about_org_path::text as org_path, x.raised_by, x.set_id as "set", x.as_of, x.decision_id, x.title
    from policy.objection x
    where x.about_id = ${aboutId} and x.id = ${objectionId} and x.state = 'open' and x.org_path <@ any (db.scope()) for update`.execute(
      act.tx,
    )
  const open = rows[0]
  if (!open) throw notFound('objection')
  const { personId, orgPath, raisedBy, title } = open
  const { person, account } = act.actor
  if ((person && person === personId) || (account && account === raisedBy)) throw refused('policy.not_oneself')
  if (anew && personId === null) throw invalid('policy.anew_people_only')
  if (uphold && !remedy && !(await objectionOf(act, book, input)).changed) throw refused('policy.remedy_needed')
  const made = anew && personId !== null ? await decideAnew(act, book, personId, objectionId, open) : null
  await sql`update policy.objection set state = ${uphold ? 'upheld' : 'rejected'}, answer = ${answer}, answered_by = db.account(), answered_at = db.now(),
      remedy = ${remedy?.what ?? null}, remedy_by = ${remedy?.by ?? null}::date, new_decision_id = ${made?.id ?? null}
    where about_id = ${aboutId} and id = ${objectionId}`.execute(act.tx)
  await finish(act, `policy.objection:${objectionId}`, null)
  const whom = personId === null ? { accountId: raisedBy! } : { personId }
  await notify(act, [
    {
      ...whom,
      kind: 'message',
      code: messageOf(uphold, remedy !== undefined),
      data: { ...title, answer, ...(remedy ? { remedy: remedy.what, by: remedy.by } : {}) },
      link: personId === null ? '/policy/objections' : '/my/decisions',
    },
  ])
  await record(act, {
    action: 'policy.objection_answered',
    subject: { kind: 'objection', id: objectionId },
    ...(personId === null ? { orgPath: orgPath! } : { about: personId }),
    after: { upheld: uphold, answer, remedy, ...(made ? { decision: made.id, outcome: made.outcome } : {}) },
  })
  return { decisionId: made?.id ?? null, outcome: made?.outcome ?? null }
}

const messageOf = (uphold: boolean, later: boolean) =>
  !uphold
    ? 'policy.message.objection_rejected'
    : later
      ? 'policy.message.objection_remedy'
      : 'policy.message.objection_upheld'

async function decideAnew<T>(act: Act<T>, book: FactBook, personId: string, objectionId: string, open: Open) {
  const { set, asOf, decisionId } = open
  const deciding = { set, asOf, purpose: 'policy.objection', belongsTo: { kind: 'objection', id: objectionId } }
  const { rows: at } = await sql<{ path: string }>`select p.org_path::text as path from directory.person p
    where p.id = ${personId}`.execute(act.tx)
  await decideAll(act, book, deciding, {
    people: sql`select ${personId}::uuid as person_id`,
    below: at[0]!.path,
    insteadOf: decisionId,
  })
  const { rows } = await sql<{ id: string; outcome: string }>`select d.id, d.outcome from policy.decision d
    where d.person_id = ${personId} and d.subject_kind = 'objection' and d.subject_id = ${objectionId}`.execute(act.tx)
  return rows[0] ?? null
}
