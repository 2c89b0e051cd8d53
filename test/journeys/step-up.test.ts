/** Acts that whoever finds an open screen must not be able to do: the page asks who it is and goes on; and why a form failed stands in sight. */
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKeys, sealIdentity } from '../../src/platform/directory/index.ts'
import { openSite, PASSWORD, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { companyOf, dialog, inDialog, phone, press } from './steps.ts'

let site: Site
beforeAll(async () => {
  site = await openSite(2)
}, 180_000)
afterAll(() => site?.close())

const { visit, troubles } = companyOf(() => site)

/** An hour without a word from whoever signed in. */
const away = (login: string) =>
  sql`update access.session set confirmed_at = now() - interval '1 hour'
    where account_id = (select a.id from access.account a where a.login = ${login})`.execute(site.house.owner)

async function confirm(page: Page): Promise<void> {
  await dialog(page).getByText('确认是您本人').first().waitFor()
  expect(await faultsOf(page)).toEqual([])
  await dialog(page).getByLabel('密码', { exact: true }).fill(PASSWORD)
  await inDialog(page, '确认')
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })

describe('after an hour away', () => {
  it('an identity number is shown once the password was said, and the purpose is not asked again', async () => {
    const [teacher] = site.world.teachers[0]
    const { idCipher, idHash, idMasked } = sealIdentity(identityKeys(site.house.key), '50011419900101123X')
    await sql`update directory.person set id_cipher = ${idCipher}, id_hash = ${idHash}, id_masked = ${idMasked} where id = ${teacher!.id}`.execute(
      site.house.owner,
    )
    const clerk = await visit('clerk-0')
    await clerk.goto(`${site.url}/people/${teacher!.id}`)
    await clerk.getByText(idMasked).first().waitFor()
    await away('clerk-0')
    await press(clerk, '查看完整号码')
    await dialog(clerk).getByLabel('用途').fill('核对职称申报材料')
    await inDialog(clerk, '查看')
    await confirm(clerk)
    await dialog(clerk).getByText('50011419900101123X').waitFor()
  })

  it('whoever does not say who they are sees nothing', async () => {
    const [teacher] = site.world.teachers[0]
    const own = await visit(teacher!.number.toLowerCase(), phone)
    await own.goto(`${site.url}/my/record`)
    await press(own, '查看完整号码')
    await away(teacher!.number.toLowerCase())
    await inDialog(own, '查看')
    await dialog(own).getByText('确认是您本人').first().waitFor()
    await inDialog(own, '取消')
    await dialog(own).getByText('此操作需要再次确认是您本人').waitFor()
    expect(await own.content()).not.toContain('50011419900101123X')
  })

  it('a platform is registered with what was typed before, and a failure before that stands in sight', async () => {
    const admin = await visit('administrator-d', phone)
    await admin.goto(`${site.url}/platforms/new`)
    await field(admin, '平台名称').fill('流程编排平台')
    await field(admin, '运营单位').fill('测试区教师进修学院')
    await field(admin, '责任人账号').fill('nobody-here')
    await field(admin, '用途').fill('编排校园物联网教学实验')
    await field(admin, '回调地址').fill('https://flow.example.cn/back')
    await admin.evaluate(() => scrollTo(0, 0))
    await press(admin, '登记平台')
    const failure = admin.locator('.q-form-failed')
    await failure.getByRole('alert').waitFor()
    const { top, bottom } = await failure.evaluate((it) => it.getBoundingClientRect())
    expect([top >= 0, bottom <= phone.height]).toEqual([true, true])
    expect(await failure.evaluate((it) => it === document.activeElement)).toBe(true)
    expect(await faultsOf(admin)).toEqual([])
    await field(admin, '责任人账号').fill('administrator-d')
    await away('administrator-d')
    await press(admin, '登记平台')
    await confirm(admin)
    await dialog(admin).locator('.sso-secret').first().waitFor()
  })

  it('no page was in trouble', () => {
    expect(troubles()).toEqual([])
  })
})
