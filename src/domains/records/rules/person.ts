/** A person's own data as an office enters it: the same rules as for a row of a roster, without a file around it. */
import { addYears, type CivilDate } from '../../../base/dates.ts'
import { idNumberProblem } from '../../../base/id-number.ts'
import { completed as completedRow, contradictions, type RosterValues, type RowProblem } from './roster.ts'

export type Known = {
  sex?: string | undefined
  birthDate?: CivilDate | null | undefined
  idNumber?: string | null | undefined
  workSince?: CivilDate | null | undefined
  /** First day of the employment. */
  from?: CivilDate | undefined
}

/** Nobody on record is older. */
const OLDEST = 120

/** Half-width capitals without blanks, however it was typed. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** Fifteen digits and more are meant as a resident identity number; passports and permits have letters or are shorter. */
const isResident = (number: string): boolean => /^\d{15,}X?$/.test(number)

const asRow = ({ sex, birthDate, idNumber, workSince, from }: Known): RosterValues => ({
  name: null,
  number: '-',
  school: null,
  category: null,
  basis: null,
  stages: null,
  subjects: null,
  title: null,
  posts: null,
  idType: idNumber && !isResident(idNumber) ? 'Z' : '1',
  idNumber: idNumber || null,
  sex: sex && sex !== '0' ? sex : null,
  birthDate: birthDate ?? null,
  workSince: workSince ?? null,
  entered: from ?? null,
})

/** What the identity number says is not asked again: birth date and sex are read from it where they are not given. */
export function completed<K extends Known>(known: K): K {
  if (!known.idNumber) return known
  const idNumber = plain(known.idNumber)
  if (!isResident(idNumber) || idNumberProblem(idNumber)) return { ...known, idNumber }
  const { sex, birthDate } = completedRow(asRow({ ...known, idNumber }))
  return { ...known, idNumber, birthDate, sex: sex ?? known.sex }
}

/** All that is wrong. */
export function personProblems(known: Known, today: CivilDate): Omit<RowProblem, 'key'>[] {
  const found = contradictions(asRow(known), new Set(), today).map(({ code, data }) =>
    code.startsWith('sheets.') ? { code: 'records.id_number_wrong' } : { code, ...(data && { data }) },
  )
  const { birthDate } = known
  if (!birthDate) return found
  if (birthDate > today) return [{ code: 'records.birth_in_future' }, ...found]
  // Where no day of work is at hand that would say so.
  const old = birthDate < addYears(today, -OLDEST) && !found.some(({ code }) => code === 'records.too_old')
  return old ? [{ code: 'records.birth_too_early', data: { birth: birthDate } }, ...found] : found
}
