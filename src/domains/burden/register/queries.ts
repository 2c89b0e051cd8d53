/** The register as lists: for offices, and for the schools that it reached. */
import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { exportFile, type Locale } from '../../../platform/sheets/index.ts'
import type { ItemRow, ReachedRow } from '../contract.ts'
import { heldField } from './held.ts'
import { figuresIn, policyOf, termIn } from './limits.ts'

const COLUMNS = sql`i.id, i.kind, i.title, i.about, i.asker, i.document, i.number, i.article, o.short_name as org_name, l.title as listed,
  i.from_on as "from", i.until_on as until, i.year, i.term, i.items, i.minutes, i.people, i.held, i.asked, i.state, i.against, i.reason`
const FROM = sql`burden.item i join directory.organisation o on o.id = i.org_id left join burden.listed l on l.id = i.listed_id`
const here = sql<boolean>`i.org_path <@ any (db.scope())`

export const officeRow = <T>(act: Act<T>): RawBuilder<unknown> => sql`${COLUMNS}, i.decided,
  case when i.state = 'waiting' then cardinality(i.targets) else (select count(*)::int from burden.reached r where r.item_id = i.id) end as schools,
  (select count(*)::int from burden.reached r where r.item_id = i.id and r.done_at is not null) as done,
  coalesce(i.account_id = ${act.actor.account}::uuid, false) as own`

type Ask = {
  cursor?: string | undefined
  limit: number
  kind?: string | undefined
  state?: string | undefined
  search?: string | undefined
}

export async function items<T>(act: Act<T>, { cursor, limit, kind, state, search }: Ask) {
  const [day, after] = cursor?.split(' ') ?? []
  const like = `%${(search ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  const where = sql<boolean>`${here} and (${kind ?? null}::text is null or i.kind = ${kind ?? null}) and (${state ?? null}::text is null or i.state = ${state ?? null})
    and (i.title ilike ${like} or i.asker ilike ${like})`
  const { rows } = await sql<ItemRow>`select ${officeRow(act)} from ${FROM} where ${where}
    ${day && after ? sql`and (i.from_on, i.id) < (${day}::date, ${after}::uuid)` : sql``} order by i.from_on desc, i.id desc limit ${limit + 1}`.execute(
    act.tx,
  )
  const { rows: all } = await sql<{
    total: number
  }>`select count(*)::int as total from burden.item i where ${where}`.execute(act.tx)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? `${last.from} ${last.id}` : null, total: all[0]!.total }
}

export async function item<T>(act: Act<T>, itemId: string) {
  const { rows } = await sql<ItemRow>`select ${officeRow(act)} from ${FROM} where i.id = ${itemId} and ${here}`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('item')
  const { rows: reached } = await sql<{
    orgId: string
    name: string
    doneAt: string | null
  }>`select r.org_id, o.short_name as name, r.done_at
    from burden.reached r join directory.organisation o on o.id = r.org_id where r.item_id = ${itemId} order by r.done_at is not null, o.path`.execute(
    act.tx,
  )
  const fields = rows[0].held.flatMap((id) => {
    const field = heldField(id)
    return field ? [{ id, group: field.group, field: field.field }] : []
  })
  return { ...rows[0], reached, fields }
}

/** What reached the schools that the act sees: of one's own school, or of the school where one works. */
export async function asked<T>(act: Act<T>) {
  const { rows: own } = await sql<{
    id: string
  }>`select o.id from directory.organisation o where o.path = any (db.scope())
    union all select p.org_id from directory.person p where p.id = db.self() limit 1`.execute(act.tx)
  if (!own[0]) throw notFound('school')
  const held = await policyOf(act, own[0].id)
  const term = termIn(held, act.today)
  const { rows } =
    await sql<ReachedRow>`select ${COLUMNS}, r.org_id as school_id, s.short_name as school_name, r.done_at
    from burden.reached r join burden.item i on i.id = r.item_id join directory.organisation o on o.id = i.org_id
      join directory.organisation s on s.id = r.org_id left join burden.listed l on l.id = i.listed_id
    where i.state in ('open', 'ended', 'withdrawn')
    order by i.state = 'open' desc, r.done_at is not null, i.from_on desc, i.id limit 500`.execute(act.tx)
  const now = rows.filter((row) => row.state !== 'withdrawn' && row.year === term.year && row.term === term.term)
  const of = (kind: string) => now.filter((row) => row.kind === kind).length
  const minutes = now.reduce((sum, row) => sum + row.minutes * Math.max(row.people, 1), 0)
  return { term, figures: figuresIn(held, act.today), rows, counts: { events: of('event'), data: of('data'), minutes } }
}

/** Schools in scope, and the offices above them. */
export async function choices<T>(act: Act<T>) {
  const { rows } = await sql<{
    id: string
    name: string
    kind: string
  }>`select o.id, o.short_name as name, o.kind from directory.organisation o
    where o.path <@ any (db.scope()) and o.kind in ('municipality', 'district', 'school') and o.during @> db.today() order by o.path`.execute(
    act.tx,
  )
  return rows
}

const SAID = {
  kind: {
    data: ['数据报送', 'Request for data'],
    inspection: ['督查检查评比考核', 'Inspection or appraisal'],
    event: ['社会事务进校园', 'Social-affairs event'],
    app: ['应用程序', 'App'],
    secondment: ['借调', 'Secondment'],
    meeting: ['会议', 'Meeting'],
  },
  state: {
    waiting: ['待复核', 'Waits for a second person'],
    open: ['已下达', 'Sent'],
    answered: ['由系统答复', 'Answered by the product'],
    declined: ['复核未同意', 'Declined'],
    withdrawn: ['已撤回', 'Withdrawn'],
    ended: ['已结束', 'Ended'],
  },
} as const

export async function exportItems<T>(act: Act<T>, locale: Locale): Promise<File> {
  const { rows } =
    await sql<ItemRow>`select ${officeRow(act)} from ${FROM} where ${here} order by i.from_on desc, i.id desc limit 20000`.execute(
      act.tx,
    )
  const nth = locale === 'en' ? 1 : 0
  const text = (key: string, zh: string, en: string, width = 18) => ({
    key,
    kind: 'text' as const,
    header: { zh, en },
    width,
  })
  const whole = (key: string, zh: string, en: string) => ({ key, kind: 'integer' as const, header: { zh, en } })
  return exportFile({
    title: { zh: '进校园事项登记册', en: 'Burden register' },
    columns: [
      text('kind', '类别', 'Kind'),
      text('title', '事项', 'Title', 36),
      text('asker', '提出部门', 'Asked by', 24),
      text('document', '依据文件', 'Basis', 36),
      text('number', '文号', 'Number'),
      text('article', '条款', 'Article'),
      text('listed', '对应清单事项', 'On the list as', 24),
      { ...text('from', '起始日期', 'From'), kind: 'date' },
      { ...text('until', '截止日期', 'Until'), kind: 'date' },
      text('term', '学期', 'Term'),
      whole('schools', '学校数', 'Schools'),
      whole('done', '已完成学校数', 'Schools done'),
      whole('items', '每校项数', 'Things a school'),
      whole('minutes', '每人分钟数', 'Minutes a person'),
      whole('people', '每校人数', 'People a school'),
      text('state', '状态', 'State'),
      text('reason', '超限或清单外理由', 'Reason where against a cap or list', 30),
      text('decided', '复核意见', 'Second person', 30),
    ],
    rows: rows.map((row) => ({
      ...row,
      kind: SAID.kind[row.kind][nth],
      state: SAID.state[row.state][nth],
      term:
        locale === 'en'
          ? `${row.year}/${row.year + 1}, ${row.term}`
          : `${row.year}—${row.year + 1}学年第${row.term === 1 ? '一' : '二'}学期`,
    })),
    locale,
    at: new Date(act.now),
    note: act.actor.name,
  })
}
