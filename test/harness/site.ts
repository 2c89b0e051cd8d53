/** The product as people meet it: a house with a small district, served over HTTP, and browsers to use it with. */
import { sql } from 'kysely'
import type { BrowserContext, Page } from 'playwright-core'
import { hashPassword } from '../../src/platform/access/index.ts'
import { buildApp } from '../../src/server/app.ts'
import { background } from '../../src/server/background.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { sharedChromium } from './chromium.ts'
import { openTestHouse } from './house.ts'
import { watchTraffic } from './quiet.ts'
import { buildWorld, type World } from './world.ts'

export const PASSWORD = 'Journey-2023'
export type Visitor = { page: Page; context: BrowserContext; troubles: string[] }
export type Site = {
  house: OpenHouse
  world: World
  url: string
  /** Opens a browser of one's own, in a language; signs in through the form when a login is given. */
  visit: (
    login: string | null,
    options?: { width?: number; height?: number; locale?: 'zh-CN' | 'en' },
  ) => Promise<Visitor>
  close: () => Promise<void>
}

/** Serves a test house; everybody in its world has the same password. */
export async function openSite(perSchool = 6): Promise<Site> {
  const house = await openTestHouse()
  const world = await buildWorld(house, perSchool)
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}`.execute(house.owner)
  const app = await buildApp(house)
  const work = await background(house, () => {})
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  house.settings.publicUrl = url
  const browser = await sharedChromium()
  const contexts: BrowserContext[] = []

  const visit: Site['visit'] = async (login, { width = 1440, height = 900, locale = 'zh-CN' } = {}) => {
    const context = await browser.newContext({
      viewport: { width, height },
      locale,
      acceptDownloads: true,
      ...(width < 600 ? { hasTouch: true, isMobile: true } : {}),
    })
    contexts.push(context)
    watchTraffic(context)
    // As if it had been chosen on this device before; chosen again on a page, that stays.
    await context.addInitScript(
      `try { localStorage.getItem('qiangshi.locale') ?? localStorage.setItem('qiangshi.locale', '${locale}') } catch {}`,
    )
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        troubles.push(`console: ${message.text()}`)
    })
    page.on('response', (response) => {
      if (response.status() >= 500) troubles.push(`${response.status()} ${new URL(response.url()).pathname}`)
    })
    if (login) await signIn(page, url, login)
    return { page, context, troubles }
  }
  return {
    house,
    world,
    url,
    visit,
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()))
      await app.close()
      await work.stop()
      await house.close()
    },
  }
}

/** Signs in through the form, as people do. */
export async function signIn(page: Page, url: string, login: string, password = PASSWORD): Promise<void> {
  await page.goto(`${url}/`)
  await page.locator('input[autocomplete="username"]').fill(login)
  await page.locator('input[autocomplete="current-password"]').fill(password)
  await page.locator('button[type="submit"]').click()
  await page.locator('input[autocomplete="current-password"]').waitFor({ state: 'detached' })
}
