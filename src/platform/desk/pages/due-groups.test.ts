import { expect, test } from 'vitest'
import type { InboxItem } from '../../inbox/contract.ts'
import { byDue } from './due-groups.ts'

const item = (due: string | null) => ({ id: String(due), due }) as InboxItem

test('to-dos stand under the day that matters, what is late first', () => {
  const days = ['2023-04-17', '2023-04-18', null, '2023-04-10', '2023-04-09', '2023-04-11']
  const groups = byDue(days.map(item), '2023-04-10')
  expect(groups.map(({ key, rows }) => [key, rows.map(({ due }) => due)])).toEqual([
    ['overdue', ['2023-04-09']],
    ['today', ['2023-04-10']],
    ['week', ['2023-04-17', '2023-04-11']],
    ['later', ['2023-04-18']],
    ['none', [null]],
  ])
  expect(byDue([], '2023-04-10')).toEqual([])
})
