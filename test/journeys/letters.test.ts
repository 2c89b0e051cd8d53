/** The browser of the journeys draws Chinese: without a font every letter is the same box, and no picture would prove anything. */
import { expect, test } from 'vitest'
import { launchChromium } from '../harness/chromium.ts'

test('letters that differ look different, rare ones of names included', async () => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    const letters = ['强', '师', '龘', '𠮷', '䶮']
    const pictures: Buffer[] = []
    for (const letter of letters) {
      await page.setContent(`<p style="font: 40px sans-serif; width: 60px">${letter}</p>`)
      pictures.push(await page.locator('p').screenshot())
    }
    expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(letters.length)
  } finally {
    await browser.close()
  }
})
