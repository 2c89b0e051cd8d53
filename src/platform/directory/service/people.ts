/** Adding people and correcting what is known of them, one by one or a hundred thousand at once. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { conflict, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../db/index.ts'
import { type IdentityKeys, sealIdentity } from '../identity.ts'
import { readPersonName } from '../pinyin.ts'
import type { DirectoryTables } from '../tables.ts'
import { broke, inScope } from './organisations.ts'

export type NewPerson = {
  id?: string
  /** 教职工号; one is given where there is none. */
  number?: string | null
  name: string
  /** GB/T 2261.1: 1 male, 2 female. */
  sex?: string
  birthDate?: CivilDate | null
  idType?: string
  idNumber?: string | null
  orgId: string
  category?: string
  basis?: 'in_post' | 'contract'
  /** First day of the main employment. */
  since: CivilDate
}

/**
 * Rows that become people with a main employment, as a SQL query with the columns `id, number, name, pinyin, initials, sex,
 * birth_date, id_type, id_cipher, id_hash, id_masked, org_id, employment_id, category, basis, since`. Where `number` is
 * null one is given. The organisations must have been checked against the scope.
 */
export type PeopleSource = RawBuilder<unknown>

/** Adds people in bulk: one statement per table. Refuses numbers and identity numbers that somebody has already. */
export async function addPeople(act: Act<DirectoryTables>, rows: NewPerson[], keys?: IdentityKeys): Promise<string[]> {
  const orgs = [...new Set(rows.map(({ orgId }) => orgId))]
  if ((await inScope(act, orgs)).length !== orgs.length) throw notFound('organisation')
  const people = rows.map((row) => {
    const identity = row.idNumber && keys ? sealIdentity(keys, row.idNumber) : undefined
    return {
      ...row,
      id: row.id ?? newId(),
      employmentId: newId(),
      ...readPersonName(row.name),
      idNumber: undefined,
      idCipher: identity?.idCipher.toString('hex'),
      idHash: identity?.idHash.toString('hex'),
      idMasked: identity?.idMasked,
    }
  })
  await addPeopleFrom(
    act,
    sql`select r.id, r.number, r.name, r.pinyin, r.initials, coalesce(r.sex, '0') as sex, r."birthDate" as birth_date,
        coalesce(r."idType", '1') as id_type, decode(r."idCipher", 'hex') as id_cipher, decode(r."idHash", 'hex') as id_hash,
        r."idMasked" as id_masked, r."orgId" as org_id, r."employmentId" as employment_id, coalesce(r.category, '11') as category,
        coalesce(r.basis, 'in_post') as basis, r.since
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as r(id uuid, number text, name text, pinyin text, initials text,
        sex text, "birthDate" date, "idType" text, "idCipher" text, "idHash" text, "idMasked" text, "orgId" uuid,
        "employmentId" uuid, category text, basis text, since date)`,
  )
  return people.map(({ id }) => id)
}

/** Adds the people of a query, with their main employments; returns how many. */
export async function addPeopleFrom(act: Act<DirectoryTables>, source: PeopleSource): Promise<number> {
  const { numAffectedRows } = await sql`insert into directory.person (id, number, name, pinyin, initials, sex, birth_date, id_type,
      id_cipher, id_hash, id_masked, org_id, org_path)
    select s.id, coalesce(s.number, 'Q' || lpad(nextval('directory.person_number')::text, 7, '0')), s.name, s.pinyin, s.initials,
      s.sex, s.birth_date, s.id_type, s.id_cipher, s.id_hash, s.id_masked, o.id, o.path
    from (${source}) s join directory.organisation o on o.id = s.org_id`
    .execute(act.tx)
    .catch((error) => {
      throw asTaken(error)
    })
  await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    select s.id, s.employment_id, o.id, o.path, s.category, s.basis, daterange(s.since, null)
    from (${source}) s join directory.organisation o on o.id = s.org_id`.execute(act.tx)
  return Number(numAffectedRows ?? 0)
}

/** People's own data; what is absent stays. A name brings its reading along. */
export type Correction = { name?: string; sex?: string; birthDate?: CivilDate; number?: string; idType?: string; idNumber?: string }

/** What is corrected, before and after; identity numbers only masked. */
export type Corrected = { before: Record<string, unknown>; after: Record<string, unknown> }

/** Corrects a person in scope. Returns what really changed, for the trail. */
export async function correctPerson(act: Act<DirectoryTables>, id: string, correction: Correction, keys: IdentityKeys): Promise<Corrected> {
  const found = await act.tx
    .selectFrom('directory.person')
    .select(['name', 'sex', 'birthDate', 'number', 'idType', 'idMasked', 'idHash'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw notFound('person')
  const { idNumber, ...plain } = correction
  const identity = idNumber === undefined ? undefined : sealIdentity(keys, idNumber)
  const wanted = { ...plain, ...(identity && !found.idHash?.equals(identity.idHash) ? { idMasked: identity.idMasked } : {}) }
  const changed = Object.entries(wanted).filter(([key, value]) => value !== undefined && value !== found[key as keyof typeof found])
  const after = Object.fromEntries(changed)
  if (identity && !found.idHash?.equals(identity.idHash)) after.idMasked = identity.idMasked
  const before = Object.fromEntries(Object.keys(after).map((key) => [key, found[key as keyof typeof found]]))
  if (Object.keys(after).length === 0) return { before, after }
  const reading = correction.name === undefined ? {} : readPersonName(correction.name)
  await act.tx
    .updateTable('directory.person')
    .set({ ...after, ...reading, ...(identity ?? {}) })
    .where('id', '=', id)
    .execute()
    .catch((error) => {
      throw asTaken(error)
    })
  return { before, after }
}

/**
 * Corrects many people. The query has the columns `id, name, pinyin, initials, sex, birth_date, id_cipher, id_hash, id_masked`;
 * null stays what it was.
 */
export async function correctPeopleFrom(act: Act<DirectoryTables>, source: PeopleSource): Promise<number> {
  const { numAffectedRows } = await sql`update directory.person p set
      name = coalesce(s.name, p.name), pinyin = coalesce(s.pinyin, p.pinyin), initials = coalesce(s.initials, p.initials),
      sex = coalesce(s.sex, p.sex), birth_date = coalesce(s.birth_date, p.birth_date),
      id_cipher = coalesce(s.id_cipher, p.id_cipher), id_hash = coalesce(s.id_hash, p.id_hash), id_masked = coalesce(s.id_masked, p.id_masked)
    from (${source}) s where p.id = s.id`
    .execute(act.tx)
    .catch((error) => {
      throw asTaken(error)
    })
  return Number(numAffectedRows ?? 0)
}

const asTaken = (error: unknown): unknown => {
  if (broke(error, /person_number/)) return conflict('directory.number_taken')
  return broke(error, /id_hash/) ? conflict('directory.identity_taken') : error
}
