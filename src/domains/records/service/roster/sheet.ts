/** The roster as a sheet: its columns, the headers people use for them, and the empty template. */
import { addYears } from '../../../../base/dates.ts'
import {
  type CodeEntry,
  defineSheet,
  type Locale,
  templateWorkbook,
  workbookFile,
} from '../../../../platform/sheets/index.ts'
import { codeEntries } from '../../codes.ts'
import en from '../../messages/en.json' with { type: 'json' }
import zh from '../../messages/zh-CN.json' with { type: 'json' }
import { ALIASES, listOf } from './words.ts'

export type Tables = Record<'SEX' | 'SFZJLX' | 'JZGLB' | 'BASIS' | 'RKXD' | 'ZXXKC' | 'TITLE' | 'POST', CodeEntry[]>

const names = (table: readonly CodeEntry[]) => ({
  zh: table.map((entry) => entry.zh).join('、'),
  en: table.map((entry) => entry.en).join(', '),
})

/** What may stand in a cell of codes, for the template. */
function hintFor(table: readonly CodeEntry[], several: boolean) {
  const { zh, en } = names(table)
  return {
    zh: `可填：${zh}${several ? '；多项用顿号隔开' : ''}`,
    en: `One of: ${en}${several ? '; several with commas between' : ''}`,
  }
}

const declare = (t: Tables) =>
  defineSheet({
    name: 'records.roster',
    title: { zh: '教师名册', en: 'Teacher roster' },
    columns: [
      {
        key: 'name',
        kind: 'text',
        header: { zh: '姓名', en: 'Name' },
        aliases: ['教师姓名', '教职工姓名', '名字', 'Full name'],
        required: true,
        personName: true,
        maxLength: 40,
      },
      {
        key: 'idType',
        kind: 'code',
        header: { zh: '身份证件类型', en: 'ID type' },
        aliases: ['证件类型', '身份证类型', '证件种类'],
        table: t.SFZJLX,
        width: 16,
        hint: { zh: '不填视为居民身份证', en: 'Empty means resident identity card' },
      },
      {
        key: 'idNumber',
        kind: 'text',
        header: { zh: '身份证件号码', en: 'ID number' },
        aliases: [
          '身份证号码',
          '身份证号',
          '身份证',
          '证件号码',
          '证件号',
          '公民身份号码',
          '身份证件号',
          'Identity number',
        ],
        halfWidth: true,
        maxLength: 30,
        sensitive: true,
        width: 24,
        hint: { zh: '居民身份证18位；用于识别同一人', en: '18 characters for a resident card; tells people apart' },
      },
      {
        key: 'sex',
        kind: 'code',
        header: { zh: '性别', en: 'Sex' },
        aliases: ['Gender'],
        table: t.SEX,
        hint: { zh: '填了身份证号码可不填', en: 'Not needed with an ID number' },
      },
      {
        key: 'birthDate',
        kind: 'date',
        header: { zh: '出生日期', en: 'Date of birth' },
        aliases: ['出生年月日', '出生年月', '生日', 'Birth date', 'Birthday'],
        min: '1900-01-01',
        max: (asOf) => asOf,
      },
      {
        key: 'number',
        kind: 'text',
        header: { zh: '教职工号', en: 'Teacher number' },
        aliases: ['工号', '教师编号', '教工号', '职工号', '人员编号', 'Staff number', 'Employee number'],
        halfWidth: true,
        pattern: /[0-9A-Za-z_-]{1,32}/,
        hint: {
          zh: '字母、数字、短横线，最多32位；新教师不填时由系统编号',
          en: 'letters, digits and hyphens, at most 32; given by the system to new people without one',
        },
      },
      {
        key: 'school',
        kind: 'text',
        header: { zh: '学校', en: 'School' },
        aliases: [
          '学校名称',
          '单位',
          '单位名称',
          '工作单位',
          '所在学校',
          '任职学校',
          '学校代码',
          '学校标识码',
          'School name',
          'School code',
        ],
        required: true,
        maxLength: 80,
        width: 28,
        hint: { zh: '学校全称、简称或学校标识码', en: 'full name, short name or code of the school' },
      },
      {
        key: 'category',
        kind: 'code',
        header: { zh: '教职工类别', en: 'Category' },
        aliases: ['类别', '人员类别', '教师类别', '岗位类别', 'Staff category'],
        table: t.JZGLB,
        required: true,
      },
      {
        key: 'basis',
        kind: 'code',
        header: { zh: '编制/合同', en: 'Basis' },
        aliases: ['编制', '编制情况', '是否在编', '用人形式', '聘用方式', '编制类别', 'Employment basis'],
        table: t.BASIS,
        hint: { zh: '新教师不填视为在编', en: 'Empty means in post for new people' },
      },
      {
        key: 'workSince',
        kind: 'date',
        header: { zh: '参加工作日期', en: 'Working since' },
        aliases: ['参加工作时间', '参加工作年月', '工作时间', 'Work start date'],
        min: '1930-01-01',
        max: (asOf) => addYears(asOf, 1),
        monthIsEnough: true,
      },
      {
        key: 'entered',
        kind: 'date',
        header: { zh: '入校日期', en: 'At this school since' },
        aliases: [
          '入校时间',
          '到校日期',
          '到校时间',
          '来校时间',
          '来校年月',
          '进校时间',
          '入职日期',
          '入职时间',
          'Entry date',
          'Employed since',
        ],
        required: true,
        min: '1930-01-01',
        max: (asOf) => addYears(asOf, 1),
        monthIsEnough: true,
        hint: {
          zh: '到本校工作之日；调入的填调入日期',
          en: 'first day at this school; for people who moved, the day of the move',
        },
      },
      {
        key: 'stages',
        kind: 'custom',
        header: { zh: '任教学段', en: 'Stages taught' },
        aliases: ['学段', '任课学段', 'Stage', 'Stage taught'],
        parse: listOf(t.RKXD),
        hint: hintFor(t.RKXD, true),
      },
      {
        key: 'subjects',
        kind: 'custom',
        header: { zh: '任教学科', en: 'Subjects taught' },
        aliases: ['学科', '任课学科', '任教科目', '任课科目', '科目', 'Subject', 'Subjects', 'Subject taught'],
        parse: listOf(t.ZXXKC),
        hint: hintFor(t.ZXXKC, true),
      },
      {
        key: 'title',
        kind: 'custom',
        header: { zh: '职称', en: 'Title' },
        aliases: ['专业技术职务', '现任职称', '职称等级', '职称名称', 'Professional title'],
        parse: listOf(t.TITLE),
        hint: hintFor(t.TITLE, false),
      },
      {
        key: 'posts',
        kind: 'custom',
        header: { zh: '职务/岗位', en: 'Posts' },
        aliases: ['职务', '岗位', '行政职务', '任职岗位', '岗位职务', 'Post', 'Position'],
        parse: listOf(t.POST),
        hint: hintFor(t.POST, true),
      },
    ],
    messages: { 'zh-CN': zh, en },
  })

export type RosterSheet = ReturnType<typeof declare>

let made: Promise<{ sheet: RosterSheet; tables: Tables }> | undefined

/** The sheet with the code tables of the house; made once. */
export function roster(): Promise<{ sheet: RosterSheet; tables: Tables }> {
  made ??= codeEntries().then((all) => {
    const tableOf = (name: keyof Tables): CodeEntry[] =>
      all
        .filter(({ table }) => table === name)
        .map(({ code, zh, en }) => ({ code, zh, en, aliases: ALIASES[name]?.[code] ?? [] }))
    const tables: Tables = {
      SEX: tableOf('SEX'),
      SFZJLX: tableOf('SFZJLX'),
      JZGLB: tableOf('JZGLB'),
      BASIS: tableOf('BASIS'),
      RKXD: tableOf('RKXD'),
      ZXXKC: tableOf('ZXXKC'),
      TITLE: tableOf('TITLE'),
      POST: tableOf('POST'),
    }
    return { sheet: declare(tables), tables }
  })
  return made
}

export async function rosterTemplate(locale: Locale): Promise<File> {
  const { sheet } = await roster()
  return workbookFile(
    await templateWorkbook(sheet, locale),
    locale === 'en' ? 'Teacher roster template.xlsx' : '教师名册模板.xlsx',
  )
}
