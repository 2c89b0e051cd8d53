/** What is looked at on every page that a role's navigation offers, and on the pages behind its lists, in both languages, wide and on a phone: it opens without trouble, fits, and is accessible. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settled } from '../harness/quiet.ts'
import { openSite, type Site } from '../harness/site.ts'
import type { World } from '../harness/world.ts'
import { type Furniture, furnish } from '../house/furniture.ts'
import { faultsOf } from './faults.ts'

/** Pages that no navigation offers: they are reached from a list. */
const BEHIND: Record<string, (things: Furniture, world: World) => string[]> = {
  'clerk-0': (things) => [`/delegation/${things.openClass}`, `/classes/${things.runningClass}`],
  'trainer-d': (things, world) => [
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
    `/audit/${world.schools[0].id}?year=2023`,
    `/scorecards/${world.schools[0].id}`,
  ],
  'auditor-d': () => [
    '/policy/library/parameters/training.credit.cycle_total',
    '/policy/library/parameters/ethics.sanction.government_months',
    '/policy/library/rules',
    '/policy/library/compare',
  ],
  'commission-d': (things) => [`/policy/drafts/${things.submittedDraft}`],
}

/** Looks at the pages of these people; `open` are pages that need no sign-in. */
export function lookAtPages(logins: readonly string[], open: readonly string[] = []): void {
  let site: Site
  let things: Furniture
  beforeAll(async () => {
    site = await openSite()
    things = await furnish(site.house, site.world)
  }, 180_000)
  afterAll(() => site?.close())

  describe.each(logins)('pages of %s', (login) => {
    it.each([
      ['wide', 1440, 'zh-CN'],
      ['phone', 360, 'en'],
    ] as const)('%s', async (_name, width, locale) => {
      const { page, context, troubles } = await site.visit(login, { width, height: width < 600 ? 740 : 900, locale })
      await settled(page)
      const paths = (await page.evaluate(
        `[...new Set([...document.querySelectorAll('nav a[href^="/"]')].map((a) => a.getAttribute('href')))]`,
      )) as string[]
      expect(paths.length).toBeGreaterThan(1)
      const found: string[] = []
      for (const path of ['/', ...paths, ...(BEHIND[login]?.(things, site.world) ?? [])]) {
        await page.goto(`${site.url}${path}`)
        found.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`))
        expect(await page.evaluate('document.documentElement.lang'), path).toBe(locale)
      }
      await context.close()
      expect([...found, ...troubles]).toEqual([])
    })
  })

  if (open.length === 0) return
  it('the public pages need no sign-in and are accessible', async () => {
    const { page, context, troubles } = await site.visit(null, { width: 360, height: 740 })
    const found: string[] = []
    for (const path of open) {
      await page.goto(`${site.url}${path}`)
      found.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`))
    }
    await context.close()
    expect([...found, ...troubles]).toEqual([])
  })
}
