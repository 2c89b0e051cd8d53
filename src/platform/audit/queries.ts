/** Reading the trail, the latest first, as far as its row-level security lets one see; and how the chain stands. */
import { sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import { invalid } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import type { Testimony, Witness } from './witness.ts'

export type TrailAsk = {
  cursor?: string | undefined
  limit: number
  /** Beginning of the action: `training.` or `training.class_confirmed`. */
  action?: string | undefined
  /** Part of the actor's name as it stands in the entry. */
  actor?: string | undefined
  about?: string | undefined
  subjectId?: string | undefined
  /** Both days belong to the period, in China's time. */
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  /** False leaves out who signed in and out: most entries of a day, and seldom what is looked for. */
  signIns?: boolean | undefined
}

export type TrailEntry = {
  id: string
  at: string
  actor: string
  ip: string | null
  permission: string
  action: string
  subjectKind: string | null
  subjectId: string | null
  about: { id: string; name: string } | null
  /** The organisation in whose scope it happened; null where it is unknown or outside sight. */
  orgName: string | null
  before: unknown
  after: unknown
  /** Place in the hash chain; null while the entry waits to be linked. */
  seq: number | null
}

export type TrailPage = { rows: TrailEntry[]; next: string | null; total: number; capped: boolean }

/** More entries than this are not counted: the figure is for orientation, the pages still reach all of them. */
const COUNTED = 10_000

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

const where = (ask: TrailAsk) => sql`true
  ${ask.action ? sql`and e.action like ${`${escaped(ask.action)}%`}` : sql``}
  ${ask.actor ? sql`and e.actor like ${`%${escaped(ask.actor)}%`}` : sql``}
  ${ask.about ? sql`and e.about_person = ${ask.about}::uuid` : sql``}
  ${ask.subjectId ? sql`and e.subject_id = ${ask.subjectId}::uuid` : sql``}
  ${ask.from ? sql`and e.at >= ${ask.from}::date::timestamp at time zone 'Asia/Shanghai'` : sql``}
  ${ask.to ? sql`and e.at < (${ask.to}::date + 1)::timestamp at time zone 'Asia/Shanghai'` : sql``}
  ${ask.signIns === false ? sql`and e.action not in ('access.signed_in', 'access.signed_out', 'access.signOut', 'access.sign_in_failed')` : sql``}`

/** Microseconds since 1970 as PostgreSQL counts them: an ISO instant of the browser would lose the last three digits. */
function readCursor(cursor: string | undefined): [micros: string, id: string] | null {
  if (!cursor) return null
  const parts = cursor.split('.')
  if (!/^\d{1,18}$/.test(parts[0] ?? '') || !/^[0-9a-f-]{36}$/.test(parts[1] ?? '')) throw invalid('audit.bad_cursor')
  return [parts[0]!, parts[1]!]
}

/**
 * The trail, keyset-paged by (at, id), the latest first.
 * @throws Refusal `audit.bad_cursor`
 */
export async function trailOf<T>(act: Act<T>, ask: TrailAsk): Promise<TrailPage> {
  const start = readCursor(ask.cursor)
  const after = start
    ? sql`and (e.at, e.id) < (timestamptz 'epoch' + ${start[0]}::bigint * interval '1 microsecond', ${start[1]}::uuid)`
    : sql``
  const { rows } = await sql<TrailEntry & { micros: string }>`with chosen as materialized (
      select e.* from audit.event e where ${where(ask)} ${after} order by e.at desc, e.id desc limit ${ask.limit + 1}
    )
    select c.id, c.at, c.actor, c.ip, c.permission, c.action, c.subject_kind, c.subject_id, c.before, c.after,
      case when p.id is null then null else jsonb_build_object('id', p.id, 'name', p.name) end as about,
      o.short_name as org_name, l.seq, (extract(epoch from c.at) * 1000000)::bigint::text as micros
    from chosen c left join audit.link l on l.event_id = c.id
    left join directory.person p on p.id = c.about_person
    left join directory.organisation o on o.path = c.org_path
    order by c.at desc, c.id desc`.execute(act.tx)
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total from (
      select from audit.event e where ${where(ask)} limit ${COUNTED + 1}) counted`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  const last = shown.at(-1)
  const { total } = count[0]!
  return {
    rows: shown.map(({ micros: _, ...entry }) => entry),
    next: rows.length > ask.limit && last ? `${last.micros}.${last.id}` : null,
    total: Math.min(total, COUNTED),
    capped: total > COUNTED,
  }
}

export type TrailStatus = {
  links: number
  /** When the latest linked entry was made; null while nothing is linked. */
  lastAt: string | null
  /** The first entry that does not give its hash any more; null while the chain holds. */
  broken: { seq: number; eventId: string } | null
  head: Testimony
}

/** Recomputes the whole chain, for the whole house: a chain cannot be checked in parts. */
export async function trailStatus<T>(act: Act<T>, witness: Witness): Promise<TrailStatus> {
  const { rows: broken } = await sql<{
    seq: number
    eventId: string
  }>`select b.seq, b.event_id from audit.first_break() b`.execute(act.tx)
  const { rows } = await sql<{ links: number; lastAt: string | null }>`select count(*)::int as links,
      (select e.at from audit.link l join audit.event e on e.id = l.event_id order by l.seq desc limit 1) as last_at
    from audit.link`.execute(act.tx)
  return { ...rows[0]!, broken: broken[0] ?? null, head: await witness.ask(act.tx) }
}
