import { describe, expect, test } from 'vitest'
import type { HomeCard, ModulePages, NavEntry } from '../../ui/module.ts'
import { holds, homeFor, isOffice, menuFor, sectionsFor, tabsFor } from './navigation.ts'

const entry = (key: string, rest: Partial<NavEntry> = {}): NavEntry => ({
  key,
  path: `/${key}`,
  label: { 'zh-CN': key, en: key },
  icon: 'list',
  group: 'training',
  ...rest,
})
const card = (key: string, rest: Partial<HomeCard>): HomeCard => ({
  key,
  roles: ['teacher'],
  slot: 'next',
  order: 1,
  height: 100,
  load: async () => ({ default: () => null }),
  ...rest,
})
const door = (name: string, nav: NavEntry[], home: HomeCard[] = []): ModulePages => ({
  name,
  messages: { 'zh-CN': async () => ({ default: {} }), en: async () => ({ default: {} }) },
  nav,
  routes: [],
  home,
})
const who = (roles: string[], permissions: string[] = []) => ({ permissions, roles: roles.map((role) => ({ role })) })

const modules = [
  door(
    'training',
    [
      entry('plans', { permission: 'training.plan.read', order: 20 }),
      entry('mine', { group: 'mine', roles: ['teacher'], tab: 10 }),
      entry('classes', { permission: ['training.class.read', 'training.class.host'], order: 10 }),
    ],
    [
      card('next', { order: 2 }),
      card('soon', { order: 1, roles: ['teacher', 'clerk'] }),
      card('figures', { slot: 'overview', roles: ['clerk'] }),
    ],
  ),
  door('inbox', [entry('inbox', { group: 'mine', tab: 5 })]),
]

describe('navigation', () => {
  test('a teacher sees only their own, in the order of the bar', () => {
    const sections = sectionsFor(who(['teacher']), modules)
    expect(sections.map(({ group }) => group)).toEqual(['mine'])
    expect(isOffice(sections)).toBe(false)
    expect(tabsFor(who(['teacher']), modules).map(({ key }) => key)).toEqual(['inbox', 'mine'])
  })
  test('two roles see the union, grouped and ordered', () => {
    const both = who(['teacher', 'clerk'], ['training.plan.read', 'training.class.host'])
    const sections = sectionsFor(both, modules)
    expect(sections.map(({ group, entries }) => [group, entries.map(({ key }) => key)])).toEqual([
      ['mine', ['mine', 'inbox']],
      ['training', ['classes', 'plans']],
    ])
    expect(isOffice(sections)).toBe(true)
  })
  test('one’s own pages without a place in the bar stand in the menu of the person', () => {
    const own = [...modules, door('policy', [entry('rules', { group: 'mine', roles: ['teacher'] })])]
    expect(menuFor(who(['teacher']), own).map(({ key }) => key)).toEqual(['rules'])
    expect(menuFor(who(['teacher', 'clerk'], ['training.plan.read']), own)).toEqual([])
  })
  test('a bar has five places at most, home among them', () => {
    const many = [
      door(
        'x',
        [1, 2, 3, 4, 5, 6].map((tab) => entry(`t${tab}`, { tab })),
      ),
    ]
    expect(tabsFor(who(['teacher']), many)).toHaveLength(4)
  })
  test.each([
    [undefined, true],
    ['a', true],
    ['c', false],
    [['c', 'b'], true],
    [[], false],
  ])('permission %j: %s', (wanted, expected) => expect(holds(['a', 'b'], wanted)).toBe(expected))
})

describe('home', () => {
  test('cards come by slot and order, each once, for the union of the roles', () => {
    const slots = homeFor(who(['teacher', 'clerk']), modules)
    expect(slots.map(({ slot, cards }) => [slot, cards.map(({ id }) => id)])).toEqual([
      ['next', ['training.soon', 'training.next']],
      ['overview', ['training.figures']],
    ])
  })
  test('nothing for a role without cards', () => expect(homeFor(who(['auditor']), modules)).toEqual([]))
})
