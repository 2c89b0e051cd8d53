/** Objections to decisions and to the facts they rest on: a to-do of whoever owns the fact or the decision, answered with a reason. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish, notify } from '../../inbox/index.ts'
import { explain } from '../explain.ts'
import { DEFAULT_OWNER, type FactBook, type FactOwner } from '../facts.ts'
import { authorityOf, parameters, versionsOf } from '../queries.ts'
import { decideAll } from './decide.ts'
import { decisionAgain } from './queries.ts'

/** Whoever owns no fact owns the result: it is answered where decisions are made. */
const DECISION_OWNER: FactOwner = { role: 'trainer', at: 'district' }
const ANSWER_DAYS = 'policy.objection.answer_days'

type Objecting = {
  set: string
  asOf?: string | undefined
  decisionId?: string | undefined
  fact?: string | undefined
  text: string
}

type Where = { orgId: string; districtId: string | null }

/**
 * One's own objection, one open about the same thing.
 * @throws Refusal `policy.person_needed`, `not_found`, `policy.not_in_set` for a fact that the rule does not ask for, `policy.objection_open`
 */
export async function object<T>(act: Act<T>, book: FactBook, input: Objecting): Promise<{ id: string }> {
  const personId = act.actor.person
  if (!personId) throw refused('policy.person_needed')
  const about = await aboutWhat(act, book, { ...input, personId })
  const fact = input.fact === undefined ? null : (about.facts.find(({ id }) => id === input.fact) ?? undefined)
  if (fact === undefined || (fact && fact.owner === null)) throw invalid('policy.not_in_set', { fact: input.fact })
  const { orgId, districtId } = await whereIs(act, personId)
  const owner = fact ? (book.declared(fact.id)!.owner ?? DEFAULT_OWNER) : DECISION_OWNER
  const ownerOrg = owner.at === 'district' ? (districtId ?? orgId) : orgId
  const authority = about.authority ?? (await authorityOf(act, orgId))
  const versions = about.versions ?? (await versionsOf(act, authority))
  const days = (await parameters(act, authority)).find(ANSWER_DAYS, act.today)?.value
  const due = typeof days === 'number' ? addDays(act.today, days) : null
  const id = newId()
  await sql`insert into policy.objection (person_id, id, set_id, title, as_of, known_at, authority, versions, decision_id, fact, was, text, raised_at, due_on,
      owner_role, org_id, org_path)
    select ${personId}, ${id}, ${about.set}, ${JSON.stringify(about.title)}::jsonb, ${about.asOf}::date, coalesce(${about.knownOn}::timestamptz, db.now()), ${authority},
      ${versions}::text[], ${input.decisionId ?? null}::uuid, ${fact?.id ?? null}, ${fact ? JSON.stringify(fact.value ?? null) : null}::jsonb, ${input.text}, db.now(), ${due}::date,
      ${owner.role}, o.id, o.path from directory.organisation o where o.id = ${ownerOrg}`
    .execute(act.tx)
    .catch((error) => {
      throw (error as { constraint?: string }).constraint === 'open_once' ? conflict('policy.objection_open') : error
    })
  await notify(act, [
    {
      role: owner.role,
      orgId: ownerOrg,
      kind: 'todo',
      code: 'policy.todo.objection',
      data: { ...about.title },
      link: '/policy/objections',
      key: `policy.objection:${id}`,
      ...(due ? { due } : {}),
    },
  ])
  await record(act, {
    action: 'policy.objection_raised',
    subject: { kind: 'objection', id },
    about: personId,
    after: { set: about.set, asOf: about.asOf, fact: fact?.id ?? null, decision: input.decisionId ?? null },
  })
  return { id }
}

/** What is objected to, as it stood: a decision of one's own, or the explanation as it is now. */
async function aboutWhat<T>(act: Act<T>, book: FactBook, input: Objecting & { personId: string }) {
  const { set, personId, asOf, decisionId } = input
  if (decisionId === undefined)
    return { ...(await explain(act, book, { set, personId, asOf })), authority: null, versions: null }
  const { asItStood, decision } = await decisionAgain(act, book, { personId, decisionId })
  if (decision.set !== set) throw notFound('decision')
  const { rows } = await sql<{ authority: string; versions: string[] }>`select d.authority, d.versions
    from policy.decision d where d.person_id = ${personId} and d.id = ${decisionId}`.execute(act.tx)
  return { ...asItStood, ...rows[0]! }
}

async function whereIs<T>(act: Act<T>, personId: string): Promise<Where> {
  const { rows } = await sql<Where>`select p.org_id,
      (select o.id from directory.organisation o where o.path @> p.org_path and o.kind = 'district') as district_id
    from directory.person p where p.id = ${personId}`.execute(act.tx)
  return rows[0]!
}

type Answering = { personId: string; objectionId: string; uphold: boolean; answer: string; anew: boolean }
type Open = { set: string; asOf: string; decisionId: string | null; title: { zh: string; en: string } }

/**
 * Answers an objection; the person is told. Where it is upheld, what was decided can be decided anew by what is known now: the earlier
 * decision stays as it was. Nobody answers their own.
 * @throws Refusal `policy.not_oneself`, `not_found`, `policy.anew_upheld_only`
 */
export async function answerObjection<T>(
  act: Act<T>,
  book: FactBook,
  input: Answering,
): Promise<{ decisionId: string | null; outcome: string | null }> {
  const { personId, objectionId, uphold, answer, anew } = input
  if (personId === act.actor.person) throw refused('policy.not_oneself')
  if (anew && !uphold) throw invalid('policy.anew_upheld_only')
  const { rows } = await sql<Open>`select x.set_id as "set", x.as_of, x.decision_id, x.title from policy.objection x
    where x.person_id = ${personId} and x.id = ${objectionId} and x.state = 'open' and x.org_path <@ any (db.scope()) for update`.execute(
    act.tx,
  )
  const open = rows[0]
  if (!open) throw notFound('objection')
  const made = anew ? await decideAnew(act, book, personId, objectionId, open) : null
  await sql`update policy.objection set state = ${uphold ? 'upheld' : 'rejected'}, answer = ${answer}, answered_by = db.account(), answered_at = db.now(),
      new_decision_id = ${made?.id ?? null} where person_id = ${personId} and id = ${objectionId}`.execute(act.tx)
  await finish(act, `policy.objection:${objectionId}`, null)
  await notify(act, [
    {
      personId,
      kind: 'message',
      code: uphold ? 'policy.message.objection_upheld' : 'policy.message.objection_rejected',
      data: { ...open.title, answer },
      link: '/my/decisions',
    },
  ])
  await record(act, {
    action: 'policy.objection_answered',
    subject: { kind: 'objection', id: objectionId },
    about: personId,
    after: { upheld: uphold, answer, ...(made ? { decision: made.id, outcome: made.outcome } : {}) },
  })
  return { decisionId: made?.id ?? null, outcome: made?.outcome ?? null }
}

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
