/** Every page that a role's navigation offers, in both languages, wide and on a phone: it opens without trouble, fits, and is accessible. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { furnish } from '../house/furniture.ts'

let site: Site
let axe: string
beforeAll(async () => {
  site = await openSite()
  await furnish(site.house, site.world)
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
}, 180_000)
afterAll(() => site?.close())

const LOGINS = ['t00001', 'clerk-0', 'principal-0', 'trainer-d', 'commission-d', 'auditor-d', 'administrator-d']

type Finding = { id: string; impact: string; nodes: { html: string }[] }

/** What a person would stumble over on the page as it stands. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(150)
  await page.evaluate(axe)
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: Finding[]
  }
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `axe ${id}: ${nodes[0]?.html.slice(0, 160)}`)
  const overflow = (await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )) as number
  // Identifiers that are meant to be read as such stand in code elements.
  const text = (await page.evaluate(
    `(() => { const copy = document.body.cloneNode(true); copy.querySelectorAll('code, script, style').forEach((e) => e.remove()); return copy.textContent })()`,
  )) as string
  // A key that no catalog holds is shown as it is: words with dots or underscores between.
  const keys =
    text.match(/\b(?:my|office|errors|state|kind|level|unit|class_state|export)\.[a-z_]+(?:[._][a-z_]+)*\b/g) ?? []
  return [
    ...serious,
    ...(overflow > 1 ? [`wider than the screen by ${overflow} px`] : []),
    ...keys.map((key) => `untranslated ${key}`),
  ]
}

describe.each(LOGINS)('pages of %s', (login) => {
  it.each([
    ['wide', 1440, 'zh-CN'],
    ['phone', 360, 'en'],
  ] as const)('%s', async (_name, width, locale) => {
    const { page, context, troubles } = await site.visit(login, { width, height: width < 600 ? 740 : 900, locale })
    if (locale === 'en')
      await page.evaluate(
        `fetch('/rpc/access/setLocale', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ json: { locale: 'en' } }) })`,
      )
    const paths = (await page.evaluate(
      `fetch('/rpc/access/me').then(() => [...new Set([...document.querySelectorAll('nav a[href^="/"]')].map((a) => a.getAttribute('href')))])`,
    )) as string[]
    expect(paths.length).toBeGreaterThan(1)
    const found: string[] = []
    for (const path of ['/', ...paths]) {
      await page.goto(`${site.url}${path}`)
      found.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`))
    }
    await context.close()
    expect([...found, ...troubles]).toEqual([])
  })
})

it('the public pages need no sign-in and are accessible', async () => {
  const { page, context, troubles } = await site.visit(null, { width: 360, height: 740 })
  const found: string[] = []
  for (const path of ['/', '/verify', '/verify/AAAAA-BBBBB']) {
    await page.goto(`${site.url}${path}`)
    found.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`))
  }
  await context.close()
  expect([...found, ...troubles]).toEqual([])
})
