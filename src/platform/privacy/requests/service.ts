/** Requests about one's own data: asked, taken back, granted or refused with reasons within the days that the policy sets. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish, notify } from '../../inbox/index.ts'
import { ANSWER_DAYS, ANSWER_PARAMETER } from '../notice/notice.ts'
import type { Registry } from '../registry.ts'
import { lengthOf, policyOf } from '../retention/terms.ts'

export type Kind = 'copy' | 'correct' | 'delete' | 'object' | 'explain' | 'close'
type Asker = { personId: string | null; name: string; orgId: string; orgPath: string; officeId: string }

const keyOf = (id: string): string => `privacy-request:${id}`

/** @throws Refusal `privacy.no_such_holding`, `privacy.already_asked` */
export async function ask<T>(
  act: Act<T>,
  registry: Registry,
  { kind, holding, words }: { kind: Kind; holding?: string | undefined; words: string },
): Promise<{ id: string; dueOn: string }> {
  if (holding !== undefined && !registry.find(holding)) throw invalid('privacy.no_such_holding')
  const account = act.actor.account!
  await sql`select pg_advisory_xact_lock(hashtextextended('privacy.ask' || ${account}, 0))`.execute(act.tx)
  const { rows: open } = await sql`select from privacy.request r where r.account_id = ${account} and r.state = 'open'
    and r.kind = ${kind} and r.holding is not distinct from ${holding ?? null}`.execute(act.tx)
  if (open.length > 0) throw conflict('privacy.already_asked')
  const asker = await askerOf(act)
  const days = lengthOf(await policyOf(act, asker.officeId), ANSWER_PARAMETER, act.today) ?? ANSWER_DAYS
  const id = newId()
  const dueOn = addDays(act.today, days)
  await sql`insert into privacy.request (account_id, id, person_id, name, org_id, org_path, office_id, kind, holding, words, asked_at, due_on)
    values (${account}, ${id}, ${asker.personId}, ${asker.name}, ${asker.orgId}, ${asker.orgPath}::ltree, ${asker.officeId}, ${kind},
      ${holding ?? null}, ${words}, db.now(), ${dueOn})`.execute(act.tx)
  await record(act, {
    action: 'privacy.request_made',
    subject: { kind: 'request', id },
    ...(asker.personId ? { about: asker.personId } : {}),
    orgPath: asker.orgPath,
    after: { kind, holding, dueOn },
  })
  await notify(act, [
    {
      role: 'commission',
      orgId: asker.officeId,
      kind: 'todo',
      code: 'privacy.todo.request',
      data: { name: asker.name },
      link: '/privacy/requests',
      due: dueOn,
      key: keyOf(id),
    },
  ])
  return { id, dueOn }
}

/** Whose account it is, and the office that answers: of the nearest district or municipality above. */
async function askerOf<T>(act: Act<T>): Promise<Asker> {
  const { rows } =
    await sql<Asker>`select a.person_id, a.name, o.id as org_id, o.path::text as org_path, w.id as office_id
    from access.account a left join directory.person p on p.id = a.person_id
      join directory.organisation o on o.id = coalesce(p.org_id, a.org_id)
      cross join lateral (select x.id from directory.organisation x where x.path @> o.path
        order by x.kind in ('district', 'municipality') desc, nlevel(x.path) desc limit 1) w
    where a.id = db.account()`.execute(act.tx)
  if (!rows[0]) throw notFound('account')
  return rows[0]
}

export async function withdraw<T>(act: Act<T>, id: string): Promise<void> {
  const { rows } = await sql<{ orgPath: string }>`update privacy.request r set state = 'withdrawn'
    where r.account_id = db.account() and r.id = ${id} and r.state = 'open' returning r.org_path::text`.execute(act.tx)
  if (!rows[0]) throw notFound('request')
  await record(act, {
    action: 'privacy.request_withdrawn',
    subject: { kind: 'request', id },
    orgPath: rows[0].orgPath,
  })
  await finish(act, keyOf(id), null)
}

type Waiting = { kind: Kind; personId: string | null; orgPath: string; state: string; employed: boolean }
export type AnswerInput = { accountId: string; id: string; grant: boolean; answer: string }

/**
 * Closing takes effect with the answer; of whoever works here no more the record is kept only from then on (个人信息保护法 47).
 * @throws Refusal `privacy.own_request`, `privacy.request_settled`
 */
export async function answer<T>(act: Act<T>, { accountId, id, grant, answer: words }: AnswerInput) {
  const { rows } = await sql<Waiting>`select r.kind, r.person_id, r.org_path::text, r.state, exists (
      select from directory.employment e where e.person_id = r.person_id and e.during @> db.today()) as employed
    from privacy.request r where r.account_id = ${accountId} and r.id = ${id} for update of r`.execute(act.tx)
  const request = rows[0]
  if (!request) throw notFound('request')
  if (accountId === act.actor.account) throw refused('privacy.own_request')
  if (request.state !== 'open') throw conflict('privacy.request_settled')
  await sql`update privacy.request r set state = ${grant ? 'granted' : 'refused'}, answer = ${words}, answered_at = db.now(),
      answered_by = ${act.actor.account}, answered_by_name = ${act.actor.name}
    where r.account_id = ${accountId} and r.id = ${id}`.execute(act.tx)
  const closes = grant && request.kind === 'close'
  const restricted = closes && request.personId !== null && !request.employed
  await record(act, {
    action: 'privacy.request_answered',
    subject: { kind: 'request', id },
    ...(request.personId ? { about: request.personId } : {}),
    orgPath: request.orgPath,
    after: { kind: request.kind, grant, answer: words, restricted },
  })
  await finish(act, keyOf(id), null)
  await notify(act, [
    {
      accountId,
      kind: 'message',
      code: grant ? 'privacy.message.granted' : 'privacy.message.refused',
      data: {},
      link: '/my/data?part=requests',
      key: `${keyOf(id)}:answer`,
    },
  ])
  if (closes) await sql`select privacy.close_account(${accountId})`.execute(act.tx)
  if (restricted) await restrict(act, request.personId!, words)
  return { restricted }
}

const restrict = <T>(act: Act<T>, personId: string, reason: string) =>
  sql`insert into privacy.restriction (person_id, id, org_id, org_path, name, number, since, reason, by_name)
    select p.id, ${newId()}, p.org_id, p.org_path, p.name, p.number, db.now(), ${reason}, ${act.actor.name}
    from directory.person p where p.id = ${personId}
    on conflict (person_id) where lifted_at is null do nothing`.execute(act.tx)

export async function lift<T>(act: Act<T>, personId: string, reason: string): Promise<void> {
  const { rows } = await sql<{
    orgPath: string
  }>`update privacy.restriction r set lifted_at = db.now(), lifted_why = ${reason}
    where r.person_id = ${personId} and r.lifted_at is null returning r.org_path::text`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  await record(act, {
    action: 'privacy.restriction_lifted',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath: rows[0].orgPath,
    after: { reason },
  })
}
