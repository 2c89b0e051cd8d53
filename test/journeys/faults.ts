/** What a person would stumble over on a page: looked at as it stands, by axe and by eye. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { settled } from '../harness/quiet.ts'

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Finding = { id: string; impact: string; nodes: { html: string }[] }

/** Rules whose findings are never more than moderate are left out: such findings are not counted below. No page plays anything that would have to be fetched. */
const LOOK = `axe.run(document, {
  resultTypes: ['violations'],
  preload: false,
  rules: Object.fromEntries(axe._audit.rules.filter(({ impact }) => ['minor', 'moderate'].includes(impact)).map(({ id }) => [id, { enabled: false }])),
})`

/** What a person would stumble over on the page as it stands. */
export async function faultsOf(page: Page): Promise<string[]> {
  await settled(page)
  await page.evaluate(await axe)
  const { violations } = (await page.evaluate(LOOK)) as { violations: Finding[] }
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
    ...(await tooSmall(page)),
  ]
}

/** On a phone, acts that a thumb cannot hit: lower than 44 px, the hit area around small signs counted in. */
const tooSmall = async (page: Page): Promise<string[]> =>
  (page.viewportSize()?.width ?? 0) >= 600
    ? []
    : ((await page.evaluate(`[...document.querySelectorAll('main :is(button, a.q-button, [role=tab], summary)')]
        .filter((e) => !e.closest('[class*="ant-"], .q-clause'))
        .map((e) => [e, e.getBoundingClientRect().height])
        .filter(([e, height]) => height > 0 && height < 43.5)
        .map(([e, height]) => 'only ' + Math.round(height) + ' px high: ' + e.outerHTML.slice(0, 120))`)) as string[])
