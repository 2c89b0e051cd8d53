/** What can be wrong with the cells that somebody mends, before anything is written. */
import { addYears, type CivilDate } from '../../../base/dates.ts'
import { completed, personProblems } from './person.ts'

export type Given = Readonly<Record<string, string | null>>
export type CellProblem = { key: string; code: string; data?: Record<string, string | number> }
export type Codes = ReadonlyMap<string, ReadonlySet<string>>

/** A date of the calendar, not merely its shape. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

const DATES = ['birthDate', 'workSince', 'teachingSince', 'qualifiedOn', 'graduatedOn']
const CODED: Record<string, string> = {
  sex: 'SEX',
  category: 'JZGLB',
  basis: 'BASIS',
  stages: 'RKXD',
  subjects: 'ZXXKC',
  educationLevel: 'XL',
  degree: 'XW',
}
/** Where a problem of the whole person is shown. */
const PLACES: Record<string, string> = {
  'records.birth_in_future': 'birthDate',
  'records.birth_too_early': 'birthDate',
  'records.birth_differs': 'birthDate',
  'records.sex_differs': 'sex',
  'records.id_number_wrong': 'idNumber',
  'records.too_young': 'workSince',
  'records.too_old': 'workSince',
  'records.work_before_birth': 'workSince',
}

/** The given cells with what the identity number says, and in the form in which they are kept. */
export function read(given: Given): Given {
  const trimmed = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value?.trim() || null]))
  if (!trimmed.idNumber) return trimmed
  const { idNumber, sex, birthDate } = completed({
    idNumber: trimmed.idNumber,
    ...(trimmed.sex ? { sex: trimmed.sex } : {}),
    birthDate: trimmed.birthDate ?? null,
  })
  return { ...trimmed, idNumber: idNumber ?? null, ...(sex ? { sex } : {}), ...(birthDate ? { birthDate } : {}) }
}

/** All that is wrong in a row: `given` are the cells that change, `stands` all of them as they are. Only what changes is blamed. */
export function cellProblems(given: Given, stands: Given, codes: Codes, today: CivilDate): CellProblem[] {
  const found: CellProblem[] = []
  const becomes = { ...stands, ...given }
  for (const key of DATES) {
    const value = given[key]
    if (!value) continue
    if (!isDate(value)) found.push({ key, code: 'records.not_a_date' })
    else if (value > today && key !== 'birthDate') found.push({ key, code: 'records.in_future', data: { today } })
  }
  for (const [key, table] of Object.entries(CODED))
    for (const code of given[key]?.split('、') ?? [])
      if (!codes.get(table)?.has(code)) found.push({ key, code: 'records.unknown_code', data: { table, code } })
  if ('name' in given && [...(given.name ?? '')].length < 2) found.push({ key: 'name', code: 'records.name_short' })
  if (found.length > 0) return found
  const touches = ['sex', 'birthDate', 'idNumber', 'workSince'].some((key) => given[key])
  if (touches) {
    for (const { code, data } of personProblems(
      {
        ...(becomes.sex ? { sex: becomes.sex } : {}),
        birthDate: becomes.birthDate ?? null,
        idNumber: given.idNumber ?? null,
        workSince: becomes.workSince ?? null,
      },
      today,
    )) {
      const place = PLACES[code] ?? 'idNumber'
      const key = given[place] ? place : (['birthDate', 'workSince', 'idNumber'].find((one) => given[one]) ?? place)
      // Told at the day of birth where that is what was given: the day of work is on record.
      if (code === 'records.work_before_birth' && key === 'birthDate')
        found.push({ key, code: 'records.birth_after_work', data: { since: becomes.workSince! } })
      else found.push({ key, code, ...(data && { data }) })
    }
  }
  const { birthDate, workSince, teachingSince, qualifiedOn } = becomes
  if (given.teachingSince && workSince && teachingSince! < workSince)
    found.push({ key: 'teachingSince', code: 'records.teaching_before_work', data: { since: workSince } })
  else if (
    given.workSince &&
    teachingSince &&
    !given.teachingSince &&
    stands.teachingSince !== stands.workSince &&
    teachingSince < workSince!
  )
    found.push({ key: 'workSince', code: 'records.work_after_teaching', data: { since: teachingSince } })
  if (given.qualifiedOn && birthDate && qualifiedOn! < addYears(birthDate, 16))
    found.push({ key: 'qualifiedOn', code: 'records.too_young', data: { age: 16 } })
  if (('stages' in given || 'subjects' in given) && !becomes.stages !== !becomes.subjects)
    found.push(
      becomes.stages
        ? { key: 'subjects', code: 'records.subject_missing' }
        : { key: 'stages', code: 'records.stage_missing' },
    )
  const studies = ['degree', 'institution', 'graduatedOn'].find((key) => given[key])
  if (studies && !becomes.educationLevel) found.push({ key: 'educationLevel', code: 'records.education_missing' })
  return found
}
