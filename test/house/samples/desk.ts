/** Well-formed input about the inbox, jobs, files and the trail. */
import { NOTHING, type Samples } from './subjects.ts'

export const harmless = [
  'desk.inboxCount',
  'desk.trailTotals',
  'desk.verifyTrail',
  'desk.inboxAreas',
  'desk.markAllRead',
  'desk.notices',
  'desk.setNotices',
  'desk.claimAddress',
  'desk.confirmAddress',
  'desk.removeAddress',
  'desk.makeFeed',
  'desk.revokeFeed',
  'desk.markRead',
]

export const samples: Samples = {
  'desk.inbox': () => ({}),
  'desk.inboxCount': () => undefined,
  'desk.markRead': () => ({ ids: [NOTHING] }),
  'desk.inboxAreas': () => ({ kind: 'todo' }),
  'desk.markAllRead': () => ({ kind: 'message' }),
  'desk.notices': () => undefined,
  'desk.setNotices': () => ({ frequency: 'never', sendAt: '07:30', weekday: 1, quietFrom: null, quietUntil: null }),
  'desk.claimAddress': () => ({ address: 'teacher@example.cn' }),
  'desk.confirmAddress': () => ({ code: '000000' }),
  'desk.removeAddress': () => undefined,
  'desk.makeFeed': () => undefined,
  'desk.revokeFeed': () => undefined,
  'desk.job': () => ({ id: NOTHING }),
  'desk.jobs': () => ({}),
  'desk.cancelJob': () => ({ id: NOTHING }),
  'desk.jobsInScope': () => ({}),
  'desk.stopJob': () => ({ id: NOTHING }),
  'desk.file': () => ({ id: NOTHING }),
  'desk.trail': () => ({}),
  'desk.trailTotals': () => undefined,
  'desk.verifyTrail': () => undefined,
}
