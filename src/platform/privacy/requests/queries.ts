/** Requests as the one who asked sees them, and as the office that answers does. */
import { sql } from 'kysely'
import { invalid } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { Registry } from '../registry.ts'
import type { Kind } from './service.ts'

type State = 'open' | 'granted' | 'refused' | 'withdrawn'
type Row = {
  accountId: string
  id: string
  kind: Kind
  holding: string | null
  words: string
  state: State
  askedAt: string
  dueOn: string
  late: boolean
  answer: string | null
  answeredAt: string | null
  answeredByName: string | null
  officeName: string
}
type OfficeRow = Row & { name: string; orgName: string; personId: string | null; employed: boolean }

const COLUMNS = sql`r.account_id, r.id, r.kind, r.holding, r.words, r.state, r.asked_at, r.due_on,
  r.state = 'open' and r.due_on < db.today() as late, r.answer, r.answered_at, r.answered_by_name,
  (select o.short_name from directory.organisation o where o.id = r.office_id) as office_name`

const titled = <R extends Row>(registry: Registry, { holding, ...row }: R) => ({
  ...row,
  holding: holding === null ? null : (registry.find(holding)?.title ?? { zh: holding, en: holding }),
})

export async function ownRequests<T>(act: Act<T>, registry: Registry) {
  const { rows } = await sql<Row>`select ${COLUMNS} from privacy.request r where r.account_id = db.account()
    order by r.asked_at desc, r.id desc limit 200`.execute(act.tx)
  return rows.map((row) => titled(registry, row))
}

type Ask = { cursor?: string | undefined; limit: number; state?: State | undefined }

/** Those that wait first, by the day on which they are due; what is settled after them, the latest first. */
export async function requestsInScope<T>(act: Act<T>, registry: Registry, ask: Ask) {
  const from = ask.cursor === undefined ? 0 : Number(ask.cursor)
  if (!Number.isSafeInteger(from) || from < 0) throw invalid('privacy.bad_cursor')
  const where = sql`r.org_path <@ any (db.scope()) and ${ask.state === undefined ? sql`true` : sql`r.state = ${ask.state}`}`
  const { rows } = await sql<OfficeRow>`select ${COLUMNS}, r.name, r.person_id, o.short_name as org_name,
      exists (select from directory.employment e where e.person_id = r.person_id and e.during @> db.today()) as employed
    from privacy.request r join directory.organisation o on o.id = r.org_id where ${where}
    order by r.state <> 'open', case when r.state = 'open' then r.due_on end, r.asked_at desc, r.id
    offset ${from} limit ${ask.limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{
    total: number
  }>`select count(*)::int as total from privacy.request r where ${where}`.execute(act.tx)
  return {
    rows: rows.slice(0, ask.limit).map((row) => titled(registry, row)),
    next: rows.length > ask.limit ? String(from + ask.limit) : null,
    total: count[0]!.total,
  }
}

type Restriction = {
  personId: string
  id: string
  name: string
  number: string
  orgName: string
  since: string
  reason: string
  byName: string
}

export async function restrictionsInScope<T>(act: Act<T>): Promise<Restriction[]> {
  const { rows } =
    await sql<Restriction>`select r.person_id, r.id, r.name, r.number, o.short_name as org_name, r.since, r.reason, r.by_name
    from privacy.restriction r join directory.organisation o on o.id = r.org_id
    where r.lifted_at is null and r.org_path <@ any (db.scope()) order by r.since desc, r.id limit 1000`.execute(act.tx)
  return rows
}
