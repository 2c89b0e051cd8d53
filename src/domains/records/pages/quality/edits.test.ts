import { expect, it } from 'vitest'
import { answered, begun, edited, joined, keepEdits, laidOver, pasted, toSend, waiting } from './edits.ts'

const row = (personId: string, values = {}) => ({
  personId,
  number: personId,
  name: personId,
  orgName: '一小',
  version: 'v1',
  values: { sex: null, name: personId, ...values },
  found: ['basic.sex_missing'],
})
const start = begun([row('a'), row('b')])

it('what is set back to what stood there is no change, and emptied cells are not sent', () => {
  const changed = edited(start, 'a', 'sex', '2', null)
  expect(toSend(changed)).toEqual([{ personId: 'a', version: 'v1', values: { sex: '2' } }])
  expect(toSend(edited(changed, 'a', 'sex', null, null))).toEqual([])
  expect(toSend(edited(start, 'a', 'name', null, 'a'))).toEqual([])
})

it('saved rows stand as they are now, refused ones keep their changes and show the newer value', () => {
  const both = edited(edited(start, 'a', 'sex', '2', null), 'b', 'sex', '1', null)
  const after = answered(both, {
    saved: [{ personId: 'a', version: 'v2', values: { sex: '2', name: '张三' }, found: [] }],
    refused: [
      {
        personId: 'b',
        problems: [{ key: 'sex', code: 'records.changed_meanwhile' }],
        stands: { sex: '2', name: 'b' },
        version: 'v3',
      },
    ],
  })
  expect(after.rows[0]).toMatchObject({ version: 'v2', name: '张三', found: [] })
  expect(after.rows[1]).toMatchObject({ version: 'v3', values: { sex: '2' } })
  expect([...after.conflicts]).toEqual(['b'])
  expect(toSend(after)).toEqual([{ personId: 'b', version: 'v3', values: { sex: '1' } }])
  // Mending the cell again takes its reason away.
  expect(edited(after, 'b', 'sex', '2', '2').problems.size).toBe(0)
})

it('a workbook is laid over the grid: its rows first, people of others added, nothing saved yet', () => {
  const over = laidOver(start, {
    rows: [
      { ...row('c'), values: { sex: '2' }, stands: { sex: null, name: 'c' }, changed: ['sex'], since: false },
      { ...row('b'), values: { sex: '1' }, stands: { sex: null, name: 'b' }, changed: ['sex'], since: true },
    ],
    refused: [],
    unchanged: 0,
    faults: [],
  })
  expect(over.rows.map(({ personId }) => personId)).toEqual(['c', 'b', 'a'])
  expect(toSend(over)).toHaveLength(2)
  expect([...over.conflicts]).toEqual(['b'])
})

it('a row hears of its own changes only, and rows that come later leave what was changed', () => {
  const edits = keepEdits([row('a'), row('b')])
  const [a, b] = [edits.of('a'), edits.of('b')]
  let told = 0
  const leave = edits.listen(() => {
    told += 1
  })
  edits.change((now) => edited(now, 'a', 'sex', '2', null))
  expect(edits.of('a')).not.toBe(a)
  expect(edits.of('b')).toBe(b)
  const changed = edits.of('a')
  edits.change((now) => edited(now, 'b', 'sex', '1', null))
  expect(edits.of('a')).toBe(changed)
  leave()
  edits.change((now) => joined(now, [row('b', { sex: '2' }), row('c')]))
  expect(told).toBe(2)
  expect(edits.now().rows.map(({ personId }) => personId)).toEqual(['a', 'b', 'c'])
  expect(edits.now().rows[1]!.values).toEqual({ sex: null, name: 'b' })
  expect(waiting(edits.now())).toBe(2)
  edits.change((now) => edited(now, 'a', 'sex', null, null))
  expect(edits.of('a')).toBe(a)
})

it('what is copied from a spreadsheet is rows of cells, whichever way lines end', () => {
  expect(pasted('1985-04-01\t男\r\n1986-05-02\t 女 \r\n')).toEqual([
    ['1985-04-01', '男'],
    ['1986-05-02', '女'],
  ])
  expect(pasted('一个')).toEqual([['一个']])
})
