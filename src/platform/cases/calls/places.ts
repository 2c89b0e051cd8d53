/** Places of a call: shared out by its rules in the database, changed by hand with what the rule had given kept beside it. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { type FactBook, outcomeIn, rulesOf } from '../../policy/index.ts'
import type { Definition, Quota } from '../contract/definition.ts'
import { figureOf } from '../flow/figures.ts'
import type { Call } from '../tables.ts'
import { ownCall, touched } from './own.ts'

/**
 * Every quota of the call anew, for every organisation that it counts: the same for each, or in proportion to teachers or schools by
 * largest remainder. Places that are given by hand begin with none.
 * @param input.discard how many places set by hand are given up: who did not see them is asked first
 * @throws Refusal as `ownCall`, `cases.no_quotas`, `cases.places_by_hand` with how many there are
 */
export async function sharePlaces<T>(
  act: Act<T>,
  book: FactBook,
  input: { callId: string; revision: number; discard?: number | undefined },
): Promise<{ revision: number }> {
  const call = await ownCall(act, input.callId, { state: 'draft', revision: input.revision })
  if (call.definition.quotas.length === 0) throw refused('cases.no_quotas')
  const { rows: hand } = await sql<{ count: number }>`select count(*)::int as count from cases.quota q
    where q.call_id = ${call.id} and ${BY_HAND}`.execute(act.tx)
  const { count } = hand[0]!
  if (count !== (input.discard ?? 0)) throw conflict('cases.places_by_hand', { count })
  await sql`delete from cases.quota where call_id = ${call.id}`.execute(act.tx)
  for (const quota of call.definition.quotas) await share(act, book, call, quota)
  await record(act, {
    action: 'cases.places_shared',
    subject: { kind: 'call', id: call.id },
    orgPath: call.orgPath,
    after: { discarded: count },
  })
  return touched(act, call.id)
}

/** Another number than the rule's, or one where the rule gives none. */
const BY_HAND = sql`case when q.why ? 'byRule' then (q.why ->> 'byRule')::int <> q.places else q.why ->> 'rule' = 'given' and q.places > 0 end`

/**
 * Teachers employed today by organisation. On a way to apply with conditions of its own those alone who meet them on the day on which the
 * call judges, or of whom it cannot be said.
 */
async function teachersOf<T>(act: Act<T>, book: FactBook, call: Call, sets: readonly string[]) {
  const employed = sql`select e.person_id, e.org_id from directory.employment e
    where e.kind = 'main' and e.category = '11' and e.during @> ${act.today}::date`
  const rules = sets.length > 0 ? await rulesOf(act, call.authority, book) : null
  const asked = sets.flatMap((set) => rules?.find(set, call.judgedOn) ?? []).filter(({ about }) => about === 'person')
  const meets = asked.map((inForce, nth) => {
    const row = `f${nth}`
    const facts = book.query(inForce.facts, {
      asOf: call.judgedOn,
      parameters: rules!.parameters,
      people: sql`employed`,
    })
    return sql` join (${facts}) ${sql.ref(row)} on ${sql.ref(`${row}.person_id`)} = t.person_id
      and ${outcomeIn(inForce, row, call.judgedOn)} in ('met', 'exempt', 'unknown')`
  })
  return sql`with employed as materialized (${employed})
    select t.org_id, count(*)::int as n from employed t${sql.join(meets, sql``)} group by t.org_id`
}

async function share<T>(act: Act<T>, book: FactBook, call: Call, { at, per, track, places }: Quota) {
  const each = 'each' in places ? await figureOf(act, call.authority, places.each) : null
  const total = 'total' in places ? await figureOf(act, call.authority, places.total) : null
  const given = each ? 'each' : per === 'call' ? 'total' : 'total' in places ? places.by : 'given'
  const sets = call.definition.tracks.find(({ id }) => id === track)?.sets ?? []
  const rule = given === 'teachers' && sets.length > 0 ? 'eligible' : given
  const byRule = given === 'teachers' || given === 'schools'
  // One level of organisations: the organiser itself, or the districts or schools that it has.
  const counted = sql`select o.id, o.path from directory.organisation o where case ${per}::text when 'call' then o.id = ${call.orgId}
    else o.kind = ${per} and o.path <@ ${call.orgPath}::ltree and o.during @> ${act.today}::date end`
  const heads =
    given === 'teachers'
      ? await teachersOf(act, book, call, sets)
      : sql`select s.id as org_id, 1 as n from directory.organisation s where s.kind = 'school' and s.during @> ${act.today}::date`
  await sql`insert into cases.quota (call_id, id, stage, track, org_id, org_path, places, why)
    with heads as materialized (${heads}),
    counted as (select o.id, o.path, coalesce(sum(h.n), 0)::int as claim from (${counted}) o
      left join directory.organisation x on x.path <@ o.path left join heads h on h.org_id = x.id group by o.id, o.path),
    shared as (select policy.largest_remainder(jsonb_object_agg(c.id, c.claim), ${total?.value ?? 0}::numeric) as seats, sum(c.claim)::int as of from counted c)
    select ${call.id}, gen_random_uuid(), ${at}, ${track ?? null}, c.id, c.path,
      case ${rule}::text when 'each' then ${each?.value ?? 0}::int when 'total' then ${total?.value ?? 0}::int when 'given' then 0
        else coalesce((s.seats ->> c.id::text)::int, 0) end,
      jsonb_strip_nulls(jsonb_build_object('rule', ${rule}::text, 'total', ${total?.value ?? null}::int,
        'claim', case when ${byRule}::boolean then c.claim end, 'of', case when ${byRule}::boolean then s.of end,
        'exact', case when ${byRule}::boolean and s.of > 0 then round(${total?.value ?? 0}::numeric * c.claim / s.of, 2)::text end))
    from counted c cross join shared s`.execute(act.tx)
}

type Row = { quota: number; orgId: string; places: number }

/** Sets places of a draft; what the rule gave stays beside it. @throws Refusal as `ownCall`, `not_found` where an organisation is not counted */
export async function setPlaces<T>(
  act: Act<T>,
  input: { callId: string; revision: number; rows: Row[]; reason?: string | undefined },
): Promise<{ revision: number }> {
  const call = await ownCall(act, input.callId, { state: 'draft', revision: input.revision })
  await putPlaces(act, call, input.rows, input.reason)
  await record(act, {
    action: 'cases.places_set',
    subject: { kind: 'call', id: call.id },
    orgPath: call.orgPath,
    after: { rows: input.rows, reason: input.reason },
  })
  return touched(act, call.id)
}

/** @throws Refusal `not_found`, `cases.places_below_taken` */
export async function putPlaces<T>(act: Act<T>, call: Call, rows: readonly Row[], reason?: string): Promise<void> {
  const wanted = rows.map(({ quota, orgId, places }) => {
    const of = call.definition.quotas[quota]
    if (!of) throw invalid('cases.no_quotas')
    return { stage: of.at, track: of.track ?? null, org_id: orgId, places }
  })
  const set = sql`jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as r(stage text, track text, org_id uuid, places int)`
  const mine = sql`q.call_id = ${call.id} and q.stage = r.stage and q.track is not distinct from r.track and q.org_id = r.org_id`
  const { rows: full } = await sql<{ org: string; taken: number }>`select o.short_name as org, q.taken
    from (select q.org_id, q.taken, r.places from cases.quota q join ${set} on ${mine} order by q.id for update of q) q
    join directory.organisation o on o.id = q.org_id where q.taken > q.places`.execute(act.tx)
  if (full[0]) throw refused('cases.places_below_taken', full[0])
  const { numAffectedRows } = await sql`update cases.quota q set places = r.places,
      why = case when q.why ? 'byRule' or r.places = q.places or q.why ->> 'rule' = 'given' then q.why else q.why || jsonb_build_object('byRule', q.places) end
        || ${reason === undefined ? '{}' : JSON.stringify({ reason })}::jsonb
    from ${set} where ${mine}`.execute(act.tx)
  if (Number(numAffectedRows ?? 0) !== rows.length) throw notFound('organisation')
}

/**
 * What keeps the places of a call from being published: nobody shared them out, or more were given than there are.
 * @throws Refusal `cases.places_missing`, `cases.places_beyond`
 */
export async function assertPlaces<T>(act: Act<T>, call: Call): Promise<void> {
  const { rows } = await sql<{
    stage: string
    track: string | null
    sum: number
  }>`select q.stage, q.track, sum(q.places)::int as sum
    from cases.quota q where q.call_id = ${call.id} group by q.stage, q.track`.execute(act.tx)
  for (const quota of call.definition.quotas) {
    const held = rows.find(({ stage, track }) => stage === quota.at && track === (quota.track ?? null))
    const where = placeNames(call.definition, quota)
    if (!held || held.sum === 0) throw refused('cases.places_missing', where)
    if (!('total' in quota.places)) continue
    const { value } = await figureOf(act, call.authority, quota.places.total)
    if (held.sum > value) throw refused('cases.places_beyond', { ...where, sum: held.sum, total: value })
  }
}

const placeNames = ({ stages, tracks }: Definition, { at, track }: Quota) => {
  const stage = stages.find(({ id }) => id === at)!.title
  const way = tracks.find(({ id }) => id === track)?.title
  return {
    zh: way ? `${stage.zh}·${way.zh}` : stage.zh,
    en: way ? `${stage.en}, ${way.en}` : stage.en,
  }
}
