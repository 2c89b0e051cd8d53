/** Every sentence of the inbox can be written in a letter without naming anybody: as it is, or as its module words it for letters. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { expect, it } from 'vitest'
import { mailedData } from '../../src/platform/inbox/rules/mailed.ts'

const SOURCE = join(import.meta.dirname, '..', '..', 'src')
const all = (locale: string): Record<string, string> =>
  Object.assign(
    {},
    ...['platform', 'domains'].flatMap((tier) =>
      readdirSync(join(SOURCE, tier)).map((name) => {
        try {
          return JSON.parse(readFileSync(join(SOURCE, tier, name, 'messages', `${locale}.json`), 'utf8')) as object
        } catch {
          return {}
        }
      }),
    ),
  )
const wanted = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    const inner =
      element.type === TYPE.select || element.type === TYPE.plural
        ? Object.values(element.options).flatMap(({ value }) => wanted(value))
        : []
    return ['value' in element ? String(element.value) : '', ...inner]
  })

it.each(['zh-CN', 'en'])('in %s', (locale) => {
  const words = all(locale)
  const codes = Object.keys(words).filter((key) => /^[a-z]+\.(todo|message|told|calendar)\.[a-z_]+$/.test(key))
  expect(codes.length).toBeGreaterThan(40)
  const unsaid = codes.filter((code) => {
    const names = wanted(parse(words[`${code}.mail`] ?? words[code]!))
    const left = mailedData(Object.fromEntries(names.map((name) => [name, 'x'])), locale, (day) => day)
    return names.some((name) => !(name in left))
  })
  expect(unsaid).toEqual([])
})
