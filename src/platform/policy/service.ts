/** Loads packs into the database: immutable versions, and which of them is in force. */
import { sql } from 'kysely'
import { record } from '../audit/index.ts'
import { type Act, type Db, SYSTEM, transact } from '../db/index.ts'
import type { FactBook } from './facts.ts'
import { PACKS, type Pack, readPacks } from './packs.ts'
import type { PolicyTables } from './tables.ts'

export type Loaded = { authority: string; version: string; changed: boolean }

/**
 * Brings the packs of a folder into force. Content that is in force already changes nothing; a folder with one mistake is
 * refused whole, and what was in force stays. Needs the owner's connection.
 * @throws Refusal `policy.pack_invalid`
 */
export async function loadPacks(owner: Db, facts: FactBook, folder: string = PACKS): Promise<Loaded[]> {
  const packs = await readPacks(folder, facts)
  const ask = { actor: SYSTEM, permission: 'policy.load', scope: { paths: [], self: false } }
  return transact(owner as Db<PolicyTables>, ask, (act) => bringIntoForce(act, packs))
}

async function bringIntoForce(act: Act<PolicyTables>, packs: Pack[]): Promise<Loaded[]> {
  // Two servers that start together load one after the other.
  await sql`select pg_advisory_xact_lock(hashtext('policy.load'))`.execute(act.tx)
  const versions = packs.map(({ version }) => version)
  const { rows: known } = await sql<{
    id: string
  }>`select v.id from policy.pack_version v where v.id = any(${versions}::text[])`.execute(act.tx)
  const fresh = packs.filter(({ version }) => !known.some(({ id }) => id === version))
  if (fresh.length > 0) await insertVersions(act, fresh)
  const { rows: changed } = await sql<{ authority: string }>`insert into policy.pack (authority, version_id, since)
    select v.authority, v.id, db.now() from policy.pack_version v where v.id = any(${versions}::text[])
    on conflict (authority) do update set version_id = excluded.version_id, since = excluded.since
      where pack.version_id <> excluded.version_id
    returning authority`.execute(act.tx)
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
    parameters.map(({ id, title, unit }) => ({ version_id: version, id, title, unit })),
  )
  const values = packs.flatMap(({ version, parameters }) =>
    parameters.flatMap(({ id, values }) =>
      values.map(({ from, value, clause, confidence, note }, index) => ({
        version_id: version,
        parameter_id: id,
        starts: from,
        ends: values[index + 1]?.from ?? null,
        value,
        clause: clause ?? null,
        confidence,
        note: note ?? null,
      })),
    ),
  )
  const requirements = packs.flatMap(({ version, requirements }) =>
    requirements.map((declared) => ({ version_id: version, id: declared.id, declared })),
  )
  await sql`insert into policy.pack_version (id, authority, name, extends)
    select r.id, r.authority, r.name, r.extends
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as r(id text, authority text, name jsonb, extends text)`.execute(
    act.tx,
  )
  await sql`insert into policy.parameter (version_id, id, title, unit)
    select r.version_id, r.id, r.title, r.unit
    from jsonb_to_recordset(${JSON.stringify(parameters)}::jsonb) as r(version_id text, id text, title jsonb, unit text)`.execute(
    act.tx,
  )
  await sql`insert into policy.parameter_value (version_id, parameter_id, during, value, clause, confidence, note)
    select r.version_id, r.parameter_id, daterange(r.starts, r.ends), coalesce(r.value, 'null'), r.clause, r.confidence, r.note
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(version_id text, parameter_id text, starts date, ends date, value jsonb,
      clause jsonb, confidence text, note text)`.execute(act.tx)
  await sql`insert into policy.requirement (version_id, id, declared)
    select r.version_id, r.id, r.declared
    from jsonb_to_recordset(${JSON.stringify(requirements)}::jsonb) as r(version_id text, id text, declared jsonb)`.execute(
    act.tx,
  )
}
