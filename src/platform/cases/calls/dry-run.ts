/** A call tried with invented applicants: they go through every stage as real ones would, and nothing of it is kept. */
import { sql } from 'kysely'
import { Refusal, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../db/index.ts'
import { keepForm } from '../../forms/index.ts'
import type { DryRun } from '../contract/calls.ts'
import type { Office, Stage } from '../contract/definition.ts'
import { officeAt } from '../flow/enter.ts'
import { moveAll } from '../flow/move.ts'
import { lockedApplications } from '../flow/rows.ts'
import { type Move, moved } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'
import { ownCall } from './own.ts'
import { assertPlaces } from './places.ts'
import { assertDates } from './publish.ts'

/**
 * All go on from stage to stage for as long as there are places; who finds none is refused there. One of them comes back from the first
 * check to be corrected, one is objected to during each notice. What is in the way is told where it was met.
 * @throws Refusal as `ownCall`, `cases.nobody_to_try`
 */
export async function dryRun<T>(act: Act<T>, input: { callId: string; applicants: number }): Promise<DryRun> {
  const call = await ownCall(act, input.callId, { state: 'draft' })
  const { recorded } = act
  await sql`savepoint dry_run`.execute(act.tx)
  try {
    return await tried(act, call, input.applicants)
  } finally {
    await sql`rollback to savepoint dry_run`.execute(act.tx)
    // Entries of the trail went back as well: the act itself is still to be recorded.
    act.recorded = recorded
  }
}

async function tried<T>(act: Act<T>, call: Call, count: number): Promise<DryRun> {
  const ids = await invented(act, call, count)
  const begun = await attempt(act, call, ids, { act: 'submit' })
  const stages: DryRun['stages'] = []
  for (const stage of call.definition.stages) {
    const here = await at(act, ids, stage)
    const came = here.map(({ id }) => id)
    const offices = await officesOf(act, came, stage)
    const [first] = here
    const detour = first ? await detours(act, call, first, stage) : []
    const { passed, trouble } = await attempt(act, call, came, { act: 'pass' })
    const left = came.filter((id) => !passed.has(id))
    if (left.length > 0) await attempt(act, call, left, { act: 'refuse' })
    stages.push({
      stage: stage.id,
      came: came.length,
      passed: passed.size,
      ...offices,
      due: first?.dueOn ?? null,
      trouble: [...(stages.length === 0 ? begun.trouble : []), ...detour, ...trouble],
    })
  }
  const { rows: ended } = await sql<
    DryRun['ended'][number]
  >`select a.state, a.stage, count(*)::int as cases from cases.application a
    where a.id = any (${ids}::uuid[]) group by a.state, a.stage order by cases desc`.execute(act.tx)
  return { applicants: ids.length, lacking: await lackingIn(act, call), stages, ended }
}

/** What publishing would refuse. */
async function lackingIn<T>(act: Act<T>, call: Call): Promise<DryRun['lacking']> {
  const found: DryRun['lacking'] = []
  for (const check of [assertDates, assertPlaces])
    try {
      await check(act, call)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      found.push({ code: error.code, data: error.data })
    }
  return found
}

/** People who are nobody at the schools in reach, in turn; for organisations the schools themselves. All have begun an application. */
async function invented<T>(act: Act<T>, call: Call, count: number): Promise<string[]> {
  const { rows: schools } = await sql<{
    id: string
    path: string
    name: string
  }>`select o.id, o.path::text, o.short_name as name
    from directory.organisation o where o.path <@ ${call.orgPath}::ltree and o.kind = 'school' and o.during @> ${act.today}::date
    order by o.path limit ${count}`.execute(act.tx)
  if (schools.length === 0) throw refused('cases.nobody_to_try')
  const { tracks, form, applicant } = call.definition
  const people = applicant === 'person'
  const rows = Array.from({ length: people ? count : schools.length }, (_, nth) => {
    const { id, path, name } = schools[nth % schools.length]!
    return {
      id: newId(),
      person_id: people ? newId() : null,
      number: `DRY${newId().slice(-9)}`,
      org_id: id,
      org_path: path,
      name: people ? `虚拟申报人${nth + 1}` : name,
      track: tracks[nth % Math.max(tracks.length, 1)]?.id ?? null,
    }
  })
  const set = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, person_id uuid, number text, org_id uuid, org_path ltree, name text, track text)`
  const version = await keepForm(act, form)
  if (people)
    await sql`insert into directory.person (id, number, name, org_id, org_path) select r.person_id, r.number, r.name, r.org_id, r.org_path from ${set}`.execute(
      act.tx,
    )
  await sql`insert into cases.application (id, call_id, person_id, org_id, org_path, name, track, form_version, made_by)
    select r.id, ${call.id}, r.person_id, r.org_id, r.org_path, r.name, r.track, ${version}, ${act.actor.account} from ${set}`.execute(
    act.tx,
  )
  return rows.map(({ id }) => id)
}

const at = async <T>(act: Act<T>, ids: readonly string[], { id }: Stage): Promise<Application[]> =>
  (await lockedApplications(act, ids)).filter(({ state, stage }) => state === 'waiting' && stage === id)

/** Who is asked to act, and where nobody could. */
async function officesOf<T>(act: Act<T>, ids: readonly string[], stage: Stage) {
  const wanted: Office[] = [stage.by].flat()
  const { rows } = await sql<{ role: string; org: string | null; held: boolean }>`
    select distinct w.role, o.name as org, exists (select from access.assignment s where s.role = w.role and s.org_id = o.id and s.during @> ${act.today}::date) as held
    from cases.application a cross join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(role text, at text)
    left join lateral (select o.id, o.short_name as name from ${officeAt(sql`w.at`, sql`a.org_path`)} n join directory.organisation o on o.id = n.id) o on true
    where a.id = any (${ids}::uuid[]) order by w.role, org`.execute(act.tx)
  return {
    offices: rows.length,
    vacant: rows.filter(({ held }) => !held).map(({ role, org }) => ({ role, org: org ?? '' })),
  }
}

/** What also happens on the way: a correction that is handed in again, an objection that is answered. */
async function detours<T>(act: Act<T>, call: Call, { id }: Application, stage: Stage) {
  const ways: Move[][] =
    stage.kind === 'check' && stage === call.definition.stages.find(({ kind }) => kind === 'check')
      ? [[{ act: 'return', to: null }, { act: 'submit' }]]
      : stage.kind === 'notice'
        ? [[{ act: 'pause' }, { act: 'resume' }]]
        : []
  const trouble: Trouble[] = []
  for (const move of ways.flat()) {
    const [application] = await lockedApplications(act, [id])
    // Where a stage sends nothing back there is nothing to try.
    if (moved(call.definition, application!, move) === null) break
    trouble.push(...(await attempt(act, call, [id], move)).trouble)
  }
  return trouble
}

type Trouble = DryRun['stages'][number]['trouble'][number]

/** Moves all at once, or, where that is refused, each that can be moved. */
async function attempt<T>(act: Act<T>, call: Call, ids: readonly string[], move: Move) {
  const passed = new Set<string>()
  const trouble: Trouble[] = []
  if (ids.length === 0) return { passed, trouble }
  const told = await inside(act, call, ids, move)
  if (told === null) return { passed: new Set(ids), trouble }
  for (const id of ids.length === 1 ? [] : ids) {
    const each = await inside(act, call, [id], move)
    if (each === null) passed.add(id)
    else count(trouble, each)
  }
  if (ids.length === 1) count(trouble, told)
  return { passed, trouble }
}

function count(trouble: Trouble[], { code, data }: Refusal) {
  const same = trouble.find((one) => one.code === code)
  if (same) same.cases += 1
  else trouble.push({ code, data, cases: 1 })
}

/** Null where it could be done; what it was refused for leaves nothing behind. */
async function inside<T>(act: Act<T>, call: Call, ids: readonly string[], move: Move): Promise<Refusal | null> {
  await sql`savepoint dry_move`.execute(act.tx)
  try {
    await moveAll(act, call, await lockedApplications(act, ids), move, { words: '试运行' })
    await sql`release savepoint dry_move`.execute(act.tx)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint dry_move`.execute(act.tx)
    return error
  }
}
