/** Entering what is to go into schools: the lists, the consents and the caps are held to on the way in, the counts under lock. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, finishAll, type NewItem, notify } from '../../../platform/inbox/index.ts'
import type { ToRegister } from '../contract.ts'
import { type Against, against, CAPS, LISTED, overCap, PARDONABLE } from '../rules/caps.ts'
import { match } from './held.ts'
import { capsOf, cited, figureIn, policyOf, termIn } from './limits.ts'

export type School = { id: string; path: string; name: string; authority: string | null }
type Office = { id: string; path: string }
export type Sent = {
  id: string
  kind: ToRegister['kind']
  title: string
  asker: string
  year: number
  term: number
  until: string
}

/** An office in scope; the top of the scope where none is named. @throws Refusal `not_found` */
export async function officeOf<T>(act: Act<T>, orgId?: string): Promise<Office> {
  const { rows } = await sql<Office>`select o.id, o.path::text from directory.organisation o
    where o.path <@ any (db.scope()) and ${orgId ? sql`o.id = ${orgId}` : sql`o.path = any (db.scope())`} order by nlevel(o.path), o.path limit 1`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('organisation')
  return rows[0]
}

/** Schools in scope: these, and those under an organisation. @throws Refusal `not_found` where one of them is out of scope */
export async function schoolsOf<T>(act: Act<T>, ids: readonly string[], underId?: string): Promise<School[]> {
  const under = underId ? (await officeOf(act, underId)).path : null
  const { rows } =
    await sql<School>`select o.id, o.path::text, o.short_name as name, (select a.authority from directory.organisation a
      where a.path @> o.path and a.authority is not null order by nlevel(a.path) desc limit 1) as authority
    from directory.organisation o where o.kind = 'school' and o.during @> db.today() and o.path <@ any (db.scope())
      and (o.id = any (${ids}::uuid[]) or o.path <@ ${under}::ltree) order by o.id`.execute(act.tx)
  const found = new Set(rows.map(({ id }) => id))
  if (ids.some((id) => !found.has(id))) throw notFound('school')
  if (rows.length === 0) throw refused('burden.no_school')
  return rows
}

/** Counts one more for each school; those where that is too many are told and nothing is counted. `capless` counts all the same. */
async function countUp<T>(
  act: Act<T>,
  sent: Sent,
  schools: readonly School[],
  caps: ReadonlyMap<string, number | null>,
  capless = false,
) {
  const ids = schools.map(({ id }) => id)
  const { year, term, kind } = sent
  // In one order everywhere, so that nobody waits for each other in a circle.
  await sql`insert into burden.count (org_id, year, term, kind) select s.id, ${year}, ${term}, ${kind} from unnest(${ids}::uuid[]) s (id) order by s.id
    on conflict do nothing`.execute(act.tx)
  const { rows } = await sql<{ orgId: string; n: number }>`select c.org_id, c.n from burden.count c
    where c.org_id = any (${ids}::uuid[]) and c.year = ${year} and c.term = ${term} and c.kind = ${kind} order by c.org_id for update`.execute(
    act.tx,
  )
  const counted = new Map(rows.map(({ orgId, n }) => [orgId, n]))
  const full = overCap(schools.map(({ id, name }) => ({ name, n: counted.get(id) ?? 0, cap: caps.get(id) ?? null })))
  if (full.length > 0 && !capless) return full
  await sql`update burden.count c set n = c.n + 1 where c.org_id = any (${ids}::uuid[]) and c.year = ${year} and c.term = ${term} and c.kind = ${kind}`.execute(
    act.tx,
  )
  return full
}

/** What is expected of a school stands in its inbox; the rest is only told. */
async function send<T>(act: Act<T>, sent: Sent, schools: readonly School[]): Promise<void> {
  await sql`insert into burden.reached (item_id, org_id, org_path) select ${sent.id}, s.id, s.path::ltree
    from jsonb_to_recordset(${JSON.stringify(schools)}::jsonb) s (id uuid, path text)`.execute(act.tx)
  const todo = sent.kind === 'data' || sent.kind === 'inspection'
  const data = { title: sent.title, asker: sent.asker }
  const items: NewItem[] = schools.map(({ id: orgId }) =>
    todo
      ? {
          role: 'clerk',
          orgId,
          kind: 'todo',
          code: 'burden.todo.asked',
          data,
          link: '/burden/mine',
          due: sent.until,
          key: `burden-item:${sent.id}`,
        }
      : { role: 'clerk', orgId, kind: 'message', code: 'burden.message.comes', data, link: '/burden/mine' },
  )
  await notify(act, items)
}

/**
 * @throws Refusal `burden.over_cap`, `burden.off_list`, `burden.too_long`, `burden.no_consent`, `burden.dates`, `burden.nothing_asked`, `burden.no_school`
 */
export async function register<T>(
  act: Act<T>,
  input: ToRegister,
): Promise<{ itemId: string; state: 'open' | 'waiting' | 'answered' }> {
  if (input.until < input.from) throw invalid('burden.dates')
  const office = await officeOf(act, input.orgId)
  const held = await policyOf(act, office.id)
  const asks = input.kind === 'data' ? match([...new Set(input.asks)]) : []
  if (input.kind === 'data' && asks.length === 0) throw invalid('burden.nothing_asked')
  const answers = [...new Set(asks.flatMap(({ id }) => id ?? []))]
  const asked = asks.filter(({ id }) => id === null).map(({ label }) => label)
  const answered = input.kind === 'data' && asked.length === 0
  const schools = answered ? [] : await schoolsOf(act, input.schoolIds, input.underId)
  const sent: Sent = {
    id: newId(),
    kind: input.kind,
    title: input.title,
    asker: input.asker,
    until: input.until,
    ...termIn(held, input.from),
  }
  const listed = await listedFor(act, input, schools)
  const longest = figureIn(held, 'burden.secondment.months', input.from)
  const found: Against[] = against(
    {
      kind: input.kind,
      from: input.from,
      until: input.until,
      listed,
      schoolConsents: input.schoolConsents ?? null,
      personConsents: input.personConsents ?? null,
    },
    longest?.value ?? null,
  )
  const caps = await capsOf(act, schools, CAPS[input.kind], input.from)
  const stands = found.filter((one) => input.reason === undefined || !PARDONABLE.includes(one))
  if (stands.length > 0)
    throw refused(`burden.${stands[0]}`, { clause: cited(longest), most: longest?.value ?? 0, title: input.title })
  let waits = found.length > 0
  if (!answered && !waits) {
    const full = await countUp(act, sent, schools, caps.of)
    if (full.length > 0) {
      if (input.reason === undefined)
        throw refused('burden.over_cap', {
          kind: input.kind,
          schools: full
            .slice(0, 5)
            .map(({ name }) => name)
            .join('、'),
          count: full.length,
          cap: caps.figure?.value ?? 0,
          clause: cited(caps.figure),
        })
      found.push('over_cap')
      waits = true
    }
  }
  const state = answered ? 'answered' : waits ? 'waiting' : 'open'
  await sql`insert into burden.item (id, org_id, org_path, kind, title, about, asker, document, number, article, listed_id, from_on, until_on, year, term,
      items, minutes, people, school_consents, person_consents, held, asked, targets, state, against, reason, account_id, at)
    values (${sent.id}, ${office.id}, ${office.path}::ltree, ${input.kind}, ${input.title}, ${input.about}, ${input.asker}, ${input.document}, ${input.number},
      ${input.article}, ${listed ? (input.listedId ?? null) : null}, ${input.from}, ${input.until}, ${sent.year}, ${sent.term}, ${input.items}, ${input.minutes},
      ${input.people}, ${input.schoolConsents ?? null}, ${input.personConsents ?? null}, ${answers}, ${asked}, ${schools.map(({ id }) => id)}::uuid[],
      ${state}, ${found}, ${waits ? input.reason! : null}, ${act.actor.account}, ${act.now})`.execute(act.tx)
  if (state === 'open') await send(act, sent, schools)
  if (state === 'waiting')
    await notify(act, [
      {
        role: 'commission',
        orgId: office.id,
        kind: 'todo',
        code: 'burden.todo.exception',
        data: { title: input.title, asker: input.asker },
        link: `/burden/${sent.id}`,
        key: `burden-exception:${sent.id}`,
      },
    ])
  await record(act, {
    action: 'burden.registered',
    subject: { kind: 'burden_item', id: sent.id },
    orgPath: office.path,
    after: {
      kind: input.kind,
      title: input.title,
      state,
      schools: schools.length,
      against: found,
      ...(waits ? { reason: input.reason } : {}),
    },
  })
  return { itemId: sent.id, state }
}

/** Whether it is on a list that holds for all of these schools on its first day. */
async function listedFor<T>(
  act: Act<T>,
  { kind, listedId, from }: ToRegister,
  schools: readonly School[],
): Promise<boolean> {
  if (!LISTED.includes(kind) || !listedId) return false
  const { rows } = await sql<{
    path: string
  }>`select l.org_path::text as path from burden.listed l where l.id = ${listedId} and l.kind = ${kind}
    and l.from_on <= ${from} and (l.ends_on is null or l.ends_on > ${from})`.execute(act.tx)
  const path = rows[0]?.path
  return path !== undefined && schools.every((school) => school.path === path || school.path.startsWith(`${path}.`))
}

type Waiting = Sent & {
  from: string
  path: string
  accountId: string | null
  targets: string[]
  state: string
  orgId: string
}

async function locked<T>(act: Act<T>, itemId: string): Promise<Waiting> {
  const { rows } =
    await sql<Waiting>`select i.id, i.kind, i.title, i.asker, i.year, i.term, i.from_on as "from", i.until_on as until, i.org_path::text as path, i.org_id, i.account_id,
      i.targets, i.state from burden.item i where i.id = ${itemId} and i.org_path <@ any (db.scope()) for update`.execute(
      act.tx,
    )
  if (!rows[0]) throw notFound('item')
  return rows[0]
}

/** The second person. @throws Refusal `burden.settled`, `burden.own_entry` */
export async function decide<T>(
  act: Act<T>,
  itemId: string,
  lets: boolean,
  reason: string,
): Promise<{ state: 'open' | 'declined' }> {
  const item = await locked(act, itemId)
  if (item.state !== 'waiting') throw refused('burden.settled')
  if (item.accountId === act.actor.account) throw refused('burden.own_entry')
  const state = lets ? 'open' : 'declined'
  let full = false
  if (lets) {
    const schools = await schoolsOf(act, item.targets)
    // It may have become too many while it waited.
    const caps = await capsOf(act, schools, CAPS[item.kind], item.from)
    full = (await countUp(act, item, schools, caps.of, true)).length > 0
    await send(act, item, schools)
  }
  await sql`update burden.item i set state = ${state}, decided = ${reason}, decided_by = ${act.actor.account},
      against = case when ${full} and not 'over_cap' = any (i.against) then i.against || array['over_cap'] else i.against end where i.id = ${itemId}`.execute(
    act.tx,
  )
  await finish(act, `burden-exception:${itemId}`, null)
  if (item.accountId)
    await notify(act, [
      {
        accountId: item.accountId,
        kind: 'message',
        code: lets ? 'burden.message.let' : 'burden.message.declined',
        data: { title: item.title, reason },
        link: `/burden/${itemId}`,
      },
    ])
  await record(act, {
    action: lets ? 'burden.let' : 'burden.declined',
    subject: { kind: 'burden_item', id: itemId },
    orgPath: item.path,
    after: { reason },
  })
  return { state }
}

/** What is over before it began does not count; what was asked for in vain is not asked any more. @throws Refusal `burden.settled` */
export async function withdraw<T>(act: Act<T>, itemId: string, reason: string): Promise<void> {
  const item = await locked(act, itemId)
  if (!['open', 'waiting', 'answered'].includes(item.state)) throw refused('burden.settled')
  await sql`update burden.item i set state = 'withdrawn', decided = ${reason} where i.id = ${itemId}`.execute(act.tx)
  const { rows } = await sql<{ orgId: string }>`update burden.count c set n = greatest(c.n - 1, 0) from (
      select x.org_id from burden.count x join burden.reached r on r.org_id = x.org_id and r.item_id = ${itemId}
      where x.year = ${item.year} and x.term = ${item.term} and x.kind = ${item.kind} order by x.org_id for update of x) t
    where c.org_id = t.org_id and c.year = ${item.year} and c.term = ${item.term} and c.kind = ${item.kind} returning c.org_id`.execute(
    act.tx,
  )
  await finishAll(act, [
    { key: `burden-item:${itemId}`, whose: null },
    { key: `burden-exception:${itemId}`, whose: null },
  ])
  await notify(
    act,
    rows.map(({ orgId }) => ({
      role: 'clerk',
      orgId,
      kind: 'message' as const,
      code: 'burden.message.withdrawn',
      data: { title: item.title, reason },
      link: '/burden/mine',
    })),
  )
  await record(act, {
    action: 'burden.withdrawn',
    subject: { kind: 'burden_item', id: itemId },
    orgPath: item.path,
    after: { reason },
  })
}
