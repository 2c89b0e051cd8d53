/** What a teacher sees of training: own classes with sessions and clashes, open classes to join, the people of a class for offices. */
import { sql } from 'kysely'
import { type Act, prepared } from '../../../platform/db/index.ts'
import { isEligible } from '../rules/target.ts'
import { classRows } from './classes.ts'
import { factsOf } from './eligible.ts'

type MySession = {
  id: string
  title: string
  place: string
  starts: string
  ends: string
  compulsory: boolean
  attendance: string | null
  leave: string | null
}
export type MineRow = {
  classId: string
  code: string
  name: string
  nameEn: string
  project: string
  hours: string | null
  level: string
  state: string
  reason: string | null
  deadline: string | null
  credits: string | null
  attended: number | null
  required: number | null
  certificate: { id: string; label: string; verifyCode: string } | null
  sessions: MySession[]
  clashes: { sessionId: string; withClass: string; withTitle: string; starts: string }[]
}

/** One's own classes of all years, the newest first; one statement. */
export async function myClasses<T>(act: Act<T>): Promise<MineRow[]> {
  const me = act.actor.person
  const { rows } = await sql<MineRow>`${prepared}
    with own as materialized (
      select e.*, c.terms from training.enrolment e join training.class c on c.id = e.class_id where e.person_id = ${me}
    ), mine as materialized (
      select s.*, o.seated from own o join training.session s on s.class_id = o.class_id and (o.terms = 1 or o.term = s.term)
    )
    select c.id as class_id, c.code, c.name, c.name_en, j.name as project, c.hours, c.level, o.state, o.reason, c.deadline, o.credits, o.attended, o.required,
      (select jsonb_build_object('id', d.id, 'label', d.label, 'verifyCode', d.verify_code) from documents.document d
        where d.person_id = o.person_id and d.subject_id = c.id and d.kind = 'certificate' and d.revoked_at is null limit 1) as certificate,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'title', s.title, 'place', s.place, 'starts', lower(s.during), 'ends', upper(s.during),
          'compulsory', s.compulsory, 'attendance', a.state, 'leave', l.state) order by lower(s.during))
        from mine s left join training.attendance a on a.session_id = s.id and a.person_id = o.person_id
        left join training.leave_request l on l.session_id = s.id and l.person_id = o.person_id where s.class_id = c.id), '[]') as sessions,
      coalesce((select jsonb_agg(jsonb_build_object('sessionId', s.id, 'withClass', oc.name, 'withTitle', x.title, 'starts', lower(s.during)))
        from mine s join mine x on x.during && s.during and x.id <> s.id and x.seated join training.class oc on oc.id = x.class_id
        where s.class_id = c.id and s.seated and upper(s.during) > db.now()), '[]') as clashes
    from own o join training.class c on c.id = o.class_id join training.project j on j.id = c.project_id
    order by (select min(lower(s.during)) from mine s where s.class_id = c.id) desc nulls first, o.proposed_at desc`.execute(
    act.tx,
  )
  return rows
}

/** Open classes, with whether one may join and whether there is room. */
export async function openClassesFor<T>(act: Act<T>) {
  const facts = act.actor.person ? await factsOf(act, act.actor.person) : null
  const rows = await classRows(act, { open: true })
  return rows.map((row) => ({
    ...row,
    eligibleSelf: facts !== null && isEligible(row.target, facts, act.today),
    full: row.seated >= row.shared,
  }))
}

export type EnrolmentRow = {
  personId: string
  name: string
  number: string
  orgId: string
  orgName: string
  state: string
  seated: boolean
  term: number
  reason: string | null
  fairShare: string | null
  attended: number | null
  required: number | null
  credits: string | null
  present: number
  onLeave: number
}
type Ask = {
  classId: string
  state?: string | undefined
  orgId?: string | undefined
  search?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** People of a class in scope, keyset-paged by teacher number. */
export async function enrolmentsOf<T>(
  act: Act<T>,
  ask: Ask,
): Promise<{ rows: EnrolmentRow[]; next: string | null; total: number }> {
  const where = sql`e.class_id = ${ask.classId} and (${ask.state ?? null}::text is null or e.state = any(string_to_array(${ask.state ?? ''}, ',')))
    and (${ask.orgId ?? null}::uuid is null or e.org_id = ${ask.orgId ?? null})
    and (${ask.search ?? null}::text is null or p.name like '%' || ${ask.search ?? ''} || '%' or p.number = ${ask.search ?? ''})`
  const { rows } = await sql<EnrolmentRow>`
    select p.id as person_id, p.name, p.number, e.org_id, o.short_name as org_name, e.state, e.seated, e.term, e.reason, e.fair_share, e.attended, e.required, e.credits,
      (select count(*) from training.attendance a where a.person_id = e.person_id and a.class_id = e.class_id and a.state = 'present')::int as present,
      (select count(*) from training.attendance a where a.person_id = e.person_id and a.class_id = e.class_id and a.state = 'leave')::int as on_leave
    from training.enrolment e join directory.person p on p.id = e.person_id join directory.organisation o on o.id = e.org_id
    where ${where} and p.number > ${ask.cursor ?? ''} order by p.number limit ${ask.limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{
    total: number
  }>`select count(*)::int as total from training.enrolment e join directory.person p on p.id = e.person_id where ${where}`.execute(
    act.tx,
  )
  const shown = rows.slice(0, ask.limit)
  return { rows: shown, next: rows.length > ask.limit ? shown.at(-1)!.number : null, total: count[0]!.total }
}
