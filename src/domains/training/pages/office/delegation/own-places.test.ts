import { expect, it } from 'vitest'
import { byUrgency, type OwnPlaces, openFor } from './own-places.ts'

const now = Date.parse('2023-07-12T01:00:00Z')
const place = (id: string, state: string, deadline: string | null, places: number, taken: number) =>
  ({ row: { id, state, deadline }, places, taken, waiting: 0 }) as unknown as OwnPlaces
const rows = [
  place('done', 'completed', '2023-03-17T10:00:00Z', 3, 3),
  place('full', 'open', '2023-07-13T10:00:00Z', 2, 2),
  place('later', 'open', '2023-08-14T10:00:00Z', 1, 0),
  place('soon', 'open', '2023-07-20T10:00:00Z', 4, 1),
  place('over', 'open', '2023-07-12T00:59:00Z', 4, 1),
]
const ids = (some: readonly OwnPlaces[]) => some.map(({ row }) => row.id)

it('waits for classes with free places before their deadline, the nearest first', () => {
  expect(ids(openFor(rows, now))).toEqual(['soon', 'later'])
})

it('puts what waits before what is open and what is settled', () => {
  expect(ids(byUrgency(rows, now))).toEqual(['soon', 'later', 'full', 'over', 'done'])
})
