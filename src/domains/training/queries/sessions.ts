/** Sessions, who was there, and whose sessions overlap. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'

export type SessionRow = {
  id: string
  classId: string
  ord: number
  term: number
  title: string
  place: string
  starts: string
  ends: string
  compulsory: boolean
  expected: number
  present: number
  onLeave: number
}

/** Sessions of a class with the numbers of the people in scope. */
export async function sessionsOf<T>(
  act: Act<T>,
  where: { classId?: string; sessionId?: string },
): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select s.id, s.class_id, s.ord, s.term, s.title, s.place, lower(s.during) as starts, upper(s.during) as ends, s.compulsory,
      (select count(*) from training.enrolment e join training.class c on c.id = e.class_id where e.class_id = s.class_id
        and e.state in ('confirmed', 'passed', 'failed') and (c.terms = 1 or e.term = s.term))::int as expected,
      a.present::int, a.on_leave::int
    from training.session s
    join training.class c on c.id = s.class_id join training.plan p on p.id = c.plan_id
    cross join lateral (select count(*) filter (where x.state = 'present') as present, count(*) filter (where x.state = 'leave') as on_leave
      from training.attendance x where x.session_id = s.id) a
    where (p.state <> 'draft' or c.org_path <@ any (db.scope()))
      and (${where.classId ?? null}::uuid is null or s.class_id = ${where.classId ?? null}) and (${where.sessionId ?? null}::uuid is null or s.id = ${where.sessionId ?? null})
    order by lower(s.during), s.ord`.execute(act.tx)
  return rows
}

export type AttendanceRow = {
  personId: string
  name: string
  number: string
  orgName: string
  state: string | null
  mode: string | null
  at: string | null
  reason: string | null
  leave: { state: string; reason: string } | null
}

/** Everybody who is expected in a session and is in scope, with how they stand. */
export async function attendanceOf<T>(act: Act<T>, sessionId: string): Promise<AttendanceRow[]> {
  const { rows } = await sql<AttendanceRow>`
    select p.id as person_id, p.name, p.number, o.short_name as org_name, a.state, a.mode, a.at, a.reason,
      case when l.person_id is not null then jsonb_build_object('state', l.state, 'reason', l.reason) end as leave
    from training.session s join training.class c on c.id = s.class_id
    join training.enrolment e on e.class_id = s.class_id and e.state in ('confirmed', 'passed', 'failed') and (c.terms = 1 or e.term = s.term)
    join directory.person p on p.id = e.person_id join directory.organisation o on o.id = e.org_id
    left join training.attendance a on a.person_id = e.person_id and a.session_id = s.id
    left join training.leave_request l on l.person_id = e.person_id and l.session_id = s.id
    where s.id = ${sessionId} order by o.path, p.name collate "zh-x-icu", p.number`.execute(act.tx)
  return rows
}

export type Clash = {
  personId: string
  name: string
  sessionId: string
  title: string
  starts: string
  withClass: string
  withClassEn: string
  withTitle: string
}

/** People of a class who are expected somewhere else at the same time. */
export async function clashesOf<T>(act: Act<T>, classId: string): Promise<Clash[]> {
  const { rows } = await sql<Clash>`
    select p.id as person_id, p.name, s.id as session_id, s.title, lower(s.during) as starts, oc.name as with_class, oc.name_en as with_class_en, os.title as with_title
    from training.session s join training.class c on c.id = s.class_id
    join training.session os on os.during && s.during and os.id <> s.id
    join training.class oc on oc.id = os.class_id
    join training.enrolment e on e.class_id = s.class_id and e.seated and (c.terms = 1 or e.term = s.term)
    join training.enrolment oe on oe.person_id = e.person_id and oe.class_id = os.class_id and oe.seated and (oc.terms = 1 or oe.term = os.term)
    join directory.person p on p.id = e.person_id
    where s.class_id = ${classId} order by lower(s.during), p.name collate "zh-x-icu" limit 1000`.execute(act.tx)
  return rows
}

export type LeaveRow = {
  personId: string
  name: string
  orgName: string
  sessionId: string
  className: string
  classNameEn: string
  title: string
  starts: string
  reason: string
  state: string
  askedAt: string
}

export async function leaveRequests<T>(act: Act<T>, open: boolean): Promise<LeaveRow[]> {
  const { rows } = await sql<LeaveRow>`
    select l.person_id, p.name, o.short_name as org_name, l.session_id, c.name as class_name, c.name_en as class_name_en, s.title, lower(s.during) as starts, l.reason, l.state, l.asked_at
    from training.leave_request l join directory.person p on p.id = l.person_id join directory.organisation o on o.id = p.org_id
    join training.session s on s.id = l.session_id join training.class c on c.id = s.class_id
    where (not ${open} or l.state = 'asked') order by l.asked_at desc limit 500`.execute(act.tx)
  return rows
}
