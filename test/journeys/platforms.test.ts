/** A platform of somebody else, Node-RED with passport-openidconnect: registered, entered with one click, and left, in the browsers of an administrator and a teacher. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, PASSWORD, type Site } from '../harness/site.ts'
import { faultsOf } from './faults.ts'
import { companyOf, dialog, inDialog, phone, press } from './steps.ts'

const require = createRequire(import.meta.url)

let site: Site
let folder: string
let platform: string
let running: ChildProcess | undefined
const { visit, troubles } = companyOf(() => site)

beforeAll(async () => {
  site = await openSite(3)
  folder = await mkdtemp(join(tmpdir(), 'qiangshi-node-red-'))
  platform = `http://127.0.0.1:${await freePort()}`
}, 180_000)
afterAll(async () => {
  if (running?.exitCode === null) {
    running.kill('SIGTERM')
    await once(running, 'exit')
  }
  await site?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Node-RED as its people would set it up: with the addresses of the discovery document, and what the register gave them. */
async function startNodeRed(clientId: string, secret: string): Promise<void> {
  const found = await (await fetch(`${site.url}/oidc/.well-known/openid-configuration`)).json()
  const settings = {
    issuer: found.issuer,
    authorizationURL: found.authorization_endpoint,
    tokenURL: found.token_endpoint,
    userInfoURL: found.userinfo_endpoint,
    clientID: clientId,
    clientSecret: secret,
    callbackURL: `${platform}/auth/strategy/callback`,
    scope: ['profile', 'school'],
    skipUserProfile: false,
  }
  const leave = `${found.end_session_endpoint}?${new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: `${platform}/` })}`
  await writeFile(
    join(folder, 'settings.js'),
    `const { Strategy } = require(${JSON.stringify(require.resolve('passport-openidconnect'))})
module.exports = {
  uiHost: '127.0.0.1', uiPort: ${new URL(platform).port}, telemetry: { enabled: false }, flowFile: 'flows.json', credentialSecret: 'of no worth',
  editorTheme: { tours: false, logout: { redirect: ${JSON.stringify(leave)} }, palette: { catalogues: [] } }, logging: { console: { level: 'info' } },
  adminAuth: {
    type: 'strategy',
    strategy: { name: 'openidconnect', label: 'Qiangshi', icon: 'fa-user', strategy: Strategy, options: { ...${JSON.stringify(settings)},
      verify: (issuer, profile, done) => done(null, { username: profile.displayName }) } },
    users: async (username) => ({ username, permissions: '*' }),
  },
}`,
  )
  running = spawn(
    process.execPath,
    [require.resolve('node-red/red.js'), '--userDir', folder, '--settings', join(folder, 'settings.js')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: folder },
    },
  )
  let said = ''
  await new Promise<void>((resolve, reject) => {
    running!.stdout!.on('data', (part) => {
      said += part
      if (/Started flows/.test(said)) resolve()
    })
    running!.stderr!.on('data', (part) => {
      said += part
    })
    running!.once('exit', () => reject(new Error(`Node-RED did not start: ${said}`)))
  })
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })

describe('a platform of somebody else', () => {
  it('is registered with what people will see, and its secret is told once', async () => {
    const admin = await visit('administrator-d')
    await admin.goto(`${site.url}/platforms/new`)
    await field(admin, '平台名称').fill('流程编排平台')
    await field(admin, '运营单位').fill('测试区教师进修学院')
    await field(admin, '责任人账号').fill('administrator-d')
    await field(admin, '用途').fill('编排校园物联网教学实验')
    await field(admin, '登录入口地址').fill(`${platform}/auth/strategy`)
    await field(admin, '回调地址').fill(`${platform}/auth/strategy/callback`)
    await field(admin, '退出后返回地址').fill(`${platform}/`)
    await admin.getByLabel('所在单位与所在区').check()
    await admin.getByLabel('要求 PKCE').uncheck()
    await expect.poll(() => admin.getByLabel('工号', { exact: true }).isDisabled()).toBe(true)
    expect(await faultsOf(admin)).toEqual([])
    await press(admin, '登记平台')
    const told = dialog(admin).locator('.sso-secret')
    await told.nth(2).waitFor()
    const [discovery, clientId, secret] = await told.allTextContents()
    expect(discovery).toBe(`${site.url}/oidc/.well-known/openid-configuration`)
    await inDialog(admin, '已记录')
    await admin.getByRole('heading', { level: 1, name: '流程编排平台' }).waitFor()
    expect(await admin.content()).not.toContain(secret)
    await startNodeRed(clientId!, secret!)
  })

  it('is entered with one click by a teacher who sees what it learns, and is not asked twice', async () => {
    const teacher = await visit('t00001', phone)
    // On the home page as well.
    await teacher.getByRole('list', { name: '应用平台' }).getByText('流程编排平台').waitFor()
    await teacher.goto(`${site.url}/apps`)
    expect(await faultsOf(teacher)).toEqual([])
    await teacher.getByRole('link', { name: '进入流程编排平台' }).click()
    await teacher.getByRole('heading', { level: 1, name: /登录“流程编排平台”/ }).waitFor()
    const { name } = site.world.teachers[0][0]!
    await teacher.getByText(name, { exact: true }).waitFor()
    await teacher.getByText('第一小学').waitFor()
    expect(await teacher.content()).not.toContain('T00001<')
    expect(await faultsOf(teacher)).toEqual([])
    await press(teacher, '同意并进入')
    await teacher.waitForURL((url) => url.origin === platform)
    await teacher.locator('#red-ui-header').waitFor()
    const known = await teacher.evaluate(async () => {
      const kept = JSON.parse(localStorage.getItem('auth-tokens') ?? '{}')
      return (await (await fetch('/settings', { headers: { authorization: `Bearer ${kept.access_token}` } })).json())
        .user
    })
    expect(known).toMatchObject({ username: name })
    await teacher.goto(`${site.url}/apps`)
    await teacher.getByText('最近使用').waitFor()
  })

  it('may want to be sure who sits there: the password is asked once more, and nobody is signed out', async () => {
    const teacher = await visit('t00002')
    const { rows } = await sql<{ clientId: string }>`select p.client_id from sso.platform p`.execute(site.house.owner)
    const ask = new URLSearchParams({
      client_id: rows[0]!.clientId,
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: `${platform}/auth/strategy/callback`,
      prompt: 'login',
    })
    await sql`update access.session set confirmed_at = now() - interval '1 hour'`.execute(site.house.owner)
    await teacher.goto(`${site.url}/oidc/auth?${ask}`)
    await teacher.getByRole('heading', { level: 1, name: '请重新登录' }).waitFor()
    expect(await faultsOf(teacher)).toEqual([])
    await teacher.locator('input[autocomplete="current-password"]').fill('not the password')
    await press(teacher, '确认是本人')
    await teacher.getByRole('alert').waitFor()
    await teacher.locator('input[autocomplete="current-password"]').fill(PASSWORD)
    await press(teacher, '确认是本人')
    await press(teacher, '不进入')
    await teacher.waitForURL((url) => url.origin === platform)
    await teacher.goto(`${site.url}/apps`)
    await teacher.getByText('尚未使用').waitFor()
  })

  it('is left from there, and the product and everything else with it', async () => {
    const teacher = await visit(null)
    await teacher.goto(`${platform}/auth/strategy`)
    await teacher.locator('input[autocomplete="username"]').fill('t00001')
    await teacher.locator('input[autocomplete="current-password"]').fill(PASSWORD)
    await teacher.locator('button[type="submit"]').click()
    await teacher.waitForURL((url) => url.origin === platform)
    await teacher.locator('#red-ui-header-button-user').click()
    await teacher
      .getByText(/Logout|注销|登出|退出/)
      .first()
      .click()
    await teacher.getByRole('heading', { level: 1, name: '退出登录' }).waitFor()
    await press(teacher, '退出')
    await teacher.waitForURL((url) => url.origin === platform)
    await teacher.goto(`${site.url}/apps`)
    await teacher.waitForURL(/sign-in/)
  })

  it('leaves nothing broken behind', () => expect(troubles().filter((text) => !text.includes(platform))).toEqual([]))
})
