import { describe, expect, it } from 'vitest'
import { completed, type Known, personProblems } from './person.ts'

const ID = '11010519491231002X'

/** Name, on what day, given, expected. */
const cases: [string, string, Known, string[]][] = [
  ['nothing known', '2023-03-01', {}, []],
  [
    'all in order',
    '2023-03-01',
    { sex: '2', birthDate: '1949-12-31', idNumber: ID, workSince: '1968-09-01', from: '1970-09-01' },
    [],
  ],
  ['work and entry on the same day', '2023-03-01', { workSince: '2022-09-01', from: '2022-09-01' }, []],
  ['entry the day before work', '2023-03-01', { workSince: '2022-09-01', from: '2022-08-31' }, ['entry_before_work']],
  ['check digit', '2023-03-01', { idNumber: '110105194912310021' }, ['id_number_wrong']],
  ['fifteen digits of before 1999', '2023-03-01', { idNumber: '110105491231002' }, ['id_number_wrong']],
  ['a passport is not judged', '2023-03-01', { idNumber: 'E12345678' }, []],
  ['another birth date than in the number', '2023-03-01', { birthDate: '1949-12-30', idNumber: ID }, ['birth_differs']],
  ['another sex than in the number', '2023-03-01', { sex: '1', idNumber: ID }, ['sex_differs']],
  ['sex not stated', '2023-03-01', { sex: '9', idNumber: ID }, []],
  ['born today', '2023-03-01', { birthDate: '2023-03-01' }, []],
  ['born tomorrow', '2023-03-01', { birthDate: '2023-03-02' }, ['birth_in_future']],
  ['a number from the future', '2000-02-28', { idNumber: '510105200002290018' }, ['id_number_wrong']],
  ['work before birth', '2023-03-01', { birthDate: '1990-05-01', workSince: '1989-09-01' }, ['work_before_birth']],
  ['entry before birth', '2023-03-01', { birthDate: '1990-05-01', from: '1989-09-01' }, ['work_before_birth']],
  ['at work the day before sixteen', '2023-03-01', { birthDate: '1990-09-02', workSince: '2006-09-01' }, ['too_young']],
  ['at work on the sixteenth birthday', '2023-03-01', { birthDate: '1990-09-01', workSince: '2006-09-01' }, []],
  [
    'sixteen to eighty at entry',
    '2023-03-01',
    { birthDate: '1943-02-01', workSince: '1965-09-01', from: '2023-02-01' },
    [],
  ],
  ['entry after the eightieth birthday', '2023-03-01', { birthDate: '1943-01-31', from: '2023-02-01' }, ['too_old']],
  [
    'work after the eightieth birthday',
    '2023-03-01',
    { birthDate: '1850-01-01', workSince: '2022-09-01' },
    ['too_old'],
  ],
  ['born too long ago, and no day of work', '2023-03-01', { birthDate: '1850-01-01' }, ['birth_too_early']],
  ['entry a year ahead', '2023-03-01', { from: '2024-03-01' }, []],
  ['entry later than that', '2023-03-01', { from: '2024-03-02' }, ['entry_far_ahead']],
  [
    'several reasons at once',
    '2023-03-01',
    { birthDate: '2024-01-01', workSince: '2022-09-01', from: '2021-09-01' },
    ['birth_in_future', 'work_before_birth', 'entry_before_work'],
  ],
]

describe('a person’s own data', () => {
  it.each(cases)('%s (%s)', (_name, today, given, expected) => {
    expect(personProblems(given, today).map(({ code }) => code)).toEqual(expected.map((code) => `records.${code}`))
  })

  it('reads birth date and sex from the number instead of asking', () => {
    expect(completed({ idNumber: ' 110105 19491231002x' })).toEqual({ idNumber: ID, sex: '2', birthDate: '1949-12-31' })
    expect(completed({ idNumber: ID, sex: '0', birthDate: null })).toEqual({
      idNumber: ID,
      sex: '2',
      birthDate: '1949-12-31',
    })
  })

  it('leaves alone what was said, and reads nothing from a wrong number or a passport', () => {
    expect(completed({ idNumber: ID, sex: '1', birthDate: '1950-01-01' })).toMatchObject({
      sex: '1',
      birthDate: '1950-01-01',
    })
    expect(completed({ idNumber: '110105194912310021' })).toEqual({ idNumber: '110105194912310021' })
    expect(completed({ idNumber: 'e12345678' })).toEqual({ idNumber: 'E12345678' })
  })
})
