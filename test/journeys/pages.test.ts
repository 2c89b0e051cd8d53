/** Every page that a role's navigation offers, and the pages behind its lists, in both languages, wide and on a phone: it opens without trouble, fits, and is accessible. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'
import { type Furniture, furnish } from '../house/furniture.ts'
import { faultsOf } from './faults.ts'

let site: Site
let things: Furniture
beforeAll(async () => {
  site = await openSite()
  things = await furnish(site.house, site.world)
}, 180_000)
afterAll(() => site?.close())

/** Pages that no navigation offers: they are reached from a list. */
const BEHIND: Record<string, () => string[]> = {
  'clerk-0': () => [`/delegation/${things.openClass}`, `/classes/${things.runningClass}`],
  'trainer-d': () => [
    '/plan/new',
    `/classes/${things.plannedClass}/edit`,
    `/classes/${things.plannedClass}`,
    `/policy/drafts/${things.draftId}`,
    `/policy/drafts/${things.draftId}/sets/training.credit.cycle`,
    `/policy/drafts/${things.draftId}/new-set`,
    `/policy/drafts/compare?draft=${things.draftId}&draft=${things.submittedDraft}`,
    `/policy/lab?draft=${things.draftId}`,
    ...['places', 'people', 'sessions', 'attendance', 'completion'].map(
      (tab) => `/classes/${things.runningClass}?tab=${tab}`,
    ),
    `/classes/${things.doneClass}?tab=attendance&view=sheet`,
    '/calls/new',
    ...['', '?part=dates', '?part=form', '?part=text', '?part=try'].map((part) => `/calls/${things.draftCall}${part}`),
    ...['', '?part=dates', '?part=amendments'].map((part) => `/calls/${things.callId}${part}`),
    `/host/${things.sessionId}`,
    `/audit/${site.world.schools[0].id}?year=2023`,
    `/scorecards/${site.world.schools[0].id}`,
  ],
  'auditor-d': () => [
    '/policy/library/parameters/training.credit.cycle_total',
    '/policy/library/parameters/ethics.sanction.government_months',
    '/policy/library/rules',
    '/policy/library/compare',
  ],
  'commission-d': () => [`/policy/drafts/${things.submittedDraft}`],
}
const LOGINS = [
  't00001',
  'clerk-0',
  'principal-0',
  'trainer-d',
  'commission-d',
  'auditor-d',
  'security-d',
  'administrator-d',
]

describe.each(LOGINS)('pages of %s', (login) => {
  it.each([
    ['wide', 1440, 'zh-CN'],
    ['phone', 360, 'en'],
  ] as const)('%s', async (_name, width, locale) => {
    const { page, context, troubles } = await site.visit(login, { width, height: width < 600 ? 740 : 900, locale })
    const paths = (await page.evaluate(
      `fetch('/rpc/access/me').then(() => [...new Set([...document.querySelectorAll('nav a[href^="/"]')].map((a) => a.getAttribute('href')))])`,
    )) as string[]
    expect(paths.length).toBeGreaterThan(1)
    const found: string[] = []
    for (const path of ['/', ...paths, ...(BEHIND[login]?.() ?? [])]) {
      await page.goto(`${site.url}${path}`)
      found.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`))
      expect(await page.evaluate('document.documentElement.lang'), path).toBe(locale)
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
