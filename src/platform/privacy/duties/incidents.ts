/** Leaks, alterations and losses of personal data (个人信息保护法 57): entered at once, the authority told, and those whom it concerns. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish, notify } from '../../inbox/index.ts'
import type { Incident, OwnIncident } from '../contract.ts'
import { orgInScope } from './assessments.ts'

const SAID = sql`i.id, o.short_name as org_name, i.title, i.kinds, i.causes, i.harm, i.measures, i.advice, i.contact, i.found_at`
const keyOf = (id: string): string => `privacy-incident:${id}`

export async function incidents<T>(act: Act<T>): Promise<Incident[]> {
  const { rows } =
    await sql<Incident>`select ${SAID}, i.authority, i.authority_at, i.untold_why, i.told_at, i.people, i.by_name
    from privacy.incident i join directory.organisation o on o.id = i.org_id
    where i.org_path <@ any (db.scope()) order by i.found_at desc limit 500`.execute(act.tx)
  return rows
}

/** What one was told, with everything that the law wants people to be told. */
export async function ownIncidents<T>(act: Act<T>): Promise<OwnIncident[]> {
  const { rows } = await sql<OwnIncident>`select ${SAID}, a.told_at
    from privacy.affected a join privacy.incident i on i.id = a.incident_id join directory.organisation o on o.id = i.org_id
    where a.person_id = db.self() order by a.told_at desc`.execute(act.tx)
  return rows
}

export type NewIncident = Omit<OwnIncident, 'id' | 'orgName' | 'toldAt'> & { orgId: string }

/** The offices that must tell the authority have it among their to-dos until they did. @throws Refusal `not_found`, `privacy.found_later` */
export async function keepIncident<T>(act: Act<T>, input: NewIncident): Promise<{ id: string }> {
  const orgPath = await orgInScope(act, input.orgId)
  if (new Date(input.foundAt) > new Date(act.now)) throw invalid('privacy.found_later')
  const id = newId()
  await sql`insert into privacy.incident (id, org_id, org_path, title, found_at, kinds, causes, harm, measures, advice, contact, by_name, by_id)
    values (${id}, ${input.orgId}, ${orgPath}::ltree, ${input.title}, ${input.foundAt}, ${input.kinds}, ${input.causes}, ${input.harm},
      ${input.measures}, ${input.advice}, ${input.contact}, ${act.actor.name}, ${act.actor.account})`.execute(act.tx)
  await record(act, {
    action: 'privacy.incident_kept',
    subject: { kind: 'incident', id },
    orgPath,
    after: { title: input.title, foundAt: input.foundAt, kinds: input.kinds },
  })
  const { rows: offices } = await sql<{ role: string; orgId: string }>`select w.role, w.org_id
    from access.watchers(${orgPath}::ltree, '{commission,security}') w`.execute(act.tx)
  await notify(
    act,
    offices.map((office) => ({
      ...office,
      kind: 'todo' as const,
      code: 'privacy.todo.incident',
      link: '/privacy/duties?part=incidents',
      due: act.today,
      key: keyOf(id),
    })),
  )
  return { id }
}

type There = { orgPath: string; foundAt: string; authorityAt: string | null; toldAt: string | null }

async function lockedIncident<T>(act: Act<T>, id: string): Promise<There> {
  const { rows } =
    await sql<There>`select i.org_path::text, i.found_at, i.authority_at, i.told_at from privacy.incident i
    where i.id = ${id} and i.org_path <@ any (db.scope()) for update`.execute(act.tx)
  if (!rows[0]) throw notFound('incident')
  return rows[0]
}

/** @throws Refusal `not_found`, `privacy.authority_told`, `privacy.told_before_found` */
export async function noteAuthority<T>(
  act: Act<T>,
  { incidentId, authority, at }: { incidentId: string; authority: string; at: string },
): Promise<void> {
  const { orgPath, foundAt, authorityAt } = await lockedIncident(act, incidentId)
  if (authorityAt) throw refused('privacy.authority_told')
  if (new Date(at) < new Date(foundAt) || new Date(at) > new Date(act.now)) throw invalid('privacy.told_before_found')
  await sql`update privacy.incident set authority = ${authority}, authority_at = ${at} where id = ${incidentId}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'privacy.incident_reported',
    subject: { kind: 'incident', id: incidentId },
    orgPath,
    after: { authority, at },
  })
  await finish(act, keyOf(incidentId), null)
}

/**
 * Everybody of an organisation below the asker's, or those of these numbers; nobody twice. Numbers that nobody in scope has are told back.
 * @throws Refusal `not_found`, `privacy.nobody_named`
 */
export async function tellAffected<T>(
  act: Act<T>,
  { incidentId, orgId, numbers }: { incidentId: string; orgId?: string | undefined; numbers?: string[] | undefined },
): Promise<{ told: number; unknown: string[] }> {
  const { orgPath } = await lockedIncident(act, incidentId)
  const within = orgId === undefined ? null : await orgInScope(act, orgId)
  const named = [...new Set((numbers ?? []).map((number) => number.toUpperCase()))]
  if (within === null && named.length === 0) throw invalid('privacy.nobody_named')
  const { rows: unknown } = await sql<{ number: string }>`select n.number from unnest(${named}::text[]) n(number)
    where not exists (select from directory.person p where upper(p.number) = n.number and p.org_path <@ any (db.scope()))`.execute(
    act.tx,
  )
  const { rows } = await sql<{ personId: string }>`insert into privacy.affected (person_id, id, incident_id)
    select p.id, gen_random_uuid(), ${incidentId} from directory.person p
    where p.org_path <@ any (db.scope()) and (p.org_path <@ ${within}::ltree or upper(p.number) = any (${named}::text[]))
    on conflict (person_id, incident_id) do nothing returning person_id`.execute(act.tx)
  await sql`update privacy.incident set told_at = coalesce(told_at, db.now()), people = people + ${rows.length}::int, untold_why = null
    where id = ${incidentId} and ${rows.length}::int > 0`.execute(act.tx)
  await notify(
    act,
    rows.map(({ personId }) => ({
      personId,
      kind: 'message' as const,
      code: 'privacy.message.incident',
      link: '/my/data?part=incidents',
      key: keyOf(incidentId),
    })),
  )
  await record(act, {
    action: 'privacy.incident_told',
    subject: { kind: 'incident', id: incidentId },
    orgPath,
    after: { people: rows.length },
  })
  return { told: rows.length, unknown: unknown.map(({ number }) => number) }
}

/** @throws Refusal `not_found`, `privacy.people_told` */
export async function leaveUntold<T>(
  act: Act<T>,
  { incidentId, why }: { incidentId: string; why: string },
): Promise<void> {
  const { orgPath, toldAt } = await lockedIncident(act, incidentId)
  if (toldAt) throw refused('privacy.people_told')
  await sql`update privacy.incident set untold_why = ${why} where id = ${incidentId}`.execute(act.tx)
  await record(act, {
    action: 'privacy.incident_untold',
    subject: { kind: 'incident', id: incidentId },
    orgPath,
    after: { why },
  })
}
