/** Words: every catalog has the same keys in both languages, valid ICU with the same arguments, and a sentence for every refusal in the code. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import { contract } from '../../src/server/contract.ts'

const SOURCE = join(import.meta.dirname, '..', '..', 'src')
const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  )
const all = files(SOURCE)
const folders = all
  .filter((file) => file.endsWith('messages/zh-CN.json'))
  .map((file) => file.slice(SOURCE.length + 1, -'/zh-CN.json'.length))
const read = (folder: string, locale: string) =>
  JSON.parse(readFileSync(join(SOURCE, folder, `${locale}.json`), 'utf8')) as Record<string, string>

const argumentsOf = (text: string): string[] => {
  const walk = (elements: MessageFormatElement[]): string[] =>
    elements.flatMap((element) => {
      if (element.type === TYPE.literal || element.type === TYPE.pound) return []
      if (element.type === TYPE.tag) return [element.value, ...walk(element.children)]
      const inner =
        element.type === TYPE.select || element.type === TYPE.plural
          ? Object.values(element.options).flatMap((option) => walk(option.value))
          : []
      return [element.value, ...inner]
    })
  // A sentence about a pack's own words takes them in its own language; English counts a number that Chinese prints as text.
  return [...new Set(walk(parse(text)))]
    .map((name) => (name === 'zh' || name === 'en' ? 'words' : name === 'n' ? 'text' : name))
    .sort()
}

describe.each(folders)('%s', (folder) => {
  const zh = read(folder, 'zh-CN')
  const en = read(folder, 'en')
  it('has the same keys in both languages', () => expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort()))
  it('is valid ICU and says the same in both', () => {
    const different = Object.keys(zh).filter(
      (key) => en[key] !== undefined && JSON.stringify(argumentsOf(zh[key]!)) !== JSON.stringify(argumentsOf(en[key]!)),
    )
    expect(different).toEqual([])
  })
  it('has Chinese in the Chinese one and none in the English one, quoted terms and “the other language” apart', () => {
    const untranslated = Object.entries(en).filter(
      ([key, text]) =>
        !key.endsWith('Other') &&
        /[\u4e00-\u9fff]/.test(
          text
            .replace(/[“"‘(（【《][^”"’)）】》]*[”"’)）】》]/g, '')
            .replaceAll('强师', '')
            .replaceAll('中文', ''),
        ),
    )
    expect(untranslated).toEqual([])
  })
})

it('every refusal in the code has a sentence', () => {
  const known = new Set(folders.flatMap((folder) => Object.keys(read(folder, 'zh-CN'))))
  const missing = new Set<string>()
  for (const file of all.filter(
    (name) =>
      name.endsWith('.ts') &&
      !name.includes('.test.') &&
      !name.includes('/pages/') &&
      !name.includes('/ui/') &&
      !name.includes('/web/'),
  )) {
    const text = readFileSync(file, 'utf8')
    for (const [, code] of text.matchAll(/(?:refused|invalid|conflict)\(\s*'([a-z]+\.[a-z_]+)'/g)) missing.add(code!)
    for (const [, code] of text.matchAll(/new Refusal\(\s*'[a-z_]+',\s*'([a-z]+\.[a-z_]+)'/g)) missing.add(code!)
  }
  const said = (code: string) =>
    known.has(code) || known.has(`errors.${code}`) || known.has(`errors.${code.split('.')[1]}`)
  expect([...missing].filter((code) => !said(code)).sort()).toEqual([])
})

describe('the audit trail is worded', () => {
  const sources = all
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && !name.includes('.fixture.'))
    .filter((name) => !/\/(pages|ui|web)\//.test(name))
    .map((file) => readFileSync(file, 'utf8'))
  const desk = read('platform/desk/messages', 'zh-CN')
  const own = (module: string) => {
    const folder = folders.find((name) => name.split('/')[1] === module)
    return folder ? read(folder, 'zh-CN') : {}
  }
  const worded = (action: string) => {
    const [module = '', name] = action.split('.')
    return `trail.${name}` in own(module) || `trail.${action}` in desk
  }

  it('every act that the code records', () => {
    const acts = new Set<string>()
    for (const text of sources) {
      for (const [, value = ''] of text.matchAll(/\baction:([^\n]*)/g))
        for (const [, act] of value.matchAll(/'([a-z]+\.[a-z_]+)'/g)) acts.add(act!)
      for (const [, act] of text.matchAll(/aboutSchool\(\s*'([a-z]+\.[a-z_]+)'/g)) acts.add(act!)
    }
    expect(acts.size).toBeGreaterThan(50)
    expect([...acts].filter((act) => !worded(act))).toEqual([])
  })

  it('by the catalogs that the page asks for', () => {
    const page = readFileSync(new URL('../../src/platform/desk/pages/Trail.tsx', import.meta.url), 'utf8')
    const writes = folders.filter((folder) =>
      Object.keys(read(folder, 'zh-CN')).some((key) => key.startsWith('trail.')),
    )
    const modules = new Set(writes.map((folder) => folder.split('/')[1]!))
    expect([...modules].filter((module) => !page.includes(`'${module}'`))).toEqual([])
    expect([...modules].filter((module) => !(`module.${module}` in desk))).toEqual([])
  })

  it('every command, whose name stands in the trail where its service recorded nothing of its own', () => {
    const commands = Object.entries(contract).flatMap(([module, procedures]) =>
      Object.entries(procedures as Record<string, { '~orpc': { meta: { kind: string } } }>)
        .filter(([, procedure]) => procedure['~orpc'].meta.kind === 'command')
        .map(([name]) => `${module}.${name}`),
    )
    expect(commands.length).toBeGreaterThan(50)
    expect(commands.filter((name) => !worded(name))).toEqual([])
  })

  it('every kind of thing that an act is done to', () => {
    const kinds = new Set(
      sources.flatMap((text) => [...text.matchAll(/\bsubject: \{ kind: '([a-z_]+)'/g)].map(([, kind]) => kind!)),
    )
    expect(kinds.size).toBeGreaterThan(8)
    expect([...kinds].filter((kind) => !(`subject.${kind}` in desk))).toEqual([])
  })
})
