/** What a person finds where: the union of what their roles and permissions open, from all modules. */
import type { HomeCard, HomeSlot, ModulePages, NavEntry, NavGroup } from '../../ui/module.ts'
import { HOME_SLOTS, NAV_GROUPS } from '../../ui/module.ts'

/** The part of a session that navigation depends on. */
export type Who = { permissions: readonly string[]; roles: readonly { role: string }[] }

export type NavSection = { group: NavGroup; entries: NavEntry[] }

/** Most entries of a bottom bar, home included: more cannot be hit with a thumb at 360 px. */
const TABS = 5

export function holds(permissions: readonly string[], wanted: string | readonly string[] | undefined): boolean {
  if (wanted === undefined) return true
  return (typeof wanted === 'string' ? [wanted] : wanted).some((permission) => permissions.includes(permission))
}

const hasRole = (who: Who, roles: readonly string[] | undefined) =>
  roles === undefined || who.roles.some(({ role }) => roles.includes(role))

const visible = (who: Who, modules: readonly ModulePages[]): NavEntry[] =>
  modules
    .flatMap((module) => module.nav)
    .filter((entry) => holds(who.permissions, entry.permission) && hasRole(who, entry.roles))

/** Groups with something in them, in the house's order. */
export function sectionsFor(who: Who, modules: readonly ModulePages[]): NavSection[] {
  const entries = visible(who, modules).sort((a, b) => (a.order ?? 50) - (b.order ?? 50))
  return NAV_GROUPS.map((group) => ({ group, entries: entries.filter((entry) => entry.group === group) })).filter(
    (section) => section.entries.length > 0,
  )
}

/** Entries of the bottom bar beside home. */
export const tabsFor = (who: Who, modules: readonly ModulePages[]): NavEntry[] =>
  visible(who, modules)
    .filter((entry) => entry.tab !== undefined)
    .sort((a, b) => (a.tab ?? 0) - (b.tab ?? 0))
    .slice(0, TABS - 1)

/** One's own pages that have no place in the bar: in the menu of the person, for whoever has no side navigation. */
export const menuFor = (who: Who, modules: readonly ModulePages[]): NavEntry[] => {
  const tabs = tabsFor(who, modules)
  const sections = sectionsFor(who, modules)
  return isOffice(sections) ? [] : sections.flatMap(({ entries }) => entries.filter((entry) => !tabs.includes(entry)))
}

/** Somebody with work beyond their own: gets the side navigation. */
export const isOffice = (sections: readonly NavSection[]): boolean => sections.some(({ group }) => group !== 'mine')

/** Cards of the home page by slot, in the order of the slots. */
export function homeFor(
  who: Who,
  modules: readonly ModulePages[],
): { slot: HomeSlot; cards: (HomeCard & { id: string })[] }[] {
  const cards = modules
    .flatMap((module) => (module.home ?? []).map((card) => ({ ...card, id: `${module.name}.${card.key}` })))
    .filter((card) => hasRole(who, card.roles))
    .sort((a, b) => a.order - b.order)
  return HOME_SLOTS.map((slot) => ({ slot, cards: cards.filter((card) => card.slot === slot) })).filter(
    (group) => group.cards.length > 0,
  )
}
