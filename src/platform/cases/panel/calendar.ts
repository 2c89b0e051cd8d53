/** What cases put into people's calendars: the meetings that one sits in. Papers to be reviewed are to-dos with a day. */
import { sql } from 'kysely'
import type { CalendarSource } from '../../inbox/index.ts'

type Row = { id: string; title: { zh: string; en: string }; heldOn: string; place: string }

export const panelCalendar: CalendarSource = {
  permission: 'cases.panel.sit',
  entries: async (act, { from, until }) => {
    const { rows } =
      await sql<Row>`select p.id, c.title, p.held_on, p.place from cases.panel p join cases.call c on c.id = p.call_id
      where cases.sits(p.id) and p.held_on >= ${from}::date and p.held_on < ${until}::date order by p.held_on, p.id`.execute(
        act.tx,
      )
    return rows.map(({ id, title: { zh, en }, heldOn, place }) => ({
      uid: `panel:${id}`,
      code: 'cases.calendar.panel',
      data: { zh, en },
      place,
      link: `/my/panels/${id}`,
      day: heldOn,
    }))
  },
}
