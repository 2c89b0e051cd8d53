/** Pairs of entries that may be one person. The same identity number twice is impossible; everything else is a likeness that a person judges. */
import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import type { Words } from '../../../platform/sheets/index.ts'

export type TwinRule = { id: string; title: Words; pairs: RawBuilder<unknown> }

/** Two people with an identity number of their own each are two, whatever they are called. */
const undecided = sql`not (a.identified and b.identified)`
/** Of two names of one length. */
const oneDiffers = sql`(select count(*) from generate_series(1, char_length(a.name)) i where substr(a.name, i, 1) <> substr(b.name, i, 1)) = 1`
/** More people than this with one number: a telephone of the school. */
const SHARED = 4
const samePhone = sql`select a.id as a, b.id as b from mine a join mine b on b.phone = a.phone and a.id < b.id
  where a.sharing <= ${sql.lit(SHARED)}`

/** Each gives pairs `(a, b)` of people among `mine`, the likeliest rule first: a pair is told once. */
export const TWIN_RULES: readonly TwinRule[] = [
  {
    id: 'twin.name_and_birth',
    title: { zh: '姓名和出生日期相同', en: 'Same name, same date of birth' },
    pairs: sql`select a.id as a, b.id as b from mine a join mine b
      on b.name = a.name and b.birth_date = a.birth_date and a.id < b.id where ${undecided}`,
  },
  {
    id: 'twin.name_at_school',
    title: { zh: '同校同名，一方没有出生日期', en: 'Same name at the same school, one without a date of birth' },
    pairs: sql`select a.id as a, b.id as b from mine a join mine b
      on b.name = a.name and b.org_id = a.org_id and a.id < b.id where ${undecided} and (a.birth_date is null or b.birth_date is null)`,
  },
  {
    id: 'twin.sound_at_school',
    title: { zh: '同校同音异字，出生日期相同', en: 'Same sound at the same school, same date of birth' },
    pairs: sql`select a.id as a, b.id as b from mine a join mine b
      on b.pinyin = a.pinyin and b.org_id = a.org_id and b.birth_date = a.birth_date and a.id < b.id
      where ${undecided} and a.name <> b.name and a.pinyin <> ''`,
  },
  {
    id: 'twin.name_alike',
    title: {
      zh: '同校姓名差一字，出生日期相同',
      en: 'Names that differ in one character at the same school, same date of birth',
    },
    pairs: sql`select a.id as a, b.id as b from mine a join mine b
      on b.org_id = a.org_id and b.birth_date = a.birth_date and a.id < b.id
      where ${undecided} and a.name <> b.name and char_length(a.name) = char_length(b.name) and char_length(a.name) > 1
        and ${oneDiffers}`,
  },
  {
    id: 'twin.phone_and_birth',
    title: { zh: '手机号码和出生日期相同', en: 'Same telephone, same date of birth' },
    pairs: sql`${samePhone} and b.birth_date = a.birth_date and ${undecided}`,
  },
  {
    id: 'twin.phone_and_name',
    title: { zh: '手机号码相同，姓名相近', en: 'Same telephone, names alike' },
    // Couples share a telephone and have names of their own.
    pairs: sql`${samePhone} and ${undecided} and (a.birth_date is null or b.birth_date is null)
      and (b.name = a.name or b.pinyin = a.pinyin and a.pinyin <> ''
        or char_length(a.name) = char_length(b.name) and char_length(a.name) > 2 and ${oneDiffers})`,
  },
]

/** Finds them anew among the people below a path. What somebody said are two people stays said. */
export async function findTwins<T>(act: Act<T>, path: string | null): Promise<number> {
  const mine = sql`mine as materialized (select p.id, p.name, p.birth_date, p.pinyin, p.org_id, p.id_hash is not null as identified,
      k.phone_hash as phone, count(k.phone_hash) over (partition by k.phone_hash) as sharing
    from directory.person p join directory.seen(${path}::ltree) s on s.person_id = p.id left join records.contact k on k.person_id = p.id)`
  await sql`with ${mine} delete from records.twin t where t.dismissed_at is null
    and t.person_id in (select m.id from mine m) and t.other_id in (select m.id from mine m)`.execute(act.tx)
  const { numAffectedRows } = await sql`with ${mine}, found as (${sql.join(
    TWIN_RULES.map(
      ({ id, pairs }, nth) => sql`select x.a, x.b, ${sql.lit(id)} as rule, ${sql.lit(nth)} as nth from (${pairs}) x`,
    ),
    sql` union all `,
  )}) insert into records.twin (person_id, other_id, rule, found_on)
    select distinct on (f.a, f.b) f.a, f.b, f.rule, db.today() from found f order by f.a, f.b, f.nth
    on conflict do nothing`.execute(act.tx)
  return Number(numAffectedRows ?? 0)
}

type Half = {
  id: string
  number: string
  name: string
  birthDate: string | null
  orgName: string
  idMasked: string | null
  employedFrom: string | null
}
export type TwinRow = { rule: string; foundOn: string; people: [Half, Half] }

const half = (person: string) =>
  sql.raw(`(select jsonb_build_object('id', p.id, 'number', p.number, 'name', p.name, 'birthDate', p.birth_date, 'orgName', o.short_name,
  'idMasked', p.id_masked, 'employedFrom', (select min(lower(e.during)) from directory.employment e where e.person_id = p.id and e.kind = 'main'))
  from directory.person p join directory.organisation o on o.id = p.org_id where p.id = ${person})`)

/** Pairs below an organisation, or all in scope, that nobody has judged. */
export async function twinsIn<T>(
  act: Act<T>,
  path: string | null,
  limit: number,
): Promise<{ rows: TwinRow[]; total: number }> {
  const found = sql`from records.twin t where t.dismissed_at is null and (${path}::ltree is null
    or exists (select from directory.person p where p.id in (t.person_id, t.other_id) and p.org_path <@ ${path}::ltree))`
  const { rows } =
    await sql<TwinRow>`select t.rule, t.found_on::text, jsonb_build_array(${half('t.person_id')}, ${half('t.other_id')}) as people
    ${found} order by array_position(${TWIN_RULES.map(({ id }) => id)}::text[], t.rule), t.person_id, t.other_id limit ${limit}`.execute(
      act.tx,
    )
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(act.tx)
  return { rows, total: count[0]!.total }
}

/** Says that two entries are two people; they are not shown as one again. */
export async function dismissTwin<T>(
  act: Act<T>,
  { personId, otherId, reason }: { personId: string; otherId: string; reason: string },
): Promise<void> {
  const [a, b] = [personId, otherId].sort() as [string, string]
  const { rows } = await sql<{
    orgPath: string
  }>`update records.twin t set dismissed_at = db.now(), dismissed_by = db.account(), reason = ${reason}
    from directory.person p where p.id = ${a} and t.person_id = ${a} and t.other_id = ${b} and t.dismissed_at is null
    returning p.org_path::text`.execute(act.tx)
  if (!rows[0]) throw notFound('twin')
  await record(act, {
    action: 'records.twin_dismissed',
    subject: { kind: 'person', id: a },
    about: a,
    orgPath: rows[0].orgPath,
    after: { other: b, reason },
  })
}
