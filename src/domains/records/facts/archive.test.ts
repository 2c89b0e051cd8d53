/** Facts that the groups of the record hold: as they stood on a day, known to whoever may know, unknown where nothing is told. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import { type Actor, type Scope, SYSTEM, transact } from '../../../platform/db/index.ts'
import { FactBook, parameters } from '../../../platform/policy/index.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { recordsFacts } from './index.ts'

let house: OpenHouse
let world: World
let person: string
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 3)
  person = world.teachers[0]![0]!.id
})
afterAll(() => house?.close())

const put = (table: string, row: Record<string, unknown>) => {
  const all = { person_id: person, id: newId(), ...row }
  return sql`insert into ${sql.table(`records.${table}`)} (${sql.join(Object.keys(all).map((name) => sql.ref(name)))})
    select ${sql.join(Object.keys(all).map((name) => sql.ref(`r.${name}`)))} from jsonb_populate_record(null::${sql.table(`records.${table}`)}, ${JSON.stringify(all)}::jsonb) r`.execute(
    house.owner,
  )
}
type Who = { actor: Actor; scope: Scope }
const everybody = (): Who => ({ actor: SYSTEM, scope: { paths: [world.city.path], self: false } })
/** One person’s facts on a day, asked by somebody. */
const facts = (wanted: string[], asOf: string, { actor, scope }: Who = everybody(), knownOn?: string) =>
  transact(house.db, { actor, permission: 'test', scope }, async (act) => {
    const ask = { asOf, parameters: await parameters(act, 'qianjiang'), people: sql`people`, knownOn }
    const book = new FactBook(recordsFacts)
    const { rows } = await sql<Record<string, unknown>>`with people as (select ${person}::uuid as person_id)
      ${book.query(new Set(wanted), ask)}`.execute(act.tx)
    const { personId: _, ...said } = rows[0]!
    return said
  })

it('certificates: what was held on the day, and what was lost or revoked by then', async () => {
  await put('certificate', { category: '2', number: 'A1', issued_on: '2010-07-01' })
  await put('certificate', {
    category: '3',
    number: 'A2',
    issued_on: '2012-07-01',
    state: 'revoked',
    ended_on: '2020-05-01',
  })
  const wanted = ['certificate.categories', 'certificate.revoked', 'certificate.revoked_on', 'certificate.lost']
  expect(await facts(wanted, '2009-01-01')).toEqual({
    certificateCategories: null,
    certificateRevoked: null,
    certificateRevokedOn: null,
    certificateLost: null,
  })
  expect(await facts(wanted, '2019-01-01')).toMatchObject({
    certificateCategories: ['2', '3'],
    certificateRevoked: false,
  })
  expect(await facts(wanted, '2021-01-01')).toEqual({
    certificateCategories: ['2'],
    certificateRevoked: true,
    certificateRevokedOn: '2020-05-01',
    certificateLost: false,
  })
  expect(await facts(['certificate.first_on'], '2021-01-01')).toEqual({ certificateFirstOn: '2010-07-01' })
})

it('languages, registration and special training: the best grade, the last pass, at the level that counts', async () => {
  await put('language', { kind: 'mandarin', grade: '4', tested_on: '2008-05-20' })
  await put('language', { kind: 'mandarin', grade: '3', tested_on: '2015-05-20' })
  await put('registration', { decided_on: '2018-06-01', outcome: 'pass' })
  await put('registration', { decided_on: '2022-06-01', outcome: 'defer' })
  await put('specialty', { kind: 'special', level: '43', passed_on: '2019-01-01' })
  await put('specialty', { kind: 'preschool', level: '43', passed_on: '2019-01-01' })
  const wanted = [
    'mandarin.grade',
    'registration.last_on',
    'special.trained',
    'kindergarten.training_passed',
    'special.sign_or_braille',
  ]
  expect(await facts(wanted, '2010-01-01')).toMatchObject({ mandarinGrade: '4', registrationLastOn: null })
  expect(await facts(wanted, '2023-01-01')).toEqual({
    mandarinGrade: '3',
    registrationLastOn: '2018-06-01',
    specialTrained: null,
    kindergartenTrainingPassed: true,
    specialSignOrBraille: null,
  })
})

it('appraisals: failures of the five years, failures without a break, the ethics of the last year, probation', async () => {
  const year = (kind: string, n: number, outcome: string) =>
    put('appraisal', { kind, year: n, outcome, decided_on: `${n + 1}-01-15` })
  await year('yearly', 2015, 'fail')
  await year('yearly', 2019, 'pass')
  await year('yearly', 2020, 'fail')
  await year('yearly', 2021, 'fail')
  await year('ethics', 2020, 'fail')
  await year('ethics', 2021, 'pass')
  await year('probation', 2010, 'pass')
  const wanted = [
    'appraisal.fails',
    'appraisal.fails_running',
    'ethics.standard_met',
    'probation.passed',
    'probation.passed_on',
  ]
  expect(await facts(wanted, '2023-01-01')).toEqual({
    appraisalFails: '2',
    appraisalFailsRunning: '2',
    ethicsStandardMet: true,
    probationPassed: true,
    probationPassedOn: '2011-01-15',
  })
  expect(await facts(wanted, '2021-06-01')).toMatchObject({ appraisalFailsRunning: '1', ethicsStandardMet: false })
})

it('lessons of the term that has begun, checks, rotation, terms and retirement', async () => {
  const [{ id, path }] = world.schools
  const at = { org_id: id, org_path: path }
  await put('assignment', { year: 2021, term: '2', stage: '2', subject: '13', lessons: '8.0', heard: 12, ...at })
  await put('assignment', { year: 2022, term: '1', stage: '2', subject: '13', lessons: '10.5', heard: 9, ...at })
  await put('assignment', { year: 2022, term: '1', stage: '2', subject: '14', lessons: '3.5', heard: 9, ...at })
  await put('safety_check', { kind: 'medical', done_on: '2021-09-01', outcome: 'found' })
  await put('safety_check', { kind: 'medical', done_on: '2022-09-01', outcome: 'clear' })
  await put('safety_check', { kind: 'access', done_on: '2022-08-20', outcome: 'clear' })
  await put('rotation', { kind: 'deferred', during: '[2021-09-01,2023-09-01)' })
  await put('principal_term', { nth: 2, years: 5, during: '[2020-09-01,)', ...at })
  await put('retirement', { approved_on: '2030-05-01', kind: 'normal' })
  const wanted = [
    'lessons.week',
    'lessons.heard',
    'health.fit',
    'access.clear',
    'access.checked_on',
    'rotation.deferred_until',
    'principal.terms',
    'principal.term_years',
    'retirement.approved_on',
  ]
  expect(await facts(wanted, '2022-12-01')).toEqual({
    lessonsWeek: '14.0',
    lessonsHeard: '9',
    healthFit: true,
    accessClear: true,
    accessCheckedOn: '2022-08-20',
    rotationDeferredUntil: '2023-08-31',
    principalTerms: '2',
    principalTermYears: '5',
    retirementApprovedOn: '2030-05-01',
  })
  expect(await facts(['lessons.week', 'health.fit'], '2022-08-31')).toEqual({ lessonsWeek: '8.0', healthFit: false })
})

it('as they were known on a day: before anything was entered nothing was known', async () => {
  const wanted = new FactBook(recordsFacts).list().flatMap(({ id, declared }) => (declared.held ? [id] : []))
  const then = await facts(wanted, '2023-01-01', everybody(), '2023-02-01')
  expect(then).toMatchObject({
    mandarinGrade: null,
    certificateCategories: null,
    lessonsWeek: null,
    appraisalFails: null,
  })
  const now = await facts(wanted, '2023-01-01', everybody(), '2023-03-01')
  expect(now).toMatchObject({ mandarinGrade: '3', certificateCategories: ['2'], appraisalFails: '2' })
})

describe('nothing recorded', () => {
  it('is unknown, and nothing only where the office says that its records are complete, from that day on', async () => {
    const wanted = ['sanction.imposed', 'leave.semesters', 'ban.imposed', 'ethics.handled']
    const unknown = { sanctionImposed: null, leaveSemesters: null, banImposed: null, ethicsHandled: null }
    expect(await facts(wanted, '2023-01-01')).toEqual(unknown)
    for (const group of ['sanction', 'leave', 'bar', 'ethics_handling'])
      await sql`insert into records.complete (org_id, org_path, group_id, since) values (${world.district.id}, ${world.district.path}::ltree, ${group}, '2022-09-01')`.execute(
        house.owner,
      )
    expect(await facts(wanted, '2022-08-31')).toEqual(unknown)
    expect(await facts(wanted, '2023-01-01')).toEqual({
      sanctionImposed: false,
      leaveSemesters: '0',
      banImposed: false,
      ethicsHandled: false,
    })
  })
})

describe('sanctions', () => {
  const wanted = [
    'sanction.imposed',
    'sanction.kind',
    'sanction.decided_on',
    'sanction.extra_months',
    'ban.lifelong',
    'exam.cheated',
    'ethics.handled_on',
  ]
  const who = (account: string, path: string): Who => ({
    actor: { account, person: null, name: account },
    scope: { paths: [path], self: false },
  })

  it('are known to the person, to the commission and to the principal; to others they are unknown, not none', async () => {
    await put('sanction', { track: 'institution', kind: 'warning', decided_on: '2021-03-01', document: '甲' })
    await put('sanction', { track: 'institution', kind: 'demerit', decided_on: '2022-03-01', document: '乙' })
    await put('ethics_handling', { kind: 'criticism', decided_on: '2020-03-01', document: '丙' })
    await put('bar', { kind: 'exam_cheated', decided_on: '2009-03-01', document: '丁' })
    const known = {
      sanctionImposed: true,
      sanctionKind: 'demerit',
      sanctionDecidedOn: '2022-03-01',
      sanctionExtraMonths: '0',
      banLifelong: false,
      examCheated: true,
      ethicsHandledOn: '2020-03-01',
    }
    const nothing = Object.fromEntries(Object.keys(known).map((name) => [name, null]))
    const school = world.schools[0].path
    expect(await facts(wanted, '2023-01-01')).toEqual(known)
    expect(await facts(wanted, '2023-01-01', who(world.accounts['commission@district']!, world.district.path))).toEqual(
      known,
    )
    expect(await facts(wanted, '2023-01-01', who(world.accounts['principal@0']!, school))).toEqual(known)
    for (const other of ['clerk@0', 'trainer@district', 'auditor@district', 'principal@1'])
      expect(await facts(wanted, '2023-01-01', who(world.accounts[other]!, world.district.path)), other).toEqual(
        nothing,
      )
    const self = { account: world.teachers[0]![0]!.account, person, name: 'self' }
    expect(await facts(wanted, '2023-01-01', { actor: self, scope: { paths: [], self: true } })).toEqual(known)
    expect(await facts(wanted, '2021-12-31')).toMatchObject({ sanctionKind: 'warning' })
  })

  it('are not in the tables either for whoever asks the database itself', async () => {
    const seen = (of: Who, permission: string) =>
      transact(house.db, { ...of, permission }, async (act) => {
        const { rows } = await sql<{ n: number }>`select (select count(*) from records.sanction)::int
          + (select count(*) from records.sanction_history)::int as n`.execute(act.tx)
        return rows[0]!.n
      })
    const clerk = who(world.accounts['clerk@0']!, world.city.path)
    expect(await seen(clerk, 'records.person.read')).toBe(0)
    expect(await seen(clerk, 'records.sanction.read')).toBe(0)
    const commission = who(world.accounts['commission@district']!, world.district.path)
    expect(await seen(commission, 'policy.explain')).toBe(2)
    const write = (of: Who, permission: string) =>
      transact(house.db, { ...of, permission }, async (act) => {
        const { numAffectedRows } = await sql`delete from records.sanction`.execute(act.tx)
        return Number(numAffectedRows)
      })
    expect(await write(commission, 'records.person.write')).toBe(0)
    expect(await write(clerk, 'records.sanction.write')).toBe(0)
  })
})
