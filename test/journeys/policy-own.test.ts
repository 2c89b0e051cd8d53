/** A teacher sees on the phone what they qualify for, states what is not on record, and reads what would come out; a school is judged as well. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveClock } from '../../src/platform/db/index.ts'
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
  await page.getByRole('button', { name: '全部清除' }).click()
  await retirement.getByText('暂不能判断').waitFor()
  // The button is gone with its notice, and whoever pressed it is not sent to the top of the page.
  await page.waitForFunction(() => document.activeElement?.contains(document.querySelector('.pol-own-sum')))
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false)
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

it('a state that nobody aims at is no alarm in a trial either', async () => {
  const teacher = site.world.teachers[1]![0]!
  await sql`update directory.person set birth_date = '1950-05-01', sex = '1' where id = ${teacher.id}`.execute(
    site.house.owner,
  )
  const { page, troubles } = await site.visit('commission-d')
  await page.goto(`${site.url}/policy/lab?set=retirement.reached`)
  await page.getByRole('textbox', { name: /男职工法定退休年龄/ }).fill('100')
  await page.getByRole('button', { name: '试算' }).click()
  const lost = page.locator('.q-stat', { hasText: '变为不符合' })
  await lost.getByText('1', { exact: true }).first().waitFor()
  expect(await lost.evaluate((stat) => stat.className.includes('alert') || stat.innerHTML.includes('alert'))).toBe(
    false,
  )
  await lost.getByRole('link').click()
  await page.getByRole('button', { name: `${teacher.name}：判断依据` }).click()
  const card = page.getByRole('dialog')
  await card.locator('.q-why-status .q-why-outcome').getByText('不符合', { exact: true }).waitFor()
  expect(await card.getByText('还差什么').count()).toBe(0)
  expect(await card.locator('.q-tag-alert').count()).toBe(0)
  expect(await faultsOf(page)).toEqual([])
  expect(troubles).toEqual([])
})

it('a corrected fact is shown as it was known on a day, with what stands behind it, and one comes back to the present', async () => {
  const { world, house, url } = site
  const teacher = world.teachers[0]![1]!
  const born = async (day: string, at: string) => {
    await moveClock(house.owner, new Date(at))
    await sql`update directory.person set birth_date = ${day}, sex = '1' where id = ${teacher.id}`.execute(house.owner)
  }
  await born('1980-05-05', '2023-03-06T02:00:00Z')
  await born('1950-06-06', '2023-03-08T02:00:00Z')
  const { page, troubles } = await site.visit(teacher.number.toLowerCase(), { width: 360, height: 740 })
  await page.goto(`${url}/my/rules?rule=retirement.reached`)
  const card = page.getByRole('dialog')
  await card.getByText('判断所据信息').click()
  await card.getByText('1950年6月6日').first().waitFor()
  await card.getByText('按当时所知查看').click()
  await card.getByLabel('所知截至').fill('2023-03-09')
  await card.getByRole('button', { name: '按这一天查看' }).click()
  await card.getByText('请选择今天或以前的日期').waitFor()
  await card.getByLabel('所知截至').fill('2023-03-06')
  await card.getByRole('button', { name: '按这一天查看' }).click()
  await card.getByText('按2023年3月6日所知判断').waitFor()
  await card.getByText('此后录入、更正的信息和此后采用的规定均未计入。').waitFor()
  await card.getByText('判断所据信息').click()
  await card.getByText('1980年5月5日').first().waitFor()
  expect(await card.getByText('1950年6月6日').count()).toBe(0)
  expect(await card.getByRole('button', { name: '提出异议' }).count()).toBe(0)
  expect(await faultsOf(page)).toEqual([])
  await card.getByRole('button', { name: '回到现在' }).click()
  await card.getByText('判断所据信息').click()
  await card.getByText('1950年6月6日').first().waitFor()
  await card.getByRole('link', { name: '查看 个人基本信息' }).first().click()
  await page.waitForURL('**/my/record')
  await page.getByRole('heading', { name: '我的档案' }).waitFor()
  await page.locator('.q-facts').getByText('1950年6月6日').waitFor()
  expect(await faultsOf(page)).toEqual([])
  expect(troubles).toEqual([])
})
