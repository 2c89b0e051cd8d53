/** What the records hold about people: each group of the archive as it declares itself, and what stands beside the groups. */
import type { Holding } from '../../platform/privacy/contract.ts'
import { columnOf, fieldsOf, type Group } from './archive/group.ts'
import { groups } from './archive/groups.ts'

const FILE = { zh: '按干部人事档案管理规定长期保存', en: 'As long as the rules on personnel files have it' }
const management = { basis: 'management', clause: '教师法；个人信息保护法第十三条第二项' } as const

/** Groups that are not kept as long as the personnel file: what they are for ends when somebody leaves. */
const TERMS: Readonly<Record<string, string>> = {
  contact: 'privacy.retention.contact',
  safety_check: 'privacy.retention.health',
}
const LEFT = { zh: '自离职之日起', en: 'since somebody left' }

const joined = (group: Group, locale: 'zh' | 'en') =>
  fieldsOf(group)
    .map(({ title }) => title[locale])
    .join(locale === 'zh' ? '、' : ', ')

/** Columns carry the titles of their fields; a sealed one is told in clear, under the title of the field. */
const columnsOf = (group: Group): Holding['fields'] =>
  Object.fromEntries(
    group.fields.flatMap(({ key, title, type }) =>
      type === 'sealed'
        ? [
            [`${columnOf(key)}_cipher`, title],
            [`${columnOf(key)}_masked`, { zh: `${title.zh}（脱敏）`, en: `${title.en}, masked` }],
          ]
        : [[columnOf(key), title]],
    ),
  )

const ofGroup = (group: Group & { table: string }): Holding => {
  const term = TERMS[group.table]
  return {
    id: `records.${group.table}`,
    title: group.title,
    kinds: { zh: joined(group, 'zh'), en: joined(group, 'en') },
    purpose: group.purpose,
    ...management,
    retention: term ? { parameter: term, since: LEFT } : { kept: FILE },
    readers: group.sensitivity === 'guarded' ? ['district'] : ['school', 'district', 'municipality', 'auditor'],
    sensitivity: group.sensitivity,
    tables: [{ table: `records.${group.table}`, ...(term ? { ends: 'left' as const } : {}) }],
    ...(group.fields.length > 0 ? { fields: columnsOf(group)! } : {}),
  }
}

const ofGroups = [
  ...new Map(
    groups.flatMap((group) => (group.table === null ? [] : [[group.table, group as Group & { table: string }]])),
  ),
].map(([, group]) => ofGroup(group))

const beside: readonly Holding[] = [
  {
    id: 'records.facts',
    title: { zh: '任教与岗位', en: 'Teaching and posts' },
    kinds: {
      zh: '学段学科、岗位职务、参加工作与从教年月',
      en: 'Stage and subject, posts, since when somebody works and teaches',
    },
    purpose: { zh: '人事管理、培训安排与资格条件核对', en: 'Management of staff, training, conditions of titles' },
    ...management,
    retention: { kept: FILE },
    readers: ['school', 'district', 'municipality', 'auditor'],
    sensitivity: 'personal',
    tables: [{ table: 'records.teaching' }, { table: 'records.post' }, { table: 'records.service' }],
  },
  {
    id: 'records.change',
    title: { zh: '档案变更申请', en: 'Proposed changes' },
    kinds: {
      zh: '变更前后内容、理由、佐证与审核意见',
      en: 'What was proposed, why, with which evidence, and what was said to it',
    },
    purpose: { zh: '更正档案并留存依据', en: 'To correct the record and to keep why' },
    ...management,
    retention: { kept: FILE },
    readers: ['school', 'district'],
    sensitivity: 'personal',
    tables: [{ table: 'records.change' }, { table: 'records.change_evidence' }, { table: 'records.change_step' }],
  },
  {
    id: 'records.quality',
    title: { zh: '数据质量核查', en: 'Checks of the record' },
    kinds: {
      zh: '缺漏、矛盾等核查结果，疑似重复档案及合并',
      en: 'What is missing or contradicts, doubles and their merging',
    },
    purpose: { zh: '保证档案准确', en: 'To keep the record right' },
    basis: 'duty',
    clause: '个人信息保护法第八条',
    retention: { kept: { zh: '问题改正后即清除；合并日志长期保存', en: 'Until mended; merges are kept' } },
    readers: ['school', 'district'],
    sensitivity: 'personal',
    tables: [
      { table: 'records.finding' },
      {
        table: 'records.twin',
        withheld: { zh: '涉及他人信息，可申请说明', en: 'Concerns others as well; ask to have it explained' },
      },
    ],
  },
  {
    id: 'records.import',
    title: { zh: '名册导入', en: 'Imports of rosters' },
    kinds: { zh: '导入经办记录与中间数据', en: 'Who imported what, and the rows on their way in' },
    purpose: { zh: '核对并写入教师名册', en: 'To check rosters and to apply them' },
    ...management,
    retention: { parameter: 'privacy.retention.imports', since: { zh: '自导入之日起', en: 'since the import' } },
    readers: ['school', 'district'],
    sensitivity: 'sensitive',
    tables: [
      {
        table: 'records.import_row',
        ends: '(select i.created_at from records.import i where i.id = t.import_id)',
        withheld: {
          zh: '为经办单位的工作底稿，内容以档案为准',
          en: 'Working papers of an office; what holds is the record',
        },
      },
      {
        table: 'records.import_fault',
        of: 'account_id',
        is: 'account',
        ends: '(select i.created_at from records.import i where i.id = t.import_id)',
        withheld: { zh: '为经办单位的工作底稿', en: 'Working papers of an office' },
      },
    ],
  },
  {
    id: 'records.office',
    title: { zh: '经办痕迹', en: 'What one did in office' },
    kinds: { zh: '发起的导入、查看完整号码的次数', en: 'Imports one made, how often numbers were revealed' },
    purpose: { zh: '限制集中查看敏感信息', en: 'To keep sensitive data from being read in bulk' },
    basis: 'duty',
    clause: '个人信息保护法第五十一条',
    retention: { kept: { zh: '随操作日志保存', en: 'As long as the trail' } },
    readers: ['auditor'],
    sensitivity: 'ordinary',
    tables: [
      { table: 'records.import', of: 'account_id', is: 'account' },
      { table: 'records.reveal', of: 'account_id', is: 'account' },
    ],
  },
]

/** Tables that a group declares stand there; the rest beside them. */
const grouped = new Set(ofGroups.flatMap(({ tables }) => tables.map(({ table }) => table)))
export const recordsHoldings: readonly Holding[] = [
  ...ofGroups,
  ...beside.map((holding) => ({ ...holding, tables: holding.tables.filter(({ table }) => !grouped.has(table)) })),
].filter(({ tables }) => tables.length > 0)
