/** Well-formed input about the burden register. */
import { NOTHING, reason, type Samples, school } from './subjects.ts'

export const harmless = ['burden.preview', 'burden.addListed', 'burden.setBase']

const ENTRY = {
  kind: 'meeting',
  title: '教学工作会',
  asker: '教研室',
  document: '会议通知',
  from: '2023-03-10',
  until: '2023-03-10',
  items: 1,
  minutes: 60,
  people: 1,
}

export const samples: Samples = {
  'burden.register': (world) => ({ ...ENTRY, schoolIds: [school(world)] }),
  'burden.preview': () => ({ text: '学历' }),
  'burden.schools': () => undefined,
  'burden.items': () => ({}),
  'burden.item': (_, { burdenItem }) => ({ itemId: burdenItem }),
  'burden.withdraw': (_, { burdenItem }) => ({ itemId: burdenItem, reason }),
  'burden.decide': (_, { burdenItem }) => ({ itemId: burdenItem, let: true, reason }),
  'burden.exportItems': () => ({}),
  'burden.exportAnswer': (_, { burdenItem }) => ({ itemId: burdenItem }),
  'burden.lists': () => undefined,
  'burden.addListed': () => ({ kind: 'event', title: '专题教育', document: '年度清单', from: '2023-06-01' }),
  'burden.endListed': () => ({ listedId: NOTHING, from: '2023-06-01' }),
  'burden.setBase': () => ({ items: 18 }),
  'burden.cleanUp': () => ({}),
  'burden.review': (_, { burdenItem }) => ({ itemId: burdenItem, verdict: 'keep', reason }),
  'burden.board': (world) => ({ orgId: school(world) }),
  'burden.exportBoard': (world) => ({ orgId: school(world) }),
  'burden.reports': () => undefined,
  'burden.answerReport': (_, { burdenReport }) => ({ reportId: burdenReport, state: 'stopped', answer: '已叫停' }),
  'burden.asked': () => undefined,
  'burden.markDone': (world, { burdenItem }) => ({ itemId: burdenItem, schoolId: school(world) }),
  'burden.places': () => undefined,
  'burden.report': (world) => ({
    toId: world.district.id,
    named: false,
    kind: 'data',
    title: '临时报表',
    asker: '某科室',
    words: '未见依据',
    cameOn: '2023-02-27',
  }),
  'burden.ownReports': () => undefined,
  'burden.ofMySchool': () => undefined,
}
