/** What can be said of a person's own data before anybody looks into the records: dates in order, identity number right. */
import { birthDateOf, idNumberProblem, sexOf } from '../../../base/id-number.ts'
import type { CivilDate } from '../../../base/dates.ts'

export type Known = {
  sex?: string | undefined
  birthDate?: CivilDate | null | undefined
  idNumber?: string | null | undefined
  workSince?: CivilDate | null | undefined
  /** First day of the employment. */
  from?: CivilDate | undefined
}

/** A code of the catalogs under `records`. */
export type PersonProblem =
  | 'id_number_wrong' | 'birth_not_as_in_id' | 'sex_not_as_in_id' | 'birth_in_future' | 'too_young' | 'work_before_birth' | 'entry_before_work' | 'entry_before_birth'

/** Half-width capitals without blanks, however it was typed. */
export const normalNumber = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** Numbers of 15 or more digits are resident identity numbers; passports and permits have letters or are shorter. */
export const isResidentNumber = (text: string): boolean => /^\d{15,}X?$/.test(text)

/**
 * What the identity number says is not asked again: birth date and sex are read from it where they are not given.
 * Sex follows GB/T 2261.1.
 */
export function completed<K extends Known>(known: K): K {
  if (!known.idNumber) return known
  const idNumber = normalNumber(known.idNumber)
  if (!isResidentNumber(idNumber) || idNumberProblem(idNumber)) return { ...known, idNumber }
  const sex = known.sex === undefined || known.sex === '0' ? (sexOf(idNumber) === 'male' ? '1' : '2') : known.sex
  return { ...known, idNumber, sex, birthDate: known.birthDate ?? birthDateOf(idNumber) }
}

/** All that is wrong, in the order in which people read a form. The youngest age to work is 16 (劳动法第十五条). */
export function personProblems({ sex, birthDate, idNumber, workSince, from }: Known, today: CivilDate): PersonProblem[] {
  const problems: PersonProblem[] = []
  if (idNumber && isResidentNumber(idNumber)) {
    if (idNumberProblem(idNumber, today)) problems.push('id_number_wrong')
    else {
      if (birthDate && birthDate !== birthDateOf(idNumber)) problems.push('birth_not_as_in_id')
      if ((sex === '1' || sex === '2') && sex !== (sexOf(idNumber) === 'male' ? '1' : '2')) problems.push('sex_not_as_in_id')
    }
  }
  if (birthDate && birthDate > today) problems.push('birth_in_future')
  else if (birthDate && workSince && workSince < birthDate) problems.push('work_before_birth')
  else if (birthDate && from && from < birthDate) problems.push('entry_before_birth')
  else if (birthDate && workSince && yearsLater(birthDate, 16) > workSince) problems.push('too_young')
  if (workSince && from && from < workSince) problems.push('entry_before_work')
  return problems
}

const yearsLater = (date: CivilDate, years: number): string => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
