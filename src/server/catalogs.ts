/** The words of all modules as one, by language: keys carry their module. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCE = join(import.meta.dirname, '..')
const read = new Map<string, Record<string, string>>()

/** Read once a language, when first asked for. */
export function wordsOf(locale: 'zh-CN' | 'en'): Record<string, string> {
  const known = read.get(locale)
  if (known) return known
  const folders = [
    join(SOURCE, 'server'),
    ...['platform', 'domains'].flatMap((tier) =>
      readdirSync(join(SOURCE, tier)).map((name) => join(SOURCE, tier, name)),
    ),
  ]
  const words = Object.assign({}, ...folders.map((folder) => readCatalog(join(folder, 'messages', `${locale}.json`))))
  read.set(locale, words)
  return words
}

function readCatalog(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}

/** The text of one key, for letters and calendars. */
export const catalog = (locale: 'zh-CN' | 'en', key: string): string | undefined => wordsOf(locale)[key]
