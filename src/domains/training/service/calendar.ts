/** What training puts into people's calendars: the sessions of the classes one is in, and those that one hosts. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import type { CalendarEntry, CalendarSource, Span } from '../../../platform/inbox/index.ts'

type Row = {
  id: string
  classId: string
  class: string
  classEn: string
  title: string
  place: string
  from: string
  until: string
}

const SHOWN = sql`s.id, c.id as class_id, c.name as class, c.name_en as class_en, s.title, s.place, lower(s.during) as "from", upper(s.during) as until
  from training.session s join training.class c on c.id = s.class_id`
const within = ({ from, until }: Span) =>
  sql`c.state in ('confirmed', 'completed') and s.during && tstzrange((${from}::date)::timestamp at time zone 'Asia/Shanghai', (${until}::date)::timestamp at time zone 'Asia/Shanghai')`

const entryOf =
  (code: string, link: (row: Row) => string) =>
  (row: Row): CalendarEntry => ({
    uid: `session:${row.id}`,
    code,
    data: { class: row.class, classEn: row.classEn, title: row.title },
    place: row.place,
    link: link(row),
    from: row.from,
    until: row.until,
  })

/** Of one's own term, once the list is confirmed; not those for which leave was granted. */
async function attended(act: Act<never>, span: Span): Promise<CalendarEntry[]> {
  const { rows } =
    await sql<Row>`select ${SHOWN} join training.enrolment e on e.class_id = c.id and e.person_id = ${act.actor.person} and e.seated
      and (c.terms = 1 or e.term = s.term)
    where ${within(span)} and not exists (select from training.attendance a where a.person_id = e.person_id and a.session_id = s.id and a.state = 'leave')
    order by lower(s.during), s.id`.execute(act.tx)
  return rows.map(entryOf('training.calendar.session', () => '/my/training'))
}

async function hosted(act: Act<never>, span: Span): Promise<CalendarEntry[]> {
  const { rows } =
    await sql<Row>`select ${SHOWN} where ${within(span)} and s.host_person = ${act.actor.person} order by lower(s.during), s.id`.execute(
      act.tx,
    )
  return rows.map(entryOf('training.calendar.hosted', ({ classId }) => `/training/classes/${classId}`))
}

export const trainingCalendars: CalendarSource[] = [
  { permission: 'training.own', entries: attended },
  { permission: 'training.host', entries: hosted },
]
