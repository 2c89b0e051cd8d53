/** What a group of the record is: declared once, and its table, screens, proposals, history and export follow from it. */

type Bilingual = { zh: string; en: string }

export type FieldType = 'text' | 'date' | 'code' | 'integer' | 'decimal' | 'bool' | 'sealed'

export type Field = {
  /** camelCase; its column is the same in snake_case. */
  key: string
  title: Bilingual
  type: FieldType
  /** Code table, of codes. */
  table?: string
  required?: true
  /** Longest text, greatest number. 200 and 999999 where absent. */
  most?: number
  least?: number
  /** How a sealed text is shown. */
  mask?: 'phone' | 'mail' | 'tail' | 'identity'
  /** Of a sealed text: that two people have the same is found out by a blind index, in the column `…_hash`. */
  compared?: true
  hint?: Bilingual
  /** Facts of policy that read it. What sets read those is found from the packs. */
  facts?: readonly string[]
  /** What else it is for, where no fact reads it. */
  uses?: readonly Bilingual[]
}

export type Sensitivity = 'ordinary' | 'personal' | 'sensitive' | 'guarded'

export type Group = {
  id: string
  title: Bilingual
  /** Which of the fourteen groups of the national teacher information system it belongs to. */
  section: Section
  /** Its table in the schema `records`; null where it is read from what others keep. */
  table: string | null
  /** Whether there is one row a person, or several. */
  many: boolean
  /** Holds over a time (`from` and `until`, both included, in the column `during`), or is of a day, or of neither. */
  dated: 'span' | 'none' | { on: string }
  /** At most one row holds at a time: what begins ends what held. */
  single?: true
  /** The row stands at the person's school as well (`org_id`, `org_path`). */
  placed?: true
  /** Who confirms what a person proposes. The district always confirms what it alone may change. */
  confirm: 'school' | 'district'
  /** Whether changes may be proposed; else it is kept by acts of offices. Of `identity`, which the directory keeps, as well. */
  propose: boolean
  evidence: 'required' | 'welcome'
  sensitivity: Sensitivity
  /** Fields that tell rows apart: the same is not entered twice. */
  unique?: readonly string[]
  /** Fields of the headline of a row. */
  says: readonly string[]
  /** What the group is kept for. */
  purpose: Bilingual
  fields: readonly Field[]
}

/** 教师信息采集: the groups of the national system, in its order. */
export const SECTIONS = {
  basics: { zh: '基本信息', en: 'Basic data' },
  study: { zh: '学习经历', en: 'Education' },
  work: { zh: '工作经历', en: 'Employment' },
  posts: { zh: '岗位聘任', en: 'Posts' },
  titles: { zh: '专业技术职务聘任', en: 'Titles' },
  appraisal: { zh: '年度与师德考核', en: 'Appraisals' },
  certificates: { zh: '教师资格', en: 'Teacher certificates' },
  skills: { zh: '技能及证书', en: 'Skills and certificates' },
  teaching: { zh: '教育教学', en: 'Teaching' },
  training: { zh: '国内外培训', en: 'Training' },
  growth: { zh: '指导与交流轮岗', en: 'Mentoring and rotation' },
  honours: { zh: '入选人才项目与荣誉', en: 'Honours' },
  research: { zh: '教学科研成果', en: 'Research' },
  ethics: { zh: '师德与处分', en: 'Ethics and sanctions' },
  care: { zh: '健康与安全', en: 'Health and safety' },
  contact: { zh: '联系方式', en: 'Contact' },
} as const satisfies Record<string, Bilingual>
export type Section = keyof typeof SECTIONS

export const columnOf = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Dates of a span, as fields. */
export const SPAN: readonly Field[] = [
  { key: 'from', title: { zh: '起始日期', en: 'From' }, type: 'date', required: true },
  {
    key: 'until',
    title: { zh: '截止日期', en: 'Up to and with' },
    type: 'date',
    hint: { zh: '至今仍在的不填', en: 'Leave empty while it goes on' },
  },
]

/** All fields of a group in the order of the screen; a span's dates come first. */
export const fieldsOf = (group: Pick<Group, 'dated' | 'fields'>): readonly Field[] =>
  group.dated === 'span' ? [...SPAN, ...group.fields] : group.fields

export const isGuarded = ({ sensitivity }: Pick<Group, 'sensitivity'>): boolean => sensitivity === 'guarded'
