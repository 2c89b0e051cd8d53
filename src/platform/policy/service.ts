/** Loads packs into the database: immutable versions, and which of them is in force. */
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { record } from '../audit/index.ts'
import { type Act, type Db, SYSTEM, transact } from '../db/index.ts'
import { misfits } from './drafts/standing.ts'
import type { FactBook } from './facts.ts'
import { PACKS, type Pack } from './packs/pack.ts'
import { readPacks } from './packs/read.ts'
import type { PolicyTables } from './tables.ts'
import type { Problem } from './yaml-file.ts'

const LOADING = { actor: SYSTEM, permission: 'policy.load', scope: { paths: [], self: false } }

export type Loaded = { authority: string; version: string; changed: boolean }

/**
 * Brings the packs of a folder into force. Content that is in force already changes nothing; a folder with one mistake is
 * refused whole, and what was in force stays; so is one that what people adopted in the product does not fit. Needs the owner's connection.
 * @throws Refusal `policy.pack_invalid`
 */
export async function loadPacks(owner: Db, facts: FactBook, folder: string = PACKS): Promise<Loaded[]> {
  const packs = await readPacks(folder, facts)
  return transact(owner as Db<PolicyTables>, LOADING, (act) => bringIntoForce(act, packs, facts))
}

/** What of these packs what people adopted in the product does not fit. Changes nothing. */
export const unfit = (owner: Db, packs: readonly Pack[], facts: FactBook): Promise<Problem[]> =>
  transact(owner as Db<PolicyTables>, LOADING, (act) => misfits(act, packs, facts))

/**
 * Loads the packs for a start: where they are refused while something is in force, that stays, and officials are told until they can be loaded.
 * @returns what is wrong with them; nothing where they were loaded
 * @throws Refusal `policy.pack_invalid` where nothing is in force yet
 */
export async function loadOrKeep(owner: Db, facts: FactBook, folder: string = PACKS): Promise<Problem[]> {
  try {
    await loadPacks(owner, facts, folder)
    return []
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'policy.pack_invalid') throw error
    const problems = error.data.problems as Problem[]
    const { rows } = await sql<{ kept: boolean }>`insert into policy.refused_load as r (problems)
      select ${JSON.stringify(problems.slice(0, MOST_KEPT))}::jsonb where exists (select from policy.pack)
      on conflict (one) do update set problems = excluded.problems returning true as kept`.execute(owner)
    if (rows.length === 0) throw error
    return problems
  }
}

/** Problems of a refused load that are kept to be shown. */
const MOST_KEPT = 50

async function bringIntoForce(act: Act<PolicyTables>, packs: Pack[], facts: FactBook): Promise<Loaded[]> {
  // Two servers that start together load one after the other.
  await sql`select pg_advisory_xact_lock(hashtext('policy.load'))`.execute(act.tx)
  const problems = await misfits(act, packs, facts)
  if (problems.length > 0) throw new Refusal('invalid', 'policy.pack_invalid', { count: problems.length, problems })
  const versions = packs.map(({ version }) => version)
  const { rows: known } = await sql<{
    id: string
  }>`select v.id from policy.pack_version v where v.id = any(${versions}::text[])`.execute(act.tx)
  const fresh = packs.filter(({ version }) => !known.some(({ id }) => id === version))
  if (fresh.length > 0) await insertVersions(act, fresh)
  const { rows: changed } = await sql<{ authority: string }>`insert into policy.pack (authority, version_id, since)
    select v.authority, v.id, db.now() from policy.pack_version v where v.id = any(${versions}::text[])
    on conflict (authority, origin) do update set version_id = excluded.version_id, since = excluded.since
      where pack.version_id <> excluded.version_id
    returning authority`.execute(act.tx)
  await sql`delete from policy.refused_load`.execute(act.tx)
  const moved = new Set(changed.map(({ authority }) => authority))
  await record(
    act,
    ...packs
      .filter(({ authority }) => moved.has(authority))
      .map(({ version }) => ({ action: 'policy.pack_in_force', after: { version } })),
  )
  return packs.map(({ authority, version }) => ({ authority, version, changed: moved.has(authority) }))
}

async function insertVersions(act: Act<PolicyTables>, packs: Pack[]): Promise<void> {
  const versions = packs.map(({ version, authority, name, extends: above }) => ({
    id: version,
    authority,
    name,
    extends: above,
  }))
  const parameters = packs.flatMap(({ version, parameters }) =>
    parameters.map(({ id, title, unit, below = 'free', permission }) => ({
      version_id: version,
      id,
      title,
      unit,
      below,
      permission,
    })),
  )
  const values = packs.flatMap(({ version, parameters }) =>
    parameters.flatMap(({ id, values }) =>
      values.map(({ from, value, clause, confidence, note, review }, index) => ({
        version_id: version,
        parameter_id: id,
        starts: from,
        ends: values[index + 1]?.from ?? null,
        value,
        clause: clause ?? null,
        confidence,
        note: note ?? null,
        review_on: review ?? null,
      })),
    ),
  )
  const requirements = packs.flatMap(({ version, requirements }) =>
    requirements.map((declared) => ({ version_id: version, id: declared.id, declared })),
  )
  const cases = packs.flatMap(({ version, cases: worked }) =>
    worked.map((declared, nth) => ({ version_id: version, nth, declared })),
  )
  await sql`insert into policy.pack_version (id, authority, name, extends)
    select r.id, r.authority, r.name, r.extends
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as r(id text, authority text, name jsonb, extends text)`.execute(
    act.tx,
  )
  await sql`insert into policy.parameter (version_id, id, title, unit, below, permission)
    select r.version_id, r.id, r.title, r.unit, r.below, r.permission
    from jsonb_to_recordset(${JSON.stringify(parameters)}::jsonb) as r(version_id text, id text, title jsonb, unit text, below text,
      permission jsonb)`.execute(act.tx)
  await sql`insert into policy.parameter_value (version_id, parameter_id, during, value, clause, confidence, note, review_on)
    select r.version_id, r.parameter_id, daterange(r.starts, r.ends), coalesce(r.value, 'null'), r.clause, r.confidence, r.note, r.review_on
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(version_id text, parameter_id text, starts date, ends date, value jsonb,
      clause jsonb, confidence text, note text, review_on date)`.execute(act.tx)
  await sql`insert into policy.requirement (version_id, id, declared)
    select r.version_id, r.id, r.declared
    from jsonb_to_recordset(${JSON.stringify(requirements)}::jsonb) as r(version_id text, id text, declared jsonb)`.execute(
    act.tx,
  )
  await sql`insert into policy.pack_case (version_id, nth, declared)
    select r.version_id, r.nth, r.declared
    from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb) as r(version_id text, nth int, declared jsonb)`.execute(
    act.tx,
  )
}
