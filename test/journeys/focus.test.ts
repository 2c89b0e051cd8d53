/** Where the focus is when something stands in front of the page, and where it returns to: people who use the keyboard, and screen readers. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { closed, companyOf, dialog, inDialog, press } from './steps.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
}, 180_000)
afterAll(() => site?.close())

const { visit, troubles } = companyOf(() => site)

/** The tag of what has the focus, and its words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: one } = document
    return [one?.tagName, one?.getAttribute('aria-label') ?? one?.textContent?.trim()]
  })

it('goes to the first field, to its error when sent empty, and back to the button, whichever way the dialog closes', async () => {
  const page = await visit('administrator-d')
  await page.goto(`${site.url}/accounts`)
  for (const close of [
    () => page.keyboard.press('Escape'),
    () => inDialog(page, '关闭'),
    () => inDialog(page, '取消'),
  ]) {
    await press(page, '新建账号')
    await dialog(page).getByLabel('账号').first().waitFor()
    await expect.poll(async () => (await focused(page))[0]).toBe('INPUT')
    await close()
    await closed(page)
    await expect.poll(() => focused(page)).toEqual(['BUTTON', '新建账号'])
  }
  await press(page, '新建账号')
  await inDialog(page, '新建账号')
  await dialog(page).getByText('请填写姓名').waitFor()
  expect(await dialog(page).locator('.q-field-error').allInnerTexts()).toContain('请填写账号')
  await expect.poll(async () => (await focused(page))[0]).toBe('INPUT')
})

it('goes to the heading where nothing is asked, and back to the row that Enter opened', async () => {
  const page = await visit('administrator-d')
  await page.goto(`${site.url}/accounts`)
  const row = page.locator('tbody tr.ant-table-row').first()
  await row.focus()
  await page.keyboard.press('Enter')
  await dialog(page).waitFor()
  await expect.poll(async () => (await focused(page))[0]).toBe('H2')
  await page.keyboard.press('Escape')
  await closed(page)
  await expect.poll(async () => (await focused(page))[0]).toBe('TR')
})

it('an address that leads nowhere says so, signed in or not', async () => {
  for (const [login, path] of [
    [null, '/nonsense'],
    ['trainer-d', '/nonsense'],
    ['trainer-d', '/classes/abc'],
  ] as const) {
    const page = await visit(login)
    await page.goto(`${site.url}${path}`)
    await page.getByRole('heading', { name: '没有找到这个页面' }).waitFor()
    await page.getByRole('link', { name: '回到首页' }).waitFor()
  }
  expect(troubles()).toEqual([])
})
