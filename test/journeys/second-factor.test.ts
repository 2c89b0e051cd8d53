/** A second factor in the browser: an app, a passkey of Chromium's own authenticator, recovery by two people, a role in an emergency. */
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, nextStep } from '../../src/platform/access/second/second.fixture.ts'
import { openSite, PASSWORD, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { companyOf, dialog, inDialog, phone, press } from './steps.ts'

let site: Site
/** Passkeys belong to a name: the same server under its own. */
let named: string
const { visit, troubles } = companyOf(() => site)

beforeAll(async () => {
  site = await openSite(4)
  named = site.url.replace('127.0.0.1', 'localhost')
}, 180_000)
afterAll(() => site?.close())

const enterPassword = async (page: Page, login: string) => {
  await page.goto(`${named}/sign-in`)
  await page.locator('input[autocomplete="username"]').fill(login)
  await page.locator('input[autocomplete="current-password"]').fill(PASSWORD)
  await page.locator('button[type="submit"]').click()
}
const within = (page: Page) =>
  page.getByRole('heading', { level: 1, name: '第二步验证' }).waitFor({ state: 'detached' })
const signOut = async (page: Page) => {
  await page.context().clearCookies()
  await page.goto(`${named}/sign-in`)
}
const home = async (page: Page) => {
  await page.waitForURL(`${named}/`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** An authenticator that knows its user and answers by itself. */
async function authenticatorOf(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

describe('an authenticator app', () => {
  let teacher: Page
  it('is set up on a phone, with recovery codes to keep', async () => {
    teacher = await visit(null, phone)
    await enterPassword(teacher, 't00001')
    await home(teacher)
    await teacher.goto(`${named}/account/security`)
    await press(teacher, '添加验证器应用')
    await inDialog(teacher, '继续')
    const secret = (await dialog(teacher).locator('.access-secret').textContent())!.replaceAll(' ', '')
    expect(await faultsOf(teacher)).toEqual([])
    await teacher.getByLabel('验证码').fill(codeOf(secret))
    await inDialog(teacher, '启用')
    await teacher.getByText('恢复码只显示这一次').waitFor()
    await expect.poll(() => teacher.locator('.access-codes li').count()).toBe(10)
    await inDialog(teacher, '已保存')
    await teacher.getByText('还有 10 个恢复码可用').waitFor()
    expect(await faultsOf(teacher)).toEqual([])

    await nextStep(site.house)
    await signOut(teacher)
    await enterPassword(teacher, 't00001')
    await teacher.getByRole('heading', { name: '第二步验证' }).waitFor()
    expect(await faultsOf(teacher)).toEqual([])
    // Nothing is open yet.
    await teacher.goto(`${named}/account`)
    await teacher.getByText('请先登录').waitFor()
    await enterPassword(teacher, 't00001')
    await teacher.getByLabel('验证码').fill('000000')
    await press(teacher, '继续')
    await teacher.getByText('验证码不正确').waitFor()
    await teacher.getByLabel('验证码').fill(codeOf(secret))
    await press(teacher, '继续')
    await home(teacher)
  })

  it('that is lost is recovered by two people', async () => {
    const clerk = await visit('clerk-0')
    await clerk.goto(`${site.url}/accounts?search=t00001`)
    await clerk.getByRole('row').filter({ hasText: 't00001' }).getByRole('button').first().click()
    await press(clerk, '提请恢复登录')
    await dialog(clerk).getByRole('textbox').fill('手机遗失，已当面核对身份证')
    await inDialog(clerk, '提请恢复登录')
    await clerk.getByText('已提请，等待另一人审批').waitFor()

    const principal = await visit('principal-0', phone)
    await principal.goto(`${site.url}/accounts/safety`)
    await press(principal, '批准')
    expect(await faultsOf(principal)).toEqual([])
    await inDialog(principal, '批准')
    const code = (await principal.locator('.access-secret').textContent())!
    await inDialog(principal, '已告知，关闭')

    await signOut(teacher)
    await enterPassword(teacher, 't00001')
    await press(teacher, '改用恢复码')
    await teacher.getByLabel('恢复码').fill(code)
    await press(teacher, '继续')
    await home(teacher)
    await teacher.goto(`${named}/account/security`)
    await teacher.getByText('他人即使知道密码也无法登录').waitFor()
  })
})

describe('a passkey', () => {
  it('signs in by itself, and confirms a dangerous act', async () => {
    const page = await visit(null)
    await authenticatorOf(page)
    await enterPassword(page, 't00002')
    await home(page)
    await page.goto(`${named}/account/security`)
    await press(page, '添加通行密钥')
    await inDialog(page, '继续')
    await page.getByText('恢复码只显示这一次').waitFor()
    await inDialog(page, '已保存')
    expect(await faultsOf(page)).toEqual([])

    await signOut(page)
    await press(page, '使用通行密钥登录')
    await home(page)
    await signOut(page)
    await enterPassword(page, 't00002')
    await press(page, '使用通行密钥')
    await within(page)
    await home(page)

    await sql`update access.session set confirmed_at = now() - interval '1 hour'`.execute(site.house.owner)
    await page.goto(`${named}/account/security`)
    await press(page, '重新生成')
    await page.getByText('请再次确认是您本人').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await inDialog(page, '使用通行密钥')
    // What was asked for goes on by itself.
    await page.getByText('恢复码只显示这一次').waitFor()
    await inDialog(page, '已保存')
    await page.goto(`${named}/account`)
    await page.getByText('当前设备').waitFor()
    expect(await faultsOf(page)).toEqual([])
    const rows = page.getByRole('list', { name: '登录设备' }).getByRole('listitem')
    const before = await rows.count()
    await rows.getByRole('button', { name: '退出' }).first().click()
    await page.getByText('已退出该设备的登录').waitFor()
    await expect.poll(() => rows.count()).toBe(before - 1)
  })
})

describe('whoever must have one', () => {
  it('does nothing else once the time is over, and is let go where it was set up', async () => {
    site.house.settings.secondFactor = 'enforced'
    await sql`update access.account set second_due = '2023-02-01' where login = 'trainer-d'`.execute(site.house.owner)
    const page = await visit(null)
    await authenticatorOf(page)
    await enterPassword(page, 'trainer-d')
    await page.getByText('启用第二重验证的期限已过').waitFor()
    await page.goto(`${named}/inbox`)
    await page.getByText('启用第二重验证的期限已过').waitFor()
    await press(page, '添加通行密钥')
    await inDialog(page, '继续')
    await inDialog(page, '已保存')
    await page.getByRole('heading', { name: '待办与消息', level: 1 }).waitFor()
    site.house.settings.secondFactor = 'asked'
  })
})

describe('a role in an emergency', () => {
  it('is taken with a reason, told to security, and ended there', async () => {
    const commission = await visit('commission-d')
    await commission.goto(`${site.url}/accounts/safety`)
    await press(commission, '应急取得角色')
    await dialog(commission).getByLabel('角色', { exact: true }).selectOption({ label: '学校经办人' })
    await dialog(commission).getByRole('combobox', { name: '任职机构' }).click()
    await commission.getByTitle('第一小学').last().click()
    // The list is looked at by axe as long as it has not faded away.
    await commission.locator('.ant-select-dropdown').last().waitFor({ state: 'hidden' })
    await dialog(commission).getByLabel('理由').fill('经办人住院，今日须报送')
    expect(await faultsOf(commission)).toEqual([])
    await inDialog(commission, '应急取得角色')
    await commission.getByText('已取得，到时自动终止').waitFor()
    await commission.goto(`${site.url}/accounts`)
    await commission.getByText('t00003').waitFor()

    const guard = await visit('security-d')
    await guard.goto(`${site.url}/inbox?tab=message`)
    await guard.getByText(/有人应急取得“学校经办人”角色/).waitFor()
    await guard.goto(`${site.url}/accounts/safety`)
    await guard.getByText('经办人住院，今日须报送').waitFor()
    await guard.getByText('未启用第二重验证').first().waitFor()
    expect(await faultsOf(guard)).toEqual([])
    await press(guard, '立即终止')
    await guard.getByText('应急授权已终止').waitFor()
    await commission.goto(`${site.url}/accounts`)
    await commission.getByRole('heading', { name: '您没有查看此页的权限' }).waitFor()
  })
})

it('nobody saw an error on the way', () => {
  expect(troubles().filter((trouble) => !trouble.includes('Refusal: forbidden'))).toEqual([])
})
