/** How much reaches schools: by school against the caps, by who asks, and over the terms. No person is in any of it. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import { exportFile, type Locale } from '../../../platform/sheets/index.ts'
import type { BoardAsk } from '../contract.ts'
import { figuresIn, policyOf, termIn } from '../register/limits.ts'
import { officeOf } from '../register/register.ts'

type SchoolRow = {
  orgId: string
  name: string
  events: number
  data: number
  inspections: number
  apps: number
  meetings: number
  secondments: number
  minutes: number
  over: number
}

/** Minutes of everybody together that an entry takes a school; where nobody is named one person is meant. */
const MINUTES = sql`i.minutes::bigint * greatest(i.people, 1)`
const COUNTS = sql`i.state in ('open', 'ended')`

export async function board<T>(act: Act<T>, ask: BoardAsk) {
  const office = await officeOf(act, ask.orgId)
  const held = await policyOf(act, office.id)
  const now = termIn(held, act.today)
  const year = ask.year ?? now.year
  const term = ask.term ?? now.term
  const under = sql<boolean>`o.path <@ ${office.path}::ltree`
  const of = (kind: string) => sql`(count(*) filter (where i.kind = ${sql.lit(kind)}))::int`
  const { rows: schools } =
    await sql<SchoolRow>`select o.id as org_id, o.short_name as name, ${of('event')} as events, ${of('data')} as data, ${of('inspection')} as inspections, ${of('app')} as apps,
      ${of('meeting')} as meetings, ${of('secondment')} as secondments, coalesce(sum(${MINUTES}), 0)::int as minutes,
      (count(*) filter (where cardinality(i.against) > 0))::int as "over"
    from directory.organisation o left join (burden.reached r join burden.item i on i.id = r.item_id and i.year = ${year} and i.term = ${term} and ${COUNTS}) on r.org_id = o.id
    where o.kind = 'school' and o.during @> db.today() and ${under} group by o.id, o.short_name, o.path
    order by coalesce(sum(${MINUTES}), 0) desc, o.path`.execute(act.tx)
  const { rows: askers } = await sql<{
    name: string
    items: number
    minutes: number
  }>`select i.asker as name, count(distinct i.id)::int as items, sum(${MINUTES})::int as minutes
    from burden.reached r join burden.item i on i.id = r.item_id join directory.organisation o on o.id = r.org_id
    where i.year = ${year} and i.term = ${term} and ${COUNTS} and ${under} group by i.asker order by sum(${MINUTES}) desc, i.asker limit 12`.execute(
    act.tx,
  )
  const { rows: trend } = await sql<{
    year: number
    term: number
    items: number
    minutes: number
    answered: number
  }>`select i.year, i.term,
      (count(distinct i.id) filter (where ${COUNTS}))::int as items, coalesce(sum(${MINUTES}) filter (where ${COUNTS} and r.item_id is not null), 0)::int as minutes,
      (count(distinct i.id) filter (where i.state = 'answered'))::int as answered
    from burden.item i left join (burden.reached r join directory.organisation o on o.id = r.org_id and ${under}) on r.item_id = i.id
    where (r.item_id is not null or i.state = 'answered' and i.org_path <@ ${office.path}::ltree) group by 1, 2 order by 1 desc, 2 desc limit 8`.execute(
    act.tx,
  )
  const { rows: waiting } = await sql<{
    n: number
  }>`select count(*)::int as n from burden.item i where i.state = 'waiting' and i.org_path <@ ${office.path}::ltree`.execute(
    act.tx,
  )
  const { rows: names } = await sql<{
    id: string
    name: string
  }>`select o.id, o.name from directory.organisation o where o.id = ${office.id}`.execute(act.tx)
  return {
    org: names[0]!,
    year,
    term,
    figures: figuresIn(held, act.today),
    schools,
    askers,
    trend: trend.reverse(),
    answered: trend.find((one) => one.year === year && one.term === term)?.answered ?? 0,
    waiting: waiting[0]!.n,
  }
}

export async function exportBoard<T>(act: Act<T>, { locale, ...ask }: BoardAsk & { locale: Locale }): Promise<File> {
  const { schools, org } = await board(act, ask)
  const whole = (key: string, zh: string, en: string) => ({
    key,
    kind: 'integer' as const,
    header: { zh, en },
    width: 16,
  })
  return exportFile({
    title: { zh: '进校园事项统计', en: 'What reached schools' },
    columns: [
      { key: 'name', kind: 'text', header: { zh: '学校', en: 'School' }, width: 28 },
      whole('events', '社会事务', 'Social-affairs events'),
      whole('data', '数据报送', 'Requests for data'),
      whole('inspections', '督查检查评比考核', 'Inspections'),
      whole('apps', '应用程序', 'Apps'),
      whole('meetings', '会议', 'Meetings'),
      whole('secondments', '借调', 'Secondments'),
      { key: 'hours', kind: 'decimal', scale: 1, header: { zh: '占用工时（小时）', en: 'Hours of work' }, width: 18 },
      whole('over', '超限或清单外', 'Against a cap or list'),
    ],
    rows: schools.map((row) => ({ ...row, hours: (row.minutes / 60).toFixed(1) })),
    locale,
    at: new Date(act.now),
    note: `${org.name} · ${act.actor.name}`,
  })
}
