import { describe, expect, test } from 'vitest'
import { birthDateOf, type IdNumberProblem, idNumberCheck, idNumberProblem, isIdNumber, sexOf } from './id-number.ts'

/** GB 11643-1999, in force since 1999-07-01: name, as of which day, number, expected. */
const cases: [string, string | undefined, string, IdNumberProblem | undefined][] = [
  ['the example of the standard', '2023-03-01', '11010519491231002X', undefined],
  ['check character 0 to 9', '2023-03-01', '440524188001010014', undefined],
  ['a woman', '2023-03-01', '510104198203071229', undefined],
  ['born on 29 February of a leap year', '2023-03-01', '510105200002290018', undefined],
  ['residence permit, Hong Kong', '2023-03-01', '810000199408230021', undefined],
  ['born on the day itself', '2023-03-01', '510105202303010015', undefined],
  ['born the day after', '2023-02-28', '510105202303010015', 'birth_date'],
  ['without a day the future is not judged', undefined, '510105202303010015', undefined],
  ['small x', '2023-03-01', '11010519491231002x', 'characters'],
  ['15 digits of before 1999', '2023-03-01', '110105491231002', 'length'],
  ['19 characters', '2023-03-01', '11010519491231002X0', 'length'],
  ['empty', '2023-03-01', '', 'length'],
  ['X in the middle', '2023-03-01', '1101051949123100X2', 'characters'],
  ['full-width digits', '2023-03-01', '１１０１０５１９４９１２３１００２X', 'characters'],
  ['no such province', '2023-03-01', '990105194912310029', 'region'],
  ['31 February', '2023-03-01', '110105194902310025', 'birth_date'],
  ['29 February of a common year', '2023-03-01', '510105190002290019', 'birth_date'],
  ['month 13', '2023-03-01', '110105194913310029', 'birth_date'],
  ['wrong check digit', '2023-03-01', '110105194912310021', 'check_digit'],
  ['two digits swapped', '2023-03-01', '11010519491231020X', 'check_digit'],
]

describe('identity numbers', () => {
  test.each(cases)('%s', (_name, asOf, number, expected) => {
    expect(idNumberProblem(number, asOf)).toBe(expected)
    if (asOf) expect(isIdNumber(number)).toBe(idNumberProblem(number) === undefined)
  })

  test('what is written in one', () => {
    expect(birthDateOf('11010519491231002X')).toBe('1949-12-31')
    expect(sexOf('11010519491231002X')).toBe('female')
    expect(sexOf('440524188001010014')).toBe('male')
    expect(idNumberCheck('11010519491231002')).toBe('X')
  })

  test('every single wrong digit is caught', () => {
    const right = '440524188001010014'
    for (let i = 14; i < 18; i++)
      for (const digit of '0123456789')
        if (digit !== right[i]) expect(isIdNumber(right.slice(0, i) + digit + right.slice(i + 1))).toBe(false)
  })
})
