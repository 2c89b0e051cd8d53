import { describe, expect, test } from 'vitest'
import { application } from '../application.fixture.ts'
import { checkForm } from './check.ts'
import { mentions } from './expressions.ts'

const t = (zh: string) => ({ 'zh-CN': zh, en: 'x' })
const form = (...elements: object[]) => ({ pages: [{ name: 'p', elements }] })
const text = (more: object = {}) => ({ type: 'text', name: 'a', title: t('甲'), ...more })
const places = (json: unknown) => checkForm(json).map(({ path }) => path)

test('a long form of an office is in order', () => expect(checkForm(application)).toEqual([]))

describe('is refused, with its place and words in both languages', () => {
  const q = 'pages[0].elements[0]'
  const cases: [string, object, string, RegExp][] = [
    ['no English', form({ type: 'text', name: 'a', title: { default: '甲' } }), `${q}.title.en`, /./],
    ['no title', form({ type: 'text', name: 'a' }), `${q}.title`, /./],
    ['Chinese twice', form(text({ title: { ...t('甲'), default: '甲' } })), `${q}.title`, /只写一处/],
    ['markup', form(text({ title: t('甲<b>乙</b>') })), `${q}.title.zh-CN`, /网页标记/],
    ['an address', form(text({ description: t('见 https://x.cn') })), `${q}.description.zh-CN`, /网址/],
    ['a script', form(text({ title: t('javascript:alert(1)') })), `${q}.title.zh-CN`, /网址/],
    ['other answers in a title', form(text({ title: t('你好{b}') })), `${q}.title.zh-CN`, /花括号/],
    ['a kind that is not in the language', form(text({ type: 'html' })), `${q}.type`, /./],
    ['a key that is not in the language', form(text({ setValueExpression: '1' })), q, /./],
    ['a strange name', form(text({ name: '__proto__' })), `${q}.name`, /字母/],
    ['a reserved name', form(text({ name: 'Row' })), `${q}.name`, /保留/],
    ['the same name twice', form(text(), text({ name: 'A' })), 'pages[0].elements[1].name', /重复/],
    [
      'asked twice',
      form(text({ from: 'person.name' }), text({ name: 'b', from: 'person.name' })),
      'pages[0].elements[1].from',
      /两次/,
    ],
    ['an expression that cannot be read', form(text({ visibleIf: '{a} = = 1' })), `${q}.visibleIf`, /无法识别/],
    [
      'brackets without end',
      form(text({ visibleIf: `${'('.repeat(120)}1${')'.repeat(120)}` })),
      `${q}.visibleIf`,
      /无法识别/,
    ],
    ['today', form(text({ visibleIf: '{a} > today()' })), `${q}.visibleIf`, /today/],
    ['a function within a function', form(text({ visibleIf: 'sum(age({a}), 1) > 2' })), `${q}.visibleIf`, /age/],
    ['somebody else’s name', form(text({ requiredIf: '{b} notempty' })), `${q}.requiredIf`, /“b”/],
    ['a property of a question', form(text({ requiredIf: '{$a.title} notempty' })), `${q}.requiredIf`, /./],
    ['a row outside of one', form(text({ requiredIf: '{row.a} notempty' })), `${q}.requiredIf`, /row\.a/],
    ['bounds the wrong way round', form(text({ inputType: 'number', min: 3, max: 1 })), `${q}.min`, /下限/],
    ['bounds of another kind', form(text({ inputType: 'date', max: 3 })), `${q}.min`, /类型/],
    [
      'a choice twice',
      form({
        type: 'dropdown',
        name: 'a',
        title: t('甲'),
        choices: [
          { value: 1, text: t('一') },
          { value: '1', text: t('二') },
        ],
      }),
      `${q}.choices[1].value`,
      /重复/,
    ],
  ]
  test.each(cases)('%s', (_, json, path, words) => {
    const found = checkForm(json)
    expect(found.map((one) => one.path)).toContain(path)
    expect(found.map(({ zh }) => zh).join()).toMatch(words)
    for (const { zh, en } of found) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).not.toBe(zh)
    }
  })

  test('what is no form, is in a circle, too deep or too large', () => {
    const circle: Record<string, unknown> = {}
    circle.pages = [circle]
    for (const bad of [null, 'x', [], circle]) expect(checkForm(bad)).toHaveLength(1)
    let deep: object = text()
    for (let level = 0; level < 2000; level++) deep = { type: 'panel', name: `p${level}`, elements: [deep] }
    expect(checkForm(form(deep))[0]!.path).toMatch(/^pages\[0\](\.elements\[0\]){4}/)
    expect(checkForm({ pages: [], x: '字'.repeat(100_000) })).toHaveLength(1)
    const many = Array.from({ length: 4 }, (_, page) => ({
      name: `p${page}`,
      title: t('页'),
      elements: Array.from({ length: 90 }, (_, n) => text({ name: `q${page}x${n}` })),
    }))
    expect(places({ pages: many })).toEqual([''])
  })
})

test('what an expression mentions', () => {
  expect(mentions("iif({a} > 1, {b.length}, sumInArray({c}, 'd')) = 3 and {row.x} anyof ['1']")).toEqual({
    variables: ['a', 'b.length', 'c', 'row.x'],
    functions: [
      { name: 'iif', given: 3 },
      { name: 'sumInArray', given: 2 },
    ],
  })
})
