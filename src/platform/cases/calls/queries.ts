/** Calls as they are read: what packs offer, which ones concern somebody, and one with everything that belongs to it. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { type Form, surveyOf } from '../../forms/index.ts'
import { authorityOf, type FactBook, rulesOf } from '../../policy/index.ts'
import type { CallDetail, CallPlaces, CallRow, CallTemplate } from '../contract/calls.ts'
import type { Definition } from '../contract/definition.ts'
import { figuresOf } from '../rules/written.ts'
import { formsOf } from './check.ts'

/** Paths below which the asker writes calls. */
export type Writes = readonly string[]

type Refused = {
  since: string
  problems: { file: string; line: number; column: number; path: string; zh: string; en: string }[]
}

/** What an organisation's authority, and those above it, offer. @throws Refusal `not_found` outside the scope */
export async function templatesFor<T>(
  act: Act<T>,
  orgId: string,
): Promise<{ templates: CallTemplate[]; refused: Refused | null }> {
  const { rows: seen } =
    await sql`select from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (seen.length === 0) throw notFound('organisation')
  const authority = await authorityOf(act, orgId)
  const { rows } = await sql<{
    authority: string
    authorityName: CallTemplate['authorityName']
    version: string
    definition: Definition
  }>`
    select distinct on (t.id) t.authority, v.name as authority_name, t.version, t.definition
    from policy.layers(${authority}, null) l join cases.template t on t.authority = l.authority and t.offered
    join policy.pack_version v on v.id = l.version_id order by t.id, l.depth`.execute(act.tx)
  const { rows: refused } = await sql<Refused>`select r.since, r.problems from cases.refused_templates r`.execute(
    act.tx,
  )
  return {
    templates: rows.map(({ definition: one, ...row }) => ({
      ...row,
      id: one.id,
      title: one.title,
      about: one.about ?? null,
      clause: one.clause,
      confidence: one.confidence,
      note: one.note ?? null,
      applicant: one.applicant,
      stages: one.stages.map(({ id, title, kind }) => ({ id, title, kind })),
    })),
    refused: refused[0] ?? null,
  }
}

const mayWrite = (writes: Writes) => sql<boolean>`c.org_path <@ any (${writes}::ltree[])`
const columns = (
  writes: Writes,
) => sql`c.id, c.title, c.definition -> 'about' as about, c.state, c.definition ->> 'applicant' as applicant, c.org_id,
  o.short_name as org_name, o.name_en as org_name_en, c.opens_on, c.changed_at, ${mayWrite(writes)} as may_write,
  (select d.closes_at from cases.deadline d where d.call_id = c.id and d.stage = 'submit' order by d.nth desc limit 1) as closes_at`

/** Calls of the asker's organisations, of those above and of those below them; drafts only for whoever may write them. */
export async function callsFor<T>(
  act: Act<T>,
  { state }: { state?: 'draft' | 'published' | 'ended' | undefined },
  writes: Writes,
): Promise<CallRow[]> {
  const { rows } = await sql<CallRow>`with mine as (
      select w.path from unnest(db.scope()) w (path) union select p.org_path from directory.person p where p.id = db.self())
    select ${columns(writes)} from cases.call c join directory.organisation o on o.id = c.org_id
    where c.state = any (${state ? [state] : ['draft', 'published', 'ended']}::text[]) and (c.state <> 'draft' or ${mayWrite(writes)})
      and exists (select from mine where c.org_path @> mine.path or c.org_path <@ mine.path)
    order by array_position(array['draft', 'published', 'ended'], c.state), closes_at nulls last, c.id desc`.execute(
    act.tx,
  )
  return rows
}

type Stored = Omit<CallDetail, 'figures' | 'sets' | 'forms' | 'deadlines' | 'places' | 'amendments'> & {
  definition: Definition
}

/** @throws Refusal `not_found` also for a draft that the asker may not write */
export async function callDetail<T>(act: Act<T>, book: FactBook, callId: string, writes: Writes): Promise<CallDetail> {
  const { rows } =
    await sql<Stored>`select ${columns(writes)}, c.authority, c.template, c.definition, c.judged_on, c.seed, c.revision, c.published_at,
      (select a.name from access.account a where a.id = c.published_by) as published_by
    from cases.call c join directory.organisation o on o.id = c.org_id where c.id = ${callId}`.execute(act.tx)
  const call = rows[0]
  if (!call || ((call.state === 'draft' || call.state === 'dropped') && !call.mayWrite)) throw notFound('call')
  return {
    ...call,
    ...(await policyOf(act, book, call)),
    forms: [...formsOf(call.definition)].map(({ path, form }) => ({
      path: path.map(String).join('.'),
      form: surveyOf(form as Form) as Record<string, unknown>,
    })),
    deadlines: await deadlinesOf(act, callId),
    places: await placesOf(act, call),
    amendments: await amendmentsOf(act, callId),
  }
}

/** The figures as they hold today, and the sets in words. */
async function policyOf<T>(
  act: Act<T>,
  book: FactBook,
  { authority, definition }: Stored,
): Promise<Pick<CallDetail, 'figures' | 'sets'>> {
  const rules = await rulesOf(act, authority, book)
  const named = [...definition.eligibility.sets, ...definition.tracks.flatMap(({ sets }) => sets)]
  const figures = [...figuresOf(definition)].map(({ path, figure }) => {
    const at = path.map(String).join('.')
    if (typeof figure === 'number') return { path: at, value: figure, parameter: null, clause: null, confidence: null }
    const found = rules.parameters.find(figure, act.today)
    return {
      path: at,
      value: typeof found?.value === 'number' ? found.value : null,
      parameter: figure,
      clause: found?.clause ?? null,
      confidence: found?.confidence ?? null,
    }
  })
  const sets = [...new Set(named)].map((id) => ({
    id,
    title: rules.declared(id)[0]?.declared.title ?? { zh: id, en: id },
  }))
  return { figures, sets }
}

async function deadlinesOf<T>(act: Act<T>, callId: string): Promise<CallDetail['deadlines']> {
  const { rows } = await sql<{ stage: string; closesAt: string | null; at: string; reason: string | null }>`
    select d.stage, d.closes_at, d.at, d.reason from cases.deadline d where d.call_id = ${callId} order by d.nth desc`.execute(
    act.tx,
  )
  return [...Map.groupBy(rows, ({ stage }) => stage)].map(([stage, [latest, ...before]]) => ({
    stage,
    closesAt: latest!.closesAt,
    before: before.map(({ stage: _, ...one }) => one),
  }))
}

async function placesOf<T>(act: Act<T>, { id, definition }: Stored): Promise<CallPlaces[]> {
  const { rows } = await sql<Omit<CallPlaces, 'quota'> & { stage: string; track: string | null }>`
    select q.stage, q.track, q.org_id, o.short_name as org_name, o.name_en as org_name_en, q.places, q.taken, q.why from cases.quota q
    join directory.organisation o on o.id = q.org_id where q.call_id = ${id} order by nlevel(o.path), o.code nulls last, o.short_name collate "zh-x-icu"`.execute(
    act.tx,
  )
  return rows.map(({ stage, track, ...row }) => ({
    ...row,
    quota: definition.quotas.findIndex((one) => one.at === stage && (one.track ?? null) === track),
  }))
}

async function amendmentsOf<T>(act: Act<T>, callId: string): Promise<CallDetail['amendments']> {
  const { rows } = await sql<
    CallDetail['amendments'][number]
  >`select m.what, m.before, m.after, m.reason, m.by_name as by, m.at
    from cases.amendment m where m.call_id = ${callId} order by m.nth desc`.execute(act.tx)
  return rows
}

/** @throws Refusal `not_found` */
export async function callSource<T>(act: Act<T>, callId: string): Promise<{ source: string; revision: number }> {
  const { rows } = await sql<{ source: string; revision: number }>`select c.source, c.revision from cases.call c
    where c.id = ${callId} and c.org_path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('call')
  return rows[0]
}
