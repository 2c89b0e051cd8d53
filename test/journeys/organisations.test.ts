/** Organisations, the audit trail of what was done to them, and the inbox, in the browsers of administrator, auditor, clerk and teacher. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkTotals, fingerprintOf, readTotals } from '../../src/platform/audit/index.ts'
import { openSite, type Site } from '../harness/site.ts'
import { furnish } from '../house/furniture.ts'
import { companyOf, inDialog, phone, press } from './steps.ts'

let site: Site
let admin: Page
const { visit, troubles } = companyOf(() => site)

beforeAll(async () => {
  site = await openSite(3)
  await furnish(site.house, site.world)
  admin = await visit('administrator-d')
}, 180_000)
afterAll(() => site?.close())

describe('organisations', () => {
  const field = (label: string) => admin.getByRole('dialog').getByLabel(label, { exact: true })

  it('are opened, renamed and closed; one with people stays open', async () => {
    await admin.goto(`${site.url}/organisations`)
    await press(admin, '新设机构')
    await field('办学类型').selectOption({ label: '小学' })
    await field('全称').fill('测试区第三小学校')
    await field('简称').fill('第三小学')
    await field('设立日期').fill('2023-01-01')
    await inDialog(admin, '新设机构')
    await admin.getByText('已设立测试区第三小学校').waitFor()
    await admin
      .getByRole('navigation', { name: '机构' })
      .getByRole('button', { name: /^第三小学/ })
      .click()
    await press(admin, '更名')
    await field('简称').fill('实验三小')
    await inDialog(admin, '更名')
    await admin
      .getByRole('navigation', { name: '机构' })
      .getByRole('button', { name: /^实验三小/ })
      .waitFor()
    await press(admin, '撤销')
    await inDialog(admin, '撤销')
    await admin.getByText('已撤销').first().waitFor()

    await admin
      .getByRole('navigation', { name: '机构' })
      .getByRole('button', { name: /^第二小学/ })
      .click()
    await admin.getByRole('heading', { name: '第二小学' }).waitFor()
    await press(admin, '撤销')
    await inDialog(admin, '撤销')
    await admin.getByText(/还有 \d+ 人任职/).waitFor()
    await inDialog(admin, '取消')
    const open = (await (await site.world.as('administrator@district')).directory.schools({})).map(
      (one) => one.shortName,
    )
    expect(open).toContain('第二小学')
    expect(open).not.toContain('实验三小')
  })

  it('stand together in clusters', async () => {
    await admin.goto(`${site.url}/organisations?tab=clusters`)
    await press(admin, '新建学区或集团')
    await field('名称').fill('城东教育集团')
    await admin.getByRole('dialog').getByLabel('类别').selectOption({ label: '教育集团' })
    await inDialog(admin, '保存')
    await press(admin, '调整成员')
    await admin.getByRole('dialog').getByRole('checkbox', { name: '第一小学' }).check()
    await admin.getByRole('dialog').getByRole('checkbox', { name: '第二小学' }).check()
    await inDialog(admin, '保存')
    await admin.getByText('2 所成员学校').waitFor()
    const clusters = await (await site.world.as('administrator@district')).directory.clusters()
    expect(clusters).toMatchObject([{ kind: 'education_group', name: '城东教育集团', members: [{}, {}] }])
  })
})

describe('the audit trail', () => {
  it('shows what was done, by whom, before and after, and that the chain is whole', async () => {
    const { access } = await site.world.as('administrator@district')
    const { account: accountId } = site.world.teachers[0]![0]!
    await access.grantRole({ accountId, role: 'clerk', orgId: site.world.schools[0].id })
    await access.disableAccount({ accountId, disabled: true })
    await access.disableAccount({ accountId, disabled: false })
    const auditor = await visit('auditor-d')
    await auditor.goto(`${site.url}/trail?module=access`)
    for (const action of ['授予角色', '停用账号', '恢复账号', '登录'])
      await auditor.getByRole('button', { name: action, exact: true }).first().waitFor()
    await auditor.getByRole('button', { name: '授予角色', exact: true }).first().click()
    const sheet = auditor.getByRole('dialog')
    await sheet.getByText('administrator').first().waitFor()
    await sheet.getByText('clerk').first().waitFor()
    await auditor.keyboard.press('Escape')
    await auditor.goto(`${site.url}/trail?module=directory`)
    for (const action of ['设立机构', '机构更名', '撤销机构', '保存学区或集团'])
      await auditor.getByRole('button', { name: action, exact: true }).first().waitFor()
    await press(auditor, '校验审计链')
    await auditor.getByText(/审计链完整/).waitFor()
    const [kept] = await Promise.all([auditor.waitForEvent('download'), press(auditor, '下载存证文件')])
    expect(kept.suggestedFilename()).toMatch(/^审计存证-\d{4}-\d\d-\d\d\.json$/)
    const totals = readTotals(await readFile(await kept.path(), 'utf8'))
    expect(checkTotals(totals)).toBeNull()
    await auditor.getByText(fingerprintOf(totals.publicKey)).waitFor()
  })
})

describe('the inbox', () => {
  it('has what waits and what there is to know, counts it, leads there and remembers what was read', async () => {
    const clerk = await site.world.as('clerk@0')
    const { todos } = await clerk.desk.inboxCount()
    const looked = async () =>
      (await clerk.desk.inbox({ kind: 'todo', open: true, limit: 50 })).rows.filter(({ readAt }) => readAt !== null)
        .length
    const before = await looked()
    expect(todos).toBeGreaterThan(0)
    const page = await visit('clerk-0')
    await page.goto(`${site.url}/inbox`)
    // One list for each group of days on which things are due.
    const items = page.locator('.desk-inbox').getByRole('list').getByRole('listitem')
    await expect.poll(() => items.count()).toBe(todos)
    await expect.poll(() => page.getByRole('tab', { name: /待办/ }).textContent()).toContain(String(todos))
    expect(await items.first().textContent()).toContain('学校经办人')
    await items.filter({ hasText: '未读' }).first().getByRole('link').click()
    await page.waitForURL((url) => url.pathname !== '/inbox')
    await expect.poll(looked).toBe(before + 1)

    const { account } = site.world.teachers[0]![0]!
    const inbox = (await site.world.as(account)).desk
    expect((await inbox.inboxCount()).unread).toBeGreaterThan(0)
    const own = await visit('t00001', phone)
    await own.goto(`${site.url}/inbox?tab=message`)
    await own.getByRole('list', { name: '消息' }).getByRole('listitem').first().waitFor()
    await press(own, '全部标为已读')
    await expect.poll(async () => (await inbox.inboxCount()).unread).toBe(0)
  })
})

it('nobody saw an error on the way', () => expect(troubles()).toEqual([]))
