import { expect, test } from 'vitest'
import { everyMonth } from './months.ts'

test('a month without sessions stands between the others, also over the turn of the year', () => {
  const rows = [
    { month: '2024-02', expected: 5, present: 4 },
    { month: '2023-11', expected: 9, present: 9 },
    { month: '2023-10', expected: 0, present: 0 },
  ]
  expect(everyMonth(rows)).toEqual([
    { month: '2023-11', expected: 9, present: 9 },
    { month: '2023-12', expected: 0, present: 0 },
    { month: '2024-01', expected: 0, present: 0 },
    { month: '2024-02', expected: 5, present: 4 },
  ])
})

test('nothing is drawn where nobody was ever due', () => {
  expect(everyMonth([{ month: '2023-06', expected: 0, present: 0 }])).toEqual([])
})
