/** What a module brings to the browser: its door `pages/index.tsx` exports one `pages: ModulePages`, small and lazy. */
import type { ComponentType } from 'react'
import type { Clients } from './client.tsx'
import type { IconName } from './icon-paths.ts'
import type { Bilingual, Catalogs } from './words.ts'

/** Groups of the navigation, in the order in which they stand. Their words are the shell's. */
export const NAV_GROUPS = ['mine', 'work', 'people', 'training', 'growth', 'staffing', 'oversight', 'system'] as const
export type NavGroup = (typeof NAV_GROUPS)[number]

/** Places on the home page: what is next, what is asked of me, where do I stand, and the overview of an office. */
export const HOME_SLOTS = ['next', 'asked', 'standing', 'overview'] as const
export type HomeSlot = (typeof HOME_SLOTS)[number]

export type Load = () => Promise<{ default: ComponentType }>

export type NavEntry = {
  key: string
  path: string
  label: Bilingual
  icon: IconName
  group: NavGroup
  /** Shown to those who hold this permission (any of several); to everybody signed in when absent. */
  permission?: string | readonly string[]
  /** Shown only to these roles: for personal pages that need no permission, such as a teacher's own training. */
  roles?: readonly string[]
  /** Parameters and requirement sets that its figures rest on; the policy library leads back from them to here. */
  uses?: readonly string[]
  /** Order within its group; 50 when absent. */
  order?: number
  /** Place in a teacher's bottom tab bar, with a label of at most four characters. Five places at most are shown. */
  tab?: number
  tabLabel?: Bilingual
  /** How many things wait there: shown as a small figure beside the label, asked again every minute. */
  count?: (clients: Clients) => Promise<NavFigure>
}

/** A figure, with what it counts for those who hear it where that is not simply work that waits. */
export type NavFigure = number | { n: number; said: Bilingual }

export type PageRoute = {
  /** As TanStack Router writes it: `/training/classes/$classId`. */
  path: string
  permission?: string | readonly string[]
  /** Reachable without signing in; shown without navigation. */
  public?: boolean
  load: Load
}

export type HomeCard = {
  key: string
  /** Roles that see the card; a person with several roles sees the union, each card once. */
  roles: readonly string[]
  slot: HomeSlot
  order: number
  /** Pixels kept free while the card loads, so that the page does not jump. */
  height: number
  load: Load
}

export type ModulePages = {
  name: string
  messages: Catalogs
  nav: readonly NavEntry[]
  routes: readonly PageRoute[]
  home?: readonly HomeCard[]
  /** The dialog that asks whether it is still the same person (`again.ts`); one module of the house brings it. */
  confirm?: Load
}
