/** Puts the demonstration district into an empty database: one statement a table. */
import { sql } from 'kysely'
import { divide } from '../../base/decimal.ts'
import { newId } from '../../base/ids.ts'
import { hashPassword, type Role } from '../../platform/access/index.ts'
import type { Keys } from '../../platform/cipher/index.ts'
import { type Act, type Db, moveClock, SYSTEM, within } from '../../platform/db/index.ts'
import { type IdentityKeys, identityKeys, sealIdentity } from '../../platform/directory/index.ts'
import { post } from '../../platform/ledger/index.ts'
import type { Step } from '../house.ts'
import { archive } from './archive.ts'
import { BEIJING, beijingCredits, beijingSchools } from './beijing.ts'
import { schools } from './district.ts'
import { chance, flaws, type Recorded, recorded } from './flaws.ts'
import { insert } from './insert.ts'
import { people } from './people.ts'
import { BEIJING_TOWN, clusters, OURS, organisations, type Placed } from './towns.ts'

export const DEMO_PASSWORD = 'Qiangshi-2023'

export type Loaded = { schools: number; teachers: number }

/**
 * Loads organisations, people, their facts, accounts and roles, then two earlier years of credits: in one transaction, so that a load
 * that is cut off leaves nothing.
 */
export async function load(owner: Db, keys: Keys, step: Step): Promise<Loaded> {
  return owner.transaction().execute(async (tx) => {
    // From the first row on: what is known since when is known by the clock of the demonstration.
    await moveClock(tx, new Date('2022-12-31T08:00:00Z'))
    const { city, district, placed } = await organisations(tx, OURS)
    const other = await organisations(tx, BEIJING_TOWN)
    await clusters(tx, district, placed)
    step('server.demo_placed', { n: placed.length + other.placed.length })
    const named = (person: Recorded) => ({ ...person, id: newId() })
    const list = recorded(people(schools())).map(named)
    const others = recorded(people(beijingSchools(), BEIJING)).map(named)
    const at = new Map([...placed, ...other.placed].map((school) => [school.key, school]))
    await persons(tx, [...list, ...others], at, identityKeys(keys))
    step('server.demo_people', { n: list.length + others.length })
    await accounts(tx, list, new Map(placed.map((school) => [school.key, school])), district, other.city)
    step('server.demo_accounts')
    await sql`analyze`.execute(tx)
    await archive(tx, keys, [...list, ...others], district)
    await flaws(tx)
    step('server.demo_archive')
    await sql`analyze`.execute(tx)
    await sql`set local role qiangshi_app`.execute(tx)
    const paths = [city.path, other.city.path]
    await within(tx, { actor: SYSTEM, permission: 'demo', scope: { paths, self: false } }, async (act) => {
      await earlierCredits(act, list, { authority: 'chongqing', hours: () => 3 })
      await earlierCredits(act, others, { authority: 'beijing', hours: beijingCredits })
    })
    await sql`reset role`.execute(tx)
    step('server.demo_credits')
    await moveClock(tx, new Date('2023-03-01T01:00:00Z'))
    await sql`analyze`.execute(tx)
    return { schools: placed.filter(({ kind }) => kind === 'school').length, teachers: list.length }
  })
}

type Person = Recorded & { id: string }

async function persons(owner: Db, list: Person[], at: Map<string, Placed>, keys: IdentityKeys): Promise<void> {
  const place = ({ school }: Person) => ({ org_id: at.get(school)!.id, org_path: at.get(school)!.path })
  const bytes = (of: Buffer) => `\\x${of.toString('hex')}`
  const sealed = (number: string | null) => {
    if (number === null) return {}
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
    'person_id uuid, id uuid, work_since date, teaching_since date, qualified_on date',
    list.map((person) =>
      dated(person, { work_since: person.since, teaching_since: person.since, qualified_on: person.qualified }),
    ),
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
  await insert(
    owner,
    'records.education',
    'person_id uuid, id uuid, level text, degree text, graduated_on date, institution text, major text, mode text, normal boolean',
    list.flatMap((person) => studied(person).map((done) => dated(person, { ...done, ...studiedAt(person, done) }))),
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

/** What somebody of these years has studied, by the staff number: GB/T 4658 levels and GB/T 6864 degrees. */
function studied(person: Person): { level: string; degree: string | null; graduated_on: string }[] {
  const { number, since } = person
  const lot = Number(number.slice(2)) % 20
  // A few degrees were never entered.
  const degree = chance(person, 'degree', 0.03) ? null : '4'
  const began = Number(since.slice(0, 4))
  const done = (level: string, degree: string | null, year: number) => ({
    level,
    degree,
    graduated_on: `${year}-07-01`,
  })
  const bachelor = done('21', degree, Math.max(began, 1990))
  if (began >= 2012) return lot === 0 ? [bachelor, done('14', '3', Math.min(began + 3, 2022))] : [bachelor]
  if (began >= 2002) return lot < 12 ? [bachelor] : [done('31', null, began), done('21', degree, began + 5)]
  if (lot < 10) return [done('41', null, began), done('21', degree, Math.min(began + 14, 2015))]
  return lot < 17 ? [done('31', null, began)] : [done('41', null, began)]
}

const MAJORS: Record<string, string> = {
  '13': '汉语言文学',
  '14': '数学与应用数学',
  '41': '英语',
  '16': '物理学',
  '17': '化学',
  '18': '生物科学',
  '22': '体育教育',
  '24': '音乐学',
  '25': '美术学',
}

/** Where and what: a college of teachers for the first, a university for what came later. */
function studiedAt(
  { number, subject, stage, hired }: Person,
  { level, graduated_on }: { level: string; graduated_on: string },
) {
  const lot = Number(number.slice(2)) % 7
  const teachers = lot < 5
  const major = stage === '1' ? '学前教育' : (MAJORS[subject ?? ''] ?? '小学教育')
  const institution = level === '41' ? '黔江师范学校' : teachers ? '重庆师范大学' : '长江师范学院'
  return {
    institution,
    major,
    mode: graduated_on > hired ? 'correspondence' : 'full_time',
    normal: level === '41' || teachers,
  }
}

/** Every teacher has an account that the school activates; the first of each school's office staff is its clerk, the head its principal. */
async function accounts(
  owner: Db,
  list: Person[],
  at: Map<string, Placed>,
  district: { id: string; path: string },
  beijing: { id: string; path: string },
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
  type Office = {
    id: string
    login: string
    person_id: null
    name: string
    password_hash: string
    org_id: string
    org_path: string
    role: Role
  }
  const office: Office[] = (['trainer', 'commission', 'auditor', 'security', 'administrator'] as const).map((role) => ({
    id: newId(),
    login: role === 'administrator' ? 'admin' : role,
    person_id: null,
    name: {
      trainer: '继教中心专干',
      commission: '教委人事科',
      auditor: '审计专员',
      security: '安全管理员',
      administrator: '系统管理员',
    }[role],
    password_hash: hash,
    org_id: district.id,
    org_path: district.path,
    role,
  }))
  // Two officials of the other city, so that one can adopt what the other has drafted.
  for (const [role, login, name] of [
    ['trainer', 'bj-trainer', '北京市教师培训专干'],
    ['commission', 'bj-commission', '北京市教委人事处'],
  ] as const)
    office.push({
      id: newId(),
      login,
      person_id: null,
      name,
      password_hash: hash,
      org_id: beijing.id,
      org_path: beijing.path,
      role,
    })
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

/** Posted through the ledger like all entries, at so many hours a credit (hours_per_credit of the authority). */
async function earlierCredits(
  act: Act,
  list: Person[],
  { authority, hours }: { authority: string; hours: (kind: string) => number },
): Promise<void> {
  const postings = list.flatMap((person) =>
    person.credits.map((entry) => ({
      personId: person.id,
      creditYear: entry.year,
      occurredOn: entry.on,
      kind: entry.kind,
      level: entry.level,
      hours: entry.hours,
      credits: divide(entry.hours, String(hours(entry.kind)), 2),
      title: entry.title,
      source: { kind: 'opening_balance', id: newId() },
      rule: { parameter: 'training.credit.hours_per_credit', authority, value: hours(entry.kind) },
    })),
  )
  for (let i = 0; i < postings.length; i += 12_000) await post(act, postings.slice(i, i + 12_000))
}
