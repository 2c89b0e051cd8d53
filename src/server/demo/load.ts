/** Puts the demonstration district into an empty database: one statement a table. */
import { sql } from 'kysely'
import { divide } from '../../base/decimal.ts'
import { newId } from '../../base/ids.ts'
import { hashPassword, type Role } from '../../platform/access/index.ts'
import { type Act, type Db, moveClock, SYSTEM, within } from '../../platform/db/index.ts'
import { type IdentityKeys, readName, sealIdentity } from '../../platform/directory/index.ts'
import { post } from '../../platform/ledger/index.ts'
import type { Step } from '../house.ts'
import { type School, schools } from './district.ts'
import { type DemoPerson, people } from './people.ts'

export const DEMO_PASSWORD = 'Qiangshi-2023'

const insert = async (db: Db, into: string, columns: string, rows: object[]): Promise<void> => {
  const names = columns.split(',').map((column) => column.trim().split(' ')[0])
  await sql`insert into ${sql.raw(into)} (${sql.raw(names.join(', '))}) select ${sql.raw(names.map((name) => `r.${name}`).join(', '))}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.raw(columns)})`.execute(db)
}

type Placed = School & { id: string; path: string }
export type Loaded = { schools: number; teachers: number }

/**
 * Loads organisations, people, their facts, accounts and roles, then two earlier years of credits: in one transaction, so that a load
 * that is cut off leaves nothing.
 */
export async function load(owner: Db, keys: IdentityKeys, step: Step): Promise<Loaded> {
  return owner.transaction().execute(async (tx) => {
    const { city, district, placed } = await organisations(tx)
    step('server.demo_placed', { n: placed.length })
    const list = people(schools()).map((person) => ({ ...person, id: newId() }))
    const at = new Map(placed.map((school) => [school.key, school]))
    await persons(tx, list, at, keys)
    step('server.demo_people', { n: list.length })
    await accounts(tx, list, at, district)
    step('server.demo_accounts')
    await moveClock(tx, new Date('2022-12-31T08:00:00Z'))
    await sql`analyze`.execute(tx)
    await sql`set local role qiangshi_app`.execute(tx)
    await within(tx, { actor: SYSTEM, permission: 'demo', scope: { paths: [city.path], self: false } }, (act) =>
      earlierCredits(act, list),
    )
    await sql`reset role`.execute(tx)
    step('server.demo_credits')
    await moveClock(tx, new Date('2023-03-01T01:00:00Z'))
    await sql`analyze`.execute(tx)
    return { schools: placed.filter(({ kind }) => kind === 'school').length, teachers: list.length }
  })
}

async function organisations(owner: Db) {
  const label = (id: string) => `o${id.replaceAll('-', '').slice(-16)}`
  const make = (parent: { id: string; path: string } | null) => {
    const id = newId()
    return { id, path: parent ? `${parent.path}.${label(id)}` : label(id) }
  }
  const city = make(null)
  const district = make(city)
  const placed: Placed[] = schools().map((school) => ({ ...school, ...make(district) }))
  const row = (org: { id: string; path: string }, more: { short_name: string; [column: string]: unknown }) => ({
    ...readName(more.short_name),
    id: org.id,
    path: org.path,
    school_type: null,
    locality: null,
    authority: null,
    name_en: null,
    ...more,
  })
  await insert(
    owner,
    'directory.organisation',
    'id uuid, parent_id uuid, path ltree, kind text, school_type text, code text, name text, short_name text, name_en text, locality text, authority text, pinyin text, initials text',
    [
      row(city, {
        parent_id: null,
        kind: 'municipality',
        name: '重庆市（演示）',
        short_name: '重庆市（演示）',
        name_en: 'Chongqing (demonstration)',
        authority: 'chongqing',
        code: null,
      }),
      row(district, {
        parent_id: city.id,
        kind: 'district',
        name: '黔江区教育委员会（演示）',
        short_name: '黔江区（演示）',
        name_en: 'Qianjiang (demonstration)',
        authority: 'qianjiang',
        code: null,
      }),
      ...placed.map((school, i) =>
        row(school, {
          parent_id: district.id,
          kind: school.kind,
          school_type: school.type,
          name: `黔江区${school.name}（演示）`,
          short_name: school.name,
          locality: school.locality,
          code: school.type ? `${school.type.slice(0, 2)}50${String(114_000 + i)}` : null,
        }),
      ),
    ],
  )
  const clusters = [
    { id: newId(), kind: 'school_district', name: '城区第一学区' },
    { id: newId(), kind: 'education_group', name: '新华教育集团' },
  ]
  await insert(
    owner,
    'directory.cluster',
    'id uuid, org_id uuid, org_path ltree, kind text, name text',
    clusters.map((cluster) => ({ ...cluster, org_id: district.id, org_path: district.path })),
  )
  const members = placed.filter(({ type }) => type === '211' || type === '311').slice(0, 16)
  await insert(
    owner,
    'directory.cluster_member',
    'cluster_id uuid, org_id uuid, during daterange',
    members.map((school, i) => ({ cluster_id: clusters[i % 2]!.id, org_id: school.id, during: '[2021-09-01,)' })),
  )
  return { city, district, placed }
}

type Person = DemoPerson & { id: string }

async function persons(owner: Db, list: Person[], at: Map<string, Placed>, keys: IdentityKeys): Promise<void> {
  const place = ({ school }: Person) => ({ org_id: at.get(school)!.id, org_path: at.get(school)!.path })
  const bytes = (of: Buffer) => `\\x${of.toString('hex')}`
  const sealed = (number: string) => {
    const { idCipher, idHash, idMasked } = sealIdentity(keys, number)
    return { id_cipher: bytes(idCipher), id_hash: bytes(idHash), id_masked: idMasked }
  }
  await insert(
    owner,
    'directory.person',
    'id uuid, number text, name text, pinyin text, initials text, sex text, birth_date date, id_type text, id_cipher bytea, id_hash bytea, id_masked text, org_id uuid, org_path ltree',
    list.map((person) => ({
      id: person.id,
      number: person.number,
      name: person.name,
      pinyin: person.pinyin,
      initials: person.initials,
      sex: person.sex,
      birth_date: person.birth,
      id_type: '1',
      ...sealed(person.idNumber),
      ...place(person),
    })),
  )
  const dated = (person: Person, more: object) => ({ person_id: person.id, id: newId(), ...more })
  await insert(
    owner,
    'directory.employment',
    'person_id uuid, id uuid, org_id uuid, org_path ltree, kind text, category text, basis text, during daterange',
    list.map((person) =>
      dated(person, {
        ...place(person),
        kind: 'main',
        category: person.category,
        basis: person.basis,
        during: `[${person.hired},)`,
      }),
    ),
  )
  await insert(
    owner,
    'records.service',
    'person_id uuid, id uuid, work_since date, teaching_since date',
    list.map((person) => dated(person, { work_since: person.since, teaching_since: person.since })),
  )
  const open = ({ hired }: Person) => `[${hired},)`
  await insert(
    owner,
    'records.teaching',
    'person_id uuid, id uuid, stage text, subject text, during daterange',
    list
      .filter(({ stage }) => stage)
      .map((person) => dated(person, { stage: person.stage, subject: person.subject, during: open(person) })),
  )
  await insert(
    owner,
    'records.title',
    'person_id uuid, id uuid, level text, during daterange',
    list.map((person) => dated(person, { level: person.title, during: open(person) })),
  )
  await insert(
    owner,
    'records.post',
    'person_id uuid, id uuid, code text, org_id uuid, org_path ltree, during daterange',
    list.flatMap((person) =>
      person.posts.map((code) => dated(person, { code, ...place(person), during: open(person) })),
    ),
  )
  const named: Record<string, string> = {
    district_master_candidate: '区级名师培养对象',
    district_backbone_candidate: '第7批区级骨干教师对象',
    district_backbone: '区级骨干教师',
  }
  await insert(
    owner,
    'records.honour',
    'person_id uuid, id uuid, code text, name text, level text, awarded_on date, during daterange',
    list.flatMap((person) =>
      person.honours.map((code) =>
        dated(person, {
          code,
          name: named[code],
          level: '43',
          awarded_on: '2023-01-10',
          during: '[2023-01-10,2026-01-10)',
        }),
      ),
    ),
  )
}

/** Every teacher has an account that the school activates; the first of each school's office staff is its clerk, the head its principal. */
async function accounts(
  owner: Db,
  list: Person[],
  at: Map<string, Placed>,
  district: { id: string; path: string },
): Promise<void> {
  const hash = await hashPassword(DEMO_PASSWORD)
  const shown = new Map<string, string>()
  const roles: { person: Person; role: Role }[] = []
  for (const school of at.values()) {
    const own = list.filter((person) => person.school === school.key)
    const principal = own.find(({ posts }) => posts.includes('principal'))!
    const clerk = own.find(({ category }) => category === '12') ?? own.at(-1)!
    roles.push({ person: principal, role: 'principal' }, { person: clerk, role: 'clerk' })
    if (school.type === '211' && shown.size === 0) {
      shown.set(principal.id, 'principal').set(clerk.id, 'clerk')
      shown.set(
        own.find(
          ({ posts, category, since }) => category === '11' && posts.includes('class_teacher') && since < '2015-01-01',
        )!.id,
        'teacher',
      )
    }
  }
  const rows = list.map((person) => ({
    id: newId(),
    login: shown.get(person.id) ?? person.number.toLowerCase(),
    person_id: person.id,
    name: person.name,
    password_hash: shown.has(person.id) ? hash : null,
    org_id: at.get(person.school)!.id,
    org_path: at.get(person.school)!.path,
  }))
  const office = (['trainer', 'commission', 'auditor', 'administrator'] as const).map((role) => ({
    id: newId(),
    login: role === 'administrator' ? 'admin' : role,
    person_id: null,
    name: { trainer: '继教中心专干', commission: '教委人事科', auditor: '审计专员', administrator: '系统管理员' }[role],
    password_hash: hash,
    org_id: district.id,
    org_path: district.path,
    role,
  }))
  await insert(
    owner,
    'access.account',
    'id uuid, login text, person_id uuid, name text, password_hash text, org_id uuid, org_path ltree',
    [...rows, ...office],
  )
  const accountOf = new Map(rows.map((row) => [row.person_id, row]))
  const assignments = [
    ...rows.map((row) => ({ account_id: row.id, role: 'teacher', org_id: row.org_id, org_path: row.org_path })),
    ...roles.map(({ person, role }) => ({
      account_id: accountOf.get(person.id)!.id,
      role,
      org_id: accountOf.get(person.id)!.org_id,
      org_path: accountOf.get(person.id)!.org_path,
    })),
    ...office.map((row) => ({ account_id: row.id, role: row.role, org_id: row.org_id, org_path: row.org_path })),
  ]
  await insert(
    owner,
    'access.assignment',
    'account_id uuid, id uuid, role text, org_id uuid, org_path ltree',
    assignments.map((row) => ({ id: newId(), ...row })),
  )
}

/** Posted through the ledger like all entries; nominally three hours make a credit (chongqing, hours_per_credit). */
async function earlierCredits(act: Act, list: Person[]): Promise<void> {
  const postings = list.flatMap((person) =>
    person.credits.map((entry) => ({
      personId: person.id,
      creditYear: entry.year,
      occurredOn: entry.on,
      kind: entry.kind,
      level: entry.level,
      hours: entry.hours,
      credits: divide(entry.hours, '3', 2),
      title: entry.title,
      source: { kind: 'opening_balance', id: newId() },
      rule: { parameter: 'training.credit.hours_per_credit', authority: 'chongqing', value: 3 },
    })),
  )
  for (let i = 0; i < postings.length; i += 12_000) await post(act, postings.slice(i, i + 12_000))
}
