import { describe, expect, test } from 'vitest'
import { changeTable, nextSort, readTable } from './table-query.ts'

describe('the state of a table in the address', () => {
  test('nothing said: first page, own order', () => {
    expect(readTable({}, ['q'], { sort: '-at' })).toEqual({ limit: 50, page: 1, filter: {}, sort: 'at', desc: true })
  })
  test('everything said', () => {
    const search = { q: '张', stage: ['a', 'b'], other: 'x', size: '100', sort: 'name', cursor: 'abc', page: '3' }
    expect(readTable(search, ['q', 'stage'])).toEqual({
      limit: 100,
      page: 3,
      cursor: 'abc',
      sort: 'name',
      desc: false,
      filter: { q: '张', stage: ['a', 'b'] },
    })
  })
  test('nonsense in the address does no harm', () => {
    const read = readTable({ size: '100000', page: 'x', q: '' }, ['q'])
    expect(read).toEqual({ limit: 50, page: 1, filter: {} })
    // A page number without its cursor would lie about what is shown.
    expect(readTable({ page: '7' }, []).page).toBe(1)
  })
  test('two tables on a page do not meet', () => {
    const search = { 'a.q': '1', 'b.q': '2' }
    expect(readTable(search, ['q'], { prefix: 'b' }).filter).toEqual({ q: '2' })
  })
  test('another filter starts at the first page', () => {
    expect(changeTable('a', { q: 'x' })).toEqual({ 'a.cursor': undefined, 'a.page': undefined, 'a.q': 'x' })
  })
  test('a column head goes up, down and back to the own order', () => {
    expect(nextSort('name', {})).toBe('name')
    expect(nextSort('name', { sort: 'name', desc: false })).toBe('-name')
    expect(nextSort('name', { sort: 'name', desc: true })).toBeUndefined()
    expect(nextSort('name', { sort: 'at', desc: true })).toBe('name')
  })
})
