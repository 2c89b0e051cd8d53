/** A professional life in order: what is told and what is not, what was taken back, the file as data, signed and on paper. */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { textOf } from '../../../../test/harness/pdf-text.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import { keysIn, verifyCredential } from '../../../platform/credentials/index.ts'
import { newVerifyCode } from '../../../platform/documents/index.ts'
import { buildApp } from '../../../server/app.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { growthFile } from '../contract/growth.ts'

let house: OpenHouse
let world: World
let teacher: Person
const own = async () => (await world.as(teacher.account)).records

beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  teacher = await world.addTeacher(world.schools[0], { posts: ['class_teacher', 'principal'], since: '2010-09-01' })
  const { owner } = house
  const person = teacher.id
  await sql`insert into records.education (person_id, id, level, institution, major, graduated_on) values (${person}, ${newId()}, '21', '西南大学', '汉语言文学', '2010-06-30')`.execute(
    owner,
  )
  await sql`insert into records.title (person_id, id, level, during) values (${person}, ${newId()}, (select min(code) from records.code where "table" = 'TITLE'), '[2016-12-01,)')`.execute(
    owner,
  )
  await sql`insert into records.honour (person_id, id, code, name, level, awarded_on, during) values (${person}, ${newId()}, 'district_backbone', '区骨干教师', '43', '2020-09-10', '[2020-09-10,2024-01-01)')`.execute(
    owner,
  )
  await sql`insert into records.language (person_id, id, kind, grade, tested_on) values (${person}, ${newId()}, 'mandarin', '3', '2012-06-01')`.execute(
    owner,
  )
  await sql`insert into records.safety_check (person_id, id, kind, done_on, outcome) values (${person}, ${newId()}, (select min(code) from records.code where "table" = 'CYZL'), '2022-03-01', (select min(code) from records.code where "table" = 'CYJL'))`.execute(
    owner,
  )
  for (const [number, revoked] of [
    [9001, null],
    [9002, 'credits_taken_back'],
  ] as const)
    await sql`insert into documents.document (id, series, year, number, label, kind, subject_kind, subject_id, person_id, verify_code, facts, issued_at, revoked_at, revoked_reason)
      values (${newId()}, 'training', 2022, ${number}, ${`培训证〔2022〕${number}号`}, 'certificate', 'training_class', ${newId()}, ${person}, ${newVerifyCode()},
        ${JSON.stringify({ name: teacher.name, class: `骨干研修${number}`, hours: '24', credits: '4', day: '2022-11-20', issuer: '测试区', level: 'district' })}::jsonb,
        '2022-11-21', ${revoked ? '2022-12-20T02:00:00Z' : null}, ${revoked})`.execute(owner)
})
afterAll(() => house?.close())

describe('a professional life', () => {
  it('is told by the year, the latest first, with what was taken back', async () => {
    const { entries, figures, holder, teachingSince } = await (await own()).ownGrowth()
    expect(holder).toMatchObject({ name: teacher.name, number: teacher.number, school: { zh: '第一小学' } })
    expect(teachingSince).toBe('2010-09-01')
    const told = entries.map(({ year, kind, title, state }) => [year, kind, title.zh, state])
    expect(told).toContainEqual([2010, 'study', '西南大学 汉语言文学', 'holds'])
    expect(told).toContainEqual([2010, 'work', '参加工作，开始任教', 'holds'])
    expect(told).toContainEqual([2010, 'post', '担任班主任', 'holds'])
    expect(told).toContainEqual([2020, 'honour', '区骨干教师', 'holds'])
    expect(told).toContainEqual([2022, 'training', '结业：骨干研修9001', 'holds'])
    expect(told).toContainEqual([2022, 'training', '结业：骨干研修9002', 'revoked'])
    expect(entries.find(({ state }) => state === 'revoked')).toMatchObject({ stateOn: '2022-12-20', credential: null })
    // What was revoked does not count.
    const holding = entries.filter(({ kind, state }) => kind === 'training' && state === 'holds').length
    expect(entries.filter(({ kind }) => kind === 'training').length).toBeGreaterThan(holding)
    expect(figures).toContainEqual({ key: 'trainings', value: holding })
    const years = entries.flatMap(({ year }) => year ?? [])
    expect(years).toEqual(years.toSorted((a, b) => b - a))
  })

  it('tells nothing of health, contact, appraisals and sanctions, and no other person', async () => {
    const text = JSON.stringify(await (await own()).ownGrowth())
    const { rows } = await sql<{ zh: string }>`select zh from records.code where "table" in ('CYZL', 'CYJL')`.execute(
      house.owner,
    )
    for (const { zh } of rows.filter(({ zh: word }) => word.length > 2)) expect(text).not.toContain(zh)
    for (const other of world.teachers.flat()) expect(text).not.toContain(other.name)
  })

  it('is for oneself, and for offices that see the person', async () => {
    const ask = { personId: teacher.id }
    expect((await (await world.as('clerk@0')).records.growth(ask)).entries.length).toBeGreaterThan(5)
    expect(await refusalOf((await world.as('clerk@1')).records.growth(ask))).toContain('not_found')
    expect(await refusalOf((await world.as(world.teachers[0]![0]!.account)).records.growth(ask))).toContain('forbidden')
  })
})

describe('the file', () => {
  it('is data of a documented shape', async () => {
    const file = await (await own()).ownGrowthFile({ as: 'json' })
    expect(file.name).toContain(teacher.name)
    expect(growthFile.parse(JSON.parse(await file.text())).entries.length).toBeGreaterThan(5)
    const schema = JSON.parse(await readFile('docs/growth-file.schema.json', 'utf8'))
    expect(z.toJSONSchema(growthFile)).toEqual(schema)
  })

  it('is signed so that anybody checks it', async () => {
    const jwt = await (await (await own()).ownGrowthFile({ as: 'jwt' })).text()
    const app = await buildApp(house)
    const keys = keysIn((await app.inject('/.well-known/jwks.json')).body)
    await app.close()
    const at = new Date('2100-01-01T00:00:00Z')
    const verdict = await verifyCredential(jwt, { keys, at })
    expect(verdict).toMatchObject({
      state: 'holds',
      status: 'none',
      claims: { credentialSubject: { type: 'GrowthFile' } },
    })
    const [head, body, signature] = jwt.split('.')
    const changed = Buffer.from(Buffer.from(body!, 'base64url').toString().replace('骨干', '特级')).toString(
      'base64url',
    )
    expect((await verifyCredential(`${head}.${changed}.${signature}`, { keys, at })).state).toBe('altered')
  })

  it('is a paper that the register knows; the same content is the same paper', async () => {
    const records = await own()
    const pdf = await records.ownGrowthPaper({ locale: 'zh-CN' })
    const text = textOf(Buffer.from(await pdf.arrayBuffer())).join('')
    for (const said of [teacher.name, '教师成长档案', '西南大学', '区骨干教师', '已撤销'])
      expect(text.replaceAll(/\s/g, '')).toContain(said)
    await records.ownGrowthPaper({ locale: 'en' })
    const { rows } = await sql<{
      verifyCode: string
      facts: { digest: string }
    }>`select d.verify_code, d.facts from documents.document d
      where d.kind = 'growth_file' and d.person_id = ${teacher.id}`.execute(house.owner)
    expect(rows).toHaveLength(1)
    const code = (rows[0] as unknown as { verify_code?: string }).verify_code ?? rows[0]!.verifyCode
    const found = await (await world.as('clerk@1')).documents.verify({ code })
    expect(found).toMatchObject({ kind: 'growth_file', revoked: null })
    expect(found!.fields.find(({ key }) => key === 'digest')?.value).toMatch(/^[0-9a-f]{64}$/)
  })
})
