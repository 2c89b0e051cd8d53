/** What people do on the pages of a journey, in the words that they see there, and what went wrong in their browsers. */
import type { Download, Page } from 'playwright-core'
import type { Site, Visitor } from '../harness/site.ts'

export const phone = { width: 360, height: 740 }

/** The people of one journey: each visit has its own browser; at the end their troubles are read together. */
export function companyOf(site: () => Site) {
  const visitors: Visitor[] = []
  return {
    visit: async (...ask: Parameters<Site['visit']>): Promise<Page> => {
      const visitor = await site().visit(...ask)
      visitors.push(visitor)
      return visitor.page
    },
    troubles: () => visitors.flatMap(({ troubles }) => troubles),
  }
}

/** Presses the first button of this name. */
export const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()

/** The dialog in front: one may have opened another. */
export const dialog = (page: Page) => page.getByRole('dialog').last()

/** Presses a button of the dialog in front, the last of this name: acts stand at its foot. */
export const inDialog = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name }).last().click()

/** Waits until nothing stands in front of the page. */
export const closed = async (page: Page) => {
  await page.getByRole('dialog').first().waitFor({ state: 'detached' })
}

/** The row of a table that names this. */
export const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

/** What comes as a file when this is done, also from a tab that it opens. */
export async function downloaded(page: Page, doing: () => Promise<unknown>): Promise<Download> {
  const file = new Promise<Download>((resolve) => {
    page.once('download', resolve)
    page.context().once('page', (tab) => tab.once('download', resolve))
  })
  await doing()
  return file
}
