/** The door, roles and accounts, in the browsers of the administrator and of those whom it concerns. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settled } from '../harness/quiet.ts'
import { openSite, PASSWORD, type Site, signIn } from '../harness/site.ts'
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
      await settled(stranger)
      expect(await stranger.getByText('演示环境').count()).toBe(0)
    }
    Object.assign(settings, { demo: true, production: false })
    await stranger.reload()
    await stranger.getByText('机构、人员与数据均为虚构').waitFor()
    expect(await faultsOf(stranger)).toEqual([])
    await stranger.getByRole('region', { name: '演示环境' }).getByRole('button', { name: '教师' }).click()
    await stranger.waitForURL(`${site.url}/`)
    await stranger.getByText('演示数据，人物虚构').waitFor()
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

it('nobody saw an error on the way', () => {
  // Somebody went to a page that had just been taken from them: the browser notes that refusal.
  expect(troubles().filter((trouble) => !trouble.includes('Refusal: forbidden'))).toEqual([])
})
