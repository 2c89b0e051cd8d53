/** A small invented district for tests: three schools, people with facts, and an account for every role. */
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import type { Role } from '../../src/platform/access/index.ts'
import { type Caller, callerFor } from '../../src/server/caller.ts'
import type { OpenHouse } from '../../src/server/house.ts'

export type Org = { id: string; path: string }
export type Person = { id: string; account: string; number: string; name: string }
export type Facts = {
  category?: string
  stages?: string[]
  subject?: string
  posts?: string[]
  honours?: string[]
  since?: string
  hired?: string
}

export type World = {
  city: Org
  district: Org
  other: Org
  schools: [Org, Org, Org]
  teachers: [Person[], Person[], Person[]]
  accounts: Record<string, string>
  /** The caller for an account, or for a role named `role@place`: `clerk@0`, `trainer@district`. */
  as: (who: string) => Promise<Caller>
  addTeacher: (school: Org, facts?: Facts) => Promise<Person>
}

/** Builds the world in one transaction of the owner: three schools with `perSchool` teachers of primary school each. */
export async function buildWorld(house: OpenHouse, perSchool = 4): Promise<World> {
  const { owner } = house
  const org = async (
    parent: Org | null,
    kind: string,
    name: string,
    type: string | null = null,
    authority: string | null = null,
  ): Promise<Org> => {
    const id = newId()
    const path = `${parent ? `${parent.path}.` : ''}o${id.replaceAll('-', '').slice(-12)}`
    await sql`insert into directory.organisation (id, parent_id, path, kind, school_type, name, short_name, authority)
      values (${id}, ${parent?.id ?? null}, ${path}::ltree, ${kind}, ${type}, ${name}, ${name}, ${authority})`.execute(
      owner,
    )
    return { id, path }
  }
  const city = await org(null, 'municipality', '测试市')
  const district = await org(city, 'district', '测试区', null, 'qianjiang')
  const other = await org(city, 'district', '邻区', null, 'qianjiang')
  const schools: [Org, Org, Org] = [
    await org(district, 'school', '第一小学', '211'),
    await org(district, 'school', '第二小学', '211'),
    await org(other, 'school', '邻区小学', '211'),
  ]
  let count = 0
  const account = async (
    login: string,
    name: string,
    at: Org,
    role: Role,
    personId: string | null = null,
  ): Promise<string> => {
    const id = newId()
    await sql`insert into access.account (id, login, name, person_id, org_id, org_path) values (${id}, ${login}, ${name}, ${personId}, ${at.id}, ${at.path}::ltree)`.execute(
      owner,
    )
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path) values (${id}, ${newId()}, ${role}, ${at.id}, ${at.path}::ltree)`.execute(
      owner,
    )
    return id
  }
  const addTeacher = async (school: Org, facts: Facts = {}): Promise<Person> => {
    count += 1
    const person = {
      id: newId(),
      number: `T${String(count).padStart(5, '0')}`,
      name: `教师${'甲乙丙丁戊己庚辛壬癸'[count % 10]}${String(count).padStart(3, '0')}`,
    }
    const {
      category = '11',
      stages = ['2'],
      subject = '14',
      posts = [],
      honours = [],
      since = '2010-09-01',
      hired = since,
    } = facts
    await sql`insert into directory.person (id, number, name, org_id, org_path) values (${person.id}, ${person.number}, ${person.name}, ${school.id}, ${school.path}::ltree)`.execute(
      owner,
    )
    await sql`insert into directory.employment (person_id, id, org_id, org_path, category, during)
      values (${person.id}, ${newId()}, ${school.id}, ${school.path}::ltree, ${category}, daterange(${hired}, null))`.execute(
      owner,
    )
    await sql`insert into records.service (person_id, id, work_since, teaching_since) values (${person.id}, ${newId()}, ${since}, ${since})`.execute(
      owner,
    )
    for (const stage of stages)
      await sql`insert into records.teaching (person_id, id, stage, subject, during) values (${person.id}, ${newId()}, ${stage}, ${subject}, daterange(${since}, null))`.execute(
        owner,
      )
    for (const post of posts) {
      await sql`insert into records.post (person_id, id, code, org_id, org_path, during) values (${person.id}, ${newId()}, ${post}, ${school.id}, ${school.path}::ltree, daterange(${since}, null))`.execute(
        owner,
      )
    }
    for (const code of honours)
      await sql`insert into records.honour (person_id, id, code, name, level, during) values (${person.id}, ${newId()}, ${code}, ${code}, '43', daterange(${since}, null))`.execute(
        owner,
      )
    return { ...person, account: await account(person.number.toLowerCase(), person.name, school, 'teacher', person.id) }
  }
  const teachers: World['teachers'] = [[], [], []]
  for (const [i, school] of schools.entries())
    for (let n = 0; n < perSchool; n++) teachers[i]!.push(await addTeacher(school))
  const accounts: Record<string, string> = {}
  for (const role of ['trainer', 'commission', 'expert', 'auditor', 'security', 'administrator'] as const) {
    accounts[`${role}@district`] = await account(`${role}-d`, role, district, role)
    accounts[`${role}@other`] = await account(`${role}-o`, role, other, role)
  }
  for (const [i, school] of schools.entries())
    for (const role of ['clerk', 'principal'] as const)
      accounts[`${role}@${i}`] = await account(`${role}-${i}`, role, school, role)
  return {
    city,
    district,
    other,
    schools,
    teachers,
    accounts,
    addTeacher,
    as: (who) => callerFor(house, accounts[who] ?? who),
  }
}

/** What a call was refused with, whole: kind, code and what goes with them. */
export const refusalData = (
  call: Promise<unknown>,
): Promise<{ kind: string; code: string } & Record<string, unknown>> =>
  call.then(
    () => Promise.reject(new Error('it was not refused')),
    (error) => error.data ?? error,
  )

/** The product's own words for a failed call: `refused training.quota_full`. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    const data = (error as { data?: { kind?: string; code?: string } }).data
    if (!data?.code) throw error
    return `${data.kind} ${data.code}`
  }
}
