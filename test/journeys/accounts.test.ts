/** Accounts, roles, organisations, trail and inbox, in the browsers of the administrator, the auditor and those whom it concerns. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, PASSWORD, type Site, signIn } from '../harness/site.ts'
import { furnish } from '../house/furniture.ts'
import { faultsOf } from './faults.ts'
import { companyOf, inDialog, phone, press } from './steps.ts'

let site: Site
let admin: Page
const { visit, troubles } = companyOf(() => site)
const accountOf = async (login: string) =>
  (await (await site.world.as('administrator@district')).access.accounts({ search: login, limit: 5 })).rows.find(
    (row) => row.login === login,
  )!
const openAccount = async (login: string) => {
  await admin.goto(`${site.url}/accounts?search=${login}`)
  const { name } = await accountOf(login)
  await admin.getByRole('row').filter({ hasText: login }).getByRole('button', { name }).click()
  await admin.getByRole('dialog').getByText(login, { exact: true }).waitFor()
}
/** Tries to sign in and waits for the words that answer it. */
const tryDoor = async (page: Page, login: string, password: string, words: string | RegExp) => {
  await page.goto(`${site.url}/sign-in`)
  await page.locator('input[autocomplete="username"]').fill(login)
  await page.locator('input[autocomplete="current-password"]').fill(password)
  await page.locator('button[type="submit"]').click()
  await page.getByText(words).waitFor()
}

beforeAll(async () => {
  site = await openSite(3)
  await furnish(site.house, site.world)
  admin = await visit('administrator-d')
}, 180_000)
afterAll(() => site?.close())

describe('the door', () => {
  it('is passed by whoever is signed in already', async () => {
    await admin.goto(`${site.url}/sign-in`)
    await admin.waitForURL(`${site.url}/`)
    await admin.getByRole('heading', { level: 1 }).waitFor()
  })

  it('offers accounts in a demonstration, and nothing at all anywhere else', async () => {
    const stranger = await visit(null, phone)
    const { settings } = site.house
    const offered = { login: 't00002', password: PASSWORD, role: 'teacher', org: '第一小学' }
    for (const [demo, production] of [
      [false, false],
      [true, true],
    ] as const) {
      Object.assign(settings, { demo, production, demoAccounts: [offered] })
      await stranger.goto(`${site.url}/sign-in`)
      await stranger.waitForLoadState('networkidle')
      expect(await stranger.getByText('演示环境').count()).toBe(0)
    }
    Object.assign(settings, { demo: true, production: false })
    await stranger.reload()
    await stranger.getByText('机构、人员与数据均为虚构').waitFor()
    expect(await faultsOf(stranger)).toEqual([])
    await press(stranger, /以教师身份进入/)
    await stranger.waitForURL(`${site.url}/`)
    await stranger.getByText('演示数据，人物均为虚构').waitFor()
    Object.assign(settings, { demo: false, demoAccounts: [] })
  })
})

describe('roles', () => {
  it('stand against permissions in a matrix, as the house has them', async () => {
    await admin.goto(`${site.url}/roles`)
    const row = admin.getByRole('row').filter({ hasText: 'records.person.write' })
    await row.waitFor()
    const { roles, permissions } = await (await site.world.as('administrator@district')).access.matrix()
    const held = permissions.find(({ id }) => id === 'records.person.write')!.roles
    expect((await row.getByRole('cell').allTextContents()).map((text) => text === '有此权限')).toEqual(
      roles.map(({ id }) => held.includes(id)),
    )
    expect(await admin.locator('tbody tr:not(.access-module)').count()).toBe(permissions.length)
  })

  it('are given and ended, and the person’s pages change with them', async () => {
    const person = await visit('t00001')
    expect(await person.getByRole('link', { name: '教师名册' }).count()).toBe(0)
    await openAccount('t00001')
    const sheet = admin.getByRole('dialog')
    await sheet.getByLabel('角色', { exact: true }).selectOption({ label: '学校经办人' })
    await sheet.getByRole('combobox', { name: '任职机构' }).click()
    await admin.getByTitle('第一小学').last().click()
    await press(admin, '授予角色')
    await admin.getByText('角色已授予').waitFor()
    expect((await accountOf('t00001')).roles.map(({ role, orgName }) => [role, orgName])).toContainEqual([
      'clerk',
      '第一小学',
    ])
    await person.goto(`${site.url}/people`)
    await person.getByRole('link', { name: new RegExp(site.world.teachers[0]![1]!.name) }).waitFor()
    expect(await person.getByRole('link', { name: new RegExp(site.world.teachers[1]![0]!.name) }).count()).toBe(0)

    await sheet.getByRole('listitem').filter({ hasText: '学校经办人' }).getByRole('button', { name: '终止' }).click()
    await inDialog(admin, '终止角色')
    await admin.getByText('角色已终止').waitFor()
    await person.goto(`${site.url}/people`)
    await person.getByRole('heading', { name: '您没有查看此页的权限' }).waitFor()
    expect((await accountOf('t00001')).roles.map(({ role }) => role)).toEqual(['teacher'])
  })
})

describe('an account', () => {
  it('gets an initial password that is shown once and must be changed before anything else', async () => {
    const person = await visit('t00003')
    await openAccount('t00003')
    await press(admin, '重置密码')
    await inDialog(admin, '设置初始密码')
    const initial = await admin.locator('.access-secret').textContent()
    expect(initial).toMatch(/^[A-Z][a-z]{3}-[A-Z][a-z]{3}-[A-Z][a-z]{3}-\d\d$/)
    await inDialog(admin, '已告知，关闭')
    await openAccount('t00003')
    expect(await admin.getByText(initial!).count()).toBe(0)

    // Sessions have ended, and the old password is none any more.
    await person.goto(`${site.url}/inbox`)
    await person.getByText('请先登录').waitFor()
    await tryDoor(person, 't00003', PASSWORD, '账号或密码不正确')
    await tryDoor(person, 't00003', initial!, '您使用的是初始密码')
    await person.goto(`${site.url}/inbox`)
    await person.getByText('您使用的是初始密码').waitFor()
    const change = async (next: string) => {
      await person.getByLabel('当前密码').fill(initial!)
      await person.getByLabel('新密码', { exact: true }).fill(next)
      await person.getByLabel('再次输入新密码').fill(next)
      await press(person, '修改密码')
    }
    await change('12345678')
    await person.getByText('新密码不足 10 个字符').waitFor()
    await change('Changed-2023')
    await person.getByText('您使用的是初始密码').waitFor({ state: 'detached' })
    await person.getByRole('heading', { name: '待办与消息', level: 1 }).waitFor()
  })

  it('is disabled with a clear sentence at the door, and comes back', async () => {
    const person = await visit('t00002')
    await openAccount('t00002')
    await press(admin, '停用账号')
    await inDialog(admin, '停用账号')
    await admin.getByRole('dialog').getByText('已停用').waitFor()
    await person.goto(`${site.url}/inbox`)
    await person.getByText('请先登录').waitFor()
    await tryDoor(person, 't00002', PASSWORD, /该账号已停用，请联系/)
    // Whoever does not know the password learns nothing.
    await tryDoor(person, 't00002', 'wrong-password', '账号或密码不正确')
    await press(admin, '恢复使用')
    await inDialog(admin, '恢复使用')
    await admin.getByRole('dialog').getByText('在用').waitFor()
    await signIn(person, site.url, 't00002')
  })

  it('is locked after five wrong passwords, says so and for how long, and a new password unlocks it', async () => {
    const { access } = await site.world.as('administrator@district')
    for (let i = 0; i < 4; i++) await access.signIn({ login: 'clerk-1', password: 'wrong-password' }).catch(() => {})
    const person = await visit(null)
    await tryDoor(person, 'clerk-1', 'wrong-password', '账号或密码不正确')
    await tryDoor(person, 'clerk-1', PASSWORD, /账号已锁定 15 分钟/)
    await openAccount('clerk-1')
    await admin.getByRole('dialog').getByText('已锁定').waitFor()
    await press(admin, '重置密码')
    await inDialog(admin, '设置初始密码')
    const initial = await admin.locator('.access-secret').textContent()
    await inDialog(admin, '已告知，关闭')
    await tryDoor(person, 'clerk-1', initial!, '您使用的是初始密码')
  })
})

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
    const auditor = await visit('auditor-d')
    await auditor.goto(`${site.url}/trail?module=access`)
    for (const action of ['授予角色', '终止角色', '重置密码', '停用账号', '恢复账号', '登录失败'])
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
    const items = page.getByRole('list', { name: '待办' }).getByRole('listitem')
    await items.first().waitFor()
    expect(await items.count()).toBe(todos)
    expect(await page.getByRole('tab', { name: /待办/ }).textContent()).toContain(String(todos))
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

  it('nobody saw an error on the way', () => {
    // Somebody went to a page that had just been taken from them: the browser notes that refusal.
    expect(troubles().filter((trouble) => !trouble.includes('Refusal: forbidden'))).toEqual([])
  })
})
