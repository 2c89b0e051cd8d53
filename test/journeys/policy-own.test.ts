/** A teacher sees on the phone what they qualify for, states what is not on record, and reads what would come out; a school is judged as well. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
}, 180_000)
afterAll(() => site?.close())

it('a teacher states what is missing and reads what would come out, and nothing of it is kept', async () => {
  const teacher = site.world.teachers[0]![0]!
  await sql`update directory.person set birth_date = null, sex = '1' where id = ${teacher.id}`.execute(site.house.owner)
  const { page, troubles } = await site.visit(teacher.number.toLowerCase(), { width: 360, height: 740 })
  await page.goto(`${site.url}/my/rules`)
  const retirement = page.getByRole('button', { name: /达到法定退休年龄|退休/ }).first()
  await retirement.getByText('暂不能判断').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await retirement.click()
  const card = page.getByRole('dialog')
  await card.getByLabel('出生日期').fill('1950-05-01')
  await card.getByRole('button', { name: '看结果' }).click()
  await card.getByText('以下结果以您填写的内容为前提').waitFor()
  await card.locator('.q-why-outcome').getByText('符合', { exact: true }).waitFor()
  await page.waitForFunction(() => document.activeElement?.matches('.q-why-outcome'))
  expect(await faultsOf(page)).toEqual([])
  await card.locator('.q-clause').first().click()
  await page.locator('.q-popup').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.q-popup').waitFor({ state: 'detached' })
  expect(await card.isVisible()).toBe(true)
  await card.getByRole('button', { name: '关闭' }).click()
  await retirement.getByText('按本人填写').waitFor()
  await page.getByRole('heading', { name: '状态类规定' }).waitFor()
  const { rows } = await sql<{
    birthDate: string | null
  }>`select birth_date from directory.person where id = ${teacher.id}`.execute(site.house.owner)
  expect(rows[0]!.birthDate).toBeNull()
  await page.reload()
  await retirement.getByText('暂不能判断').waitFor()
  expect(troubles).toEqual([])
})

it('a rule about schools is tried on schools, and told for one', async () => {
  const { page, troubles } = await site.visit('commission-d')
  await page.goto(`${site.url}/policy/lab?set=funding.training`)
  await page.locator('.q-stat', { hasText: '无法判断' }).getByRole('link').click()
  await page.getByRole('link', { name: '第一小学' }).waitFor()
  await page.getByRole('button', { name: '第一小学：判断依据' }).click()
  await page.getByRole('dialog').getByText('按年度公用经费预算总额的5%安排教师培训').first().waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  await page.getByRole('link', { name: '第一小学' }).click()
  await page.getByRole('heading', { name: '学校适用的规定' }).waitFor()
  await page.getByRole('button', { name: /学校教师培训经费/ }).click()
  await page.getByRole('dialog').getByText('缺少信息，暂不能判断').waitFor()
  expect(troubles).toEqual([])
})
