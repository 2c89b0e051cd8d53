/** What can be wrong within one row of a roster, whatever the database says. */
import { addYears, type CivilDate } from '../../../base/dates.ts'
import { birthDateOf, idNumberProblem, sexOf } from '../../../base/id-number.ts'

/** A row as far as it could be read. Codes as in the code tables; null is an empty cell or a column that was not sent. */
export type RosterValues = {
  name: string | null
  idType: string | null
  idNumber: string | null
  sex: string | null
  birthDate: CivilDate | null
  number: string | null
  school: string | null
  category: string | null
  basis: string | null
  workSince: CivilDate | null
  entered: CivilDate | null
  stages: readonly string[] | null
  subjects: readonly string[] | null
  title: readonly string[] | null
  posts: readonly string[] | null
}
export type RosterKey = keyof RosterValues
export type RowProblem = { key: RosterKey | null; code: string; data?: Record<string, string | number> }

/** Nobody works before this birthday (Labour Law, article 15). */
const WORKING_AGE = 16
/** Beyond retirement and re-employment: a birthday so long ago is a slip of the pen, usually of the century. */
const OLDEST_AT_ENTRY = 80
/** Graduates are signed on within the year before they come; a later day is a slip of the pen. */
const YEARS_AHEAD = 1

const isResidentCard = ({ idType }: RosterValues): boolean => (idType ?? '1') === '1'
const filled = (list: readonly string[] | null): boolean => list !== null && list.length > 0

/** The row with what its identity number says about birth and sex, where the cells are empty. */
export function completed(values: RosterValues): RosterValues {
  const { idNumber, subjects, stages } = values
  const known = idNumber !== null && isResidentCard(values) && idNumberProblem(idNumber) === undefined
  // 信息技术 has one code in senior secondary and another below.
  const senior = filled(stages) && stages!.every((stage) => stage === '4' || stage === '6')
  return {
    ...values,
    subjects: senior ? (subjects?.map((subject) => (subject === '61' ? '26' : subject)) ?? null) : subjects,
    birthDate: values.birthDate ?? (known ? birthDateOf(idNumber) : null),
    sex: values.sex ?? (known ? (sexOf(idNumber) === 'male' ? '1' : '2') : null),
  }
}

/** All contradictions of a row; `sent` are the columns that the file has. */
export function contradictions(values: RosterValues, sent: ReadonlySet<string>, asOf: CivilDate): RowProblem[] {
  const found: RowProblem[] = []
  const wrong = (key: RosterKey | null, code: string, data?: RowProblem['data']) =>
    found.push({ key, code, ...(data && { data }) })
  const { name, idNumber, sex, birthDate, number, workSince, entered } = values
  if (name !== null && [...name].length < 2) wrong('name', 'records.name_short')
  const problem = idNumber !== null && isResidentCard(values) ? idNumberProblem(idNumber, asOf) : undefined
  if (problem) wrong('idNumber', `sheets.id_number_${problem}`)
  else if (idNumber !== null && isResidentCard(values)) {
    const born = birthDateOf(idNumber)
    if (birthDate !== null && birthDate !== born) wrong('birthDate', 'records.birth_differs', { expected: born })
    const digit = sexOf(idNumber) === 'male' ? '1' : '2'
    if ((sex === '1' || sex === '2') && sex !== digit) wrong('sex', 'records.sex_differs')
  }
  const born = birthDate ?? completed(values).birthDate
  if (idNumber === null && number === null && born === null) wrong(null, 'records.not_identifiable')
  const [begins, key] = workSince !== null ? [workSince, 'workSince' as const] : [entered, 'entered' as const]
  if (born !== null && begins !== null) {
    if (begins < born) wrong(key, 'records.work_before_birth', { birth: born })
    else if (begins < addYears(born, WORKING_AGE)) wrong(key, 'records.too_young', { age: WORKING_AGE })
  }
  const starts = entered ?? workSince
  if (born !== null && starts !== null && starts > addYears(born, OLDEST_AT_ENTRY))
    wrong(entered === null ? 'workSince' : 'entered', 'records.too_old', { age: OLDEST_AT_ENTRY, birth: born })
  const latest = addYears(asOf, YEARS_AHEAD)
  if (entered !== null && entered > latest) wrong('entered', 'records.entry_far_ahead', { latest })
  if (workSince !== null && entered !== null && entered < workSince)
    wrong('entered', 'records.entry_before_work', { since: workSince })
  if (sent.has('stages') && sent.has('subjects')) {
    if (filled(values.stages) && !filled(values.subjects)) wrong('subjects', 'records.subject_missing')
    if (filled(values.subjects) && !filled(values.stages)) wrong('stages', 'records.stage_missing')
  }
  if ((values.title?.length ?? 0) > 1) wrong('title', 'records.one_title')
  return found
}

export type Line = { row: number; values: RosterValues; orgId: string | null }

/** Rows that mean the same person twice: the same identity number, the same teacher number, or, for want of both, name, birth and school. */
export function repeated(lines: readonly Line[]): (RowProblem & { row: number })[] {
  const found: (RowProblem & { row: number })[] = []
  const once = (
    key: RosterKey,
    code: string,
    of: (line: Line) => string | null,
    blamed: (line: Line) => boolean = () => true,
  ) => {
    const firsts = new Map<string, Line>()
    const told = new Set<Line>()
    for (const line of lines) {
      const value = of(line)
      if (value === null) continue
      const first = firsts.get(value)
      if (!first) {
        firsts.set(value, line)
        continue
      }
      if (blamed(first) && !told.has(first)) found.push({ row: first.row, key, code, data: { other: line.row } })
      told.add(first)
      if (blamed(line) || !blamed(first)) found.push({ row: line.row, key, code, data: { other: first.row } })
    }
  }
  once('idNumber', 'sheets.duplicate_value', ({ values }) => values.idNumber)
  once('number', 'sheets.duplicate_value', ({ values }) => values.number)
  const nameless = ({ values }: Line) => values.idNumber === null && values.number === null
  const alike = new Set(lines.filter(nameless).map(nameKey))
  once('name', 'records.same_person', (line) => (alike.has(nameKey(line)) ? nameKey(line) : null), nameless)
  return found
}

const nameKey = ({ values: { name, birthDate }, orgId }: Line): string | null =>
  name && birthDate && orgId ? `${name}|${birthDate}|${orgId}` : null
