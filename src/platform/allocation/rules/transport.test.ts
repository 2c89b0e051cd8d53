import { describe, expect, it } from 'vitest'
import { transport } from './transport.ts'

const schools = [
  { id: '城东', amount: 3 },
  { id: '城西', amount: 2 },
]
const villages = [
  { id: '山上', most: 4 },
  { id: '河边', most: 2 },
]
const ways = [
  { from: '城东', to: '山上', cost: 5 },
  { from: '城东', to: '河边', cost: 1 },
  { from: '城西', to: '山上', cost: 9 },
  { from: '城西', to: '河边', cost: 2 },
]

describe('transport', () => {
  it('sends everything at least cost, with the bound that proves it', () => {
    expect(transport({ from: schools, to: villages, ways })).toEqual({
      outcome: 'sent',
      amounts: [
        { from: '城东', to: '山上', amount: 3 },
        { from: '城西', to: '河边', amount: 2 },
      ],
      cost: 19,
      bound: 19,
    })
  })

  it('keeps to what a way carries, and takes costs below nothing as gain', () => {
    const narrow = ways.map((way) => (way.from === '城东' && way.to === '山上' ? { ...way, cost: -5, most: 1 } : way))
    expect(transport({ from: schools, to: villages, ways: narrow })).toMatchObject({
      outcome: 'sent',
      cost: 15,
      bound: 15,
    })
  })

  it('says what is left where there is no room', () => {
    const full = villages.map((village) => ({ ...village, most: 2 }))
    expect(transport({ from: schools, to: full, ways })).toMatchObject({ outcome: 'impossible', left: [{ amount: 1 }] })
    expect(transport({ from: schools, to: villages, ways: ways.slice(0, 2) })).toEqual({
      outcome: 'impossible',
      left: [{ from: '城西', amount: 2 }],
    })
  })

  it('refuses broken numbers and unknown places', () => {
    expect(() => transport({ from: schools, to: villages, ways: [{ from: '城东', to: '天上', cost: 1 }] })).toThrow(
      '天上',
    )
    expect(() => transport({ from: [{ id: 'a', amount: 0.5 }], to: villages, ways: [] })).toThrow(RangeError)
    expect(() => transport({ from: [...schools, ...schools], to: villages, ways })).toThrow(RangeError)
  })
})
