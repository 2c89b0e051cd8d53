import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../../base/ids.ts'
import { moveTeacher } from '../people.ts'
import type { Preview } from './imports.ts'
import { type Desk, HEADERS, type Header, idOf, newcomer, openDesk, type RowOf, sheetOf } from './roster.fixture.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  const { district } = desk.world
  const add = (
    parent: { id: string; path: string },
    label: string,
    name: string,
    code: string | null,
    during: string,
  ) =>
    sql`insert into directory.organisation (id, parent_id, path, kind, school_type, code, name, short_name, during)
      values (${newId()}, ${parent.id}, ${`${parent.path}.${label}`}::ltree, 'school', '211', ${code}, ${name}, '同名小学', ${during}::daterange)`.execute(
      desk.house.owner,
    )
  await add(district, 'twin1', '甲同名小学', '2150011', '[2000-01-01,)')
  await add(district, 'twin2', '乙同名小学', '2150012', '[2000-01-01,)')
  await add(district, 'closed', '已撤小学', '2150013', '[2000-01-01,2020-08-31)')
})
afterAll(() => desk?.close())

/** Where each column stands in a full roster. */
const letter = (header: Header) => String.fromCharCode(65 + HEADERS.indexOf(header))
type Case = [what: string, change: RowOf, at: Header | null, code: string, zh: RegExp, en: RegExp]

/** Checks one roster with all cases in it and finds each at its own cell, in both languages. */
async function findsAll(
  who: string,
  cases: Case[],
  first = 0,
  setUp: (n: number) => RowOf = newcomer,
): Promise<Preview> {
  const preview = await desk.check(
    who,
    await sheetOf(
      cases.map(([, change], i) => ({ ...setUp(first + i), ...change })),
      HEADERS,
    ),
  )
  cases.forEach(([what, , at, code, zh, en], i) => {
    const row = i + 2
    const fault = preview.faults.find((each) => each.row === row && each.code === code)
    expect({ what, codes: preview.faults.filter((each) => each.row === row).map((each) => each.code) }).toEqual({
      what,
      codes: expect.arrayContaining([code]),
    })
    expect({ what, cell: fault!.cell }).toEqual({ what, cell: at === null ? null : `${letter(at)}${row}` })
    expect(fault!.zh, what).toMatch(zh)
    expect(fault!.en, what).toMatch(en)
    expect(fault!.zh + fault!.en, what).not.toMatch(/[{}]|records\.|sheets\./)
  })
  expect(preview.faulty).toBe(cases.length)
  return preview
}

describe('faults within the file, each at its cell in Chinese and English', () => {
  it('finds what is wrong in one row', async () => {
    const own = idOf('1990-05-17', 9)
    const wrongDigit = own.slice(0, 17) + (own[17] === '1' ? '2' : '1')
    const preview = await findsAll(
      'clerk@0',
      [
        ['one character', { 姓名: '张' }, '姓名', 'records.name_short', /两个字/, /two characters/],
        ['no name', { 姓名: null }, '姓名', 'sheets.required', /./, /./],
        ['check digit', { 身份证件号码: wrongDigit }, '身份证件号码', 'sheets.id_number_check_digit', /校验/, /check/i],
        ['length', { 身份证件号码: '110105900517001' }, '身份证件号码', 'sheets.id_number_length', /18/, /18/],
        [
          'digits lost',
          { 身份证件号码: Number('110105199005170019') },
          '身份证件号码',
          'sheets.digits_lost',
          /15 位/,
          /15/,
        ],
        [
          'birth differs',
          { 出生日期: '1991-05-17' },
          '出生日期',
          'records.birth_differs',
          /1990-05-17 不一致/,
          /Differs .* 1990-05-17/,
        ],
        [
          'sex differs',
          { 身份证件号码: idOf('1990-05-17', 901), 性别: '女' },
          '性别',
          'records.sex_differs',
          /性别不一致/,
          /Differs from the sex/,
        ],
        [
          'nobody',
          { 身份证件号码: null, 教职工号: null },
          null,
          'records.not_identifiable',
          /至少填一项/,
          /Cannot tell who/,
        ],
        [
          'work before birth',
          { 参加工作日期: '1989-09-01' },
          '参加工作日期',
          'records.work_before_birth',
          /早于出生日期 1990-05-17/,
          /Before the date of birth/,
        ],
        ['too young', { 参加工作日期: '2006-05-16' }, '参加工作日期', 'records.too_young', /不满 16 周岁/, /Under 16/],
        [
          'entry before work',
          { 入校日期: '2012-08-31' },
          '入校日期',
          'records.entry_before_work',
          /早于参加工作日期 2012-09-01/,
          /Earlier than the first day of work/,
        ],
        [
          'entry far ahead',
          { 入校日期: '2024-03-02' },
          '入校日期',
          'sheets.date_too_late',
          /不能晚于 2024-03-01/,
          /2024-03-01/,
        ],
        ['no such day', { 入校日期: '2015-02-30' }, '入校日期', 'sheets.date_impossible', /没有这一天/, /./],
        [
          'no subject',
          { 任教学科: null },
          '任教学科',
          'records.subject_missing',
          /同时填写任教学科/,
          /subjects are needed/,
        ],
        ['no stage', { 任教学段: null }, '任教学段', 'records.stage_missing', /同时填写任教学段/, /stages are needed/],
        [
          'unknown subject',
          { 任教学科: '语文、魔法' },
          '任教学科',
          'records.word_unknown',
          /“魔法”不在代码表中，可填写：.*语文/,
          /“魔法” is not in the code table/,
        ],
        ['two titles', { 职称: '一级教师、二级教师' }, '职称', 'records.one_title', /一个职称/, /Only one title/],
        ['unknown category', { 教职工类别: '外星人' }, '教职工类别', 'sheets.code_unknown', /不在代码表中/, /./],
        ['unknown school', { 学校: '霍格沃茨' }, '学校', 'records.school_unknown', /没有这所学校/, /No such school/],
        ['number with signs', { 教职工号: '12#4' }, '教职工号', 'sheets.not_as_expected', /./, /./],
      ],
      300,
    )
    // Identity numbers are masked in what is kept and shown.
    expect(preview.faults.filter(({ column }) => column?.key === 'idNumber').map(({ value }) => value)).toEqual([
      expect.stringContaining('*'),
      expect.stringContaining('*'),
      expect.stringContaining('*'),
    ])
  })

  it('lets only schools of the importer’s scope in, and says when a name is not enough or the school is closed', async () => {
    await findsAll(
      'clerk@0',
      [
        [
          'the neighbour',
          { 学校: '第二小学' },
          '学校',
          'records.school_out_of_scope',
          /不在您的管理范围内/,
          /outside your scope/,
        ],
      ],
      330,
    )
    await findsAll(
      'trainer@district',
      [
        [
          'another district',
          { 学校: '邻区小学' },
          '学校',
          'records.school_out_of_scope',
          /不在您的管理范围内/,
          /outside your scope/,
        ],
        [
          'two of a name',
          { 学校: '同名小学' },
          '学校',
          'records.school_ambiguous',
          /甲同名小学（2150011）、乙同名小学（2150012）/,
          /Several schools/,
        ],
        ['closed', { 学校: '2150013' }, '学校', 'records.school_closed', /已撤销或停办/, /closed/],
      ],
      340,
    )
    expect(
      await desk.check(
        'trainer@district',
        await sheetOf([newcomer(345, { 学校: '2150012' }), newcomer(346, { 学校: '甲 同名小学' })]),
      ),
    ).toMatchObject({ added: 2, faulty: 0 })
  })

  it('finds the same person twice, by identity number, number, or name with birth date and school', async () => {
    const plain = { 身份证件号码: null, 身份证件类型: null, 教职工号: null, 出生日期: '1985-01-01', 姓名: '重名' }
    await findsAll(
      'clerk@0',
      [
        [
          'identity',
          { 身份证件号码: idOf('1990-05-17', 399) },
          '身份证件号码',
          'sheets.duplicate_value',
          /第 3 行/,
          /row 3/,
        ],
        [
          'identity again',
          { 身份证件号码: idOf('1990-05-17', 399) },
          '身份证件号码',
          'sheets.duplicate_value',
          /第 2 行/,
          /row 2/,
        ],
        ['number', { 教职工号: 'dup1' }, '教职工号', 'sheets.duplicate_value', /第 5 行/, /row 5/],
        ['number again, in capitals', { 教职工号: 'DUP1' }, '教职工号', 'sheets.duplicate_value', /第 4 行/, /row 4/],
        ['alike', plain, '姓名', 'records.same_person', /与第 7 行姓名、出生日期和学校都相同/, /row 7/],
        ['alike again', plain, '姓名', 'records.same_person', /第 6 行/, /row 6/],
      ],
      350,
    )
  })
})

describe('faults against the records', () => {
  it('tells nothing of people elsewhere but that they are on record, and to ask for a transfer', async () => {
    const [theirs] = [newcomer(401, { 学校: '邻区小学', 姓名: '秘密姓名' })]
    await desk.bring('clerk@2', theirs!)
    const preview = await findsAll(
      'clerk@0',
      [
        [
          'identity elsewhere',
          { 身份证件号码: idOf('1990-05-17', 401), 教职工号: null },
          '身份证件号码',
          'records.identity_elsewhere',
          /其他单位登记.*办理调动/,
          /on record elsewhere.*transfer/,
        ],
        [
          'number elsewhere',
          { 教职工号: 'n401' },
          '教职工号',
          'records.number_elsewhere',
          /其他单位使用.*办理调动/,
          /in use elsewhere.*transfer/,
        ],
      ],
      410,
    )
    expect(JSON.stringify(preview)).not.toMatch(/秘密姓名|邻区小学/)
  })

  it('finds numbers and identities that belong to others', async () => {
    await desk.bring(
      'clerk@0',
      newcomer(501),
      newcomer(502),
      newcomer(503, { 身份证件号码: null, 身份证件类型: null, 出生日期: '1980-01-01', 姓名: '同名' }),
    )
    await findsAll(
      'clerk@0',
      [
        [
          'identity of another number',
          { 身份证件号码: idOf('1990-05-17', 501), 教职工号: 'N999' },
          '教职工号',
          'records.identity_has_number',
          /对应的教职工号是 N501/,
          /belongs to teacher number N501/,
        ],
        [
          'number of another identity',
          { 教职工号: 'N502' },
          '身份证件号码',
          'records.number_has_identity',
          /N502 登记的是另一身份证件号码/,
          /another ID number/,
        ],
        [
          'number of another name',
          { 身份证件号码: null, 教职工号: 'N503', 姓名: '别人' },
          '姓名',
          'records.number_of_another',
          /登记的姓名是“同名”/,
          /on record as “同名”/,
        ],
        [
          'alike with another number',
          { 身份证件号码: null, 教职工号: 'N888', 姓名: '同名', 出生日期: '1980-01-01', 参加工作日期: '2000-09-01' },
          '教职工号',
          'records.alike_has_number',
          /教职工号为 N503/,
          /has teacher number N503/,
        ],
      ],
      510,
    )
  })

  it('finds one person in two rows, and people who cannot be told apart', async () => {
    await desk.bring(
      'clerk@0',
      newcomer(521),
      newcomer(522, { 姓名: '双生', 出生日期: '1985-06-01', 身份证件号码: idOf('1985-06-01', 522) }),
    )
    await sql`update directory.person set id_hash = null where number = 'N522'`.execute(desk.house.owner)
    await sql`insert into directory.person (id, number, name, birth_date, org_id, org_path) select gen_random_uuid(), 'N523', p.name, p.birth_date, p.org_id, p.org_path from directory.person p where p.number = 'N522'`.execute(
      desk.house.owner,
    )
    await findsAll(
      'clerk@0',
      [
        [
          'by identity',
          { 身份证件号码: idOf('1990-05-17', 521), 教职工号: null, 姓名: '新教师521' },
          '姓名',
          'records.person_twice',
          /与第 3 行是同一位/,
          /row 3/,
        ],
        [
          'by number',
          { 身份证件号码: null, 身份证件类型: null, 教职工号: 'N521', 姓名: '新教师521', 出生日期: '1990-05-17' },
          '姓名',
          'records.person_twice',
          /与第 2 行是同一位/,
          /row 2/,
        ],
        [
          'two of them',
          { 身份证件号码: null, 身份证件类型: null, 教职工号: null, 姓名: '双生', 出生日期: '1985-06-01' },
          '姓名',
          'records.several_alike',
          /有 2 位同名/,
          /2 people/,
        ],
      ],
      530,
    )
  })

  it('finds days that do not fit the history', async () => {
    await desk.bring('trainer@district', ...[541, 542, 543, 544, 545].map((n) => newcomer(n)))
    const employment = (number: string, during: string) =>
      sql`update directory.employment e set during = ${during}::daterange from directory.person p where p.id = e.person_id and p.number = ${number}`.execute(
        desk.house.owner,
      )
    await employment('N543', '[2015-09-01,2020-07-01)')
    await desk.bring('trainer@district', newcomer(544, { 学校: '第二小学', 入校日期: '2018-09-01' }))
    await desk.bring('trainer@district', newcomer(545, { '编制/合同': '合同制' }))
    const known = (n: number): RowOf => newcomer(n + 1)
    await findsAll(
      'trainer@district',
      [
        [
          'move ahead of time',
          { 学校: '第二小学', 入校日期: '2023-03-02' },
          '入校日期',
          'records.move_in_future',
          /不能晚于今天/,
          /cannot be in the future/,
        ],
        [
          'move before the present job',
          { 学校: '第二小学', 入校日期: '2015-09-01' },
          '入校日期',
          'records.entry_before_current',
          /自 2015-09-01 起/,
          /since 2015-09-01/,
        ],
        [
          'back before having left',
          { 入校日期: '2020-06-30' },
          '入校日期',
          'records.entry_overlaps',
          /到 2020-07-01 为止/,
          /until 2020-07-01/,
        ],
        [
          'entry within the time elsewhere',
          { 学校: '第二小学', 入校日期: '2018-08-31' },
          '入校日期',
          'records.entry_overlaps',
          /到 2018-09-01 为止/,
          /until 2018-09-01/,
        ],
        [
          'entry after a change of basis',
          { '编制/合同': '合同制', 入校日期: '2023-03-01' },
          '入校日期',
          'records.entry_after_change',
          /2023-03-01 起有变动/,
          /changed on 2023-03-01/,
        ],
      ],
      540,
      known,
    )
  })

  it('refuses another school to somebody whose transfer is entered, and leaves the rest to the present one', async () => {
    await desk.bring('trainer@district', newcomer(561))
    await desk.as(
      'trainer@district',
      async (act) => {
        const { rows } = await sql<{ id: string }>`select p.id from directory.person p where p.number = 'N561'`.execute(
          act.tx,
        )
        await moveTeacher(act, {
          personId: rows[0]!.id,
          toOrgId: desk.world.schools[1].id,
          on: '2023-09-01',
          reason: '教师交流',
        })
      },
      'records.transfer',
    )
    // What is sent as it stands changes nothing, although the employment has an end by now.
    expect(await desk.check('trainer@district', await sheetOf([newcomer(561)]))).toMatchObject({
      unchanged: 1,
      faulty: 0,
    })
    const moved = await desk.check(
      'trainer@district',
      await sheetOf([newcomer(561, { 学校: '第二小学', 入校日期: '2023-02-01' })]),
    )
    expect(moved.faults).toMatchObject([{ code: 'records.move_entered', data: { on: '2023-09-01' } }])
    expect(moved.faults[0]!.reason.zh).toContain('已登记自 2023-09-01 起调动')
  })

  it('says which new people get another login, because theirs is somebody’s', async () => {
    await sql`insert into access.account (id, login, name, org_id, org_path) select gen_random_uuid(), 'n571', '外人', o.id, o.path
      from directory.organisation o where o.id = ${desk.world.other.id}`.execute(desk.house.owner)
    const rows = [newcomer(571), newcomer(572)]
    const preview = await desk.check('clerk@0', await sheetOf(rows))
    expect(preview).toMatchObject({ added: 2, faulty: 0 })
    expect(preview.notices).toMatchObject([
      {
        sheet: '名册',
        code: 'records.login_taken',
        data: { row: 2, name: '新教师571', login: 'n571', other: 'n571-2' },
      },
    ])
    await desk.bring('clerk@0', ...rows)
    const { rows: opened } = await sql<{ login: string; role: string }>`select a.login, s.role from access.account a
      join access.assignment s on s.account_id = a.id join directory.person p on p.id = a.person_id
      where p.number in ('N571', 'N572') order by p.number`.execute(desk.house.owner)
    expect(opened).toEqual([
      { login: 'n571-2', role: 'teacher' },
      { login: 'n572', role: 'teacher' },
    ])
  })

  it('leaves subjects out, with a notice, where the stages are not sent', async () => {
    const preview = await desk.check(
      'clerk@0',
      await sheetOf(
        [newcomer(551)],
        HEADERS.filter((header) => header !== '任教学段'),
      ),
    )
    expect(preview).toMatchObject({ added: 1, faulty: 0, notices: [{ code: 'records.teaching_unused' }] })
  })
})
