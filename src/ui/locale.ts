/** The language of the screen: Chinese unless the person chose otherwise; the choice is remembered on this device. */
import { useSyncExternalStore } from 'react'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const KEY = 'qiangshi.locale'
const listeners = new Set<() => void>()

const isLocale = (text: unknown): text is Locale => LOCALES.includes(text as Locale)

function remembered(): Locale | undefined {
  try {
    const text = globalThis.localStorage?.getItem(KEY)
    return isLocale(text) ? text : undefined
  } catch {
    // A browser that forbids storage still gets a working product in Chinese.
    return undefined
  }
}

let current: Locale = remembered() ?? 'zh-CN'

export const currentLocale = (): Locale => current

/** False as long as nobody chose a language on this device: then the account's choice may decide. */
export const localeWasChosen = (): boolean => remembered() !== undefined

/** Shows the product in this language from now on and remembers it. Load the words first: see `switchLocale` in i18n. */
export function rememberLocale(locale: Locale): void {
  current = locale
  try {
    globalThis.localStorage?.setItem(KEY, locale)
  } catch {
    // Not remembered, but shown.
  }
  markDocument()
  for (const listener of listeners) listener()
}

/** Tells the browser and screen readers the language, so that Chinese is set and spoken as Chinese. */
export function markDocument(): void {
  if (typeof document !== 'undefined') document.documentElement.lang = current
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLocale = (): Locale => useSyncExternalStore(subscribe, currentLocale, () => 'zh-CN')
