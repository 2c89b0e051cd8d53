/** Ten thousand faulty rows in the grid, in a real browser: until they are there, while they are scrolled end to end, and from a key to what it paints. */
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { hashPassword } from '../../src/platform/access/index.ts'
import { buildApp } from '../../src/server/app.ts'
import type { Caller } from '../../src/server/caller.ts'
import { buildWeb } from '../../src/server/web-build.ts'
import { launchChromium } from '../harness/chromium.ts'
import { PASSWORD, signIn } from '../harness/site.ts'
import { serveBare } from './bare-grid.ts'
import type { Bench, Benchmark, Comparison, Result } from './measure.ts'
import { cityOnRecord } from './records-house.ts'

const ROWS = 10_000
const ROUNDS = 3
/** So many frames from the first row to the last: some five hundred rows a second. */
const FRAMES = 1_200
const EDITS = 60

/** Milliseconds; frames and keys of one pass in order of length. */
type Pass = { first: number; all: number; frames: number[]; keys: number[] }

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!

/** Notes in every page when rows first stand there painted, and when all of them are there, by the clock of the page. */
const watching = (rows: number) => `
  window.told = { keys: [] }
  const look = () => {
    const grid = document.querySelector('[aria-rowcount]')
    const now = performance.now()
    if (document.querySelector('[data-place]') && window.told.first === undefined) window.told.first = now
    if (grid && Number(grid.getAttribute('aria-rowcount')) > ${rows}) window.told.all = now
    if (window.told.first === undefined || window.told.all === undefined) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    requestAnimationFrame(() => {
      const painted = new MessageChannel()
      painted.port1.onmessage = () => window.told.keys.push(performance.now() - event.timeStamp)
      painted.port2.postMessage(0)
    })
  }, true)`

type Told = { first?: number; all?: number; keys: number[] }
const told = (page: Page) => page.evaluate(() => (globalThis as unknown as { told: Told }).told)

/** From top to bottom, so far a frame; how long each frame took. */
const scroll = (page: Page) =>
  page.evaluate(
    (frames) =>
      new Promise<number[]>((done) => {
        const body = document.querySelector('[data-place]')!.closest('[aria-rowcount], #grid') as HTMLElement
        const step = (body.scrollHeight - body.clientHeight) / frames
        const taken: number[] = []
        let before = performance.now()
        const next = () => {
          const now = performance.now()
          taken.push(now - before)
          before = now
          if (taken.length > frames) return done(taken.slice(1))
          body.scrollTop = Math.ceil(step * taken.length)
          requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }),
    FRAMES,
  )

/** One letter into so many cells of a column, each kept by Enter, which leads to the next row. */
async function edit(page: Page, column: number): Promise<void> {
  await page.evaluate(() => {
    ;(document.querySelector('[data-place]')!.closest('[aria-rowcount], #grid') as HTMLElement).scrollTop = 0
  })
  await page.locator(`[data-place="0 ${column}"]`).focus()
  for (let nth = 0; nth < EDITS; nth++) {
    await page.keyboard.press('x')
    await page.keyboard.press('Enter')
  }
  await page.waitForFunction((many) => (globalThis as unknown as { told: Told }).told.keys.length >= many, EDITS)
}

async function pass(page: Page, url: string, column: number): Promise<Pass> {
  await page.goto(url)
  await page.waitForFunction(() => (globalThis as unknown as { told: Told }).told.all !== undefined, null, {
    timeout: 180_000,
  })
  const frames = await scroll(page)
  await page
    .locator(`[data-place^="${ROWS - 1} "]`)
    .first()
    .waitFor()
  await edit(page, column)
  const { first, all, keys } = await told(page)
  return { first: first!, all: all!, frames: frames.sort((a, b) => a - b), keys: keys.sort((a, b) => a - b) }
}

/** The rows as texts, as the grid shows them or nearly so. */
async function texts({ records }: Caller): Promise<string[][]> {
  const rows: string[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof records.qualityGrid>> = await records.qualityGrid({
      limit: 2000,
      ...(cursor ? { cursor } : {}),
    })
    rows.push(
      ...page.rows.map(({ name, number, orgName, values }) => [
        `${name} ${number}`,
        orgName,
        ...Object.values(values).map((value) => value ?? '—'),
      ]),
    )
    cursor = page.next
  }
  return rows
}

async function visitor(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.addInitScript(watching(ROWS))
  return page
}

async function run(bench: Bench): Promise<Result> {
  const { house, caller } = await cityOnRecord(bench, ROWS)
  await buildWeb(bench.say)
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}`.execute(house.owner)
  const { people } = await caller.records.checkQuality({})
  if (people !== ROWS) throw new Error(`${people} people`)
  const rows = await texts(caller)
  if (rows.length !== ROWS) throw new Error(`${rows.length} rows with findings`)
  const bare = await serveBare(rows)
  const app = await buildApp(house)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  house.settings.publicUrl = url
  const browser = await launchChromium()
  try {
    const [own, plain] = [await visitor(browser), await visitor(browser)]
    await signIn(own, url, 'administrator')
    const column = 2 + (await caller.records.qualityRules()).fields.findIndex(({ key }) => key === 'institution')
    const [values, base]: [Pass[], Pass[]] = [[], []]
    for (let round = -1; round < ROUNDS; round++) {
      bench.say(round < 0 ? 'once to warm up' : `round ${round + 1} of ${ROUNDS}`)
      // Each in front while it is measured: a page behind another draws no frames.
      await own.bringToFront()
      const passed = await pass(own, `${url}/quality/mend`, column)
      await plain.bringToFront()
      const bared = await pass(plain, bare.url, column)
      if (round < 0) continue
      values.push(passed)
      base.push(bared)
    }
    const compare = (what: string, of: (one: Pass) => number, note?: string): Comparison => ({
      what,
      unit: 'ms',
      values: values.map(of),
      baseline: { what: 'a bare page with the same list of plain text', values: base.map(of) },
      ...(note ? { note } : {}),
    })
    const scrolled = `a frame while ${ROWS.toLocaleString('en')} rows are scrolled end to end in ${FRAMES.toLocaleString('en')}`
    return {
      comparisons: [
        compare('from the address to the first rows', ({ first }) => first, 'the bare page reads all rows before'),
        compare(`from the address to all ${ROWS.toLocaleString('en')} rows`, ({ all }) => all),
        compare(`${scrolled}, p50`, ({ frames }) => at(frames, 0.5)),
        compare(`${scrolled}, p95`, ({ frames }) => at(frames, 0.95)),
        compare(`${scrolled}, p99`, ({ frames }) => at(frames, 0.99)),
        compare('from Enter to the kept cell painted, p50', ({ keys }) => at(keys, 0.5)),
        compare('from Enter to the kept cell painted, p95', ({ keys }) => at(keys, 0.95)),
      ],
      facts: { rows: ROWS, columns: rows[0]!.length, frames: FRAMES, edits: EDITS },
    }
  } finally {
    await browser.close()
    await app.close()
    bare.server.close()
    await house.close()
  }
}

export const recordsGrid: Benchmark = {
  name: 'records-grid',
  what: 'ten thousand faulty rows in the grid of a real browser',
  run,
}
