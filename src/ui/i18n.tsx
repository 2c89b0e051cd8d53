/** Words for React: `const t = useWords('training')`, then `t('class.enrolled', { n: 30 })`. */
import { use } from 'react'
import { formatter } from './format.ts'
import { currentLocale, type Locale, rememberLocale, useLocale } from './locale.ts'
import zh from './messages/zh-CN.json' with { type: 'json' }
import {
  type Bilingual,
  loadSameWords,
  loadWords,
  offerWords,
  placeWords,
  type SentBilingual,
  type Words,
} from './words.ts'

placeWords('ui', 'zh-CN', zh)
offerWords('ui', {
  'zh-CN': async () => ({ default: zh }),
  en: () => import('./messages/en.json', { with: { type: 'json' } }),
})

/** The module's words in the language of the screen. Suspends while they load; routes load them beforehand. */
export function useWords(module: string): Words {
  const locale = useLocale()
  return use(loadWords(module, locale))
}

/** Picks from a text that is given in both languages, by a door or by the server. */
export function useBilingual(): (text: Bilingual | SentBilingual) => string {
  const locale = useLocale()
  return (text) => ('zh' in text ? text[locale === 'zh-CN' ? 'zh' : 'en'] : text[locale])
}

/** Dates, numbers, money and names, set the way the language of the screen sets them. */
export const useFormat = () => formatter(useLocale())

/** Shows the product in another language as soon as all words on the screen are there. */
export async function switchLocale(to: Locale): Promise<void> {
  await loadSameWords(currentLocale(), to)
  rememberLocale(to)
}
