/** Another system is let in and told what happens: in the browser of an administrator, and on a telephone. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fanOut } from '../../src/platform/provisioning/webhooks/fan-out.ts'
import { sendRound } from '../../src/platform/provisioning/webhooks/send.ts'
import { openSite, type Site } from '../harness/site.ts'
import { aPlatform } from '../house/furniture.ts'
import { faultsOf } from './faults.ts'
import { closed, companyOf, dialog, inDialog, phone, press, rowOf } from './steps.ts'

let site: Site
let server: Server
let host: string
const taken: string[] = []
/** Gone for good: one refusal pauses it, whoever sends first, the program or the test. */
let answer = 410
const { visit, troubles } = companyOf(() => site)

beforeAll(async () => {
  site = await openSite(2)
  server = createServer((request, response) => {
    request.resume()
    taken.push(String(request.headers['webhook-id']))
    response.writeHead(answer).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  site.house.settings.outbound = [host]
  const { sso } = await site.world.as('administrator@district')
  await sso.register({
    ...aPlatform,
    orgId: site.world.district.id,
    confidential: true,
    basis: 'duty',
    basisText: '关于统一人员信息管理的通知',
    scopes: ['profile', 'school'],
  })
}, 180_000)
afterAll(async () => {
  server?.close()
  await site?.close()
})

it('a token is made, and with it a roster is asked for', async () => {
  const admin = await visit('administrator-d')
  await admin.goto(`${site.url}/integrations`)
  await admin.getByText('还没有令牌').waitFor()
  await admin.getByText('还没有推送地址').waitFor()
  expect(await faultsOf(admin)).toEqual([])
  await press(admin, '制发令牌')
  await dialog(admin).getByRole('textbox', { name: '用途' }).fill('教研云名册')
  await inDialog(admin, '制发令牌')
  const token = (await dialog(admin).locator('.integrations-code').textContent())!
  await inDialog(admin, '已记录')
  await closed(admin)
  await rowOf(admin, '教研云名册').getByText('有效').waitFor()
  expect(await admin.content()).not.toContain(token)
  const roster = await fetch(`${site.url}/scim/v2/Users?count=1`, { headers: { authorization: `Bearer ${token}` } })
  expect(((await roster.json()) as { totalResults: number }).totalResults).toBeGreaterThan(4)
})

it('an address is told, refuses, and is told again by hand', async () => {
  const admin = await visit('administrator-d')
  await admin.goto(`${site.url}/integrations`)
  await press(admin, '添加推送地址')
  await dialog(admin).getByRole('textbox', { name: '地址' }).fill(`http://${host}/hook`)
  await inDialog(admin, '添加推送地址')
  await dialog(admin).locator('.integrations-code').waitFor()
  await inDialog(admin, '已记录')
  await closed(admin)
  await admin.getByRole('link', { name: host }).click()
  await press(admin, '发送测试')
  await admin.getByText('测试消息已排队').waitFor()
  await fanOut(site.house)
  await sendRound(site.house)
  await admin.reload()
  await admin.getByText('连续推送失败，已暂停').waitFor()
  await rowOf(admin, '测试').getByText('对方返回 410').waitFor()
  expect(await faultsOf(admin)).toEqual([])
  answer = 204
  await press(admin, '恢复推送')
  await press(admin, '重发全部未送达')
  await admin.getByText('已排队重发 1 条').waitFor()
  await sendRound(site.house)
  await admin.reload()
  await rowOf(admin, '测试').getByText('已送达').waitFor()
  expect(new Set(taken).size).toBe(1)
})

it('is seen on a telephone, in English, by whoever only looks', async () => {
  const auditor = await visit('auditor-d', { ...phone, locale: 'en' })
  await auditor.goto(`${site.url}/integrations`)
  await auditor.getByText('教研云名册').waitFor()
  expect(await auditor.getByRole('button', { name: 'Make a token' }).count()).toBe(0)
  expect(await faultsOf(auditor)).toEqual([])
  await auditor.getByRole('link', { name: host }).click()
  await auditor.getByText('Taken').first().waitFor()
  expect(await faultsOf(auditor)).toEqual([])
  expect(troubles()).toEqual([])
})
