/** What the record holds, as requests for data may ask for it. What is guarded is in none of it; what is sealed is told masked. */
import { fieldsOf, groups, isGuarded } from '../../records/index.ts'
import { type HeldField, matched } from '../rules/match.ts'

const open = groups.filter((group) => !isGuarded(group))

/** Titles that several groups have: recognised only together with the group, or by a name below. */
const titles = open.flatMap((group) => fieldsOf(group).flatMap(({ title }) => [title.zh, title.en]))
const shared = new Set(titles.filter((title, nth) => titles.indexOf(title) !== nth))

/** Names of their own that people use for a field. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'identity.name': ['姓名', '教师姓名'],
  'identity.number': ['教师编号', '编号'],
  'identity.idNumber': ['身份证号', '身份证号码', '身份证件号码'],
  'education.level': ['最高学历', '学历层次'],
  'education.institution': ['毕业学校', '毕业院校名称'],
  'contact.phone': ['联系电话', '手机', '手机号'],
  'teaching.subject': ['任教学科', '所教学科'],
  'teaching.stage': ['任教学段'],
  'service.workSince': ['参加工作时间'],
  'service.teachingSince': ['从教时间', '任教时间'],
  'identity.birthDate': ['出生年月'],
  'identity.sex': ['性别'],
  'posts.code': ['现任岗位', '职务'],
}

export const held: readonly (HeldField & {
  group: { zh: string; en: string }
  field: { zh: string; en: string }
  groupId: string
  key: string
})[] = open.flatMap((group) =>
  fieldsOf(group).map(({ key, title }) => {
    const id = `${group.id}.${key}`
    const whole = [`${group.title.zh}${title.zh}`, `${group.title.en} ${title.en}`]
    return {
      id,
      groupId: group.id,
      key,
      group: group.title,
      field: title,
      names: [...[title.zh, title.en].filter((name) => !shared.has(name)), ...whole],
    }
  }),
)

/** Names that people use decide before titles. */
const asSaid = [...Object.entries(ALSO).map(([id, names]) => ({ id, names })), ...held]

const byId = new Map(held.map((field) => [field.id, field]))
export const heldField = (id: string) => byId.get(id)

export const match = (labels: readonly string[]) =>
  matched(labels, asSaid).map(({ label, id }) => {
    const field = id === null ? undefined : byId.get(id)
    return { label, id, group: field?.group ?? null, field: field?.field ?? null }
  })
