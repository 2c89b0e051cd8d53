/** Codes of other modules in their own words: the part before the first dot names the catalog. */
import { loadWords, type Words, wordsAtHand } from '../../../ui/words.ts'
import { use } from 'react'
import { useFormat } from '../../../ui/i18n.tsx'

export const moduleOf = (code: string): string => code.slice(0, Math.max(0, code.indexOf('.'))) || 'ui'

/** Words for the acts in the trail: `records.person_moved` is worded by `trail.person_moved` of the records. */
export function useActionWords(modules: readonly string[]): (action: string) => string {
  const { locale } = useFormat()
  const catalogs = new Map<string, Words>()
  for (const module of modules) catalogs.set(module, wordsAtHand(module, locale) ?? use(loadWords(module, locale)))
  return (action) => {
    const words = catalogs.get(moduleOf(action))
    const key = `trail.${action.slice(action.indexOf('.') + 1)}`
    return words?.has(key) ? words(key) : action
  }
}
