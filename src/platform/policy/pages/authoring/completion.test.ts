import { expect, it } from 'vitest'
import { fitting, offersOf } from './completion.ts'

const words = { zh: '周期学分', en: 'Credits of the cycle' }
const offers = offersOf(
  {
    facts: [
      { id: 'credits.cycle', type: 'number', title: words, unit: 'credit', ask: words, ofSchools: false, codes: null },
    ],
    parameters: [
      {
        id: 'training.credit.cycle_total',
        type: 'number',
        title: { zh: '下限', en: 'Floor' },
        unit: 'credit',
        value: 120,
      },
    ],
    functions: [{ name: 'years', forms: [{ takes: ['date', 'date'], gives: 'number' }] }],
  },
  { text: ({ zh }) => zh, type: (type) => type, value: String, about: (name) => `about ${name}` },
)
const labels = (typed: string) => fitting(offers, typed).map(({ label }) => label)

it('offers names that begin so first, then those that contain it, then what is called so', () => {
  expect(labels('cyc')).toEqual(['credits.cycle', 'param.training.credit.cycle_total'])
  expect(labels('param.')).toEqual(['param.training.credit.cycle_total'])
  expect(labels('周期')).toEqual(['credits.cycle'])
  expect(labels('nothing')).toEqual([])
})

it('says what a thing is, and puts in a function with its bracket', () => {
  expect(fitting(offers, 'years')[0]).toMatchObject({
    apply: 'years(',
    detail: '(date, date) → number',
    info: 'about years',
  })
  expect(fitting(offers, 'param')[0]!.info).toBe('number · 120')
})
