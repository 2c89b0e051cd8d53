/** Two entries of one person become one, shown before it is done and taken apart again within the days that the pack gives. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { moveAccounts } from '../../../platform/access/index.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { post, takeBack } from '../../../platform/ledger/index.ts'
import { authorityOf, parameters } from '../../../platform/policy/index.ts'

export type Pair = { keepId: string; goneId: string; take: ('name' | 'sex' | 'birthDate' | 'identity')[] }
export type Merged = {
  references: {
    table: string
    moved: number
    dropped: { constraint: string | null; zh: string; en: string }[]
    stays: number
  }[]
  accountClosed: boolean
  ledger: { entries: number; hours: string }
}

const UNDO_DAYS = 'records.merge_undo_days'

type Half = { id: string; orgId: string; orgPath: string; number: string; name: string }

async function halves<T>(act: Act<T>, { keepId, goneId }: Pair): Promise<{ keep: Half; gone: Half }> {
  const { rows } = await sql<Half>`select p.id, p.org_id, p.org_path::text, p.number, p.name from directory.person p
    where p.id in (${keepId}, ${goneId}) and p.org_path <@ any (db.scope())`.execute(act.tx)
  const keep = rows.find(({ id }) => id === keepId)
  const gone = rows.find(({ id }) => id === goneId)
  if (!keep || !gone || keepId === goneId) throw notFound('person')
  if (act.actor.person === keepId || act.actor.person === goneId) throw refused('records.merge_oneself')
  return { keep, gone }
}

/** Refusals that the database's own functions tell. */
async function told<R>(work: Promise<R>): Promise<R> {
  try {
    return await work
  } catch (error) {
    const { code, message, detail } = error as { code?: string; message: string; detail?: string }
    if (code !== 'QS001') throw error
    if (message === 'records.merge_not_in_scope') throw notFound('person')
    throw refused(message, JSON.parse(detail || '{}'))
  }
}

/** What would happen, by doing it and taking it back: told exactly, conflicts included. */
export async function previewMerge<T>(act: Act<T>, pair: Pair): Promise<Merged> {
  await halves(act, pair)
  await sql`savepoint preview`.execute(act.tx)
  const outcome = await run(act, pair, { mergeId: newId(), reason: '—', until: act.today })
  await sql`rollback to savepoint preview`.execute(act.tx)
  return outcome
}

export async function mergePeople<T>(
  act: Act<T>,
  { reason, ...pair }: Pair & { reason: string },
): Promise<Merged & { mergeId: string; undoUntil: string }> {
  const { keep, gone } = await halves(act, pair)
  const pack = await parameters(act, await authorityOf(act, keep.orgId))
  const mergeId = newId()
  const undoUntil = addDays(act.today, pack.number(UNDO_DAYS, act.today).value)
  const outcome = await run(act, pair, { mergeId, reason, until: undoUntil })
  await follow(act, keep)
  await record(act, {
    action: 'records.people_merged',
    subject: { kind: 'person', id: keep.id },
    about: keep.id,
    orgPath: keep.orgPath,
    before: { number: gone.number, name: gone.name, entry: gone.id },
    after: {
      mergeId,
      reason,
      take: pair.take,
      undoUntil,
      rows: outcome.references.reduce((sum, { moved }) => sum + moved, 0),
    },
  })
  return { ...outcome, mergeId, undoUntil }
}

/** The code tables of columns by table. */
const CODED: [rel: string, column: string, table: string][] = [
  ['records.post', 'code', 'POST'],
  ['records.honour', 'level', 'JB'],
  ['records.title', 'level', 'TITLE'],
  ['records.teaching', 'stage', 'RKXD'],
  ['records.teaching', 'subject', 'ZXXKC'],
  ['records.education', 'level', 'XL'],
]

/** A row that is left out, as people read it: codes in words, the school, the period. */
const inWords = (locale: 'zh' | 'en') => sql`concat_ws(' ',
  (select string_agg(coalesce(c.${sql.ref(locale)}, c.zh), ' ' order by x.nth) from (values ${sql.join(CODED.map(([rel, column, table], nth) => sql`(${rel}, ${column}, ${table}, ${sql.lit(nth)})`))}) x (rel, col, tab, nth)
    join records.code c on c."table" = x.tab and c.code = r.held ->> x.col where x.rel = r.rel),
  case when r.rel = 'records.honour' then r.held ->> 'name' end, r.held ->> 'institution', r.held ->> 'work_since',
  (select o.short_name from directory.organisation o where o.id::text = r.held ->> 'org_id'),
  nullif(concat_ws(' – ', lower((r.held ->> 'during')::daterange)::text, coalesce(upper((r.held ->> 'during')::daterange)::text, case when r.held ? 'during' then '' end)), ''))`

async function run<T>(
  act: Act<T>,
  { keepId, goneId, take }: Pair,
  { mergeId, reason, until }: { mergeId: string; reason: string; until: string },
): Promise<Merged> {
  const ledger = await carry(act, { from: goneId, to: keepId, mergeId, kind: 'person_merge', reason })
  await told(
    sql`select records.merge_people(${mergeId}, ${keepId}, ${goneId}, ${take}::text[], ${reason}, ${until}::date)`.execute(
      act.tx,
    ),
  )
  const { rows } = await sql<
    Merged['references'][number] & { closed: boolean }
  >`select r.rel as "table", (count(*) filter (where r.what = 'moved'))::int as moved,
      (count(*) filter (where r.what = 'stays'))::int as stays, bool_or(r.what = 'closed') as closed,
      coalesce(jsonb_agg(jsonb_build_object('constraint', r."constraint", 'zh', ${inWords('zh')}, 'en', ${inWords('en')})) filter (where r.what = 'dropped'), '[]') as dropped
    from records.merge_row r where r.keep_id = ${keepId} and r.merge_id = ${mergeId} group by r.rel order by r.rel`.execute(
    act.tx,
  )
  return {
    references: rows
      .filter(({ table }) => !table.startsWith('ledger.'))
      .map(({ table, moved, stays, dropped }) => ({ table, moved, stays, dropped })),
    accountClosed: rows.some(({ closed }) => closed),
    ledger,
  }
}

/**
 * The ledger is never rewritten: what stands for one entry of the person is taken back there and entered for the other. Refused where a year
 * of theirs is sealed.
 */
async function carry<T>(
  act: Act<T>,
  { from, to, mergeId, kind, reason }: { from: string; to: string; mergeId: string; kind: string; reason: string },
): Promise<Merged['ledger']> {
  type Entry = {
    id: string
    creditYear: number
    occurredOn: string
    kind: string
    level: string
    hours: string
    credits: string
    title: string
    evidence: Record<string, unknown>
    rule: Record<string, unknown>
    mergeId: string | null
  }
  const { rows } =
    await sql<Entry>`select e.id, e.credit_year, e.occurred_on::text, e.kind, e.level, e.hours::text, e.credits::text, e.title, e.evidence, e.rule, e.evidence ->> 'mergeId' as merge_id
    from ledger.entry e where e.person_id = ${from} and e.counter_of is null
      and not exists (select from ledger.entry c where c.person_id = e.person_id and c.counter_of = e.id)
      and (${kind} = 'person_merge' or e.evidence ->> 'mergeId' = ${mergeId}) order by e.seq`.execute(act.tx)
  if (rows.length === 0) return { entries: 0, hours: '0.00' }
  await post(
    act,
    rows.map(({ id, mergeId: _, ...entry }) => ({
      ...entry,
      personId: to,
      source: { kind, id: sourceOf(mergeId, id) },
      evidence: { ...entry.evidence, mergeId, entryId: id },
    })),
  )
  for (const { id } of rows) await takeBack(act, { personId: from, entryId: id, reason })
  const { rows: sum } = await sql<{
    hours: string
  }>`select sum(x::numeric)::text as hours from unnest(${rows.map(({ hours }) => hours)}::text[]) x`.execute(act.tx)
  return { entries: rows.length, hours: sum[0]!.hours }
}

/** A source of its own for every entry and merge, so that merging again enters it again. */
const sourceOf = (mergeId: string, entryId: string): string => {
  const hex = createHash('sha256').update(`${mergeId} ${entryId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Where the employment that came along is elsewhere, the account goes there. */
async function follow<T>(act: Act<T>, was: Half): Promise<void> {
  const { rows } =
    await sql<Half>`select p.id, p.org_id, p.org_path::text from directory.person p where p.id = ${was.id}`.execute(
      act.tx,
    )
  const now = rows[0]
  if (now && now.orgId !== was.orgId)
    await moveAccounts(act, [{ personId: was.id, orgId: now.orgId, orgPath: now.orgPath }])
}

type Listed = {
  mergeId: string
  keepId: string
  goneId: string
  name: string
  number: string
  goneName: string
  goneNumber: string
  reason: string
  at: string
  undoUntil: string
  undoneAt: string | null
  moved: number
}

/** The latest first. Of the entry that went only its name and number are told, from the trail of the merge. */
export async function merges<T>(act: Act<T>, mergeId?: string): Promise<Listed[]> {
  const { rows } =
    await sql<Listed>`select m.id as merge_id, m.keep_id, m.gone_id, p.name, p.number, coalesce(v.before ->> 'name', '') as gone_name, coalesce(v.before ->> 'number', '') as gone_number,
      m.reason, m.merged_at as at, m.undo_until::text, m.undone_at, (select count(*) from records.merge_row r where r.keep_id = m.keep_id and r.merge_id = m.id and r.what = 'moved')::int as moved
    from records.merge m join directory.person p on p.id = m.keep_id
    left join lateral (select jsonb_build_object('name', s.name, 'number', s.number) as before from records.stub(m.gone_id) s) v on true
    where ${mergeId ?? null}::uuid is null or m.id = ${mergeId ?? null} order by m.merged_at desc, m.id limit 200`.execute(
      act.tx,
    )
  return rows
}

/** @throws Refusal `records.merge_undo_late` after the last day, `records.merge_undone` where it was taken apart already */
export async function undoMerge<T>(
  act: Act<T>,
  { mergeId, reason }: { mergeId: string; reason: string },
): Promise<{ back: number; left: number }> {
  const found = (await merges(act, mergeId))[0]
  if (!found) throw notFound('merge')
  if (found.undoneAt) throw refused('records.merge_undone')
  if (act.today > found.undoUntil) throw refused('records.merge_undo_late', { until: found.undoUntil })
  const { rows: was } =
    await sql<Half>`select p.id, p.org_id, p.org_path::text, p.number, p.name from directory.person p where p.id = ${found.keepId}`.execute(
      act.tx,
    )
  const { rows } = await told(
    sql<{
      back: number
      left: number
    }>`select u.back, u.kept_back as left from records.unmerge_people(${mergeId}, ${found.keepId}) u`.execute(act.tx),
  )
  await carry(act, { from: found.keepId, to: found.goneId, mergeId, kind: 'person_unmerge', reason })
  await follow(act, was[0]!)
  await record(act, {
    action: 'records.merge_undone',
    subject: { kind: 'person', id: found.keepId },
    about: found.keepId,
    orgPath: was[0]!.orgPath,
    after: { mergeId, reason, entry: found.goneId, ...rows[0]! },
  })
  return rows[0]!
}
