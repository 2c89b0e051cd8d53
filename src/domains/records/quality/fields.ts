/** The cells that are mended in bulk, in the grid or in a workbook: what they are called, how they are read, and of which kind they are. */
import type { Words } from '../../../platform/sheets/index.ts'

export type Field = {
  key: string
  header: Words
  kind: 'text' | 'date' | 'code' | 'codes'
  /** Of codes: the table. */
  table?: string
  /** Reads the value as text over `x`, a person with what `STANDS` joins. */
  read: string
  /** Written new, never read: shown masked. */
  sensitive?: true
}

/** The first of somebody's studies by level is the highest. */
export const STANDS = `left join records.service s on s.person_id = x.id
  left join directory.employment e on e.person_id = x.id and e.kind = 'main' and e.during @> (select db.today())
  left join lateral (select g.id, g.level, g.degree, g.institution, g.graduated_on from records.education g where g.person_id = x.id
    order by g.level, g.graduated_on desc nulls last, g.id limit 1) g on true
  left join lateral (select string_agg(distinct h.stage, '、' order by h.stage) as stages, string_agg(distinct h.subject, '、' order by h.subject) as subjects
    from records.teaching h where h.person_id = x.id and h.during @> (select db.today())) h on true`

export const FIELDS: readonly Field[] = [
  { key: 'name', header: { zh: '姓名', en: 'Name' }, kind: 'text', read: 'x.name' },
  {
    key: 'idNumber',
    header: { zh: '身份证件号码', en: 'ID number' },
    kind: 'text',
    read: 'x.id_masked',
    sensitive: true,
  },
  { key: 'sex', header: { zh: '性别', en: 'Sex' }, kind: 'code', table: 'SEX', read: `nullif(x.sex, '0')` },
  { key: 'birthDate', header: { zh: '出生日期', en: 'Date of birth' }, kind: 'date', read: 'x.birth_date::text' },
  { key: 'workSince', header: { zh: '参加工作日期', en: 'Working since' }, kind: 'date', read: 's.work_since::text' },
  {
    key: 'teachingSince',
    header: { zh: '从教日期', en: 'Teaching since' },
    kind: 'date',
    read: 's.teaching_since::text',
  },
  {
    key: 'qualifiedOn',
    header: { zh: '首次取得教师资格日期', en: 'First qualified on' },
    kind: 'date',
    read: 's.qualified_on::text',
  },
  { key: 'category', header: { zh: '教职工类别', en: 'Category' }, kind: 'code', table: 'JZGLB', read: 'e.category' },
  { key: 'basis', header: { zh: '编制/合同', en: 'Basis' }, kind: 'code', table: 'BASIS', read: 'e.basis' },
  { key: 'stages', header: { zh: '任教学段', en: 'Stages taught' }, kind: 'codes', table: 'RKXD', read: 'h.stages' },
  {
    key: 'subjects',
    header: { zh: '任教学科', en: 'Subjects taught' },
    kind: 'codes',
    table: 'ZXXKC',
    read: 'h.subjects',
  },
  {
    key: 'educationLevel',
    header: { zh: '最高学历', en: 'Highest education' },
    kind: 'code',
    table: 'XL',
    read: 'g.level',
  },
  { key: 'degree', header: { zh: '学位', en: 'Degree' }, kind: 'code', table: 'XW', read: 'g.degree' },
  { key: 'institution', header: { zh: '毕业院校', en: 'Institution' }, kind: 'text', read: 'g.institution' },
  { key: 'graduatedOn', header: { zh: '毕业日期', en: 'Graduated on' }, kind: 'date', read: 'g.graduated_on::text' },
]

export const FIELD = new Map(FIELDS.map((field) => [field.key, field]))
/** Teaching is two cells. */
export const cellsOf = (field: string): string[] =>
  field === 'teaching' ? ['stages', 'subjects'] : FIELD.has(field) ? [field] : []
/** Between several codes of one cell. */
export const BETWEEN = '、'
