import { describe, expect, it } from 'vitest'
import { shareOut } from './shareout.ts'

const places = (total: number, eligible: number[]) =>
  shareOut(
    total,
    eligible.map((n, i) => ({ orgId: `school-${i}`, eligible: n, code: `50${i}`, name: `学校${i}` })),
  ).map((share) => share.places)

describe('largest remainder over the eligible headcount', () => {
  it.each([
    // name, places, eligible per school, expected
    ['an even split', 10, [5, 5], [5, 5]],
    ['the textbook case of Hamilton', 21, [1500, 1500, 900, 500, 500, 200], [6, 6, 4, 2, 2, 1]],
    ['remainders decide', 10, [45, 35, 20], [5, 3, 2]],
    ['a tie goes to the larger school', 1, [1, 3, 3], [0, 1, 0]],
    ['fewer people than places: everybody goes', 10, [2, 3], [2, 3]],
    ['a school without eligible people gets none', 5, [0, 10], [0, 5]],
    ['nobody is eligible', 5, [0, 0], [0, 0]],
    ['exactly as many people as places', 6, [1, 2, 3], [1, 2, 3]],
  ])('%s', (_name, total, eligible, expected) => expect(places(total, eligible)).toEqual(expected))

  it('always gives out all places, never more than a school has people, and never strays a place from proportion', () => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    for (let round = 0; round < 500; round++) {
      const eligible = Array.from({ length: 1 + random(60) }, () => random(120))
      const total = random(1200)
      const sum = eligible.reduce((a, b) => a + b, 0)
      const shares = places(total, eligible)
      expect(shares.reduce((a, b) => a + b, 0)).toBe(Math.min(total, sum))
      shares.forEach((share, i) => {
        expect(share).toBeLessThanOrEqual(eligible[i]!)
        if (sum > 0) expect(Math.abs(share - (Math.min(total, sum) * eligible[i]!) / sum)).toBeLessThan(1)
      })
    }
  })

  it.each([
    // what decides between two schools with the same remainder, the two, who gets the place
    [
      'the larger headcount, before the code',
      [
        { eligible: 3, code: '9' },
        { eligible: 1, code: '1' },
      ],
      0,
    ],
    ['the lower school code', [{ code: '5002' }, { code: '5001' }], 1],
    ['a code before none', [{ code: null }, { code: '9999' }], 1],
    ['the name, where neither has a code', [{ name: '乙校' }, { name: '丙校' }], 1],
    [
      'never the internal id',
      [
        { orgId: 'a', code: '2' },
        { orgId: 'z', code: '1' },
      ],
      1,
    ],
  ] as const)('a tie is decided by %s', (_name, pair, winner) => {
    const claims = pair.map((claim, i) => ({ orgId: `s${i}`, eligible: 1, code: null, name: '同名', ...claim }))
    // The larger headcount needs equal remainders: two places over 3 + 1 leave a half each.
    const shares = shareOut(claims[0]!.eligible === claims[1]!.eligible ? 1 : 2, claims)
    expect(shares.map(({ places }) => places)).toEqual(
      claims[0]!.eligible === claims[1]!.eligible ? [0, 1].map((i) => Number(i === winner)) : [2, 0],
    )
  })

  it('does not depend on the order of the schools', () => {
    const claims = [3, 7, 7, 1, 9].map((eligible, i) => ({ orgId: `s${i}`, eligible, code: null, name: `学校${i}` }))
    const forward = shareOut(11, claims)
    const backward = shareOut(11, [...claims].reverse())
    for (const share of forward) expect(backward.find(({ orgId }) => orgId === share.orgId)!.places).toBe(share.places)
  })
})
