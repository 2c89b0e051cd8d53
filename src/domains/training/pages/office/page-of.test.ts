import { describe, expect, it } from 'vitest'
import { matches, pageOf } from './page-of.ts'

type Row = { name: string; places: number | null }
const rows: Row[] = [
  { name: '张三', places: 3 },
  { name: '李四', places: null },
  { name: '王五', places: 10 },
  { name: '阿一', places: 2 },
]
const ways = {
  keep: { q: (row: Row, [typed = '']: readonly string[]) => matches([typed], row.name) },
  order: { name: (row: Row) => row.name, places: (row: Row) => row.places },
}
const ask = (query: object) => pageOf(rows, { limit: 20, filter: {}, ...query }, ways)
const names = (query: object) => ask(query).rows.map(({ name }) => name)

describe('a short list in pages', () => {
  it('keeps the order it came in until one is asked for', () => {
    expect(names({})).toEqual(['张三', '李四', '王五', '阿一'])
  })
  it('orders names by pinyin and figures by value', () => {
    expect(names({ sort: 'name' })).toEqual(['阿一', '李四', '王五', '张三'])
    expect(names({ sort: 'places' })).toEqual(['阿一', '张三', '王五', '李四'])
  })
  it('leaves rows without a value at the end both ways', () => {
    expect(names({ sort: 'places', desc: true })).toEqual(['王五', '张三', '阿一', '李四'])
  })
  it('goes on where the last page ended', () => {
    const first = ask({ limit: 3 })
    expect(first).toMatchObject({ next: '3', total: 4 })
    expect(ask({ limit: 3, cursor: first.next })).toMatchObject({ rows: [{ name: '阿一' }], next: null, total: 4 })
  })
  it('counts what stays after filtering, and ignores fields nobody knows', () => {
    expect(ask({ filter: { q: '五' } })).toMatchObject({ total: 1, rows: [{ name: '王五' }] })
    expect(ask({ filter: { other: 'x' } }).total).toBe(4)
  })
})
