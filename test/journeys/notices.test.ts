/** Notices outside the product: from the settings to a letter in a real box and back, a calendar that a program reads, and one tap in the inbox. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Mailbox, openMailbox } from '../harness/mailbox.ts'
import { openSite, type Site } from '../harness/site.ts'
import { openYear, type TrainingYear } from '../harness/training.ts'
import { faultsOf } from './faults.ts'
import { closed, companyOf, inDialog, phone, press } from './steps.ts'

const SHOTS = process.env.QIANGSHI_SHOTS
let site: Site
let box: Mailbox
let page: Page
let year: TrainingYear
const { visit, troubles } = companyOf(() => site)
const shot = async (name: string) => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}
/** The letters that came to this address, once there are so many. */
async function lettersTo(address: string, count: number) {
  for (let tries = 0; tries < 200 && box.of(address).length < count; tries++)
    await new Promise((go) => setTimeout(go, 100))
  return box.of(address)
}

beforeAll(async () => {
  box = await openMailbox()
  site = await openSite(3)
  year = await openYear(site.house, site.world)
  await year.at('2023-03-10T01:00:00Z')
  const classId = await year.openClass()
  await year.send(classId, 0, site.world.teachers[0]!.slice(0, 1))
  page = await visit('t00001', phone)
}, 180_000)
afterAll(async () => {
  await site?.close()
  await box?.close()
})

it('says so where no mail server is set', async () => {
  await page.goto(`${site.url}/inbox`)
  await page.getByRole('link', { name: '通知设置' }).click()
  await page.getByText('本平台尚未开通邮件发送').waitFor()
  await shot('notices-off-360')
  expect(await faultsOf(page)).toEqual([])
})

it('verifies an address by its code and takes the wishes', async () => {
  site.house.settings.mail = { url: box.url, from: '强师 <notices@example.cn>' }
  await page.reload()
  await page.getByLabel('通知邮箱').fill('teacher@example.cn')
  await press(page, '发送验证码')
  await page.getByText('验证码已发送至 t***@example.cn').waitFor()
  const [letter] = await lettersTo('teacher@example.cn', 1)
  const code = /\d{6}/.exec(letter!.text!)![0]
  await page.getByLabel('验证码', { exact: true }).fill(code === '000000' ? '000001' : '000000')
  await press(page, '验证')
  await page.getByText('验证码不正确，还可尝试 4 次').waitFor()
  await shot('notices-code-360')
  await page.getByLabel('验证码', { exact: true }).fill(code)
  await press(page, '验证')
  await page.getByText('已验证', { exact: true }).waitFor()
  await page.getByLabel('发送方式').selectOption({ label: '即时发送' })
  await page.getByLabel('设置免打扰时段').check()
  await press(page, '保存')
  await page.getByText('通知设置已保存').waitFor()
  await page.reload()
  await page.getByLabel('开始').waitFor()
  await expect.poll(() => page.getByLabel('开始').inputValue()).toBe('21:30')
  await shot('notices-360')
  expect(await faultsOf(page)).toEqual([])
})

it('gives an address for calendars, once, and replaces it', async () => {
  await press(page, '开通日历订阅')
  const field = page.getByLabel('您的日历地址（仅显示这一次）')
  const first = await field.inputValue()
  expect(await (await fetch(first)).text()).toContain('待办到期：学校推荐您参加')
  await shot('notices-feed-360')
  await press(page, '更换地址')
  await inDialog(page, '更换地址')
  await closed(page)
  await expect.poll(() => field.inputValue()).not.toBe(first)
  expect((await fetch(first)).status).toBe(404)
  expect((await fetch(await field.inputValue())).status).toBe(200)
  await page.setViewportSize({ width: 1440, height: 900 })
  await shot('notices-1440')
  await page.setViewportSize(phone)
})

it('settles what is safe with one tap, under the day on which it is due', async () => {
  await page.goto(`${site.url}/inbox`)
  await page.getByRole('heading', { name: '以后到期' }).waitFor()
  await shot('inbox-360')
  expect(await faultsOf(page)).toEqual([])
  await press(page, '接受推荐')
  await page.getByText('没有待办事项').waitFor()
  const mine = await (await site.world.as(site.world.teachers[0]![0]!.account)).training.mine()
  expect(mine[0]!.state).toBe('accepted')
})

it('ends the letters from a letter, by whoever holds it', async () => {
  await year.send(await year.openClass(), 0, site.world.teachers[0]!.slice(0, 1))
  const letters = await lettersTo('teacher@example.cn', 2)
  const letter = letters.at(-1)!
  expect(letter.subject).toBe('强师：1 项待办')
  const link = /<(http[^>]+)>/.exec(letter.header('list-unsubscribe')!)![1]!
  const stranger = await visit(null, phone)
  await stranger.goto(link)
  expect(await faultsOf(stranger)).toEqual([])
  await press(stranger, '确认不再接收')
  await stranger.getByText('已停止发送邮件').waitFor()
  await page.goto(`${site.url}/account/notices`)
  await page.getByLabel('发送方式').waitFor()
  await expect.poll(() => page.getByLabel('发送方式').inputValue()).toBe('never')
})

it('went without trouble', () => expect(troubles()).toEqual([]))
