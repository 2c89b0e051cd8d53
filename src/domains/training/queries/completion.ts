/** How everybody in a class stands towards completing it: what completion decides, and the preview of it. */
import { sql } from 'kysely'
import { conflict } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { type CompletionRule, judge, type Outcome, type Presence } from '../rules/completion.ts'
import { figures, type ShownFigure, shownFigure } from '../service/figures.ts'
import type { ClassFacts } from '../tables.ts'
import { classOf } from './classes.ts'

export type ClassSession = { id: string; term: number; compulsory: boolean; day: string; over: boolean }
export type Sitting = {
  personId: string
  name: string
  number: string
  idMasked: string | null
  orgId: string
  orgName: string
  orgPath: string
  term: number
  presence: Record<string, Presence>
}
export type Judged = Sitting & { outcome: Outcome; day: string }

/** The sessions of a class in the order in which they end. */
export async function sessionsInOrder<T>(act: Act<T>, classId: string): Promise<ClassSession[]> {
  const { rows } = await sql<ClassSession>`
    select s.id, s.term, s.compulsory, ((upper(s.during) at time zone 'Asia/Shanghai')::date)::text as day, upper(s.during) <= db.now() as over
    from training.session s where s.class_id = ${classId} order by upper(s.during)`.execute(act.tx)
  return rows
}

/** Everybody on the confirmed list in scope, judged by these sessions, each by those of the own term. */
export async function judged<T>(
  act: Act<T>,
  one: ClassFacts,
  sessions: readonly ClassSession[],
  rule: CompletionRule,
): Promise<Judged[]> {
  const { rows } = await sql<Sitting>`
    select p.id as person_id, p.name, p.number, p.id_masked, e.org_id, o.short_name as org_name, e.org_path::text, e.term, coalesce(a.presence, '{}') as presence
    from training.enrolment e join directory.person p on p.id = e.person_id join directory.organisation o on o.id = e.org_id
    left join lateral (select jsonb_object_agg(x.session_id, x.state) as presence from training.attendance x
      where x.person_id = e.person_id and x.class_id = e.class_id) a on true
    where e.class_id = ${one.id} and e.state = 'confirmed' order by p.number`.execute(act.tx)
  return rows.map((person) => {
    const own = sessions.filter(({ term }) => one.terms === 1 || term === person.term)
    const held = own.map(({ id, compulsory }) => ({ sessionId: id, compulsory }))
    return {
      ...person,
      outcome: judge(rule, held, new Map(Object.entries(person.presence))),
      day: own.at(-1)?.day ?? act.today,
    }
  })
}

export type Preview = {
  /** The class is completed: this is what was decided, and what was asked for then. */
  decided: boolean
  /** The share of the sessions that must be attended. */
  rule: ShownFigure
  sessions: number
  over: number
  passing: number
  failing: number
  people: (Pick<Sitting, 'personId' | 'name' | 'number' | 'orgName'> &
    Pick<Outcome, 'attended' | 'required' | 'passed' | 'reasons'>)[]
}

/** What completion would come to now, by the sessions that are over, nobody being judged before the first; of a completed class what it came to. */
export async function completionPreview<T>(act: Act<T>, classId: string): Promise<Preview> {
  const one = await classOf(act, classId)
  if (one.state === 'completed') return completed(act, one)
  if (one.state !== 'confirmed') throw conflict('training.class_not_confirmed')
  const { completion, shown } = await figures(act, one.authority)
  const sessions = await sessionsInOrder(act, classId)
  const over = sessions.filter((session) => session.over)
  const people = (over.length === 0 ? [] : await judged(act, one, over, completion)).map(
    ({ personId, name, number, orgName, outcome: { attended, required, passed, reasons } }) => ({
      personId,
      name,
      number,
      orgName,
      attended,
      required,
      passed,
      reasons,
    }),
  )
  const passing = people.filter(({ passed }) => passed).length
  return {
    decided: false,
    rule: shownFigure(shown.attendance),
    sessions: sessions.length,
    over: over.length,
    passing,
    failing: people.length - passing,
    people,
  }
}

type Decided = Preview['people'][number] & { share: ShownFigure | null }

/** How a completed class came out, as it was decided. */
async function completed<T>(act: Act<T>, one: ClassFacts): Promise<Preview> {
  const { shown } = await figures(act, one.authority)
  const { length: sessions } = await sessionsInOrder(act, one.id)
  const { rows } = await sql<Decided>`
    select p.id as person_id, p.name, p.number, o.short_name as org_name, coalesce(e.attended, 0) as attended, coalesce(e.required, 0) as required,
      e.state = 'passed' as passed, coalesce(e.outcome -> 'reasons', '[]') as reasons, e.outcome -> 'share' as share
    from training.enrolment e join directory.person p on p.id = e.person_id join directory.organisation o on o.id = e.org_id
    where e.class_id = ${one.id} and e.state in ('passed', 'failed') order by p.number`.execute(act.tx)
  const passing = rows.filter(({ passed }) => passed).length
  return {
    decided: true,
    rule: rows.find(({ share }) => share !== null)?.share ?? shownFigure(shown.attendance),
    sessions,
    over: sessions,
    passing,
    failing: rows.length - passing,
    people: rows.map(({ share: _, ...person }) => person),
  }
}
