/** A roster on its way in, in the browser of a school's clerk: template, faults by cell, faulty rows back, corrected, again, and out. */
import { readFile } from 'node:fs/promises'
import { type CellValue, Workbook, type Worksheet } from '@cj-tech-master/excelts'
import { sql } from 'kysely'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idNumberCheck } from '../../src/base/id-number.ts'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { companyOf } from './steps.ts'

/** An identity number that does not exist: region 110105, born on the day. */
const idOf = (birth: string, order: number): string => {
  const digits = `110105${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  return digits + idNumberCheck(digits)
}
const wrong = (number: string) => number.slice(0, -1) + (number.endsWith('1') ? '2' : '1')

/** As schools keep them: other names for the columns, another order, one of their own. */
const HEADERS = ['序号', '工作单位', '工号', '教师姓名', '公民身份号码', '人员类别', '到校时间', '学段', '科目']
type Line = { school?: string; name: string; id: string; since?: string }
const SOUND: Line[] = [
  { name: '欧阳新', id: idOf('1990-05-17', 11) },
  { name: '单一明', id: idOf('1991-06-18', 21) },
  { name: '㐂子涵', id: idOf('1992-07-19', 31) },
  { name: '重庆红', id: idOf('1993-08-20', 41) },
  { name: '仇英姿', id: idOf('1994-09-21', 51) },
]
const FAULTY: Line[] = [
  SOUND[0]!,
  { ...SOUND[1]!, id: wrong(SOUND[1]!.id) },
  { ...SOUND[2]!, school: '第九小学' },
  { ...SOUND[3]!, since: '2015-02-30' },
  { ...SOUND[4]!, id: SOUND[0]!.id },
]

async function workbook(
  lines: readonly Line[],
  more: Record<string, readonly Line[]> = {},
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const book = new Workbook()
  let number = 0
  for (const [sheet, rows] of Object.entries({ '2023春': lines, ...more })) {
    const page = book.addWorksheet(sheet)
    page.addRow(HEADERS)
    for (const { school = '第一小学', name, id, since = '2015-09-01' } of rows) {
      number += 1
      page.addRow([number, school, `N${number}`, name, id, '专任教师', since, '小学', '语文、数学'])
    }
  }
  return {
    name: '春季名册.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await book.xlsx.writeBuffer()),
  }
}
async function opened(download: Download): Promise<Worksheet> {
  const book = new Workbook()
  await book.xlsx.load(await readFile(await download.path()))
  return book.worksheets[0]!
}
const valuesOf = (sheet: Worksheet) => (sheet.getSheetValues().slice(1) as CellValue[][]).map((row) => row.slice(1))
const noteOf = (sheet: Worksheet, cell: string): string => {
  const { note } = sheet.getCell(cell)
  return typeof note === 'string' ? note : (note?.texts ?? []).map(({ text }) => text).join('')
}
const isMarked = (sheet: Worksheet, cell: string) => {
  const { fill } = sheet.getCell(cell)
  return fill?.type === 'pattern' && fill.pattern === 'solid'
}

let site: Site
let page: Page
let faultyUrl: string
let before: number
const { visit, troubles } = companyOf(() => site)
const records = async (who = 'clerk@0') => (await site.world.as(who)).records
const onRecord = async () => (await (await records('trainer@district')).people({ limit: 1 })).total
const send = async (lines: readonly Line[], more: Record<string, readonly Line[]> = {}) => {
  await page.goto(`${site.url}/people/import`)
  await page.locator('input[type="file"]').setInputFiles(await workbook(lines, more))
}
const faultAt = (on: Page, cell: string) => on.getByRole('row').filter({ hasText: new RegExp(`${cell}\\b`) })

beforeAll(async () => {
  site = await openSite(3)
  before = await onRecord()
  page = await visit('clerk-0')
}, 180_000)
afterAll(() => site?.close())

describe('a roster', () => {
  it('has a template to begin with', async () => {
    await page.goto(`${site.url}/people`)
    await page.getByRole('link', { name: '导入名册' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载模板' }).click()
    const template = await download
    expect(template.suggestedFilename()).toBe('教师名册模板.xlsx')
    expect(
      valuesOf(await opened(template))
        .flat()
        .join(' '),
    ).toContain('身份证件号码')
  })

  it('is read under other headers, and its faults stand by sheet, row and cell, in Chinese', async () => {
    await send(FAULTY)
    await page.waitForURL(/\/people\/import\/[0-9a-f-]{36}$/)
    faultyUrl = page.url()
    await page.getByText('5 行有误，名册未入库').first().waitFor()
    for (const [cell, words] of [
      ['E3', '校验码不对'],
      ['B4', '没有这所学校'],
      ['G5', '没有这一天'],
      ['E6', '第 2 行'],
    ] as const) {
      const row = faultAt(page, cell)
      await expect.poll(() => row.count(), { message: cell }).toBe(1)
      expect(await row.textContent(), cell).toContain('2023春')
      expect(await row.textContent(), cell).toContain(words)
    }
    expect(await faultsOf(page)).toEqual([])
    // Identity numbers are not repeated on the screen, not even wrong ones.
    expect(await page.locator('main').textContent()).not.toContain(FAULTY[1]!.id)
  })

  it('says the same in English to whoever reads English', async () => {
    const english = await visit('clerk-0')
    await english.getByRole('button', { name: 'English' }).click()
    await english.getByRole('button', { name: '中文' }).waitFor()
    await english.goto(faultyUrl)
    await faultAt(english, 'E3').waitFor()
    expect(await faultAt(english, 'E3').textContent()).toContain('check digit')
    expect(await faultAt(english, 'G5').textContent()).toContain('no such day')
    expect(await faultAt(english, 'B4').textContent()).toContain('No such school')
    expect(await faultAt(english, 'E6').textContent()).toContain('row 2')
    await english.getByRole('button', { name: '中文' }).click()
    await english.getByText('名册未入库').first().waitFor()
  })

  it('comes back with the faulty cells marked, and nothing has been imported', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载有误的行' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('春季名册-待更正.xlsx')
    const sheet = await opened(file)
    const [headers, ...rows] = valuesOf(sheet)
    expect(headers).toEqual([...HEADERS, '错误说明'])
    // The first of the two with the same number may be the wrong one, so both come back.
    expect(rows.map((row) => row[3])).toEqual(FAULTY.map(({ name }) => name))
    for (const cell of ['E3', 'B4', 'G5', 'E6']) expect(isMarked(sheet, cell), cell).toBe(true)
    for (const cell of ['D3', 'C4', 'D5', 'G6']) expect(isMarked(sheet, cell), cell).toBe(false)
    expect(noteOf(sheet, 'G5')).toContain('没有这一天')
    expect(await onRecord()).toBe(before)
    expect((await (await records()).imports()).map(({ applied }) => applied)).toEqual([false])
    expect(await page.getByRole('button', { name: '确认入库' }).count()).toBe(0)
  })

  it('corrected, is checked under a progress bar and applied', async () => {
    // The database keeps the reading waiting for a moment, so that the bar can be looked at.
    await site.house.owner.transaction().execute(async (held) => {
      await sql`lock table records.import_row in access exclusive mode`.execute(held)
      await send(SOUND)
      await page.getByRole('region', { name: '核对名册' }).getByRole('progressbar').waitFor()
    })
    await page.getByText('核对无误，可以入库').first().waitFor()
    expect(await onRecord()).toBe(before)
    await page.getByRole('button', { name: '确认入库' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('新增 5 人，变更 0 人，调动 0 人').waitFor()
    await dialog.getByRole('button', { name: '确认入库' }).click()
    await page.getByText('本次名册已入库').waitFor()
    expect(await onRecord()).toBe(before + 5)
    const [found] = (await (await records()).people({ search: 'oyx', limit: 5 })).rows
    expect(found).toMatchObject({ name: '欧阳新', number: 'N1', subjects: ['13', '14'], employedFrom: '2015-09-01' })
  })

  it('sent again, changes nothing and offers nothing to apply', async () => {
    await send(SOUND)
    await page.getByText('与现有名册一致，无需入库').first().waitFor()
    expect(await page.getByRole('button', { name: '确认入库' }).count()).toBe(0)
    expect(await onRecord()).toBe(before + 5)
    const [last] = await (await records()).imports()
    expect(last).toMatchObject({ rows: 5, unchanged: 5, added: 0, changed: 0 })
  })

  it('on two sheets is read whole, and shows what would change before and after', async () => {
    const renamed = { ...SOUND[4]!, name: '仇英', since: '2014-09-01' }
    await send(SOUND.slice(0, 4), { '2023秋': [renamed] })
    await page.getByText('核对无误，可以入库').first().waitFor()
    await page.getByText('读取了 2 张工作表：2023春、2023秋').waitFor()
    const row = page.getByRole('row').filter({ hasText: 'N5' })
    const text = await row.textContent()
    expect(text).toContain('由“仇英姿”改为“仇英”')
    expect(text).toContain('由“2015-09-01”改为“2014-09-01”')
    expect(await faultsOf(page)).toEqual([])
  })

  it('goes out again as far as one may see it', async () => {
    await page.goto(`${site.url}/people?search=${encodeURIComponent('第一小学')}`)
    await page.getByText('欧阳新').first().waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出' }).click()
    const text = valuesOf(await opened(await download)).flat()
    for (const { name } of SOUND) expect(text).toContain(name)
    for (const { name } of site.world.teachers[0]!) expect(text).toContain(name)
    for (const { name } of [...site.world.teachers[1]!, ...site.world.teachers[2]!]) expect(text).not.toContain(name)
    // Masked as on the screen.
    expect(text.join(' ')).not.toContain(SOUND[0]!.id)
  })

  it('nobody saw an error on the way', () => {
    expect(troubles()).toEqual([])
  })
})
