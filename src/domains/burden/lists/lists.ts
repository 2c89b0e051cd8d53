/** White list of social affairs and list of inspections: few enough, and told in time. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { cited, figureIn, figuresIn, policyOf } from '../register/limits.ts'
import { officeOf } from '../register/register.ts'
import { inspectionsLeft, listableFrom } from '../rules/caps.ts'

type Listed = {
  id: string
  kind: 'event' | 'inspection'
  title: string
  document: string
  number: string
  orgName: string
  announcedOn: string
  from: string
  endsOn: string | null
  own: boolean
}
type Root = { id: string; path: string }

/** 省级: the top of the tree above an office; a list is the whole tree's. */
async function rootOf<T>(act: Act<T>, path: string): Promise<Root> {
  const { rows } =
    await sql<Root>`select o.id, o.path::text from directory.organisation o where o.path = subpath(${path}::ltree, 0, 1)`.execute(
      act.tx,
    )
  return rows[0]!
}

export async function lists<T>(act: Act<T>) {
  const office = await officeOf(act)
  const root = await rootOf(act, office.path)
  const held = await policyOf(act, office.id)
  const figures = figuresIn(held, act.today)
  const { rows } =
    await sql<Listed>`select l.id, l.kind, l.title, l.document, l.number, o.short_name as org_name, l.announced_on, l.from_on as "from", l.ends_on,
      l.org_path <@ any (db.scope()) as own
    from burden.listed l join directory.organisation o on o.id = l.org_id
    where (l.org_path @> any (db.scope()) or l.org_path <@ any (db.scope())) and (l.ends_on is null or l.ends_on > db.today() - 366) order by l.kind, l.from_on, l.id`.execute(
      act.tx,
    )
  const base = await baseOf(act, root.id)
  return {
    rows,
    figures,
    base,
    inspectionsMost: figures.inspectionCut && inspectionsLeft(base, figures.inspectionCut.value),
    earliest: listableFrom(act.today, figures.noticeMonths?.value ?? 0),
  }
}

async function baseOf<T>(act: Act<T>, rootId: string): Promise<number | null> {
  const { rows } = await sql<{ items: number }>`select b.items from burden.base b where b.org_id = ${rootId}`.execute(
    act.tx,
  )
  return rows[0]?.items ?? null
}

type ToList = { kind: 'event' | 'inspection'; title: string; document: string; number: string; from: string }

/** @throws Refusal `burden.list_full`, `burden.list_notice` */
export async function addListed<T>(act: Act<T>, input: ToList): Promise<{ listedId: string }> {
  const office = await officeOf(act)
  const root = await rootOf(act, office.path)
  const held = await policyOf(act, office.id)
  const notice = figureIn(held, 'burden.list.notice_months', act.today)
  const earliest = listableFrom(act.today, notice?.value ?? 0)
  if (input.from < earliest)
    throw refused('burden.list_notice', { earliest, months: notice?.value ?? 0, clause: cited(notice) })
  // Whoever adds at the same moment waits here, and then counts this one too.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`burden.list ${root.id} ${input.kind}`}, 0))`.execute(
    act.tx,
  )
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from burden.listed l where l.kind = ${input.kind} and l.org_path <@ ${root.path}::ltree
    and (l.ends_on is null or l.ends_on > ${input.from})`.execute(act.tx)
  const cap =
    input.kind === 'event'
      ? figureIn(held, 'burden.social.list_items', input.from)
      : figureIn(held, 'burden.inspection.cut_share', input.from)
  const most =
    input.kind === 'event' ? (cap?.value ?? null) : cap && inspectionsLeft(await baseOf(act, root.id), cap.value)
  if (most !== null && rows[0]!.n >= most)
    throw refused('burden.list_full', { most, count: rows[0]!.n, kind: input.kind, clause: cited(cap) })
  const listedId = newId()
  await sql`insert into burden.listed (id, org_id, org_path, kind, title, document, number, announced_on, from_on)
    values (${listedId}, ${office.id}, ${office.path}::ltree, ${input.kind}, ${input.title}, ${input.document}, ${input.number}, ${act.today}, ${input.from})`.execute(
    act.tx,
  )
  await record(act, { action: 'burden.listed', orgPath: office.path, after: input })
  return { listedId }
}

/** @throws Refusal `burden.list_notice`, `burden.settled` */
export async function endListed<T>(act: Act<T>, listedId: string, from: string): Promise<void> {
  const { rows } = await sql<{
    orgId: string
    from: string
    path: string
  }>`select l.org_id, l.from_on as "from", l.org_path::text as path from burden.listed l
    where l.id = ${listedId} and l.org_path <@ any (db.scope()) and l.ends_on is null for update`.execute(act.tx)
  if (!rows[0]) throw notFound('listed')
  const notice = figureIn(await policyOf(act, rows[0].orgId), 'burden.list.notice_months', act.today)
  const earliest = listableFrom(act.today, notice?.value ?? 0)
  if (from < earliest)
    throw refused('burden.list_notice', { earliest, months: notice?.value ?? 0, clause: cited(notice) })
  if (from < rows[0].from) throw invalid('burden.dates')
  await sql`update burden.listed l set ends_on = ${from} where l.id = ${listedId}`.execute(act.tx)
  await record(act, { action: 'burden.list_ended', orgPath: rows[0].path, after: { listedId, from } })
}

/** Of the whole tree: whoever keeps its lists says it. */
export async function setBase<T>(act: Act<T>, items: number): Promise<void> {
  const root = await rootOf(act, (await officeOf(act)).path)
  await sql`insert into burden.base (org_id, org_path, items) values (${root.id}, ${root.path}::ltree, ${items})
    on conflict (org_id) do update set items = excluded.items`.execute(act.tx)
  await record(act, { action: 'burden.base_set', after: { items } })
}
