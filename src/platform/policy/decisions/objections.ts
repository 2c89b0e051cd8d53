/** Objections to what was judged and to the facts behind it: a to-do of whoever owns the fact or the decision. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { Explanation } from '../contract.ts'
import { explain } from '../explain.ts'
import { DEFAULT_OWNER, type FactBook, type FactOwner } from '../facts.ts'
import { authorityOf, parameters, versionsOf } from '../queries.ts'
import { decisionAgain } from './queries.ts'

/** Whoever owns no fact owns the result: it is answered where such are decided. */
const RESULT_OWNERS: Record<Explanation['about']['kind'], FactOwner> = {
  person: { role: 'trainer', at: 'district' },
  organisation: { role: 'commission', at: 'district' },
}
const ANSWER_DAYS = 'policy.objection.answer_days'

type Objecting = { set: string; asOf?: string | undefined; fact?: string | undefined; text: string }

/** What is objected to, as it stood; a decision's own authority and versions. */
type Stood = { told: Explanation; decided?: { id: string; authority: string; versions: string[] } | undefined }

/**
 * One's own objection, one open about the same thing.
 * @throws Refusal `policy.person_needed`, `not_found`, `policy.not_in_set` for a fact that the rule does not ask for, `policy.objection_open`
 */
export async function object<T>(
  act: Act<T>,
  book: FactBook,
  input: Objecting & { decisionId?: string | undefined },
): Promise<{ id: string }> {
  const personId = act.actor.person
  if (!personId) throw refused('policy.person_needed')
  const { set, asOf, decisionId } = input
  if (decisionId === undefined)
    return raise(act, book, input, { told: await explain(act, book, { set, personId, asOf }) })
  const { asItStood, decision } = await decisionAgain(act, book, { personId, decisionId })
  if (decision.set !== set) throw notFound('decision')
  const { rows } = await sql<{ id: string; authority: string; versions: string[] }>`select d.id, d.authority, d.versions
    from policy.decision d where d.person_id = ${personId} and d.id = ${decisionId}`.execute(act.tx)
  return raise(act, book, input, { told: asItStood, decided: rows[0] })
}

/**
 * An objection on behalf of a school in scope; whoever raised it is told the answer. As one's own otherwise.
 * @throws Refusal `not_found`, `policy.other_about`, `policy.not_in_set`, `policy.objection_open`
 */
export async function objectForSchool<T>(
  act: Act<T>,
  book: FactBook,
  input: Objecting & { orgId: string },
): Promise<{ id: string }> {
  const { set, orgId, asOf } = input
  return raise(act, book, input, { told: await explain(act, book, { set, orgId, asOf }) })
}

async function raise<T>(
  act: Act<T>,
  book: FactBook,
  { fact: wanted, text }: Objecting,
  { told, decided }: Stood,
): Promise<{ id: string }> {
  const { set, title, asOf, outcome, knownOn, about } = told
  const fact = wanted === undefined ? null : told.facts.find(({ id }) => id === wanted)
  if (fact === undefined || (fact && fact.owner === null)) throw invalid('policy.not_in_set', { fact: wanted })
  const owner = fact ? (book.declared(fact.id)!.owner ?? DEFAULT_OWNER) : RESULT_OWNERS[about.kind]
  const { orgId, orgPath, districtId } = await whereIs(act, about)
  const ownerOrg = owner.at === 'district' ? (districtId ?? orgId) : orgId
  const authority = decided?.authority ?? (await authorityOf(act, orgId))
  const versions = decided?.versions ?? (await versionsOf(act, authority))
  const dueBy = (await parameters(act, authority)).find(ANSWER_DAYS, act.today)
  const due = typeof dueBy?.value === 'number' ? addDays(act.today, dueBy.value) : null
  const id = newId()
  const school = about.kind === 'organisation'
  await sql`insert into policy.objection (person_id, about_org, about_org_path, id, set_id, title, as_of, known_at, authority, versions, decision_id, fact,
      was, text, raised_at, raised_by, raised_by_name, due_on, due_by, owner_role, org_id, org_path)
    select ${school ? null : about.id}::uuid, ${school ? about.id : null}::uuid, ${school ? orgPath : null}::ltree, ${id}, ${set}, ${JSON.stringify(title)}::jsonb,
      ${asOf}::date, coalesce(${knownOn}::timestamptz, db.now()), ${authority}, ${versions}::text[], ${decided?.id ?? null}::uuid, ${fact?.id ?? null},
      ${JSON.stringify(fact ? (fact.value ?? null) : outcome)}::jsonb, ${text}, db.now(), db.account(), ${act.actor.name}, ${due}::date, ${due && dueBy ? JSON.stringify(dueBy) : null}::jsonb,
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
      code: school ? 'policy.todo.school_objection' : 'policy.todo.objection',
      data: { ...title, ...(school ? { name: about.name } : {}) },
      link: '/policy/objections',
      key: `policy.objection:${id}`,
      ...(due ? { due } : {}),
    },
  ])
  await record(act, {
    action: 'policy.objection_raised',
    subject: { kind: 'objection', id },
    ...(school ? { orgPath } : { about: about.id }),
    after: {
      set,
      asOf,
      fact: fact?.id ?? null,
      ...(school ? { school: about.id } : { decision: decided?.id ?? null }),
    },
  })
  return { id }
}

type Where = { orgId: string; orgPath: string; districtId: string | null }

async function whereIs<T>(act: Act<T>, { kind, id }: Explanation['about']): Promise<Where> {
  const own =
    kind === 'organisation'
      ? sql`directory.organisation q on q.id = ${id} and q.id = o.id`
      : sql`directory.person q on q.id = ${id} and q.org_id = o.id`
  const { rows } = await sql<Where>`select o.id as org_id, o.path::text as org_path,
      (select d.id from directory.organisation d where d.path @> o.path and d.kind = 'district') as district_id
    from directory.organisation o join ${own}`.execute(act.tx)
  return rows[0]!
}
