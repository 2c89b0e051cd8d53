/** Dated facts about a teacher: what holds from a day on. What held before stays on record up to that day. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'

type Held = { orgId: string; orgPath: string }

async function inScope<T>(act: Act<T>, personId: string): Promise<Held> {
  const { rows } =
    await sql<Held>`select p.org_id, p.org_path::text from directory.person p where p.id = ${personId} and p.org_path <@ any (db.scope()) for update`.execute(
      act.tx,
    )
  if (!rows[0]) throw notFound('person')
  return rows[0]
}

/** Every code must be in its table. */
export async function assertCodes<T>(act: Act<T>, table: string, codes: string[]): Promise<void> {
  const { rows } = await sql<{
    code: string
  }>`select x.code from unnest(${codes}::text[]) as x(code) where not exists (select from records.code c where c."table" = ${table} and c.code = x.code)`.execute(
    act.tx,
  )
  if (rows[0]) throw invalid('records.unknown_code', { table, code: rows[0].code })
}

type Sql = ReturnType<typeof sql>

/**
 * Makes exactly the wanted keys hold from a day on: the rest ends there, what was to begin later is taken back, what goes on
 * goes on without end. Returns the keys that held before and those that have to be added.
 */
async function replaceFrom<T>(
  act: Act<T>,
  table: 'teaching' | 'title' | 'post',
  key: Sql,
  personId: string,
  from: string,
  wanted: string[],
): Promise<{ before: string[]; missing: string[] }> {
  const facts = sql.raw(`records.${table}`)
  const goesOn = sql`(${key}) = any(${wanted}::text[])`
  const { rows } = await sql<{
    key: string
  }>`select (${key}) as key from ${facts} f where f.person_id = ${personId} and f.during @> ${from}::date order by 1`.execute(
    act.tx,
  )
  await sql`delete from ${facts} f where f.person_id = ${personId} and (lower(f.during) > ${from}::date or lower(f.during) = ${from}::date and not ${goesOn})`.execute(
    act.tx,
  )
  await sql`update ${facts} f set during = case when ${goesOn} then daterange(lower(f.during), null) else daterange(lower(f.during), ${from}) end
    where f.person_id = ${personId} and f.during @> ${from}::date`.execute(act.tx)
  const before = rows.map((row) => row.key)
  return { before, missing: [...new Set(wanted)].filter((one) => !before.includes(one)) }
}

export async function setTeaching<T>(
  act: Act<T>,
  input: { personId: string; from: string; teaching: { stage: string; subject: string }[] },
): Promise<void> {
  const { personId, from } = input
  const { orgPath } = await inScope(act, personId)
  await assertCodes(
    act,
    'RKXD',
    input.teaching.map(({ stage }) => stage),
  )
  await assertCodes(
    act,
    'ZXXKC',
    input.teaching.map(({ subject }) => subject),
  )
  const teaching = input.teaching.map(({ stage, subject }) => `${stage}/${subject}`)
  const { before, missing } = await replaceFrom(
    act,
    'teaching',
    sql`f.stage || '/' || f.subject`,
    personId,
    from,
    teaching,
  )
  const rows = missing.map((pair) => ({ id: newId(), stage: pair.split('/')[0], subject: pair.split('/')[1] }))
  await sql`insert into records.teaching (person_id, id, stage, subject, during) select ${personId}, r.id, r.stage, r.subject, daterange(${from}, null)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, stage text, subject text)`.execute(act.tx)
  await record(act, {
    action: 'records.teaching_set',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath,
    before: { teaching: before },
    after: { from, teaching },
  })
}

export async function setTitle<T>(
  act: Act<T>,
  input: { personId: string; from: string; title: string },
): Promise<void> {
  const { personId, from, title } = input
  const { orgPath } = await inScope(act, personId)
  await assertCodes(act, 'TITLE', [title])
  const { before, missing } = await replaceFrom(act, 'title', sql`f.level`, personId, from, [title])
  if (missing.length > 0)
    await sql`insert into records.title (person_id, id, level, during) values (${personId}, ${newId()}, ${title}, daterange(${from}, null))`.execute(
      act.tx,
    )
  await record(act, {
    action: 'records.title_set',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath,
    before: { title: before[0] ?? null },
    after: { from, title },
  })
}

export async function setPosts<T>(
  act: Act<T>,
  input: { personId: string; from: string; posts: string[] },
): Promise<void> {
  const { personId, from, posts } = input
  const { orgId, orgPath } = await inScope(act, personId)
  await assertCodes(act, 'POST', posts)
  const { before, missing } = await replaceFrom(
    act,
    'post',
    sql`case when f.org_id = ${orgId} then f.code else f.code || '@' || f.org_id end`,
    personId,
    from,
    posts,
  )
  const rows = missing.map((code) => ({ id: newId(), code }))
  await sql`insert into records.post (person_id, id, code, org_id, org_path, during) select ${personId}, r.id, r.code, ${orgId}, ${orgPath}::ltree, daterange(${from}, null)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text)`.execute(act.tx)
  await record(act, {
    action: 'records.posts_set',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath,
    before: { posts: before },
    after: { from, posts },
  })
}

type Service = { workSince: string | null; teachingSince: string | null }

/** Since when somebody has worked. The years of teaching follow until they are known to be others. */
export async function setService<T>(act: Act<T>, personId: string, workSince: string): Promise<void> {
  const { orgPath } = await inScope(act, personId)
  const { rows } =
    await sql<Service>`select s.work_since, s.teaching_since from records.service s where s.person_id = ${personId}`.execute(
      act.tx,
    )
  const before = rows[0]
  if (before?.workSince === workSince) return
  await sql`insert into records.service as s (person_id, id, work_since, teaching_since) values (${personId}, ${newId()}, ${workSince}, ${workSince})
    on conflict (person_id) do update set work_since = excluded.work_since, teaching_since = case when s.teaching_since is not distinct from s.work_since
      then excluded.work_since else greatest(s.teaching_since, excluded.work_since) end`.execute(act.tx)
  await record(act, {
    action: 'records.service_set',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath,
    before: { workSince: before?.workSince ?? null },
    after: { workSince },
  })
}

export type Award = {
  personId: string
  code: string
  name?: string | undefined
  level: string
  awardedOn: string
  until?: string | null | undefined
}

/** Puts an honour on record. One that ends is held up to that day. */
export async function awardHonour<T>(act: Act<T>, input: Award): Promise<{ id: string }> {
  const { personId, code, level, awardedOn, until = null } = input
  const { orgPath } = await inScope(act, personId)
  await assertCodes(act, 'HONOUR', [code])
  await assertCodes(act, 'JB', [level])
  if (awardedOn > act.today) throw invalid('records.in_future', { today: act.today })
  if (until !== null && until <= awardedOn) throw invalid('records.ends_before_it_begins')
  const { rows } = await sql<{
    zh: string
  }>`select c.zh from records.code c where c."table" = 'HONOUR' and c.code = ${code}`.execute(act.tx)
  const name = input.name?.trim() || rows[0]!.zh
  const id = newId()
  await sql`insert into records.honour (person_id, id, code, name, level, awarded_on, during)
    values (${personId}, ${id}, ${code}, ${name}, ${level}, ${awardedOn}, daterange(${awardedOn}, ${until}))`
    .execute(act.tx)
    .catch((error) => {
      throw (error as { constraint?: string }).constraint === 'honour_once'
        ? refused('records.honour_held', { name })
        : error
    })
  await record(act, {
    action: 'records.honour_awarded',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath,
    after: { code, name, level, awardedOn, until },
  })
  return { id }
}

/** Ends an honour from a day on; it stays on record. */
export async function endHonour<T>(
  act: Act<T>,
  input: { personId: string; honourId: string; on: string },
): Promise<void> {
  const { personId, honourId, on } = input
  const { orgPath } = await inScope(act, personId)
  const { rows } = await sql<{
    code: string
    name: string
  }>`update records.honour h set during = daterange(lower(h.during), ${on})
    where h.person_id = ${personId} and h.id = ${honourId} and h.during @> ${on}::date and lower(h.during) < ${on}::date returning h.code, h.name`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('honour')
  await record(act, {
    action: 'records.honour_ended',
    subject: { kind: 'person', id: personId },
    about: personId,
    orgPath,
    before: rows[0],
    after: { on },
  })
}
