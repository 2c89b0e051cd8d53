/** A city of invented people on record, written by the owner straight into the tables: names with their sounds, studies, titles, posts, honours, and gaps. */
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import { ownerClient } from '../../src/platform/db/index.ts'
import { readPersonName } from '../../src/platform/directory/index.ts'
import { type Caller, callerFor } from '../../src/server/caller.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openBenchHouse } from './cluster.ts'
import type { Bench } from './measure.ts'

const DISTRICTS = 20
const SCHOOLS = 50
const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
]
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文浩宇欣怡子涵梓轩雨晨思远嘉悦佳琪']

export type City = { house: OpenHouse; caller: Caller; people: string[]; names: string[] }

/** `people` of them; opened once a run for each size. Close the house when done. */
export async function cityOnRecord(bench: Bench, people: number): Promise<City> {
  const url = await bench.once(`records ${people}`, async () => {
    const empty = await bench.database()
    await (await openBenchHouse(empty)).close()
    bench.say(`${people.toLocaleString('en')} people on record`)
    await fill(empty, people)
    return empty
  })
  const house = await openBenchHouse(await bench.database(url))
  const { rows } = await sql<{
    id: string
    name: string
  }>`select p.id, p.name from directory.person p order by md5(p.id::text) limit 2000`.execute(house.owner)
  return {
    house,
    caller: await callerFor(house, ACCOUNT),
    people: rows.map(({ id }) => id),
    names: rows.map(({ name }) => name),
  }
}

const ACCOUNT = '01900000-0000-7000-8000-000000000001'

async function fill(url: string, people: number): Promise<void> {
  const owner = ownerClient(url)
  await owner.connect()
  const names = SURNAMES.flatMap((surname) =>
    GIVEN.flatMap((first, at) => [
      surname + first,
      surname + first + GIVEN[(at * 7 + 3) % GIVEN.length]!,
      surname + GIVEN[(at * 5 + 1) % GIVEN.length]! + first,
    ]),
  ).map((name) => ({ name, ...readPersonName(name) }))
  const city = newId()
  const each = people / (DISTRICTS * SCHOOLS)
  try {
    await owner.query(
      `set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off`,
    )
    await owner.query(
      `insert into directory.organisation (id, path, kind, name, short_name, authority) values ($1, 'c', 'municipality', '测量市', '测量市', 'chongqing')`,
      [city],
    )
    await owner.query(
      `insert into directory.organisation (id, parent_id, path, kind, name, short_name) select gen_random_uuid(), $1, ('c.d' || d)::ltree, 'district', '测量' || d || '区', '测量' || d || '区' from generate_series(1, $2::int) d`,
      [city, DISTRICTS],
    )
    await owner.query(
      `insert into directory.organisation (id, parent_id, path, kind, school_type, name, short_name) select gen_random_uuid(), o.id, o.path || ('s' || s)::ltree, 'school', '211', o.short_name || '第' || s || '小学', '第' || s || '小学'
        from directory.organisation o, generate_series(1, $1::int) s where o.kind = 'district'`,
      [SCHOOLS],
    )
    await owner.query(
      `insert into access.account (id, login, name, org_id, org_path) values ($1, 'administrator', '管理员', $2, 'c')`,
      [ACCOUNT, city],
    )
    await owner.query(
      `insert into access.assignment (account_id, id, role, org_id, org_path) values ($1, $2, 'administrator', $3, 'c')`,
      [ACCOUNT, newId(), city],
    )
    await owner.query('create temporary table sound (nth int, name text, pinyin text, initials text)')
    await owner.query(
      `insert into sound select (r.nth - 1)::int, r.row ->> 'name', r.row ->> 'pinyin', r.row ->> 'initials' from jsonb_array_elements($1::jsonb) with ordinality r (row, nth)`,
      [JSON.stringify(names)],
    )
    await owner.query(
      `insert into directory.person (id, number, name, pinyin, initials, sex, birth_date, org_id, org_path)
        select gen_random_uuid(), 'R' || lpad(x.n::text, 7, '0'), s.name, s.pinyin, s.initials, case when x.n % 50 = 0 then '0' else (1 + x.n % 2)::text end,
          case when x.n % 40 = 0 then null else date '1964-01-01' + (x.n * 7919 % 13000)::int end, x.id, x.path
        from (select o.id, o.path, row_number() over (order by o.path, k) as n from directory.organisation o, generate_series(1, $1::int) k where o.kind = 'school') x
        join sound s on s.nth = (x.n * 104729 % $2::int)`,
      [each, names.length],
    )
    for (const statement of FACTS) await owner.query(statement)
    for (const table of [
      'directory.organisation',
      'directory.person',
      'directory.employment',
      ...['service', 'teaching', 'title', 'post', 'honour', 'education'].map((name) => `records.${name}`),
    ])
      await owner.query(`vacuum (analyze) ${table}`)
  } finally {
    await owner.end()
  }
}

/** What stands in the records of everybody, with gaps and contradictions for some. */
const n = `(substr(p.number, 2)::int)`
const FACTS = [
  `insert into directory.employment (person_id, id, org_id, org_path, during) select p.id, gen_random_uuid(), p.org_id, p.org_path, daterange(date '2000-09-01' + (${n} % 20) * 365, null) from directory.person p`,
  `insert into records.service (person_id, id, work_since, teaching_since, qualified_on) select p.id, gen_random_uuid(), date '1999-09-01' + (${n} % 20) * 365, date '1999-09-01' + (${n} % 20) * 365,
    case when ${n} % 30 = 0 then null else date '1999-06-01' end from directory.person p`,
  `insert into records.teaching (person_id, id, stage, subject, during) select p.id, gen_random_uuid(), case when ${n} % 60 = 0 then '4' else '2' end, (13 + ${n} % 3)::text, daterange('2015-09-01', null) from directory.person p where ${n} % 45 <> 0`,
  `insert into records.title (person_id, id, level, during) select p.id, gen_random_uuid(), (array['level_2', 'level_1', 'senior'])[1 + ${n} % 3], daterange('2018-01-01', null) from directory.person p where ${n} % 15 <> 0`,
  `insert into records.post (person_id, id, code, org_id, org_path, during) select p.id, gen_random_uuid(), 'class_teacher', p.org_id, p.org_path, daterange('2020-09-01', null) from directory.person p where ${n} % 3 = 0`,
  `insert into records.honour (person_id, id, code, name, level, awarded_on, during) select p.id, gen_random_uuid(), 'other', '优秀教师', '43', date '2019-09-10', daterange('2019-09-10', null) from directory.person p where ${n} % 5 = 0`,
  `insert into records.education (person_id, id, level, degree, institution, graduated_on) select p.id, gen_random_uuid(), '21', case when ${n} % 25 = 0 then null else '4' end, '测量师范大学', date '1999-06-30' from directory.person p where ${n} % 35 <> 0`,
]
