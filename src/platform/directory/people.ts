/** People and where they are employed: taking on, moving, leaving. Main employments never overlap; the database sees to it. */
import { sql } from 'kysely'
import { conflict, invalid, notFound } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import { type IdentityKeys, sealIdentity } from './identity.ts'
import { readPersonName } from './pinyin.ts'

export type NewPerson = {
  number?: string | undefined
  name: string
  sex: string
  birthDate: string | null
  idNumber: string | null
  orgId: string
  category: string
  basis: string
  from: string
}

/** Takes a person on at an organisation in scope. Without a number of its own the person gets the next one of the house. */
export async function takeOn<T>(
  act: Act<T>,
  input: NewPerson,
  keys: IdentityKeys,
): Promise<{ personId: string; number: string; orgPath: string }> {
  const orgPath = await openOn(act, input.orgId, input.from)
  const number = input.number ? normalNumber(input.number) : await nextNumber(act)
  const identity = input.idNumber ? sealIdentity(keys, input.idNumber) : null
  const { rows: held } = await sql<{
    seen: boolean
    number: string
  }>`select h.seen, h.number from directory.holders(${[number]}::text[], ${identity ? [identity.idHash] : []}::bytea[]) h`.execute(
    act.tx,
  )
  if (held.some((one) => one.number === number)) throw conflict('directory.number_taken', { number })
  if (held[0])
    throw held[0].seen
      ? conflict('directory.identity_taken', { number: held[0].number })
      : conflict('directory.identity_elsewhere')
  const personId = newId()
  const sound = readPersonName(input.name)
  await sql`insert into directory.person (id, number, name, pinyin, initials, sex, birth_date, id_cipher, id_hash, id_masked, org_id, org_path)
    values (${personId}, ${number}, ${input.name}, ${sound.pinyin}, ${sound.initials}, ${input.sex}, ${input.birthDate}, ${identity?.idCipher ?? null}, ${identity?.idHash ?? null},
      ${identity?.idMasked ?? null}, ${input.orgId}, ${orgPath}::ltree)`
    .execute(act.tx)
    .catch(taken(number))
  await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    values (${personId}, ${newId()}, ${input.orgId}, ${orgPath}::ltree, ${input.category}, ${input.basis}, daterange(${input.from}, null))`.execute(
    act.tx,
  )
  await record(act, {
    action: 'directory.person_taken_on',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath,
    after: { number, orgId: input.orgId, from: input.from },
  })
  return { personId, number, orgPath }
}

/** One form of a staff number however it was typed: half-width capitals without blanks. */
export const normalNumber = (number: string): string => number.normalize('NFKC').replace(/\s/g, '').toUpperCase()

async function nextNumber<T>(act: Act<T>): Promise<string> {
  const { rows } = await sql<{
    number: string
  }>`select 'T' || lpad(nextval('directory.person_number')::text, 8, '0') as number`.execute(act.tx)
  return rows[0]!.number
}

/** The path of an organisation in scope that is open on that day. */
async function openOn<T>(act: Act<T>, orgId: string, on: string): Promise<string> {
  const { rows } = await sql<{ path: string; open: boolean }>`select o.path::text, o.during @> ${on}::date as open
    from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  if (!rows[0].open) throw invalid('directory.not_open', { on })
  return rows[0].path
}

/** Two clerks at the same moment: whoever comes second is refused by the database. */
const taken =
  (number: string) =>
  (error: unknown): never => {
    const constraint = String((error as { constraint?: unknown }).constraint)
    if (constraint === 'person_number_key') throw conflict('directory.number_taken', { number })
    if (constraint === 'person_id_hash_key') throw conflict('directory.identity_elsewhere')
    if (constraint === 'one_main_employment') throw conflict('directory.employed_then')
    throw error
  }

/** Employs somebody in scope again who is employed nowhere from that day on. */
export async function employ<T>(
  act: Act<T>,
  input: { personId: string; orgId: string; category: string; basis: string; from: string },
): Promise<{ orgPath: string }> {
  if (input.from > act.today) throw invalid('directory.in_future', { today: act.today })
  const { rows } =
    await sql`select p.id from directory.person p where p.id = ${input.personId} and p.org_path <@ any (db.scope()) for update`.execute(
      act.tx,
    )
  if (rows.length === 0) throw notFound('person')
  const orgPath = await openOn(act, input.orgId, input.from)
  await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    values (${input.personId}, ${newId()}, ${input.orgId}, ${orgPath}::ltree, ${input.category}, ${input.basis}, daterange(${input.from}, null))`
    .execute(act.tx)
    .catch(taken(''))
  await sql`update directory.person set org_id = ${input.orgId}, org_path = ${orgPath}::ltree where id = ${input.personId}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'directory.person_employed',
    subject: { kind: 'person', id: input.personId },
    about: input.personId,
    orgPath,
    after: { orgId: input.orgId, from: input.from },
  })
  return { orgPath }
}

type Current = { id: string; orgId: string; orgPath: string; category: string; basis: string; from: string }

/** The open main employment of somebody in scope, locked with the person. While a move is entered nothing else may end it. */
async function currentOf<T>(act: Act<T>, personId: string, on: string): Promise<Current> {
  const { rows } = await sql<
    Current & { movesOn: string | null }
  >`select e.id, e.org_id, e.org_path::text, e.category, e.basis, lower(e.during)::text as "from", p.moves_on
    from directory.employment e join directory.person p on p.id = e.person_id
    where e.person_id = ${personId} and e.kind = 'main' and upper_inf(e.during) and p.org_path <@ any (db.scope()) for update of e, p`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('person')
  const { movesOn, ...current } = rows[0]
  if (movesOn) throw conflict('directory.move_entered', { on: movesOn })
  if (on <= current.from) throw invalid('directory.before_entry', { from: current.from })
  return current
}

/**
 * Moves somebody to another organisation in scope from a date on: the old employment ends, a new one begins, both stay on record.
 * For a day to come it is entered only: until `settleMoves` on that day the person belongs to, and is seen by, the old one.
 */
export async function transfer<T>(
  act: Act<T>,
  input: { personId: string; toOrgId: string; on: string; reason: string },
): Promise<{ fromPath: string; toPath: string; inForce: boolean }> {
  const current = await currentOf(act, input.personId, input.on)
  if (current.orgId === input.toOrgId) throw invalid('directory.already_there')
  const toPath = await openOn(act, input.toOrgId, input.on)
  await sql`update directory.employment set during = daterange(lower(during), ${input.on}), end_reason = ${input.reason} where person_id = ${input.personId} and id = ${current.id}`.execute(
    act.tx,
  )
  await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    values (${input.personId}, ${newId()}, ${input.toOrgId}, ${toPath}::ltree, ${current.category}, ${current.basis}, daterange(${input.on}, null))`.execute(
    act.tx,
  )
  const inForce = input.on <= act.today
  await sql`update directory.person set ${
    inForce ? sql`org_id = ${input.toOrgId}, org_path = ${toPath}::ltree` : sql`moves_on = ${input.on}`
  } where id = ${input.personId}`.execute(act.tx)
  await record(act, {
    action: inForce ? 'directory.person_moved' : 'directory.move_entered',
    subject: { kind: 'person', id: input.personId },
    about: input.personId,
    orgPath: inForce ? toPath : current.orgPath,
    before: { orgId: current.orgId },
    after: { orgId: input.toOrgId, on: input.on, reason: input.reason },
  })
  return { fromPath: current.orgPath, toPath, inForce }
}

/** Ends somebody's employment; the person stays with the last organisation in sight. */
export async function endEmployment<T>(
  act: Act<T>,
  input: { personId: string; on: string; reason: string },
): Promise<{ orgId: string; orgPath: string }> {
  if (input.on > act.today) throw invalid('directory.in_future', { today: act.today })
  const current = await currentOf(act, input.personId, input.on)
  await sql`update directory.employment set during = daterange(lower(during), ${input.on}), end_reason = ${input.reason} where person_id = ${input.personId} and id = ${current.id}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'directory.person_left',
    subject: { kind: 'person', id: input.personId },
    about: input.personId,
    orgPath: current.orgPath,
    after: { on: input.on, reason: input.reason },
  })
  return { orgId: current.orgId, orgPath: current.orgPath }
}

/** What others know a person by. */
export type Called = { number: string; name: string }
export type Basics = {
  personId: string
  number?: string | undefined
  name?: string | undefined
  sex?: string | undefined
  birthDate?: string | null | undefined
  idNumber?: string | null | undefined
  idType?: string | undefined
}
type Own = {
  number: string
  name: string
  sex: string
  birthDate: string | null
  idType: string
  idMasked: string | null
}

/**
 * Corrects number, name, sex, birth date and identity document; what is left out stays. The trail has what really changed, identity
 * numbers masked. Returns number and name before and now, for what is made from them.
 */
export async function correctPerson<T>(
  act: Act<T>,
  input: Basics,
  keys: IdentityKeys,
): Promise<{ was: Called; now: Called }> {
  const { rows } = await sql<Own & { idHash: Buffer | null; orgPath: string }>`
    select p.number, p.name, p.sex, p.birth_date, p.id_type, p.id_masked, p.id_hash, p.org_path::text from directory.person p where p.id = ${input.personId} and p.org_path <@ any (db.scope()) for update`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('person')
  const { orgPath, idHash, ...was } = rows[0]
  const sealed = input.idNumber ? sealIdentity(keys, input.idNumber) : null
  const identity = sealed && !idHash?.equals(sealed.idHash) ? sealed : null
  const number = input.number ? normalNumber(input.number) : was.number
  const numbers = number === was.number ? [] : [number]
  if (identity || numbers.length > 0) {
    const { rows: held } = await sql<{
      seen: boolean
      number: string
    }>`select h.seen, h.number from directory.holders(${numbers}::text[], ${identity ? [identity.idHash] : []}::bytea[]) h`.execute(
      act.tx,
    )
    if (held.some((one) => numbers.includes(one.number))) throw conflict('directory.number_taken', { number })
    if (held[0])
      throw held[0].seen
        ? conflict('directory.identity_taken', { number: held[0].number })
        : conflict('directory.identity_elsewhere')
  }
  const now: Own = {
    number,
    name: input.name ?? was.name,
    sex: input.sex ?? was.sex,
    birthDate: input.birthDate === undefined ? was.birthDate : input.birthDate,
    idType: input.idType ?? was.idType,
    idMasked: identity ? identity.idMasked : was.idMasked,
  }
  const changed = (Object.keys(now) as (keyof Own)[]).filter((key) => now[key] !== was[key])
  if (changed.length === 0 && !identity) return { was, now }
  const sound = readPersonName(now.name)
  await sql`update directory.person set number = ${now.number}, name = ${now.name}, pinyin = ${sound.pinyin}, initials = ${sound.initials}, sex = ${now.sex}, birth_date = ${now.birthDate}, id_type = ${now.idType},
    version = version + 1, id_cipher = coalesce(${identity?.idCipher ?? null}::bytea, id_cipher), id_hash = coalesce(${identity?.idHash ?? null}::bytea, id_hash), id_masked = ${now.idMasked}
    where id = ${input.personId}`
    .execute(act.tx)
    .catch(taken(now.number))
  const part = (of: Own) =>
    Object.fromEntries((changed.length > 0 ? changed : ['idMasked' as const]).map((key) => [key, of[key]]))
  await record(act, {
    action: 'directory.person_corrected',
    subject: { kind: 'person', id: input.personId },
    about: input.personId,
    orgPath,
    before: part(was),
    after: part(now),
  })
  return { was, now }
}
