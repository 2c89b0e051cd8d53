import { expect, it } from 'vitest'
import { birthDateOf, isIdNumber, sexOf } from '../../base/id-number.ts'
import { schools } from './district.ts'
import { people } from './people.ts'

it('gives every invented person an identity number that fits, that nobody else has, and that cannot be real', () => {
  const list = people(schools())
  expect(new Set(list.map(({ idNumber }) => idNumber)).size).toBe(list.length)
  const wrong = list.filter(
    ({ idNumber, birth, sex }) =>
      !isIdNumber(idNumber) ||
      birthDateOf(idNumber) !== birth ||
      (sexOf(idNumber) === 'male') !== (sex === '1') ||
      // GB/T 2260 has no district under 509999, and 99 is no city of any province.
      !idNumber.startsWith('509999'),
  )
  expect(wrong).toEqual([])
  expect(people(schools())[17]).toEqual(list[17])
})
