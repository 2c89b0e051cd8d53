import { expect, test } from 'vitest'
import { byPlace } from './fault-order.ts'

const at = (sheet: string, row: number, cell: string | null) => ({ sheet, row, cell })

test('faults are gone through row by row, in a row from left to right, a fault of the row itself first', () => {
  const found = [
    at('名册', 3, 'G3'),
    at('名册', 12, 'A12'),
    at('名册', 3, 'AA3'),
    at('名册', 3, 'B3'),
    at('名册', 3, null),
  ]
  expect(found.sort(byPlace).map(({ row, cell }) => cell ?? row)).toEqual([3, 'B3', 'G3', 'AA3', 'A12'])
})

test('sheets stay in the order in which they came', () => {
  const found = [at('二', 9, 'A9'), at('一', 1, 'A1')]
  expect(found.sort(byPlace).map(({ sheet }) => sheet)).toEqual(['二', '一'])
})
