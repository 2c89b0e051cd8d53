import { describe, expect, test } from 'vitest'
import { type Against, against, inspectionsLeft, type Kind, overCap } from './caps.ts'
import { labelsIn, matched } from './match.ts'
import { addMonths, termOf } from './term.ts'

test.each([
  ['2025-09-01', 2025, 1],
  ['2025-12-31', 2025, 1],
  ['2026-01-31', 2025, 1],
  ['2026-02-01', 2025, 2],
  ['2026-08-31', 2025, 2],
  ['2026-09-01', 2026, 1],
] as const)('%s is of the school year %i, term %i', (day, year, term) => {
  expect(termOf(day, '09-01', '02-01')).toEqual({ year, term })
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2025-10-14', 6, '2026-04-14'],
  ['2025-12-15', 1, '2026-01-15'],
] as const)('%s and %i months are %s', (day, months, then) => expect(addMonths(day, months)).toBe(then))

const asked: Parameters<typeof against>[0] = {
  kind: 'event',
  from: '2026-03-01',
  until: '2026-03-31',
  listed: true,
  schoolConsents: null,
  personConsents: null,
}
describe('against what is to go into schools', () => {
  test.each<[string, Kind, Partial<typeof asked>, Against[]]>([
    ['an event of the white list', 'event', {}, []],
    ['an event on no list', 'event', { listed: false }, ['off_list']],
    ['an inspection on no list', 'inspection', { listed: false }, ['off_list']],
    ['data need no list', 'data', { listed: false }, []],
    ['a secondment that nobody was asked about', 'secondment', {}, ['no_consent']],
    [
      'one that only the school consents to',
      'secondment',
      { schoolConsents: true, personConsents: false },
      ['no_consent'],
    ],
    ['one of half a year', 'secondment', { schoolConsents: true, personConsents: true, until: '2026-08-31' }, []],
    ['a day more', 'secondment', { schoolConsents: true, personConsents: true, until: '2026-09-01' }, ['too_long']],
  ])('%s', (_name, kind, given, found) => {
    expect(against({ ...asked, kind, ...given }, 6)).toEqual(found)
  })

  test('the sixth event is let in, the seventh is not; no cap is none', () => {
    expect(overCap([{ n: 5, cap: 6 }])).toEqual([])
    expect(overCap([{ n: 6, cap: 6 }])).toEqual([{ n: 6, cap: 6 }])
    expect(overCap([{ n: 99, cap: null }])).toEqual([])
  })

  test.each([
    [41, 0.5, 20],
    [40, 0.5, 20],
    [30, 0.6, 12],
    [null, 0.5, null],
  ])('%s inspections in 2019, cut by %d, leave %s', (base, cut, most) => expect(inspectionsLeft(base, cut)).toBe(most))
})

describe('what is asked for among what is held', () => {
  const fields = [
    { id: 'education.level', names: ['学历', 'Level'] },
    { id: 'contact.phone', names: ['手机号码', '联系电话'] },
    { id: 'certificate.number', names: ['证书号码'] },
    { id: 'title.name', names: ['职称'] },
  ]
  test.each([
    ['学历', 'education.level'],
    ['教师最高学历情况', 'education.level'],
    ['学历（附证书）', 'education.level'],
    ['联系电话：', 'contact.phone'],
    ['请填写手机号码', 'contact.phone'],
    ['证书', null],
    ['职称证书号码', null],
    ['课后服务满意度', null],
  ])('%s', (label, id) => expect(matched([label], fields)).toEqual([{ label, id }]))

  test('one thing a line or between commas, each once', () => {
    expect(labelsIn('姓名、学历\n\n职称， 学历；')).toEqual(['姓名', '学历', '职称'])
  })
})
