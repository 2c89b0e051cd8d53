/** The list of experts as offices keep it in Excel. */
import {
  type Column,
  defineSheet,
  type Locale,
  type Parsed,
  templateWorkbook,
  workbookFile,
} from '../../sheets/index.ts'

const title = { zh: '评审专家名单', en: 'Experts' }
const outsideTitle = { zh: '外单位评审专家名单', en: 'Experts from elsewhere' }
const SIGNS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, '１': 1, '２': 2, '３': 3 }

/** `语文3、数学`: fields with how well they are known; 2 where nothing is said. */
export function readFields(text: string): Parsed<Record<string, number>> {
  const fields: Record<string, number> = {}
  for (const part of text.split(/[、,，;；\n]+/).map((one) => one.trim())) {
    if (part === '') continue
    const found = /^(.*?)[\s:：（(]*([1-3１-３一二三])?[\s)）]*$/.exec(part)
    const name = found?.[1]?.trim() ?? ''
    if (name === '' || [...name].length > 40 || /\d/.test(name)) return { error: 'cases.expert_field', data: { part } }
    const level = found?.[2]
    fields[name] = level === undefined ? 2 : (SIGNS[level] ?? Number(level))
  }
  return Object.keys(fields).length === 0 ? { error: 'cases.expert_field', data: { part: text } } : { value: fields }
}

const knownAndMost = [
  {
    key: 'fields',
    header: { zh: '评审学科', en: 'Fields' },
    aliases: ['学科', '擅长领域', '专业领域', '评审专业'],
    kind: 'custom',
    required: true,
    hint: {
      zh: '如：语文3、历史1；3 为最熟悉，不写按 2 计',
      en: 'For instance Chinese 3, History 1; 3 is known best, 2 where nothing is said',
    },
    width: 28,
    parse: readFields,
  },
  { key: 'title', header: { zh: '职称', en: 'Title' }, aliases: ['专业技术职务'], kind: 'text', maxLength: 40 },
  {
    key: 'most',
    header: { zh: '每轮最多份数', en: 'Papers a round at most' },
    aliases: ['最多份数', '上限'],
    kind: 'integer',
    min: 1,
    max: 500,
    hint: { zh: '不填为 60', en: '60 where empty' },
  },
] as const satisfies readonly Column[]

/** People from elsewhere, each of whom gets an account. */
export const outsideSheet = defineSheet({
  name: 'cases.experts_outside',
  title: outsideTitle,
  columns: [
    { key: 'name', header: { zh: '姓名', en: 'Name' }, kind: 'text', required: true, personName: true, maxLength: 40 },
    {
      key: 'employer',
      header: { zh: '工作单位', en: 'Employer' },
      aliases: ['单位', '所在单位'],
      kind: 'text',
      required: true,
      maxLength: 100,
      hint: {
        zh: '写全称；同单位的申报不分给本人评审',
        en: 'In full: applicants from there are not given to this expert',
      },
      width: 28,
    },
    {
      key: 'login',
      header: { zh: '登录名', en: 'Login' },
      aliases: ['账号', '用户名'],
      kind: 'text',
      required: true,
      unique: true,
      halfWidth: true,
      pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/,
      hint: {
        zh: '3 至 64 个英文字母、数字或 . _ -，以字母或数字开头',
        en: '3 to 64 letters, digits or . _ -, beginning with a letter or digit',
      },
      width: 18,
    },
    ...knownAndMost,
  ],
  messages: {
    'zh-CN': {
      'cases.expert_field': '“{part}”不是可用的评审学科，请写作“语文3、历史1”',
      'cases.expert_login_taken': '登录名已有人使用，可改为“{free}”',
      'cases.expert_too_many': '一次最多导入 {most} 人，请分次导入',
    },
    en: {
      'cases.expert_field': '“{part}” is no field; write “Chinese 3, History 1”',
      'cases.expert_login_taken': 'Somebody has this login already; “{free}” is free',
      'cases.expert_too_many': 'At most {most} people at a time: import them in parts',
    },
  },
})

export const expertSheet = defineSheet({
  name: 'cases.experts',
  title,
  columns: [
    { key: 'name', header: { zh: '姓名', en: 'Name' }, kind: 'text', required: true, personName: true, maxLength: 40 },
    {
      key: 'number',
      header: { zh: '教职工号', en: 'Teacher number' },
      aliases: ['工号', '教师编号', '编号'],
      kind: 'text',
      required: true,
      unique: true,
      halfWidth: true,
    },
    ...knownAndMost,
  ],
  messages: {
    'zh-CN': {
      'cases.expert_field': '“{part}”不是可用的评审学科，请写作“语文3、历史1”',
      'cases.expert_unknown': '管辖范围内没有这个教职工号',
      'cases.expert_other_name': '姓名与档案不符，档案中为“{name}”',
    },
    en: {
      'cases.expert_field': '“{part}” is no field; write “Chinese 3, History 1”',
      'cases.expert_unknown': 'Nobody within your scope has this number',
      'cases.expert_other_name': 'The name differs from the record, which has “{name}”',
    },
  },
})

export async function expertTemplate(locale: Locale, outside: boolean): Promise<File> {
  const workbook = await (outside ? templateWorkbook(outsideSheet, locale) : templateWorkbook(expertSheet, locale))
  const { zh, en } = outside ? outsideTitle : title
  return workbookFile(workbook, `${locale === 'en' ? en : zh}.xlsx`)
}
