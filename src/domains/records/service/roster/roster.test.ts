import { Workbook } from '@cj-tech-master/excelts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../../base/ids.ts'
import { moveClock } from '../../../../platform/db/index.ts'
import { identityKeys } from '../../../../platform/directory/index.ts'
import { workbookFile } from '../../../../platform/sheets/index.ts'
import { applyRoster } from './apply.ts'
import { exportPeople } from './export.ts'
import { faultyRows, importOf, importsOf } from './imports.ts'
import { type Desk, HEADERS, idOf, newcomer, openDesk, type RowOf, refusal, sheetOf } from './roster.fixture.ts'
import { rosterTemplate } from './sheet.ts'
import { stageRoster } from './stage.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

const load = async (file: File) => {
  const book = new Workbook()
  await book.xlsx.load(Buffer.from(await file.arrayBuffer()))
  return book
}
const apply = (who: string, importId: string) => desk.as(who, (act) => applyRoster(act, importId))
const exported = async (who: string, filter = {}, locale: 'zh-CN' | 'en' = 'zh-CN') =>
  desk.as(who, async (act) => (await exportPeople(act, filter, locale)).file, 'records.export')

async function personOf(number: string) {
  const { rows } = await sql<{
    id: string
    name: string
    pinyin: string
    initials: string
    sex: string
    birthDate: string
    idMasked: string
    idHash: Buffer | null
    orgId: string
    accountOrg: string | null
    login: string | null
    roles: string[]
    work: string | null
  }>`
    select p.id, p.name, p.pinyin, p.initials, p.sex, p.birth_date, p.id_masked, p.id_hash, p.org_id, a.org_id as account_org, a.login,
      array(select s.role || ':' || s.org_id from access.assignment s where s.account_id = a.id and s.during @> db.today() order by 1) as roles,
      (select s.work_since::text from records.service s where s.person_id = p.id) as work
    from directory.person p left join access.account a on a.person_id = p.id where p.number = ${number}`.execute(
    desk.house.owner,
  )
  return rows[0]!
}
const facts = async (number: string) => {
  const { rows } = await sql<{ fact: string }>`with p as (select id from directory.person where number = ${number})
    select 'employment ' || o.short_name || ' ' || e.category || ' ' || e.basis || ' ' || e.during::text as fact from directory.employment e join directory.organisation o on o.id = e.org_id where e.person_id in (select id from p)
    union all select 'teaching ' || t.stage || '/' || t.subject || ' ' || t.during::text from records.teaching t where t.person_id in (select id from p)
    union all select 'title ' || t.level || ' ' || t.during::text from records.title t where t.person_id in (select id from p)
    union all select 'post ' || t.code || ' ' || o.short_name || ' ' || t.during::text from records.post t join directory.organisation o on o.id = t.org_id where t.person_id in (select id from p)
    order by 1`.execute(desk.house.owner)
  return rows.map(({ fact }) => fact)
}
/** Columns that say who and where, for rosters that change one thing. */
const who = (number: string, name: string, school: string, entered: string): RowOf => ({
  姓名: name,
  教职工号: number,
  学校: school,
  教职工类别: '专任教师',
  入校日期: entered,
})

describe('the round trip', () => {
  it('fills the template, checks, applies, exports, and the export changes nothing', async () => {
    const book = await load(await rosterTemplate('zh-CN'))
    const page = book.worksheets[0]!
    expect(page.getRow(1).values).toEqual([
      undefined,
      ...HEADERS.map((header) => (['姓名', '学校', '教职工类别', '入校日期'].includes(header) ? `*${header}` : header)),
    ])
    const people = [
      newcomer(1, { 姓名: '䶮一鸣' }),
      newcomer(2, { 姓名: '𠮷祥', '职务/岗位': '班主任、年级组长', 任教学科: '13/41' }),
      newcomer(4, { 教职工号: null, 职称: '无', '编制/合同': '合同制' }),
    ]
    for (const person of people) page.addRow(HEADERS.map((header) => person[header] ?? null))
    const preview = await desk.check(
      'clerk@0',
      workbookFile(new Uint8Array(await book.xlsx.writeBuffer()), '模板.xlsx'),
    )
    expect(preview).toMatchObject({
      rows: 3,
      added: 3,
      changed: 0,
      moved: 0,
      unchanged: 0,
      faulty: 0,
      applied: false,
      faults: [],
    })
    expect(preview.changes).toMatchObject([
      { row: 2, name: '䶮一鸣', number: 'N1', action: 'added' },
      { row: 3, name: '𠮷祥' },
      { row: 4, number: null },
    ])
    expect(await apply('clerk@0', preview.importId)).toMatchObject({ added: 3, applied: true })

    const [school] = desk.world.schools
    const first = await personOf('N1')
    expect(first).toMatchObject({
      name: '䶮一鸣',
      initials: 'yym',
      sex: '1',
      birthDate: '1990-05-17',
      idMasked: expect.stringMatching(/^110105\*{8}\d{3}[\dX]$/),
      orgId: school.id,
      accountOrg: school.id,
      login: 'n1',
      roles: [`teacher:${school.id}`],
      work: '2012-09-01',
    })
    expect((await personOf('N2')).initials).toBe('jx')
    expect(await facts('N2')).toEqual([
      'employment 第一小学 11 in_post [2015-09-01,)',
      'post class_teacher 第一小学 [2015-09-01,)',
      'post grade_leader 第一小学 [2015-09-01,)',
      'teaching 2/13 [2015-09-01,)',
      'teaching 2/41 [2015-09-01,)',
      'title level_2 [2015-09-01,)',
    ])
    const { rows: numbered } = await sql<{
      number: string
    }>`select p.number from directory.person p where p.name = '新教师4'`.execute(desk.house.owner)
    expect(numbered[0]!.number).toMatch(/^T\d{8}$/)

    const file = await exported('clerk@0')
    const list = (await load(file)).worksheets[0]!
    const cells = list
      .getSheetValues()
      .slice(2)
      .map((row) => (row as string[]).slice(1))
    expect(cells.find(([name]) => name === '𠮷祥')).toEqual([
      '𠮷祥',
      '居民身份证',
      expect.stringContaining('********'),
      '女',
      expect.any(Date),
      'N2',
      '第一小学',
      '专任教师',
      '在编',
      expect.any(Date),
      expect.any(Date),
      '小学',
      '语文、英语',
      '二级教师',
      '班主任、年级组长',
    ])
    expect(cells).toHaveLength(5)
    for (const again of [file, await exported('clerk@0', {}, 'en')]) {
      const back = await desk.check('clerk@0', again)
      expect(back).toMatchObject({ rows: 5, unchanged: 5, added: 0, changed: 0, faulty: 0 })
    }
  })

  it('reads headers that are renamed, reordered and in English, with titles above and columns of no concern', async () => {
    const book = new Workbook()
    const page = book.addWorksheet('Sheet1')
    page.addRow(['2023年教师花名册'])
    page.addRow([
      '序号',
      '单位名称',
      '来校时间',
      '工号',
      '备注',
      '教师 姓名',
      '身份证号',
      '类别',
      'Subjects',
      '学段（必填）',
    ])
    page.addRow([
      1,
      '第一小学',
      '2020.09.01',
      'n10',
      '无',
      '张  三',
      idOf('1988-01-02', 11),
      '教师',
      'Chinese; Mathematics',
      '小学',
    ])
    const preview = await desk.check(
      'clerk@0',
      workbookFile(new Uint8Array(await book.xlsx.writeBuffer()), '花名册.xlsx'),
    )
    expect(preview).toMatchObject({
      rows: 1,
      added: 1,
      faulty: 0,
      changes: [{ row: 3, name: '张三', number: 'N10', action: 'added' }],
    })
    expect(preview.notices.map(({ code }) => code)).toContain('sheets.columns_unused')
    await apply('clerk@0', preview.importId)
    expect(await facts('N10')).toEqual([
      'employment 第一小学 11 in_post [2020-09-01,)',
      'teaching 2/13 [2020-09-01,)',
      'teaching 2/14 [2020-09-01,)',
    ])
  })

  it('takes what formulas show, and says which have not been computed', async () => {
    const preview = await desk.check(
      'clerk@0',
      await sheetOf([
        newcomer(21, { 姓名: { formula: 'A9', result: '算式' }, 入校日期: '2015-09-01' }),
        newcomer(22, { 学校: { formula: 'B1&"小学"' } }),
      ]),
    )
    expect(preview.changes).toMatchObject([{ row: 2, name: '算式' }])
    expect(preview.faults).toMatchObject([{ cell: 'E3', code: 'sheets.formula_not_computed' }])
  })
})

describe('repeating', () => {
  it('changes nothing the second time: no row anywhere, no entry in the trail but for the check itself', async () => {
    const rows = [
      newcomer(31),
      newcomer(32, { 身份证件号码: null, 身份证件类型: null, 教职工号: null, 出生日期: '1991-02-03', 性别: '男' }),
    ]
    await desk.bring('clerk@0', ...rows)
    const again = await desk.check('clerk@0', await sheetOf(rows))
    expect(again).toMatchObject({ rows: 2, unchanged: 2, changes: [] })
    const before = await desk.counts()
    expect(await apply('clerk@0', again.importId)).toMatchObject({ unchanged: 2, applied: true })
    const { 'audit.event': trail, ...tables } = await desk.counts()
    expect({ ...tables, 'audit.event': trail! - 1 }).toEqual(before)
  })

  it('gives the same counts when it is applied again, and does nothing', async () => {
    const preview = await desk.check('clerk@0', await sheetOf([newcomer(33)]))
    const first = await apply('clerk@0', preview.importId)
    const before = await desk.counts()
    expect(await apply('clerk@0', preview.importId)).toEqual(first)
    expect(await desk.counts()).toEqual(before)
    expect((await desk.as('clerk@0', importsOf)).find(({ importId }) => importId === preview.importId)).toMatchObject({
      added: 1,
      applied: true,
    })
  })

  it('is refused when the records have changed in between, and adds nobody twice under two clerks at once', async () => {
    const [one, other] = [
      await desk.check('clerk@0', await sheetOf([newcomer(34)])),
      await desk.check('trainer@district', await sheetOf([newcomer(34)])),
    ]
    const outcomes = await Promise.all([
      refusal(apply('clerk@0', one.importId)),
      refusal(apply('trainer@district', other.importId)),
    ])
    expect(outcomes.sort()).toEqual(['done', 'records.import_outdated'])
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from directory.person p where p.number = 'N34'`.execute(desk.house.owner)
    expect(rows[0]!.n).toBe(1)
  })
})

describe('changes', () => {
  it('moves between schools in scope with their history; posts end, the account follows, the office role ends', async () => {
    await desk.bring('clerk@0', newcomer(41))
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during) select a.id, gen_random_uuid(), 'clerk', a.org_id, a.org_path, '[2022-01-01,)'
      from access.account a where a.login = 'n41'`.execute(desk.house.owner)
    const moved = await desk.bring('trainer@district', {
      ...newcomer(41),
      学校: '第二小学',
      入校日期: '2022-09-01',
      '职务/岗位': '教研组长',
    })
    expect(moved).toMatchObject({ moved: 1, changed: 0 })
    const [, second] = desk.world.schools
    expect(await personOf('N41')).toMatchObject({
      orgId: second.id,
      accountOrg: second.id,
      roles: [`teacher:${second.id}`],
    })
    expect(await facts('N41')).toEqual([
      'employment 第一小学 11 in_post [2015-09-01,2022-09-01)',
      'employment 第二小学 11 in_post [2022-09-01,)',
      'post class_teacher 第一小学 [2015-09-01,2022-09-01)',
      'post research_group_leader 第二小学 [2022-09-01,)',
      'teaching 2/13 [2015-09-01,)',
      'teaching 2/14 [2015-09-01,)',
      'title level_2 [2015-09-01,)',
    ])
    const { rows } = await sql<{
      before: object
      after: object
    }>`select e.before, e.after from audit.event e where e.action = 'records.person_moved' and e.about_person = (select p.id from directory.person p where p.number = 'N41')`.execute(
      desk.house.owner,
    )
    expect(rows).toMatchObject([
      {
        before: { school: desk.world.schools[0].id, posts: ['class_teacher'] },
        after: { school: second.id, posts: ['research_group_leader'], row: 2 },
      },
    ])
    // Back again: three employments, none overlapping.
    await desk.bring('trainer@district', {
      ...who('N41', '新教师41', '第一小学', '2023-02-01'),
      身份证件号码: idOf('1990-05-17', 41),
    })
    expect((await facts('N41')).filter((fact) => fact.startsWith('employment'))).toHaveLength(3)
  })

  it('dates changes of title, subjects, category from today and leaves what the file does not have', async () => {
    await desk.bring('clerk@0', newcomer(42))
    const row = { ...who('N42', '新教师42', '第一小学', '2015-09-01'), 职称: '一级教师', 教职工类别: '行政人员' }
    expect(await desk.bring('clerk@0', row)).toMatchObject({ changed: 1 })
    const wanted = [
      'employment 第一小学 11 in_post [2015-09-01,2023-03-01)',
      'employment 第一小学 13 in_post [2023-03-01,)',
      'post class_teacher 第一小学 [2015-09-01,)',
      'teaching 2/13 [2015-09-01,)',
      'teaching 2/14 [2015-09-01,)',
      'title level_1 [2023-03-01,)',
      'title level_2 [2015-09-01,2023-03-01)',
    ]
    expect(await facts('N42')).toEqual(wanted)
    expect(await desk.check('clerk@0', await sheetOf([row]))).toMatchObject({ unchanged: 1 })
    // Corrected on the same day: no stump of a day stays behind.
    await desk.bring('clerk@0', { ...row, 职称: '高级教师' })
    expect((await facts('N42')).filter((fact) => fact.startsWith('title'))).toEqual([
      'title level_2 [2015-09-01,2023-03-01)',
      'title senior [2023-03-01,)',
    ])
    // A column that is sent empty ends what was there.
    await desk.bring('clerk@0', { ...row, 职称: '高级教师', 任教学段: '', 任教学科: '', '职务/岗位': '无' })
    expect((await facts('N42')).filter((fact) => /^(teaching|post)/.test(fact))).toEqual([
      'post class_teacher 第一小学 [2015-09-01,2023-03-01)',
      'teaching 2/13 [2015-09-01,2023-03-01)',
      'teaching 2/14 [2015-09-01,2023-03-01)',
    ])
  })

  it('corrects names, entry and work dates, and adds an identity number to somebody known by number', async () => {
    await desk.bring('clerk@0', newcomer(43, { 身份证件号码: null, 身份证件类型: null, 出生日期: '1990-05-17' }))
    expect(
      await desk.bring('clerk@0', newcomer(43, { 姓名: '改名', 参加工作日期: '2011-09-01', 入校日期: '2014-09-01' })),
    ).toMatchObject({ changed: 1 })
    expect(await personOf('N43')).toMatchObject({
      name: '改名',
      initials: 'gm',
      sex: '1',
      idMasked: expect.any(String),
      work: '2011-09-01',
    })
    expect((await facts('N43'))[0]).toBe('employment 第一小学 11 in_post [2014-09-01,)')
    const { rows } = await sql<{ name: string }>`select a.name from access.account a where a.login = 'n43'`.execute(
      desk.house.owner,
    )
    expect(rows).toEqual([{ name: '改名' }])
  })

  it('employs somebody again who had left', async () => {
    await desk.bring('clerk@0', newcomer(44))
    await sql`update directory.employment set during = daterange(lower(during), '2020-07-01') where person_id = ${(await personOf('N44')).id}`.execute(
      desk.house.owner,
    )
    expect(await desk.bring('clerk@0', newcomer(44, { 入校日期: '2022-09-01' }))).toMatchObject({ changed: 1 })
    expect((await facts('N44')).filter((fact) => fact.startsWith('employment'))).toEqual([
      'employment 第一小学 11 in_post [2015-09-01,2020-07-01)',
      'employment 第一小学 11 in_post [2022-09-01,)',
    ])
  })
})

describe('whole or not at all', () => {
  it('imports nothing while one row is faulty; the faulty rows come back, are corrected and applied', async () => {
    const before = await desk.counts()
    const preview = await desk.check(
      'clerk@0',
      await sheetOf([newcomer(51), newcomer(52, { 学校: '不存在小学', 教职工类别: '外星人' }), newcomer(53)]),
    )
    expect(preview).toMatchObject({ rows: 3, added: 2, faulty: 1 })
    expect(await refusal(apply('clerk@0', preview.importId))).toBe('records.import_faulty')
    const { 'access.account': accounts, 'directory.person': people } = await desk.counts()
    expect({ accounts, people }).toEqual({ accounts: before['access.account'], people: before['directory.person'] })

    const file = await desk.as('clerk@0', (act) => faultyRows(act, desk.house, preview.importId, 'zh-CN'))
    expect(file.name).toBe('名册-待更正.xlsx')
    const book = await load(file)
    const page = book.worksheets[0]!
    expect(page.rowCount).toBe(2)
    expect(page.getRow(2).getCell(page.columnCount).value).toContain('没有这所学校')
    page.getRow(2).getCell(5).value = '第一小学'
    page.getRow(2).getCell(6).value = '教辅'
    const corrected = await desk.check(
      'clerk@0',
      workbookFile(new Uint8Array(await book.xlsx.writeBuffer()), '更正.xlsx'),
    )
    expect(corrected).toMatchObject({ rows: 1, added: 1, faulty: 0 })
    await apply('clerk@0', corrected.importId)
    expect((await facts('N52'))[0]).toBe('employment 第一小学 12 in_post [2015-09-01,)')
    expect((await personOf('N51'))?.id).toBeUndefined()
  })

  it('leaves nothing of an apply that is rolled back', async () => {
    const preview = await desk.check('clerk@0', await sheetOf([newcomer(54)]))
    const before = await desk.counts()
    const broken = desk.as('clerk@0', async (act) => {
      await applyRoster(act, preview.importId)
      throw new Error('power cut')
    })
    await expect(broken).rejects.toThrow('power cut')
    expect(await desk.counts()).toEqual(before)
    expect(await apply('clerk@0', preview.importId)).toMatchObject({ added: 1, applied: true })
  })

  it('shows imports to nobody but their sender', async () => {
    const preview = await desk.check('clerk@0', await sheetOf([newcomer(55)]))
    for (const other of ['clerk@1', 'trainer@district', 'administrator@district']) {
      expect(await refusal(desk.as(other, (act) => importOf(act, preview.importId)))).toBe('not_found')
      expect(await refusal(apply(other, preview.importId))).toBe('not_found')
    }
  })

  it('keeps no identity number in clear, neither staged nor in the trail', async () => {
    const number = idOf('1990-05-17', 56)
    await desk.bring('clerk@0', newcomer(56))
    const { rows } = await sql<{
      found: number
    }>`select (select count(*)::int from records.import_row r where r::text like ${`%${number}%`}) + (select count(*)::int from audit.event e where e::text like ${`%${number}%`})
      + (select count(*)::int from records.import_fault f where f::text like ${`%${number}%`}) + (select count(*)::int from jobs.run j where j::text like ${`%${number}%`}) as found`.execute(
      desk.house.owner,
    )
    expect(rows[0]!.found).toBe(0)
  })
})

describe('in one go, without the background', () => {
  it('stages and applies two thousand teachers with their employments', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) =>
      newcomer(1000 + i, {
        身份证件号码: idOf(`19${70 + (i % 25)}-0${1 + (i % 9)}-11`, i % 1000),
        教职工号: `M${i}`,
        学校: i % 2 ? '第一小学' : '第二小学',
      }),
    )
    const bytes = new Uint8Array(await (await sheetOf(rows)).arrayBuffer())
    const importId = newId()
    const told: number[] = []
    const counts = await desk.as('trainer@district', (act) =>
      stageRoster(act, bytes, {
        importId,
        fileName: 'many.xlsx',
        keys: identityKeys(desk.house.key),
        onProgress: ({ share }) => told.push(share),
      }),
    )
    expect(counts).toEqual({ rows: 2000, added: 2000, changed: 0, moved: 0, unchanged: 0, faulty: 0 })
    expect(told.at(-1)).toBe(1)
    // A start of the job that comes again stages the same once more.
    const twice = await desk.as('trainer@district', (act) =>
      stageRoster(act, bytes, { importId, fileName: 'many.xlsx', keys: identityKeys(desk.house.key) }),
    )
    expect(twice).toEqual(counts)
    await moveClock(desk.house.owner, new Date('2023-03-01T02:00:00Z'))
    expect(await apply('trainer@district', importId)).toMatchObject({ added: 2000, applied: true })
    const again = await desk.as('trainer@district', (act) =>
      stageRoster(act, bytes, { importId: newId(), fileName: 'many.xlsx', keys: identityKeys(desk.house.key) }),
    )
    expect(again).toMatchObject({ unchanged: 2000, changed: 0, faulty: 0 })
    const late = await desk.as('trainer@district', (act) =>
      stageRoster(act, bytes, { importId, fileName: 'many.xlsx', keys: identityKeys(desk.house.key) }),
    )
    expect(late).toEqual(counts)
    expect(await apply('trainer@district', importId)).toMatchObject({ added: 2000, applied: true })
  })
})
