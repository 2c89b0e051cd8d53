import { expect, it } from 'vitest'
import { combined, type EditedSet, idsIn, newCondition, partsOf, tidied, withParts } from './set.ts'

const says = { zh: '条件', en: 'condition' }
const one = {
  id: 'one',
  says,
  confidence: 'F',
  test: 'a.b > 1',
  clause: { document: '某办法', number: ' ', words: '' },
}
const set: EditedSet = {
  id: 'a.b',
  title: says,
  about: 'person',
  extends: { how: 'replaces', permission: { document: '' } },
  versions: [{ from: '2024-01-01', applies: ' ', needs: { all: [{ ...one, note: ' ', cure: { zh: '', en: '' } }] } }],
}

it('leaves out what is empty', () => {
  const { extends: over, versions } = tidied(set)
  expect(over).toEqual({ how: 'replaces' })
  expect(versions).toEqual([
    {
      from: '2024-01-01',
      needs: { all: [{ id: 'one', says, confidence: 'F', test: 'a.b > 1', clause: { document: '某办法' } }] },
    },
  ])
})

it('combines the same parts otherwise, never asking for more than there are', () => {
  const group = { says, all: [one, { ...one, id: 'two' }] }
  expect(combined(group, 'at_least', partsOf(group), 5)).toEqual({ says, at_least: 2, of: group.all })
  expect(withParts({ at_least: 2, of: group.all }, [one])).toEqual({ at_least: 1, of: [one] })
  expect(combined(group, 'any')).toEqual({ says, any: group.all })
})

it('names a new condition as no other is named', () => {
  const taken = idsIn({ all: [one, { any: [{ ...one, id: 'condition_3' }] }] })
  expect(taken).toEqual(['one', 'condition_3'])
  expect(newCondition(taken).id).toBe('condition_4')
})
