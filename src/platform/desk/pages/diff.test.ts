/** What an act changed reads as lines, without losing a value. */
import { describe, expect, it } from 'vitest'
import { diffOf } from './diff.ts'

describe('diffOf', () => {
  it('lays a change beside what was there, in the order of the data', () => {
    expect(diffOf({ name: '张三', sex: '1' }, { name: '张珊', sex: '1', basis: 'contract' })).toEqual([
      { path: 'name', before: '张三', after: '张珊', changed: true },
      { path: 'sex', before: '1', after: '1', changed: false },
      { path: 'basis', before: null, after: 'contract', changed: true },
    ])
  })
  it('shows all of a new thing and keeps what became null apart from what was never there', () => {
    expect(diffOf(null, { places: 5 })).toEqual([{ path: 'places', before: null, after: '5', changed: true }])
    expect(diffOf({ until: '2023-01-01' }, { until: null })).toEqual([
      { path: 'until', before: '2023-01-01', after: '—', changed: true },
    ])
  })
  it('goes into objects and lists, and tells long lists by their length', () => {
    expect(
      diffOf(undefined, { teaching: [{ stage: '2', subject: '13' }] }).map(({ path, after }) => [path, after]),
    ).toEqual([
      ['teaching.1.stage', '2'],
      ['teaching.1.subject', '13'],
    ])
    const [line] = diffOf(undefined, { ids: Array.from({ length: 40 }, (_, at) => at) })
    expect(line?.after).toContain('40')
  })
  it('is empty where nothing was noted', () => expect(diffOf(null, null)).toEqual([]))
})
