/** Sharing the places of a class out to schools, and changing the result by hand. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { notify } from '../../../platform/inbox/index.ts'
import { ownClass } from '../queries/classes.ts'
import { eligibleBySchool } from '../queries/eligible.ts'
import { shareOut as share } from '../rules/shareout.ts'
import type { TrainingTables } from '../tables.ts'

type TrainingAct = Act<TrainingTables>

/**
 * Shares the places out by largest remainder over the eligible headcount and opens the class: delegation until the deadline, or
 * for an open class own enrolment with all places in one line. Can be repeated until somebody holds a place.
 */
export async function shareOut(
  act: TrainingAct,
  classId: string,
  deadline: string,
): Promise<{ schools: number; places: number }> {
  const one = await ownClass(act, classId)
  if (one.planState !== 'published') throw conflict('training.plan_not_published')
  if (one.state !== 'planned' && one.state !== 'open') throw conflict('training.class_already_confirmed')
  if (one.places === null) throw invalid('training.no_places')
  if (deadline <= act.now) throw invalid('training.deadline_past')
  const claims = await eligibleBySchool(act, one.target)
  const eligible = claims.reduce((sum, claim) => sum + claim.eligible, 0)
  if (eligible === 0) throw refused('training.nobody_eligible')
  const rows =
    one.enrolment === 'open'
      ? [{ orgId: one.orgId, eligible, places: one.places, exact: String(one.places) }]
      : share(one.places, claims).filter(({ places, eligible: heads }) => places > 0 || heads > 0)
  const { rows: held } = await sql<{
    taken: number
  }>`select coalesce(sum(q.taken), 0)::int as taken from training.quota q where q.class_id = ${classId}`.execute(act.tx)
  if (held[0]!.taken > 0) throw conflict('training.places_taken', { taken: held[0]!.taken })
  await sql`delete from training.quota where class_id = ${classId}`.execute(act.tx)
  await sql`insert into training.quota (class_id, org_id, places, eligible, exact, by_rule)
    select ${classId}, r.org_id, r.places, r.eligible, r.exact, r.places
    from jsonb_to_recordset(${JSON.stringify(rows.map(({ orgId, places, eligible, exact }) => ({ org_id: orgId, places, eligible, exact })))}::jsonb)
      as r(org_id uuid, places int, eligible int, exact numeric)`.execute(act.tx)
  await sql`update training.class set state = 'open', deadline = ${deadline} where id = ${classId}`.execute(act.tx)
  await record(act, {
    action: 'training.places_shared',
    subject: { kind: 'class', id: classId },
    orgPath: one.orgPath,
    after: { rule: 'largest_remainder', ties: ['eligible', 'code', 'name'], places: one.places, eligible, deadline },
  })
  if (one.enrolment === 'delegated') {
    await notify(
      act,
      rows
        .filter(({ places }) => places > 0)
        .map(({ orgId, places }) => ({
          role: 'clerk',
          orgId,
          kind: 'todo' as const,
          code: 'training.todo.delegate',
          data: { class: one.name, classEn: one.nameEn, places, deadline },
          link: `/delegation/${classId}`,
          due: deadline,
          key: `delegate:${classId}`,
        })),
    )
  }
  const given = rows.reduce((sum, { places }) => sum + places, 0)
  return { schools: rows.filter(({ places }) => places > 0).length, places: given }
}

/** Sets a school's places by hand. The sum never exceeds the class, a school never falls below what it has filled. */
export async function adjustQuota(
  act: TrainingAct,
  input: { classId: string; orgId: string; places: number; reason: string },
): Promise<void> {
  const one = await ownClass(act, input.classId)
  if (one.state !== 'open') throw conflict('training.class_not_open')
  const { rows } = await sql<{ places: number; taken: number; others: number }>`
    select coalesce(q.places, 0)::int as places, coalesce(q.taken, 0)::int as taken,
      (select coalesce(sum(x.places), 0) from training.quota x where x.class_id = ${input.classId} and x.org_id <> o.id)::int as others
    from directory.organisation o left join training.quota q on q.class_id = ${input.classId} and q.org_id = o.id
    where o.id = ${input.orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  const quota = rows[0]
  if (!quota) throw notFound('organisation')
  if (input.places < quota.taken) throw refused('training.below_taken', { taken: quota.taken })
  if (one.places !== null && quota.others + input.places > one.places)
    throw refused('training.beyond_class', { places: one.places, free: one.places - quota.others })
  await sql`insert into training.quota (class_id, org_id, places, reason) values (${input.classId}, ${input.orgId}, ${input.places}, ${input.reason})
    on conflict (class_id, org_id) do update set places = excluded.places, reason = excluded.reason`.execute(act.tx)
  await record(act, {
    action: 'training.places_changed',
    subject: { kind: 'class', id: input.classId },
    orgPath: one.orgPath,
    before: { orgId: input.orgId, places: quota.places },
    after: { places: input.places, reason: input.reason },
  })
}
