/** People and where they are employed: taking on, moving, leaving. Main employments never overlap; the database sees to it. */
import { sql } from 'kysely'
import { conflict, invalid, notFound } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import { type IdentityKeys, sealIdentity } from './identity.ts'
import { readPersonName } from './pinyin.ts'

export type NewPerson = {
  number?: string | undefined; name: string; sex: string; birthDate: string | null; idNumber: string | null; orgId: string; category: string; basis: string; from: string
}

/** Takes a person on at an organisation in scope. Without a number of its own the person gets the next one of the house. */
export async function takeOn<T>(act: Act<T>, input: NewPerson, keys: IdentityKeys): Promise<{ personId: string; number: string; orgPath: string }> {
  const { rows: org } = await sql<{ path: string; next: string }>`select o.path::text, 'T' || lpad(nextval('directory.person_number')::text, 8, '0') as next
    from directory.organisation o where o.id = ${input.orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!org[0]) throw notFound('organisation')
  const number = input.number || org[0].next
  const identity = input.idNumber ? sealIdentity(keys, input.idNumber) : null
  const { rows: held } = await sql<{ seen: boolean; number: string }>`select h.seen, h.number from directory.holders(${[number]}::text[], ${identity ? [identity.idHash] : []}::bytea[]) h`.execute(act.tx)
  if (held[0]) throw conflict(held[0].number === number ? 'directory.number_taken' : 'directory.identity_taken', { number: held[0].seen ? held[0].number : '' })
  const personId = newId()
  const sound = readPersonName(input.name)
  await sql`insert into directory.person (id, number, name, pinyin, initials, sex, birth_date, id_cipher, id_hash, id_masked, org_id, org_path)
    values (${personId}, ${number}, ${input.name}, ${sound.pinyin}, ${sound.initials}, ${input.sex}, ${input.birthDate}, ${identity?.idCipher ?? null}, ${identity?.idHash ?? null},
      ${identity?.idMasked ?? null}, ${input.orgId}, ${org[0].path}::ltree)`.execute(act.tx)
  await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    values (${personId}, ${newId()}, ${input.orgId}, ${org[0].path}::ltree, ${input.category}, ${input.basis}, daterange(${input.from}, null))`.execute(act.tx)
  await record(act, { action: 'directory.person_taken_on', subject: { kind: 'person', id: personId }, about: personId, orgPath: org[0].path, after: { number, orgId: input.orgId, from: input.from } })
  return { personId, number, orgPath: org[0].path }
}

type Current = { id: string; orgId: string; orgPath: string; category: string; basis: string; from: string }

async function currentOf<T>(act: Act<T>, personId: string, on: string): Promise<Current> {
  const { rows } = await sql<Current>`select e.id, e.org_id, e.org_path::text, e.category, e.basis, lower(e.during)::text as "from"
    from directory.employment e join directory.person p on p.id = e.person_id
    where e.person_id = ${personId} and e.kind = 'main' and upper_inf(e.during) and p.org_path <@ any (db.scope()) for update of e`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  if (on <= rows[0].from) throw invalid('directory.before_entry', { from: rows[0].from })
  return rows[0]
}

/** Moves somebody to another organisation in scope from a date on: the old employment ends, a new one begins, both stay on record. */
export async function transfer<T>(act: Act<T>, input: { personId: string; toOrgId: string; on: string; reason: string }): Promise<{ fromPath: string; toPath: string }> {
  const current = await currentOf(act, input.personId, input.on)
  if (current.orgId === input.toOrgId) throw invalid('directory.already_there')
  const { rows } = await sql<{ path: string }>`select o.path::text from directory.organisation o where o.id = ${input.toOrgId} and o.path <@ any (db.scope()) and o.during @> ${input.on}::date`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  const toPath = rows[0].path
  await sql`update directory.employment set during = daterange(lower(during), ${input.on}), end_reason = ${input.reason} where person_id = ${input.personId} and id = ${current.id}`.execute(act.tx)
  await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    values (${input.personId}, ${newId()}, ${input.toOrgId}, ${toPath}::ltree, ${current.category}, ${current.basis}, daterange(${input.on}, null))`.execute(act.tx)
  await sql`update directory.person set org_id = ${input.toOrgId}, org_path = ${toPath}::ltree where id = ${input.personId}`.execute(act.tx)
  await record(act, {
    action: 'directory.person_moved', subject: { kind: 'person', id: input.personId }, about: input.personId, orgPath: toPath,
    before: { orgId: current.orgId }, after: { orgId: input.toOrgId, on: input.on, reason: input.reason },
  })
  return { fromPath: current.orgPath, toPath }
}

/** Ends somebody's employment; the person stays with the last organisation in sight. */
export async function endEmployment<T>(act: Act<T>, input: { personId: string; on: string; reason: string }): Promise<void> {
  const current = await currentOf(act, input.personId, input.on)
  await sql`update directory.employment set during = daterange(lower(during), ${input.on}), end_reason = ${input.reason} where person_id = ${input.personId} and id = ${current.id}`.execute(act.tx)
  await record(act, { action: 'directory.person_left', subject: { kind: 'person', id: input.personId }, about: input.personId, orgPath: current.orgPath, after: { on: input.on, reason: input.reason } })
}

export type Basics = { personId: string; name: string; sex: string; birthDate: string | null; idNumber: string | null }

/** Corrects name, sex, birth date and identity number. An identity number left out stays as it is. */
export async function correctPerson<T>(act: Act<T>, input: Basics, keys: IdentityKeys): Promise<string> {
  const { rows } = await sql<{ name: string; sex: string; birthDate: string | null; idMasked: string | null; orgPath: string }>`
    select p.name, p.sex, p.birth_date, p.id_masked, p.org_path::text from directory.person p where p.id = ${input.personId} and p.org_path <@ any (db.scope()) for update`.execute(act.tx)
  const before = rows[0]
  if (!before) throw notFound('person')
  const identity = input.idNumber ? sealIdentity(keys, input.idNumber) : null
  if (identity) {
    const { rows: held } = await sql<{ personId: string | null }>`select h.person_id from directory.holders('{}'::text[], ${[identity.idHash]}::bytea[]) h`.execute(act.tx)
    if (held.some(({ personId }) => personId !== input.personId)) throw conflict('directory.identity_taken', { number: '' })
  }
  const sound = readPersonName(input.name)
  await sql`update directory.person set name = ${input.name}, pinyin = ${sound.pinyin}, initials = ${sound.initials}, sex = ${input.sex}, birth_date = ${input.birthDate},
    id_cipher = coalesce(${identity?.idCipher ?? null}::bytea, id_cipher), id_hash = coalesce(${identity?.idHash ?? null}::bytea, id_hash), id_masked = coalesce(${identity?.idMasked ?? null}, id_masked)
    where id = ${input.personId}`.execute(act.tx)
  const { orgPath, ...was } = before
  await record(act, {
    action: 'directory.person_corrected', subject: { kind: 'person', id: input.personId }, about: input.personId, orgPath,
    before: was, after: { name: input.name, sex: input.sex, birthDate: input.birthDate, idMasked: identity?.idMasked ?? was.idMasked },
  })
  return orgPath
}
