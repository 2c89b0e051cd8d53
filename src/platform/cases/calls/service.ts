/** Drafts of calls: made from what packs offer or from a text, saved, dropped. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { authorityOf, type FactBook } from '../../policy/index.ts'
import type { Definition } from '../contract/definition.ts'
import { type Height, tooHigh } from '../rules/written.ts'
import type { Call } from '../tables.ts'
import { type CheckedCall, readCall } from './check.ts'
import { knownIn } from './known.ts'
import { ownCall, touched } from './own.ts'

type Org = { id: string; path: string; height: Height; authority: string }

/** @throws Refusal `not_found` outside the scope, `cases.no_calls_here` for what is neither municipality, district nor school */
export async function orgOf<T>(act: Act<T>, orgId: string): Promise<Org> {
  const { rows } = await sql<{ id: string; path: string; kind: string }>`select o.id, o.path::text, o.kind
    from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  const org = rows[0]
  if (!org) throw notFound('organisation')
  if (!['municipality', 'district', 'school'].includes(org.kind)) throw refused('cases.no_calls_here')
  return { id: org.id, path: org.path, height: org.kind as Height, authority: await authorityOf(act, orgId) }
}

/** Reads a text as the call of an organisation. */
export async function checkedCall<T>(act: Act<T>, book: FactBook, org: Org, source: string): Promise<CheckedCall> {
  const known = await knownIn(act, org.authority, book, await kindsOf(act))
  return readCall(source, 'call.yaml', known, (one) => tooHigh(one, org.height))
}

/** Designations that are given anywhere. */
export async function kindsOf<T>(act: Act<T>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ kind: string }>`select t.definition -> 'result' ->> 'kind' as kind from cases.template t
    union select c.definition -> 'result' ->> 'kind' from cases.call c where c.state in ('published', 'ended')`.execute(
    act.tx,
  )
  return new Set(rows.map(({ kind }) => kind))
}

type From = { template: string } | { source: string }

/** @throws Refusal `not_found`, `cases.call_not_right` with problems by line and column */
export async function createCall<T>(
  act: Act<T>,
  book: FactBook,
  { orgId, from }: { orgId: string; from: From },
): Promise<{ callId: string }> {
  const org = await orgOf(act, orgId)
  const source = 'source' in from ? from.source : await sourceOf(act, org.authority, from.template)
  const definition = right(await checkedCall(act, book, org, source))
  const callId = newId()
  await sql`insert into cases.call (id, org_id, org_path, authority, template, definition, source, title, opens_on, judged_on, made_by)
    values (${callId}, ${org.id}, ${org.path}::ltree, ${org.authority}, ${'template' in from ? from.template : null}, ${JSON.stringify(definition)}::jsonb,
      ${source}, ${JSON.stringify(definition.title)}::jsonb, db.today(), db.today(), ${act.actor.account})`.execute(
    act.tx,
  )
  await record(act, {
    action: 'cases.call_made',
    subject: { kind: 'call', id: callId },
    orgPath: org.path,
    after: { title: definition.title.zh, template: 'template' in from ? from.template : null },
  })
  return { callId }
}

/** The nearest authority's, where several offer a call of the same name. */
async function sourceOf<T>(act: Act<T>, authority: string, template: string): Promise<string> {
  const { rows } = await sql<{ source: string }>`select t.source
    from policy.layers(${authority}, null) l join cases.template t on t.authority = l.authority and t.offered
    where t.id = ${template} order by l.depth limit 1`.execute(act.tx)
  if (!rows[0]) throw notFound('template')
  return rows[0].source
}

/** @throws Refusal `cases.call_not_right` */
export function right(checked: CheckedCall): Definition {
  if (checked.definition) return checked.definition
  const [first] = checked.problems
  throw invalid('cases.call_not_right', {
    count: checked.problems.length,
    line: first!.line,
    zh: first!.zh,
    en: first!.en,
    problems: checked.problems,
  })
}

type Save = {
  callId: string
  revision: number
  title?: Call['title'] | undefined
  opensOn?: string | undefined
  judgedOn?: string | undefined
  deadlines?: { stage: string; closesAt: string | null }[] | undefined
  source?: string | undefined
}

/** @throws Refusal as `ownCall`, `cases.call_not_right`, `cases.no_such_stage` */
export async function saveCall<T>(act: Act<T>, book: FactBook, input: Save): Promise<{ revision: number }> {
  const call = await ownCall(act, input.callId, { state: 'draft', revision: input.revision })
  const { title, opensOn, judgedOn, deadlines = [], source } = input
  const definition =
    source === undefined ? call.definition : right(await checkedCall(act, book, await orgOf(act, call.orgId), source))
  await sql`update cases.call set opens_on = coalesce(${opensOn ?? null}::date, opens_on), judged_on = coalesce(${judgedOn ?? null}::date, judged_on),
      title = ${JSON.stringify(title ?? (source === undefined ? call.title : definition.title))}::jsonb,
      definition = ${JSON.stringify(definition)}::jsonb, source = coalesce(${source ?? null}, source)
    where id = ${call.id}`.execute(act.tx)
  if (source !== undefined)
    // Places of stages and tracks that are no more.
    await sql`delete from cases.quota q where q.call_id = ${call.id} and not exists (
      select from jsonb_to_recordset(${JSON.stringify(definition.quotas)}::jsonb) as r(at text, track text)
      where r.at = q.stage and r.track is not distinct from q.track)`.execute(act.tx)
  await setDeadlines(act, call.id, definition, deadlines, null)
  await record(act, {
    action: 'cases.call_saved',
    subject: { kind: 'call', id: call.id },
    orgPath: call.orgPath,
    after: { title, opensOn, judgedOn, deadlines: input.deadlines, text: source !== undefined },
  })
  return touched(act, call.id)
}

/** Adds what differs from the latest; what was before stays on record. @throws Refusal `cases.no_such_stage` */
export async function setDeadlines<T>(
  act: Act<T>,
  callId: string,
  { stages }: Definition,
  deadlines: readonly { stage: string; closesAt: string | null }[],
  reason: string | null,
): Promise<void> {
  const known = new Set(['submit', ...stages.map(({ id }) => id)])
  const strange = deadlines.find(({ stage }) => !known.has(stage))
  if (strange) throw invalid('cases.no_such_stage', { stage: strange.stage })
  if (deadlines.length === 0) return
  await sql`insert into cases.deadline (call_id, stage, closes_at, reason, by_account)
    select ${callId}, r.stage, r."closesAt", ${reason}, ${act.actor.account}
    from jsonb_to_recordset(${JSON.stringify(deadlines)}::jsonb) as r(stage text, "closesAt" timestamptz)
    where r."closesAt" is distinct from
      (select d.closes_at from cases.deadline d where d.call_id = ${callId} and d.stage = r.stage order by d.nth desc limit 1)`.execute(
    act.tx,
  )
}

/** @throws Refusal as `ownCall` */
export async function dropCall<T>(act: Act<T>, input: { callId: string; revision: number }): Promise<void> {
  const call = await ownCall(act, input.callId, { state: 'draft', revision: input.revision })
  await sql`update cases.call set state = 'dropped', changed_at = db.now() where id = ${call.id}`.execute(act.tx)
  await record(act, { action: 'cases.call_dropped', subject: { kind: 'call', id: call.id }, orgPath: call.orgPath })
}
