import { readdirSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { loadSameWords, loadWords, offerWords, placeWords, wordsAtHand } from './words.ts'

test('ICU messages with plurals and numbers; plain ones without the parser', () => {
  const t = placeWords('a', 'en', { n: '{n, plural, one {# teacher} other {# teachers}}', plain: 'Save', tag: 'a < b' })
  expect(t('n', { n: 1 })).toBe('1 teacher')
  expect(t('n', { n: 1200 })).toBe('1,200 teachers')
  expect(t('plain')).toBe('Save')
  expect(t('tag')).toBe('a < b')
  expect(t('absent')).toBe('absent')
  expect(t.has('absent')).toBe(false)
})

test('a catalog is loaded once, and again after a failure', async () => {
  let calls = 0
  const once = async () => {
    calls++
    if (calls === 1) throw new TypeError('Failed to fetch')
    return { default: { hello: '您好' } }
  }
  offerWords('b', { 'zh-CN': once, en: async () => ({ default: { hello: 'Hello' } }) })
  await expect(loadWords('b', 'zh-CN')).rejects.toThrow()
  const [first, second] = await Promise.all([loadWords('b', 'zh-CN'), loadWords('b', 'zh-CN')])
  expect(first).toBe(second)
  expect(first('hello')).toBe('您好')
  expect(calls).toBe(2)
})

test('switching the language loads what is on the screen', async () => {
  offerWords('c', { 'zh-CN': async () => ({ default: { x: '甲' } }), en: async () => ({ default: { x: 'A' } }) })
  await loadWords('c', 'zh-CN')
  expect(wordsAtHand('c', 'en')).toBeUndefined()
  await loadSameWords('zh-CN', 'en')
  expect(wordsAtHand('c', 'en')?.('x')).toBe('A')
})

describe.each(['messages', '../web/messages', '../platform/access/messages'])('catalogs in %s', (folder) => {
  const at = new URL(`${folder}/`, import.meta.url)
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, at), 'utf8')) as Record<string, string>
  test('both languages have the same keys', () => {
    expect(readdirSync(at).sort()).toEqual(['en.json', 'zh-CN.json'])
    expect(Object.keys(read('en.json')).sort()).toEqual(Object.keys(read('zh-CN.json')).sort())
  })
  test.each(['zh-CN', 'en'])('every message of %s is ICU, and Chinese is Chinese', (locale) => {
    for (const [key, text] of Object.entries(read(`${locale}.json`))) {
      expect(() => new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }), key).not.toThrow()
      if (locale === 'en') expect(text, key).not.toMatch(/\p{Script=Han}/u)
    }
  })
})
