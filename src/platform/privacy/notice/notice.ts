/** The notice: made of what modules declare, kept version by version, told to everybody when it has changed. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { NoticeChanges, ToldHolding } from '../contract.ts'
import type { Registry } from '../registry.ts'
import { lengthOf, policyOf, rootOf, toldOf } from '../retention/terms.ts'

/** Where no authority says how soon a request is answered. */
export const ANSWER_DAYS = 15
export const ANSWER_PARAMETER = 'privacy.request.answer_days'

type Controller = { name: string; nameEn: string | null; contact: string | null }
type Platform = { name: string; operator: string; purpose: string; basis: string }
type Version = { version: number; since: string; changes: NoticeChanges }

/** Who answers for the data of whoever asks: the nearest district or municipality above them, the house to strangers. */
async function controllerOf<T>(act: Act<T>): Promise<Controller | null> {
  const { rows } = await sql<Controller>`with mine as (
      select coalesce((select p.org_path from directory.person p where p.id = db.self()),
        (select a.org_path from access.account a where a.id = db.account()),
        (select o.path from directory.organisation o where o.parent_id is null order by o.path limit 1)) as path
    )
    select o.name, o.name_en, (select c.contact from privacy.controller c join directory.organisation x on x.id = c.org_id
      where x.path @> m.path order by nlevel(x.path) desc limit 1) as contact
    from mine m join directory.organisation o on o.path @> m.path and o.kind in ('district', 'municipality')
    order by nlevel(o.path) desc limit 1`.execute(act.tx)
  return rows[0] ?? null
}

export async function noticeOf<T>(act: Act<T>, registry: Registry) {
  const held = await policyOf(act, (await rootOf(act))?.id)
  const { rows: versions } =
    await sql<Version>`select n.version, n.since, n.changes from privacy.notice n order by n.version desc`.execute(
      act.tx,
    )
  const { rows: platforms } = await sql<Platform>`select p.name, p.operator, p.purpose, p.basis from sso.platform p
    where p.state = 'active' order by p.name`.execute(act.tx)
  return {
    version: versions[0]?.version ?? 1,
    since: versions[0]?.since ?? null,
    controller: await controllerOf(act),
    answerDays: lengthOf(held, ANSWER_PARAMETER, act.today) ?? ANSWER_DAYS,
    holdings: registry.holdings.map((holding) => toldOf(holding, held, act.today)),
    platforms,
    versions,
  }
}

const hashOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex')

/** What differs between two versions, by titles. */
export function changesBetween(was: readonly ToldHolding[], is: readonly ToldHolding[]): NoticeChanges {
  const before = new Map(was.map((holding) => [holding.id, holding]))
  const now = new Set(is.map(({ id }) => id))
  return {
    added: is.filter(({ id }) => !before.has(id)).map(({ title }) => title),
    changed: is
      .filter((holding) => before.has(holding.id) && hashOf(sorted(before.get(holding.id))) !== hashOf(sorted(holding)))
      .map(({ title }) => title),
    removed: was.filter(({ id }) => !now.has(id)).map(({ title }) => title),
  }
}

/** PostgreSQL keeps keys of JSON in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

const AT_ONCE = 5_000

/** A new version where something has changed. The first tells nobody: it stands beside the door from the beginning. */
export async function publishNotice<T>(act: Act<T>, registry: Registry): Promise<number | null> {
  await sql`select pg_advisory_xact_lock(hashtext('privacy.notice'))`.execute(act.tx)
  const held = await policyOf(act, (await rootOf(act))?.id)
  const content = registry.holdings.map((holding) => toldOf(holding, held, act.today))
  const hash = hashOf(sorted(content))
  const { rows } = await sql<{ version: number; hash: string; content: ToldHolding[] }>`
    select n.version, n.hash, n.content from privacy.notice n order by n.version desc limit 1`.execute(act.tx)
  const last = rows[0]
  if (last?.hash === hash) return null
  const version = (last?.version ?? 0) + 1
  const changes = changesBetween(last?.content ?? [], content)
  await sql`insert into privacy.notice (version, content, hash, changes, since)
    values (${version}, ${JSON.stringify(content)}::jsonb, ${hash}, ${JSON.stringify(changes)}::jsonb, db.now())`.execute(
    act.tx,
  )
  await record(act, { action: 'privacy.notice_published', after: { version, changes } })
  if (last) await tellEverybody(act, version)
  return version
}

async function tellEverybody<T>(act: Act<T>, version: number): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<{ id: string }>`select a.id from access.account a
      where a.id > ${after}::uuid and a.disabled_at is null and a.kind = 'person' order by a.id limit ${AT_ONCE}`.execute(
      act.tx,
    )
    await notify(
      act,
      rows.map(({ id }) => ({
        accountId: id,
        kind: 'message',
        code: 'privacy.message.notice_changed',
        data: { version },
        link: '/privacy',
        key: `privacy-notice:${version}`,
      })),
    )
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.id
  }
}

/** @throws Refusal where the organisation is outside the scope */
export async function setContact<T>(act: Act<T>, orgId: string, contact: string): Promise<boolean> {
  const { rows } = await sql<{ path: string }>`insert into privacy.controller (org_id, contact)
    select o.id, ${contact} from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())
    on conflict (org_id) do update set contact = excluded.contact, changed_at = db.now()
    returning (select o.path::text from directory.organisation o where o.id = org_id) as path`.execute(act.tx)
  if (!rows[0]) return false
  await record(act, {
    action: 'privacy.contact_set',
    subject: { kind: 'organisation', id: orgId },
    orgPath: rows[0].path,
    after: { contact },
  })
  return true
}
