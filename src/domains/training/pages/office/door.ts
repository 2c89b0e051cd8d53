/** What the office's pages of training bring to the browser. */
import type { HomeCard, NavEntry, PageRoute } from '../../../../ui/module.ts'

export const officeNav: readonly NavEntry[] = []
export const officeRoutes: readonly PageRoute[] = []
export const officeHome: readonly HomeCard[] = []
