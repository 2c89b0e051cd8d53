/** Knows when a page has come to rest: nothing is under way to the server, what was to be drawn is drawn, nothing loads or moves. */
import type { BrowserContext, Page, Request } from 'playwright-core'

type Traffic = { open: Set<Request>; begun: number }

const traffic = new WeakMap<Page, Traffic>()

/** Listens to every page of this browser from its beginning. */
export function watchTraffic(context: BrowserContext): void {
  context.on('page', (page) => {
    const known: Traffic = { open: new Set(), begun: 0 }
    traffic.set(page, known)
    const ended = (request: Request) => void known.open.delete(request)
    page.on('requestfinished', ended)
    page.on('requestfailed', ended)
    page.on('request', (request) => {
      known.begun += 1
      // What the last page still waited for, nobody waits for any more.
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) known.open.clear()
      known.open.add(request)
    })
  })
}

/** Something is still to come, or still on its way across the screen. */
const UNFINISHED = `!document.body || document.body.innerText.trim() === '' ||
  document.querySelector('.q-skeleton, .q-page-skeleton, .ant-spin-spinning') !== null ||
  document.getAnimations().some((one) => one.playState === 'running' && Number.isFinite(one.effect.getComputedTiming().endTime))`

/** As long as what an answer leads to may take to be drawn, or asked for in its turn. */
const BREATH = 100

/** Waits until the page is at rest. @throws where that does not come about within a minute */
export async function settled(page: Page): Promise<void> {
  const known = traffic.get(page)
  const until = Date.now() + 60_000
  await page.waitForLoadState('load')
  for (;;) {
    const begun = known?.begun
    const unfinished = await page.evaluate(
      `new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => done(${UNFINISHED})), ${BREATH})))`,
    )
    if (!unfinished && begun === known?.begun && !known?.open.size) return
    if (Date.now() > until)
      throw new Error(
        `${page.url()} does not come to rest: ${[...(known?.open ?? [])].map((request) => request.url()).join(', ') || 'something is still to come'}`,
      )
  }
}
