/** Every fact that a table holds says what stands behind it, and on which page that is seen by those who may ask. */
import { describe, expect, it } from 'vitest'
import { facts, modules as served } from '../../src/server/modules.ts'
import { modules } from '../../src/web/modules.ts'

const held = facts.list().filter(({ declared }) => declared.held)
const words = [0, 1, 3]

describe('the source of a fact', () => {
  it('is declared for every fact that a table holds, and for no other', () => {
    expect(held.length).toBeGreaterThan(30)
    expect(held.filter(({ declared }) => !declared.source).map(({ id }) => id)).toEqual([])
    const others = facts.list().filter(({ declared }) => !declared.held)
    expect(others.length).toBeGreaterThan(30)
    expect(others.filter(({ declared }) => declared.source).map(({ id }) => id)).toEqual([])
  })

  it('is counted, unless the rules give it, and worded in both languages', () => {
    const sources = new Set(held.map(({ declared }) => declared.source!))
    for (const { says, rows, see } of sources) {
      for (const n of words) {
        const { zh, en } = says(n)
        expect(zh).toMatch(/^[\d ]*\p{Script=Han}+$/u)
        expect(en).toMatch(/^[\w ]+$/)
      }
      expect(Boolean(rows)).toBe(Boolean(see))
    }
  })

  it('is seen on pages that are there and open to those who may ask why', () => {
    const routes = modules.flatMap((module) => module.routes)
    const permissions = new Map(served.flatMap((module) => module.permissions).map(({ id, roles }) => [id, roles]))
    const asking = permissions.get('policy.explain') as readonly string[]
    const mayOpen = (address: string) => {
      const path = address.split('?')[0]!.replaceAll(/\{\w+\}/g, 'x')
      const route = routes.find(
        (one) => one.path.split('/').length === path.split('/').length && matches(one.path, path),
      )
      const wanted = route ? [route.permission ?? []].flat() : []
      return route
        ? asking.filter((role) => wanted.every((id) => permissions.get(id)?.some((one) => one === role)))
        : []
    }
    for (const { declared } of held) {
      if (!declared.source?.see) continue
      const { own, office } = declared.source.see
      expect(mayOpen(own)).toContain('teacher')
      expect(mayOpen(office)).toEqual(expect.arrayContaining(asking.filter((role) => role !== 'teacher')))
    }
  })
})

const matches = (route: string, path: string): boolean => {
  const parts = path.split('/')
  return route.split('/').every((part, nth) => part === parts[nth] || (part.startsWith('$') && parts[nth] === 'x'))
}
