/** A teacher’s own screens: classes of all years, open classes to join. */
import { sql } from 'kysely'
import { divide } from '../../../base/decimal.ts'
import { type Act, prepared } from '../../../platform/db/index.ts'
import { isEligible } from '../rules/target.ts'
import { type WayOut, wayOut } from '../rules/way-out.ts'
import { doorsIn, type ShownFigure } from '../service/figures.ts'
import { classRows } from './classes.ts'
import { factsOf } from './eligible.ts'

type MySession = {
  id: string
  term: number
  title: string
  place: string
  starts: string
  ends: string
  compulsory: boolean
  attendance: string | null
  checkedInAt: string | null
  leave: { state: string; reason: string; answer: string | null; askedAt: string; decidedAt: string | null } | null
}
type Found = {
  classId: string
  code: string
  name: string
  nameEn: string
  project: string
  projectEn: string
  hours: string | null
  level: string
  enrolment: 'delegated' | 'open'
  classState: string
  terms: number
  /** Known once the list is confirmed. */
  term: number | null
  state: string
  reason: string | null
  deadline: string | null
  credits: string | null
  attended: number | null
  required: number | null
  certificate: { id: string; label: string; verifyCode: string } | null
  sessions: MySession[]
  clashes: { sessionId: string; withClass: string; withClassEn: string; withTitle: string; starts: string }[]
  begun: boolean
  authority: string
  /** As the decision on completion stored it. */
  decided: { reasons: string[]; missed: { sessionId: string; compulsory: boolean }[]; share?: ShownFigure } | null
}
export type MineRow = Omit<Found, 'begun' | 'authority' | 'decided' | 'sessions'> & {
  sessions: (MySession & { opensAt: string })[]
  wayOut: WayOut | null
  outcome: {
    /** Attended over what counted, four decimals; null where nothing counted. */
    reached: string | null
    /** The share that was asked for when it was decided. */
    share: ShownFigure | null
    reasons: string[]
    missed: { sessionId: string; title: string; starts: string; compulsory: boolean }[]
  } | null
}

/** One's own classes of all years, the newest first; one statement. */
export async function myClasses<T>(act: Act<T>): Promise<MineRow[]> {
  const rows = await ownClasses(act)
  const opens = await doorsIn(act, new Set(rows.map(({ authority }) => authority)))
  return rows.map(({ begun, authority, decided, ...row }) => ({
    ...row,
    sessions: row.sessions.map((session) => ({ ...session, opensAt: opens(authority, session.starts) })),
    wayOut: wayOut({ ...row, begun }),
    outcome: outcomeOf(row, decided),
  }))
}

function outcomeOf(
  { attended, required, sessions }: Pick<Found, 'attended' | 'required' | 'sessions'>,
  decided: Found['decided'],
): MineRow['outcome'] {
  if (!decided || attended === null || required === null) return null
  const held = new Map(sessions.map((session) => [session.id, session]))
  return {
    reached: required === 0 ? null : divide(String(attended), String(required), 4),
    share: decided.share ?? null,
    reasons: decided.reasons,
    missed: decided.missed.flatMap(({ sessionId, compulsory }) => {
      const session = held.get(sessionId)
      return session ? [{ sessionId, title: session.title, starts: session.starts, compulsory }] : []
    }),
  }
}

async function ownClasses<T>(act: Act<T>): Promise<Found[]> {
  const { rows } = await sql<Found>`${prepared}
    with own as materialized (
      select e.*, c.terms, c.terms = 1 or c.state in ('confirmed', 'completed') as settled
      from training.enrolment e join training.class c on c.id = e.class_id where e.person_id = ${act.actor.person}
    ), mine as materialized (
      -- Terms are shared out when the list is confirmed; until then the sessions of all of them are shown.
      select s.*, o.seated, o.settled from own o join training.session s on s.class_id = o.class_id and (not o.settled or o.terms = 1 or o.term = s.term)
    )
    select c.id as class_id, c.code, c.name, c.name_en, j.name as project, j.name_en as project_en, c.hours, c.level, c.enrolment, c.state as class_state,
      c.terms, case when c.state in ('confirmed', 'completed') and o.state in ('confirmed', 'passed', 'failed') then o.term end as term, o.state, o.reason, c.deadline, o.credits, o.attended, o.required,
      o.outcome as decided, n.authority,
      exists (select from training.session s where s.class_id = c.id and lower(s.during) <= db.now()) as begun,
      (select jsonb_build_object('id', d.id, 'label', d.label, 'verifyCode', d.verify_code) from documents.document d
        where d.person_id = o.person_id and d.subject_id = c.id and d.kind = 'certificate' and d.revoked_at is null limit 1) as certificate,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'term', s.term, 'title', s.title, 'place', s.place, 'starts', lower(s.during), 'ends', upper(s.during),
          'compulsory', s.compulsory, 'attendance', a.state, 'checkedInAt', case when a.state = 'present' then a.at end,
          'leave', case when l.person_id is not null then jsonb_build_object('state', l.state, 'reason', l.reason, 'answer', nullif(l.answer, ''),
            'askedAt', l.asked_at, 'decidedAt', l.decided_at) end) order by lower(s.during))
        from mine s left join training.attendance a on a.session_id = s.id and a.person_id = o.person_id
        left join training.leave_request l on l.session_id = s.id and l.person_id = o.person_id where s.class_id = c.id), '[]') as sessions,
      coalesce((select jsonb_agg(jsonb_build_object('sessionId', s.id, 'withClass', oc.name, 'withClassEn', oc.name_en, 'withTitle', x.title, 'starts', lower(s.during)))
        from mine s join mine x on x.during && s.during and x.id <> s.id and x.seated and x.settled join training.class oc on oc.id = x.class_id
        where s.class_id = c.id and s.seated and s.settled and upper(s.during) > db.now()), '[]') as clashes
    from own o join training.class c on c.id = o.class_id join training.project j on j.id = c.project_id join training.plan n on n.id = c.plan_id
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
