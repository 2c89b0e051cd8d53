/** A teacher links an account of the city's platform on the account page, signs out, and comes in by its button. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLIENT, type Elsewhere, openOidc } from '../../src/platform/upstream/elsewhere.fixture.ts'
import { openSite, PASSWORD, type Site } from '../harness/site.ts'
import { companyOf, dialog, inDialog, phone, press } from './steps.ts'

let site: Site
let city: Elsewhere
const { visit, troubles } = companyOf(() => site)

beforeAll(async () => {
  site = await openSite(3)
  city = await openOidc(site.url)
  site.house.settings.outbound = [city.host]
}, 180_000)
afterAll(async () => {
  await city?.close()
  await site?.close()
})

it('by another provider', async () => {
  const security = await visit('security-d')
  await security.goto(`${site.url}/sign-in-providers`)
  await press(security, '增加登录方式')
  const form = dialog(security)
  await form.getByLabel('签发者地址（issuer）').fill(city.address)
  await form.getByRole('button', { name: '检测' }).click()
  await form.getByText('可以接入').waitFor()
  await form.getByLabel('客户端标识（client_id）').fill(CLIENT.clientId)
  await form.getByLabel('客户端密钥').fill(CLIENT.secret)
  await form.getByLabel('中文名称').fill('市教育平台')
  await form.getByLabel('代号').fill('city')
  await inDialog(security, '增加登录方式')
  await security.getByText(`${site.url}/upstream/city/callback`).waitFor()

  const teacher = await visit('t00001', phone)
  await teacher.goto(`${site.url}/account`)
  await press(teacher, '关联市教育平台账号')
  await teacher.getByLabel('Name').fill('zhangsan')
  await teacher.getByRole('button', { name: 'Sign in' }).click()
  await teacher.getByText('已关联市教育平台账号').waitFor()
  await teacher.getByText('zhangsan there').waitFor()

  // Who has a second factor is asked for it all the same.
  const { owner } = site.house
  const account = site.world.teachers[0][0]!.account
  await sql`insert into access.totp (account_id, id, name, secret_cipher, confirmed_at) values (${account}, gen_random_uuid(), 'app', '\\x00', now())`.execute(
    owner,
  )
  const careful = await visit(null, phone)
  await careful.goto(`${site.url}/sign-in`)
  await press(careful, '用市教育平台账号登录')
  await careful.getByLabel('Name').fill('zhangsan')
  await careful.getByRole('button', { name: 'Sign in' }).click()
  await careful.getByRole('heading', { name: '第二步验证' }).waitFor()
  await careful.getByLabel('验证码').waitFor()
  await sql`delete from access.totp t where t.account_id = ${account}`.execute(owner)

  const again = await visit(null, phone)
  await again.goto(`${site.url}/sign-in?back=%2Faccount`)
  await press(again, '用市教育平台账号登录')
  await again.getByLabel('Name').fill('zhangsan')
  await again.getByRole('button', { name: 'Sign in' }).click()
  await again.waitForURL(`${site.url}/account`)
  await again.getByText('经市教育平台').waitFor()

  // That another vouched is not enough to undo it.
  await press(again, '解除关联')
  await inDialog(again, '解除关联')
  await dialog(again).getByRole('textbox', { name: '密码' }).fill(PASSWORD)
  await dialog(again).locator('button[type=submit]').click()
  await again.getByText('已解除关联').waitFor()

  // Somebody whom nobody knows asks, and the clerk finds it to do.
  const stranger = await visit(null, phone)
  await stranger.goto(`${site.url}/sign-in`)
  await press(stranger, '用市教育平台账号登录')
  await stranger.getByLabel('Name').fill('wangwu')
  await stranger.getByRole('button', { name: 'Sign in' }).click()
  await stranger.getByRole('heading', { name: '您的市教育平台账号还没有关联这里的账号' }).waitFor()
  await stranger.getByLabel('工号').fill('t00002')
  await press(stranger, '申请关联')
  await stranger.getByText('申请已提交').waitFor()
  const clerk = await visit('clerk-0')
  await clerk.goto(`${site.url}/inbox`)
  await clerk.getByText('有人申请用市教育平台账号登录，请核实身份').click()
  await press(clerk, '核实并同意')
  await inDialog(clerk, '核实并同意')
  await clerk.getByText('已关联，本人会收到消息').waitFor()
  await stranger.goto(`${site.url}/sign-in`)
  await press(stranger, '用市教育平台账号登录')
  await stranger.waitForURL(`${site.url}/`)
  expect(troubles()).toEqual([])
}, 120_000)
