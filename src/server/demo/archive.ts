/** Fills the groups of the record for everybody of the demonstration: one statement a group, the same in every installation. */
import { type RawBuilder, sql } from 'kysely'
import { type Keys, maskMail, maskPhone, maskTail, sealer } from '../../platform/cipher/index.ts'
import type { Db } from '../../platform/db/index.ts'
import { insert } from './insert.ts'

type Person = { id: string; number: string; initials: string; category: string; phoneOf?: string }

/** A number below `n` that belongs to a person and a purpose. */
const lot = (salt: string, n: number) =>
  sql`(('x' || substr(md5(p.number || ${sql.lit(salt)}), 1, 7))::bit(28)::int % ${sql.lit(n)})`
const pick = (salt: string, ...words: readonly string[]) =>
  sql`(${sql.lit(`{${words.join(',')}}`)}::text[])[1 + ${lot(salt, words.length)}]`
const PEOPLE = sql`directory.person p join records.service s on s.person_id = p.id
  join directory.employment e on e.person_id = p.id and e.kind = 'main' and upper_inf(e.during)`
const since = sql`extract(year from s.work_since)::int`
const TEACHES = sql`${PEOPLE} join records.teaching t on t.person_id = p.id and upper_inf(t.during)`

const into = (db: Db, table: string, columns: string, rows: RawBuilder<unknown>) =>
  sql`insert into ${sql.raw(`records.${table}`)} (person_id, id, ${sql.raw(columns)}) ${rows}`.execute(db)

/** @param district whose office says what is complete */
export async function archive(db: Db, keys: Keys, people: readonly Person[], district: { id: string; path: string }) {
  await contacts(db, keys, people)
  await career(db)
  await certificates(db)
  await teaching(db)
  await merit(db)
  await guarded(db)
  for (const group of ['leave', 'sanction', 'ethics_handling', 'bar'])
    await sql`insert into records.complete (org_id, org_path, group_id, since) values
      (${district.id}, ${district.path}::ltree, ${group}, '2022-09-01')`.execute(db)
  await changes(db)
}

/** Numbers that nobody has: 199 0000 and four digits. */
async function contacts(db: Db, keys: Keys, people: readonly Person[]): Promise<void> {
  const seals = {
    phone: sealer(keys, 'contact.phone'),
    mail: sealer(keys, 'contact.mail'),
    address: sealer(keys, 'contact.address'),
  }
  const bytes = (of: Buffer) => `\\x${of.toString('hex')}`
  await insert(
    db,
    'records.contact',
    'person_id uuid, id uuid, phone_cipher bytea, phone_masked text, mail_cipher bytea, mail_masked text, address_cipher bytea, address_masked text',
    people.map(({ id, number, initials, phoneOf = number }) => {
      const row = crypto.randomUUID()
      const phone = `199${phoneOf.slice(-6).padStart(8, '0')}`
      const mail = `${initials || 'js'}.${number.toLowerCase()}@example.cn`
      const address = `人民路${Number(number.slice(-3)) + 1}号教师公寓`
      return {
        person_id: id,
        id: row,
        phone_cipher: bytes(seals.phone.seal(phone, row)),
        phone_masked: maskPhone(phone),
        mail_cipher: bytes(seals.mail.seal(mail, row)),
        mail_masked: maskMail(mail),
        address_cipher: bytes(seals.address.seal(address, row)),
        address_masked: maskTail(address),
      }
    }),
  )
  await into(
    db,
    'basics',
    'ethnicity, politics, native_place',
    sql`select p.id, gen_random_uuid(), case when ${lot('mz', 20)} < 9 then '15' when ${lot('mz', 20)} < 13 then '06' else '01' end,
      case when ${lot('zz', 20)} < 7 then '01' when ${since} > 2017 and ${lot('zz', 20)} < 12 then '03' else '13' end,
      ${pick('jg', '重庆黔江', '重庆酉阳', '重庆彭水', '重庆石柱', '湖北咸丰', '重庆秀山')} from ${PEOPLE}`,
  )
}

async function career(db: Db): Promise<void> {
  await into(
    db,
    'grade',
    'grade, document, during',
    sql`select p.id, gen_random_uuid(), case l.level when 'senior_full' then 'p4' when 'senior' then ${pick('gw', 'p5', 'p6', 'p7')}
        when 'level_1' then ${pick('gw', 'p8', 'p9', 'p10')} when 'level_2' then ${pick('gw', 'p11', 'p12')} else 'p13' end,
      '区教人聘〔' || extract(year from lower(l.during)) || '〕' || (1 + ${lot('wh', 60)}) || '号', l.during
    from ${PEOPLE} join records.title l on l.person_id = p.id and upper_inf(l.during)`,
  )
  await into(
    db,
    'principal_term',
    'nth, years, during, org_id, org_path',
    sql`select p.id, gen_random_uuid(), 1 + ${lot('jie', 2)}, 5, daterange(greatest(make_date(2019 + ${lot('rq', 3)}, 9, 1), lower(e.during)), null),
      o.org_id, o.org_path from ${PEOPLE} join records.post o on o.person_id = p.id and o.code = 'principal' and upper_inf(o.during)`,
  )
  await into(
    db,
    'rotation',
    'kind, host, direction, document, during',
    sql`select p.id, gen_random_uuid(), case when ${lot('jl', 100)} < 6 then 'exchange' when ${lot('jl', 100)} < 8 then 'support' else 'follow' end,
      h.short_name, '3', '区教〔2020〕' || (20 + ${lot('jlwh', 30)}) || '号', '[2020-09-01,2021-09-01)'
    from ${PEOPLE} cross join lateral (select o.short_name from directory.organisation o join directory.organisation m on m.id = p.org_id
        where o.parent_id = m.parent_id and o.kind = 'school' and o.id <> m.id order by md5(o.id::text || p.number) limit 1) h
    where e.category = '11' and ${lot('jl', 100)} < 9 and s.work_since < '2015-01-01'`,
  )
  await into(
    db,
    'leave',
    'reason, semesters, during',
    sql`select p.id, gen_random_uuid(), case when p.sex = '2' then 'maternity' else 'study' end, 1, '[2021-03-01,2021-09-01)'
    from ${PEOPLE} where e.category = '11' and s.work_since between '2008-01-01' and '2018-01-01' and ${lot('lx', 100)} < 5`,
  )
  await into(
    db,
    'retirement',
    'approved_on, kind',
    sql`select p.id, gen_random_uuid(), (p.birth_date + interval '60 years')::date, 'normal' from ${PEOPLE}
    where p.birth_date between '1963-03-01' and '1963-08-31' and p.sex = '1'`,
  )
}

async function certificates(db: Db): Promise<void> {
  const category = sql`case t.stage when '1' then '1' when '3' then '3' when '4' then '4' when '6' then '5' else '2' end`
  const issued = sql`make_date(${since}, 7, 1)`
  await into(
    db,
    'certificate',
    'category, subject, number, issued_on, issuer',
    sql`select distinct on (p.id) p.id, gen_random_uuid(), ${category}, nullif(t.subject, '60'),
      ${since}::text || '509999' || ${category} || lpad(${lot('zs', 1_000_000)}::text, 6, '0'), ${issued}, '区教育委员会' from ${TEACHES} where s.qualified_on is not null`,
  )
  await into(
    db,
    'registration',
    'decided_on, outcome',
    sql`select p.id, gen_random_uuid(), make_date(2018 + ${lot('zc', 4)}, 6, 20), 'pass' from ${PEOPLE}
    where e.category = '11' and s.work_since < '2017-01-01'`,
  )
  await into(
    db,
    'language',
    'kind, grade, certificate_no, tested_on',
    sql`select distinct on (p.id) p.id, gen_random_uuid(), 'mandarin', case when t.subject = '13' then ${pick('pth', '2', '3', '3')} else ${pick('pth', '3', '4', '4')} end,
      '5099' || lpad(${lot('pthno', 10_000_000)}::text, 8, '0'), make_date(${since}, 5, 20) from ${TEACHES}`,
  )
  await into(
    db,
    'specialty',
    'kind, level, passed_on',
    sql`select distinct on (p.id) p.id, gen_random_uuid(), case t.stage when '1' then 'preschool' else 'special' end, '23', '2019-11-15'::date from ${TEACHES}
    where t.stage in ('1', 'A') and s.work_since < '2018-01-01' and ${lot('zx', 10)} < 8`,
  )
}

async function teaching(db: Db): Promise<void> {
  const terms = sql`(values (2021, '1'), (2021, '2'), (2022, '1'), (2022, '2')) as x(year, term)`
  await into(
    db,
    'assignment',
    'year, term, stage, subject, classes, lessons, heard, org_id, org_path',
    sql`select distinct on (p.id, x.year, x.term) p.id, gen_random_uuid(), x.year, x.term, t.stage, t.subject,
      ${pick('nj', '一', '二', '三', '四', '五', '六')} || '年级（' || (1 + ${lot('bj', 6)}) || '）班', 10 + ${lot('ks', 9)}, 8 + ${lot('tk', 14)}, p.org_id, p.org_path
    from ${TEACHES} cross join ${terms} where s.work_since < make_date(x.year, 12, 31)`,
  )
  await into(
    db,
    'home_visit',
    'year, term, visits',
    sql`select p.id, gen_random_uuid(), x.year, x.term, 4 + ${lot('jf', 18)} from ${PEOPLE} cross join (values (2021, '2'), (2022, '1')) as x(year, term)
    where exists (select from records.post o where o.person_id = p.id and o.code = 'class_teacher')`,
  )
  // New teachers and those who guide them, each of the same school; both sides say it.
  await sql`with fresh as (
      select p.id, p.name, p.org_id, row_number() over (partition by p.org_id order by p.number) as nth from ${PEOPLE}
        where s.work_since >= '2019-01-01' and e.category = '11'),
    guides as (
      select p.id, p.name, p.org_id, row_number() over (partition by p.org_id order by p.number) as nth from ${PEOPLE}
        where s.work_since < '2009-01-01' and e.category = '11')
    insert into records.mentoring (person_id, id, role, partner, outcome, during)
    select x.person_id, gen_random_uuid(), x.role, x.partner, x.outcome, '[2021-09-01,2023-09-01)'::daterange
    from fresh f join guides g using (org_id, nth)
    cross join lateral (values (g.id, 'mentor', f.name, '指导备课、听评课'), (f.id, 'mentee', g.name, null)) as x(person_id, role, partner, outcome)`.execute(
    db,
  )
}

async function merit(db: Db): Promise<void> {
  await into(
    db,
    'appraisal',
    'kind, year, outcome, decided_on',
    sql`select p.id, gen_random_uuid(), 'yearly', y, case when ${lot('kh', 1000)} + y % 7 > 997 then 'basic'
        when (${lot('kh', 100)} + y * 13) % 100 < 15 then 'excellent' else 'pass' end, make_date(y + 1, 1, 15)
      from ${PEOPLE} cross join generate_series(2018, 2021) y where ${since} < y
    union all
    select p.id, gen_random_uuid(), 'ethics', y, case when (${lot('sd', 100)} + y * 7) % 100 < 20 then 'excellent' else 'pass' end, make_date(y, 12, 20)
      from ${PEOPLE} cross join generate_series(2020, 2022) y where ${since} < y and e.category = '11'
    union all
    select p.id, gen_random_uuid(), 'probation', ${since} + 1, 'pass', (s.work_since + interval '1 year')::date
      from ${PEOPLE} where e.category = '11' and s.work_since between '2014-01-01' and '2021-12-01'`,
  )
  await into(
    db,
    'safety_check',
    'kind, done_on, outcome, due_on',
    sql`select p.id, gen_random_uuid(), 'medical', make_date(2022, 9, 1 + ${lot('tj', 20)}), 'clear', make_date(2023, 9, 1 + ${lot('tj', 20)}) from ${PEOPLE}
    union all
    select p.id, gen_random_uuid(), 'access', '2022-08-20', 'clear', '2023-08-20' from ${PEOPLE}
    union all
    select p.id, gen_random_uuid(), 'first_aid', '2021-02-01'::date + ${lot('jjr', 240)}, 'clear', '2023-02-01'::date + ${lot('jjr', 240)} from ${PEOPLE} where ${lot('jj', 10)} < 3`,
  )
  await into(
    db,
    'research',
    'kind, name, level, place, publisher, published_on',
    sql`select distinct on (p.id) p.id, gen_random_uuid(), ${pick('cg', 'paper', 'paper', 'project', 'lesson', 'award')},
      ${pick('cgm', '“双减”背景下作业设计的实践', '大单元教学的课堂探索', '乡村学校阅读课程建设', '学困生转化的个案研究', '项目式学习的校本实施')} || '（' || c.zh || '）',
      ${pick('cgj', '23', '33', '43', '60')}, 1 + ${lot('wc', 3)}, ${pick('cgk', '市教育学会', '区教师进修学校', '市教育科学研究院')}, make_date(2018 + ${lot('cgn', 5)}, 1 + ${lot('cgy', 12)}, 10)
    from ${TEACHES} join records.code c on c."table" = 'ZXXKC' and c.code = t.subject where ${lot('ky', 100)} < 35 and s.work_since < '2018-01-01'`,
  )
}

/** A handful, so that the guarded part is not empty; nobody who is shown by name in the demonstration. */
async function guarded(db: Db): Promise<void> {
  const few = (
    salt: string,
    n: number,
  ) => sql`select p.id from ${PEOPLE} where s.work_since < '2012-01-01' and e.category = '11'
    and not exists (select from records.post o where o.person_id = p.id) and not exists (select from records.honour h where h.person_id = p.id)
    order by md5(p.number || ${sql.lit(salt)}) limit ${sql.lit(n)}`
  await into(
    db,
    'sanction',
    'track, kind, decided_on, document',
    sql`select f.id, gen_random_uuid(), 'institution', case when row_number() over (order by f.id) = 1 then 'demerit' else 'warning' end, '2022-05-16'::date,
      '区教〔2022〕' || (30 + row_number() over (order by f.id)) || '号' from (${few('cf', 3)}) f`,
  )
  await into(
    db,
    'ethics_handling',
    'kind, decided_on, serious, document',
    sql`select f.id, gen_random_uuid(), 'criticism', '2021-11-08'::date, false, '区教师德〔2021〕' || row_number() over (order by f.id) || '号' from (${few('sdcl', 4)}) f`,
  )
}

/** Proposals that wait at schools, and some at the district. */
async function changes(db: Db): Promise<void> {
  await sql`insert into records.change (person_id, id, group_id, row_id, kind, base_version, was, becomes, reason, state, by_district, account_id)
    select p.id, gen_random_uuid(), 'home_visit', gen_random_uuid(), 'add', null, null, jsonb_build_object('year', '2022', 'term', '2', 'visits', (3 + ${lot('bg', 9)})::text),
      '本学期新增家访', 'school', false, a.id
    from ${PEOPLE} join access.account a on a.person_id = p.id where e.category = '11' and ${lot('bgx', 40)} = 0`.execute(
    db,
  )
  await sql`insert into records.change (person_id, id, group_id, row_id, kind, base_version, was, becomes, reason, state, by_district, account_id)
    select p.id, gen_random_uuid(), 'certificate', c.id, 'correct', c.version, jsonb_build_object('issuer', c.issuer), jsonb_build_object('issuer', '区教育局（今区教育委员会）'),
      '证书上的认定机构名称', 'district', true, a.id
    from ${PEOPLE} join records.certificate c on c.person_id = p.id join access.account a on a.person_id = p.id where e.category = '11' and ${lot('bgz', 150)} = 0`.execute(
    db,
  )
}
