/** Codes of other modules in their own words: the part before the first dot names the catalog. */
import { use } from 'react'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { loadWords, type Words } from '../../../ui/words.ts'

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

/** Who acted: people by their names; the product itself and whoever was not signed in by words. */
export function useActorName(): (actor: string) => string {
  const t = useWords('desk')
  return (actor) => (actor === 'anonymous' || actor === 'system' ? t(`trail.actor_${actor}`) : actor)
}
