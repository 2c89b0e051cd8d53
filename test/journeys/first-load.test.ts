/** The first load of the teacher's home: at most 250 KB of compressed JavaScript, and nothing of the office's. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSite, type Site } from '../harness/site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite(3)
}, 180_000)
afterAll(() => site?.close())

it('stays within its budget', async () => {
  const { context } = await site.visit('t00001', { width: 360, height: 740 })
  const page = await context.newPage()
  const scripts = new Map<string, Promise<number>>()
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname
    if (path.endsWith('.js'))
      scripts.set(
        path,
        response.body().then((body) => gzipSync(body).length),
      )
  })
  await page.goto(site.url)
  // What is fetched ahead once nothing else is to be done counts as well.
  await page.waitForLoadState('networkidle')
  const total = (await Promise.all(scripts.values())).reduce((sum, size) => sum + size, 0)
  expect(scripts.size).toBeGreaterThan(1)
  expect([...scripts.keys()].filter((path) => /echarts|antd|office/i.test(path))).toEqual([])
  expect(total).toBeLessThan(250 * 1024)
  await context.close()
})
