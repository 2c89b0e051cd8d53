/** Codes of other modules in their own words: the part before the first dot names the catalog. */
import { use } from 'react'
import { useBilingual, useFormat, useWords } from '../../../ui/i18n.tsx'
import { loadWords, type Words } from '../../../ui/words.ts'
import type { TrailEntry } from '../contract.ts'

export const moduleOf = (code: string): string => code.slice(0, Math.max(0, code.indexOf('.'))) || 'ui'

/**
 * Words for the acts in the trail: `records.title_set` is worded by `trail.title_set` of the records. Modules without
 * pages have theirs in the desk's catalog, under the whole code.
 */
export function useActionWords(modules: readonly string[]): (action: string) => string {
  const { locale } = useFormat()
  const desk = useWords('desk')
  const catalogs = new Map<string, Words>()
  for (const module of modules) catalogs.set(module, use(loadWords(module, locale)))
  return (action) => {
    const words = catalogs.get(moduleOf(action))
    const key = `trail.${action.slice(action.indexOf('.') + 1)}`
    if (words?.has(key)) return words(key)
    return desk.has(`trail.${action}`) ? desk(`trail.${action}`) : action
  }
}

/** Under which right: as the server words it; what needs none and what the product does by itself by the desk's own words. */
export function usePermissionWords(): (entry: TrailEntry) => string {
  const t = useWords('desk')
  const pick = useBilingual()
  return ({ permission, permissionName }) => {
    if (permissionName) return pick(permissionName)
    const key = `trail.may.${permission}`
    return t.has(key) ? t(key) : permission
  }
}

/** What sort of thing it was done to. */
export function useSubjectWords(): (kind: string) => string {
  const t = useWords('desk')
  return (kind) => (t.has(`subject.${kind}`) ? t(`subject.${kind}`) : kind)
}

/** Who acted: people by their names; the product itself and whoever was not signed in by words. */
export function useActorName(): (actor: string) => string {
  const t = useWords('desk')
  return (actor) => (actor === 'anonymous' || actor === 'system' ? t(`trail.actor_${actor}`) : actor)
}
