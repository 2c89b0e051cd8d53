/** The words people use for codes in rosters, besides those of the code tables, and how several stand in one cell. */
import type { CodeEntry, Parsed } from '../../../../platform/sheets/index.ts'

/** By table and code. */
export const ALIASES: Record<string, Record<string, readonly string[]>> = {
  SFZJLX: {
    '1': ['身份证', '居民身份证（户口簿）', '二代身份证'],
    '6': ['香港通行证', '港澳居民来往内地通行证'],
    '8': ['台胞证'],
  },
  SEX: { '1': ['男性', 'M'], '2': ['女性', 'F'] },
  JZGLB: {
    '11': ['教师', '专任', '专任老师'],
    '12': ['教辅', '教学辅助人员'],
    '13': ['行政', '管理人员'],
    '14': ['工勤', '后勤', '工勤技能人员'],
    '55': ['代课', '代课老师'],
    '56': ['兼任', '兼职教师'],
  },
  BASIS: {
    in_post: ['在编在岗', '编制内', '编内', '有编', '事业编', '事业编制', '公办编制'],
    contract: ['合同', '编外', '非在编', '无编', '聘用制', '合同工', '临聘', '编外聘用'],
  },
  RKXD: {
    '1': ['学前', '幼儿园', '幼儿'],
    '2': ['小学阶段'],
    '3': ['初中', '初级中学'],
    '4': ['高中', '高级中学'],
    '6': ['职高', '中职'],
    A: ['特教', '特殊教育学校'],
  },
  ZXXKC: {
    '11': ['品德与生活', '品德与社会', '品社', '品生'],
    '12': ['思想品德', '政治', '思想政治', '思政'],
    '18': ['生物学'],
    '22': ['体育', '体健'],
    '60': ['综合实践', '综合'],
    '61': ['信息技术', '信息', '计算机'],
    '62': ['劳技'],
    L1: ['道法', '道德与法制'],
    L3: ['劳动教育', '劳动技术'],
  },
  TITLE: {
    senior_full: ['正高级', '正高', '正高级职称', '中小学正高级教师'],
    senior: ['高级', '副高', '副高级', '中小学高级教师', '中学高级教师', '中小学高级'],
    level_1: ['一级', '中级', '中小学一级教师', '中学一级教师', '小学高级教师'],
    level_2: ['二级', '初级', '中小学二级教师', '中学二级教师', '小学一级教师'],
    level_3: ['三级', '中小学三级教师', '员级', '小学二级教师'],
  },
  POST: {
    principal: ['校长', '园长', '正校长'],
    party_secretary: ['书记', '党支部书记', '党总支书记', '党委书记'],
    vice_principal: ['副校长', '副园长'],
    leader: ['校领导', '校级领导', '班子成员'],
    training_manager: ['培训管理员', '师训专干', '师训管理员', '继教管理员'],
    class_teacher: ['班主任老师'],
    research_group_leader: ['学科组长', '教研组组长'],
    grade_leader: ['年级主任', '年级组组长'],
    finance_officer: ['财务', '会计', '出纳', '报账员', '财务人员（会计）'],
  },
}

const NONE = new Set([
  '无',
  '暂无',
  '没有',
  '未评',
  '未定级',
  '未评聘',
  '无职称',
  '无职务',
  'none',
  'n/a',
  '-',
  '—',
  '/',
])

export const simplified = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** A reader for cells with several codes: 「语文、数学」, “Chinese; Mathematics”, “13/14”; 「无」 is an empty list. */
export function listOf(table: readonly CodeEntry[]): (text: string) => Parsed<string[]> {
  const byName = new Map<string, string>()
  // A code goes before a label that reads the same.
  for (const { code, zh, en, aliases = [] } of table)
    for (const name of [zh, en, ...aliases]) byName.set(simplified(name), code)
  for (const { code } of table) byName.set(simplified(code), code)
  const choices = { zh: table.map(({ zh }) => zh).join('、'), en: table.map(({ en }) => en).join(', ') }
  return (text) => {
    if (NONE.has(simplified(text))) return { value: [] }
    const whole = byName.get(simplified(text))
    if (whole !== undefined) return { value: [whole] }
    const codes: string[] = []
    for (const word of text.split(/[、，,;；/|\n]+/).filter((part) => part.trim() !== '')) {
      const code = byName.get(simplified(word))
      if (code === undefined) return { error: 'records.word_unknown', data: { word: word.trim(), choices } }
      if (!codes.includes(code)) codes.push(code)
    }
    return { value: codes }
  }
}
