/** Writes what was mended in many records at once. Every row is judged by itself: sound ones are written, the others come back with their reasons. */
import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { renameAccountsFor } from '../../../platform/access/index.ts'
import { record } from '../../../platform/audit/index.ts'
import { type Act, setBased } from '../../../platform/db/index.ts'
import {
  correctAll,
  type IdentityKeys,
  readPersonName,
  recastAll,
  sealIdentity,
} from '../../../platform/directory/index.ts'
import { type CellProblem, type Codes, cellProblems, type Given, read } from '../rules/mending.ts'
import { BOOK } from './book.ts'
import { findings } from './check.ts'
import { FIELD, FIELDS } from './fields.ts'
import { type Cells, standing } from './grid.ts'
import { whom } from './relations.ts'

export type MendRow = { personId: string; version: string; values: Cells }
export type Refused = {
  personId: string
  problems: CellProblem[] /** As it stands now, where somebody changed it meanwhile. */
  stands: Cells | null
  version: string | null
}
export type Mended = {
  saved: { personId: string; version: string; values: Cells; found: string[] }[]
  refused: Refused[]
}
type Standing = {
  personId: string
  number: string
  orgPath: string
  version: string
  values: Cells
  educationId: string | null
  stintId: string | null
}
type Change = { stands: Standing; given: Given }

const changed = (given: Given, stands: Cells): Given =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([key, value]) =>
        FIELD.has(key) && value !== null && (FIELD.get(key)!.sensitive || value !== (stands[key] ?? null)),
    ),
  )

async function codesOf<T>(act: Act<T>): Promise<Codes> {
  const tables = FIELDS.flatMap(({ table }) => table ?? [])
  const { rows } = await sql<{
    table: string
    codes: string[]
  }>`select c."table", array_agg(c.code) as codes from records.code c
    where c."table" = any(${tables}::text[]) group by 1`.execute(act.tx)
  return new Map(rows.map(({ table, codes }) => [table, new Set(codes)]))
}

/** What the rows would do: sound changes, and those that are refused with all reasons. An empty cell changes nothing. */
export async function planned<T>(
  act: Act<T>,
  rows: readonly MendRow[],
  keys: IdentityKeys,
): Promise<{ changes: Change[]; refused: Refused[] }> {
  const ids = rows.map(({ personId }) => personId)
  const { rows: held } =
    await sql<Standing>`select s.person_id, s.number, s.org_path::text, s.version, s."values", s.education_id, s.stint_id
    from (${standing(sql`select p.id from directory.person p where p.id = any(${ids}::uuid[]) and p.org_path <@ any (db.scope())`)}) s`.execute(
      act.tx,
    )
  if (rows.length > 0 && held.length === 0) throw notFound('person')
  const stands = new Map(held.map((one) => [one.personId, one]))
  const codes = await codesOf(act)
  const elsewhere = await taken(act, rows, keys)
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) !== at))
  const changes: Change[] = []
  const refused: Refused[] = []
  for (const { personId, version, values } of rows) {
    const one = stands.get(personId)
    if (!one || twice.has(personId)) {
      refused.push({
        personId,
        problems: [{ key: 'name', code: one ? 'records.row_twice' : 'records.row_unknown' }],
        stands: null,
        version: null,
      })
      continue
    }
    const given = changed(read(values), one.values)
    const problems = cellProblems(given, one.values, codes, act.today)
    if (given.idNumber && elsewhere.has(`${personId} ${given.idNumber}`))
      problems.push({ key: 'idNumber', code: 'directory.identity_elsewhere' })
    if (given.category || given.basis)
      if (!one.stintId) problems.push({ key: given.category ? 'category' : 'basis', code: 'records.not_employed' })
    if (one.version !== version) {
      const clash = Object.keys(given)[0]
      if (clash)
        refused.push({
          personId,
          problems: [{ key: clash, code: 'records.changed_meanwhile' }, ...problems],
          stands: one.values,
          version: one.version,
        })
    } else if (problems.length > 0) refused.push({ personId, problems, stands: null, version: null })
    else if (Object.keys(given).length > 0) changes.push({ stands: one, given })
  }
  return { changes, refused }
}

/** Identity numbers that are another person's, in scope or not, or that stand twice among the rows. */
async function taken<T>(act: Act<T>, rows: readonly MendRow[], keys: IdentityKeys): Promise<Set<string>> {
  const wanted = rows.flatMap(({ personId, values }) => {
    const number = read(values).idNumber
    return number ? [{ personId, number, hash: sealIdentity(keys, number).idHash.toString('hex') }] : []
  })
  if (wanted.length === 0) return new Set()
  const { rows: held } = await sql<{
    personId: string | null
    hash: string
  }>`select h.person_id, encode(h.id_hash, 'hex') as hash
    from directory.holders('{}'::text[], (select array_agg(decode(x, 'hex')) from unnest(${wanted.map(({ hash }) => hash)}::text[]) x)) h`.execute(
    act.tx,
  )
  const of = new Map(held.map(({ hash, personId }) => [hash, personId]))
  const first = new Map<string, string>()
  for (const { hash, personId } of wanted) if (!first.has(hash)) first.set(hash, personId)
  return new Set(
    wanted
      .filter(({ personId, hash }) => (of.has(hash) && of.get(hash) !== personId) || first.get(hash) !== personId)
      .map(({ personId, number }) => `${personId} ${number}`),
  )
}

/** Writes the sound rows in one go. People are locked first, so that of two who mend the same row one is told. */
export async function mend<T>(act: Act<T>, rows: readonly MendRow[], keys: IdentityKeys): Promise<Mended> {
  await setBased(act, rows.length)
  await sql`select p.id from directory.person p where p.id = any(${rows.map(({ personId }) => personId)}::uuid[]) order by p.id for update`.execute(
    act.tx,
  )
  const { changes, refused } = await planned(act, rows, keys)
  if (changes.length === 0) return { saved: [], refused }
  await write(act, changes, keys)
  await record(
    act,
    ...changes.map(({ stands, given }) => ({
      action: 'records.person_mended',
      subject: { kind: 'person', id: stands.personId },
      about: stands.personId,
      orgPath: stands.orgPath,
      before: pick(stands.values, given),
      after: pick(
        { ...given, ...(given.idNumber ? { idNumber: sealIdentity(keys, given.idNumber).idMasked } : {}) },
        given,
      ),
    })),
  )
  const ids = changes.map(({ stands }) => stands.personId)
  await recheck(act, ids)
  const { rows: saved } = await sql<Mended['saved'][number]>`select s.person_id, s.version, s."values",
      array(select distinct f.rule from records.finding f where f.person_id = s.person_id) as found
    from (${standing(sql`select unnest(${ids}::uuid[])`)}) s`.execute(act.tx)
  return { saved, refused }
}

const pick = (from: Given, keys: Given) => Object.fromEntries(Object.keys(keys).map((key) => [key, from[key] ?? null]))

/** What the rules say of these people now. The scores of their schools follow with the next check. */
async function recheck<T>(act: Act<T>, ids: string[]): Promise<void> {
  const own = BOOK.filter(({ whole }) => !whole)
  await sql`delete from records.finding f where f.person_id = any(${ids}::uuid[]) and f.rule = any(${own.map(({ id }) => id)}::text[])`.execute(
    act.tx,
  )
  await sql`with ${whom(null, ids)}, found as materialized (${findings(own, ids)})
    insert into records.finding (person_id, id, rule, item_id, value, found_on)
    select f.person_id, gen_random_uuid(), f.rule, f.item_id, left(f.value, 200), t.today from found f cross join today t`.execute(
    act.tx,
  )
}

async function write<T>(act: Act<T>, changes: readonly Change[], keys: IdentityKeys): Promise<void> {
  const rows = changes.map(({ stands, given }) => {
    const sealed = given.idNumber ? sealIdentity(keys, given.idNumber) : null
    const sound = given.name ? readPersonName(given.name) : null
    return {
      person_id: stands.personId,
      stint_id: stands.stintId,
      education_id: stands.educationId,
      new_id: newId(),
      name: given.name,
      pinyin: sound?.pinyin,
      initials: sound?.initials,
      sex: given.sex,
      birth_date: given.birthDate,
      id_type: sealed && (/^\d{17}[\dX]$/.test(given.idNumber!) ? '1' : null),
      id_cipher: sealed?.idCipher.toString('hex'),
      id_hash: sealed?.idHash.toString('hex'),
      id_masked: sealed?.idMasked,
      work_since: given.workSince,
      teaching_since: given.teachingSince,
      qualified_on: given.qualifiedOn,
      category: given.category,
      basis: given.basis,
      level: given.educationLevel,
      degree: given.degree,
      institution: given.institution,
      graduated_on: given.graduatedOn,
      stages: given.stages || given.subjects ? (given.stages ?? stands.values.stages)?.split('、') : null,
      subjects: given.stages || given.subjects ? (given.subjects ?? stands.values.subjects)?.split('、') : null,
    }
  })
  const given = (
    which: string,
  ): RawBuilder<unknown> => sql`select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person_id uuid, stint_id uuid, education_id uuid,
    new_id uuid, name text, pinyin text, initials text, sex text, birth_date date, id_type text, id_cipher text, id_hash text, id_masked text, work_since date, teaching_since date,
    qualified_on date, category text, basis text, level text, degree text, institution text, graduated_on date, stages text[], subjects text[]) where ${sql.raw(which)}`
  const any = (...keys: string[]) => changes.some(({ given: one }) => keys.some((key) => one[key]))
  if (any('name', 'sex', 'birthDate', 'idNumber')) {
    const basics = 'coalesce(r.name, r.sex, r.birth_date::text, r.id_hash) is not null'
    await correctAll(
      act,
      sql`select g.person_id, g.name, g.pinyin, g.initials, g.sex, g.birth_date, g.id_type, decode(g.id_cipher, 'hex') as id_cipher, decode(g.id_hash, 'hex') as id_hash, g.id_masked from (${given(basics)}) g`,
    )
    await renameAccountsFor(act, sql`select g.person_id, g.name from (${given('r.name is not null')}) g`)
  }
  if (any('workSince', 'teachingSince', 'qualifiedOn'))
    await sql`insert into records.service as s (person_id, id, work_since, teaching_since, qualified_on)
      select g.person_id, g.new_id, g.work_since, coalesce(g.teaching_since, g.work_since), g.qualified_on from (${given('coalesce(r.work_since, r.teaching_since, r.qualified_on) is not null')}) g
      on conflict (person_id) do update set work_since = coalesce(excluded.work_since, s.work_since), qualified_on = coalesce(excluded.qualified_on, s.qualified_on),
        teaching_since = case when excluded.teaching_since is distinct from excluded.work_since then coalesce(excluded.teaching_since, s.teaching_since)
          when excluded.work_since is null then s.teaching_since
          when s.teaching_since is not distinct from s.work_since then excluded.work_since else greatest(s.teaching_since, excluded.work_since) end`.execute(
      act.tx,
    )
  if (any('category', 'basis'))
    await recastAll(
      act,
      sql`select g.person_id, g.stint_id, g.category, g.basis, db.today() as since from (${given('coalesce(r.category, r.basis) is not null')}) g`,
    )
  if (any('educationLevel', 'degree', 'institution', 'graduatedOn')) {
    const studies = 'coalesce(r.level, r.degree, r.institution, r.graduated_on::text) is not null'
    await sql`update records.education e set level = coalesce(g.level, e.level), degree = coalesce(g.degree, e.degree), institution = coalesce(g.institution, e.institution),
        graduated_on = coalesce(g.graduated_on, e.graduated_on) from (${given(studies)}) g where e.person_id = g.person_id and e.id = g.education_id`.execute(
      act.tx,
    )
    await sql`insert into records.education (person_id, id, level, degree, institution, graduated_on)
      select g.person_id, g.new_id, g.level, g.degree, g.institution, g.graduated_on from (${given(`${studies} and r.education_id is null`)}) g`.execute(
      act.tx,
    )
  }
  if (any('stages', 'subjects')) {
    const wanted = sql`due as materialized (${given('r.stages is not null')}), wanted as materialized (
      select distinct d.person_id, a.stage, b.subject from due d cross join unnest(d.stages) a(stage) cross join unnest(d.subjects) b(subject))`
    const other = sql`f.person_id = d.person_id and not exists (select from wanted w where w.person_id = f.person_id and w.stage = f.stage and w.subject = f.subject)`
    await sql`with ${wanted}, gone as (delete from records.teaching f using due d where lower(f.during) >= db.today() and ${other})
      update records.teaching f set during = daterange(lower(f.during), db.today()) from due d where f.during @> db.today() and lower(f.during) < db.today() and ${other}`.execute(
      act.tx,
    )
    await sql`with ${wanted} insert into records.teaching (person_id, id, stage, subject, during)
      select w.person_id, gen_random_uuid(), w.stage, w.subject, daterange(db.today(), null) from wanted w
      where not exists (select from records.teaching f where f.person_id = w.person_id and f.stage = w.stage and f.subject = w.subject and (upper_inf(f.during) or upper(f.during) > db.today()))`.execute(
      act.tx,
    )
  }
}
