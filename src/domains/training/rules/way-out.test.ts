import { expect, test } from 'vitest'
import { type Stand, wayOut } from './way-out.ts'

const open: Stand = { enrolment: 'open', classState: 'confirmed', state: 'confirmed', begun: false }
const sent: Stand = { enrolment: 'delegated', classState: 'open', state: 'accepted', begun: false }

test.each<[string, Stand, ReturnType<typeof wayOut>]>([
  ['a place in an open class, before it begins', open, 'leave'],
  ['the same while people may still join', { ...open, classState: 'open' }, 'leave'],
  ['in line for an open class', { ...open, classState: 'open', state: 'waiting' }, 'leave'],
  ['an open class that has begun', { ...open, begun: true }, null],
  ['an open class that is over', { ...open, classState: 'completed', state: 'passed' }, null],
  ['an open class that is cancelled', { ...open, classState: 'cancelled' }, null],
  ['a proposal', { ...sent, state: 'proposed' }, 'decline'],
  ['an accepted proposal', sent, 'decline'],
  ['in the school’s line', { ...sent, state: 'waiting' }, 'decline'],
  ['declined already', { ...sent, state: 'declined' }, null],
  ['on the confirmed list', { ...sent, classState: 'confirmed', state: 'confirmed' }, null],
])('%s', (_, stand, expected) => {
  expect(wayOut(stand)).toBe(expected)
})
