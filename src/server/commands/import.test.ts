import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Workbook } from '@cj-tech-master/excelts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { background } from '../background.ts'
import type { OpenHouse } from '../house.ts'
import { importRoster, linesOf } from './import.ts'

let house: OpenHouse
let jobs: { stop(): Promise<void> }
beforeAll(async () => {
  house = await openTestHouse()
  await buildWorld(house, 1)
  jobs = await background(house, () => {})
})
afterAll(async () => {
  await jobs?.stop()
  await house?.close()
})

const HEADERS = ['姓名', '出生日期', '教职工号', '学校', '教职工类别', '入校日期']
async function send(pages: Record<string, string[][]>, options: { faults?: string; check?: boolean } = {}) {
  const book = new Workbook()
  for (const [name, rows] of Object.entries(pages)) book.addWorksheet(name).addRows([HEADERS, ...rows])
  const bytes = new Uint8Array(await book.xlsx.writeBuffer())
  return importRoster(house, { as: 'clerk-0', ...options, name: '名册.xlsx', bytes })
}
const teacher = (number: string, change: Partial<Record<number, string>> = {}) =>
  Object.assign([`老师${number}`, '1990-05-17', number, '第一小学', '专任教师', '2015-09-01'], change)

describe('a roster from the command line', () => {
  it('takes every sheet and says which', async () => {
    const done = await send({ 甲: [teacher('C1')], 乙: [teacher('C2')] })
    expect(done).toMatchObject({ rows: 2, added: 2, applied: true })
    expect(done.notices).toMatchObject([{ zh: '读取了 2 张工作表：甲、乙' }])
    expect(linesOf(done, 'zh-CN')).toContain('读取了 2 张工作表：甲、乙')
    expect(await send({ 甲: [teacher('C1')], 乙: [teacher('C2')] })).toMatchObject({
      unchanged: 2,
      applied: true,
    })
  })

  it('names sheet, row and cell of each fault, and writes the faulty rows of each sheet', async () => {
    const faults = join(tmpdir(), `${newId()}.xlsx`)
    const done = await send({ 甲: [teacher('C3', { 3: '霍格沃茨' })], 乙: [teacher('C4', { 0: '' })] }, { faults })
    expect(linesOf(done, 'zh-CN')).toEqual([
      '读取了 2 张工作表：甲、乙',
      expect.stringMatching(/^工作表“甲”第 2 行 D 列“学校”：没有这所学校/),
      expect.stringMatching(/^工作表“乙”第 2 行 A 列“姓名”：必填/),
    ])
    const book = new Workbook()
    await book.xlsx.load(await readFile(faults))
    await rm(faults)
    expect(book.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['甲', 2],
      ['乙', 2],
    ])
  })

  it('is refused without a single row', async () => {
    await expect(send({ 甲: [] })).rejects.toMatchObject({ code: 'records.roster_empty' })
  })
})
