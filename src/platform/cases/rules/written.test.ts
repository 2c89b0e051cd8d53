import { describe, expect, it } from 'vitest'
import { type Definition, definition } from '../contract/definition.ts'
import { figuresOf, tooHigh, wrongAsWritten } from './written.ts'

const both = { zh: '名', en: 'name' }
const trainer = { role: 'trainer', at: 'district' }
const check = { id: 'school', title: both, kind: 'check', by: [{ role: 'principal', at: 'school' }] }
const notice = {
  id: 'notice',
  title: both,
  kind: 'notice',
  by: trainer,
  days: 5,
  shows: ['name'],
  objections: { anonymous: true, answer: trainer, days: 5 },
}
const panel = { id: 'panel', title: both, kind: 'panel', by: trainer, seats: 11, attendance: [2, 3], pass: [2, 3] }
const decide = { id: 'decide', title: both, kind: 'decide', by: trainer }
const file = { id: 'file', title: both, kind: 'file', by: trainer }
const call = (over: Record<string, unknown> = {}): Definition =>
  definition.parse({
    id: 'test.call',
    title: both,
    clause: { document: '办法' },
    confidence: 'S',
    applicant: 'person',
    form: {},
    stages: [check, notice, panel, decide, file],
    result: { kind: 'test.kind', title: both, level: 'district' },
    ...over,
  })
const placesIn = (over: Record<string, unknown>) => wrongAsWritten(call(over)).map(({ path }) => path.join('.'))
const quota = (more: object) => ({ at: 'decide', per: 'call', places: { each: 5 }, ...more })

it('finds nothing wrong with a call that can be run', () => expect(wrongAsWritten(call())).toEqual([]))

describe('is told with its place', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['no filing at the end', { stages: [check, decide] }, 'stages.1.kind'],
    ['filing before the end', { stages: [check, file, { ...file, id: 'again' }] }, 'stages.1.kind'],
    ['a notice of what nobody looked at', { stages: [notice, file] }, 'stages.0.kind'],
    ['a stage twice', { stages: [check, check, file] }, 'stages.1.id'],
    ['a stage named like applying', { stages: [{ ...check, id: 'submit' }, file] }, 'stages.0.id'],
    ['an even panel', { stages: [check, { ...panel, seats: 12 }, file] }, 'stages.1.seats'],
    ['a panel that passes by half', { stages: [check, { ...panel, pass: [1, 2] }, file] }, 'stages.1.pass'],
    ['the same office twice', { stages: [{ ...check, by: [trainer, trainer] }, file] }, 'stages.0.by.1'],
    ['unverified without a note', { stages: [{ ...check, confidence: 'U' }, file] }, 'stages.0.confidence'],
    [
      'tracks shown where there are none',
      { stages: [check, { ...notice, shows: ['track'] }, file] },
      'stages.1.shows.0',
    ],
    ['places at no stage', { quotas: [quota({ at: 'nowhere' })] }, 'quotas.0.at'],
    ['places at the filing', { quotas: [quota({ at: 'file' })] }, 'quotas.0.at'],
    ['places of no track', { quotas: [quota({ track: 'rural' })] }, 'quotas.0.track'],
    ['places named twice', { quotas: [quota({}), quota({ per: 'school' })] }, 'quotas.1'],
    ['places shared out to one', { quotas: [quota({ places: { total: 5, by: 'teachers' } })] }, 'quotas.0.places.by'],
    [
      'a yearly assessment without a term',
      {
        result: {
          ...call().result,
          assessment: {
            by: trainer,
            grades: [
              { id: 'a', title: both },
              { id: 'b', title: both },
            ],
          },
        },
      },
      'result.years',
    ],
  ]
  it.each(cases)('%s', (_, over, path) => expect(placesIn(over)).toEqual([path]))
})

it('asks nobody above who makes the call', () => {
  const high = call({ stages: [check, { ...decide, by: { role: 'commission', at: 'municipality' } }, file] })
  expect(tooHigh(high, 'municipality')).toEqual([])
  expect(tooHigh(high, 'district').map(({ path }) => path.join('.'))).toEqual(['stages.1.by.at'])
})

it('names every figure with its place', () => {
  const one = call({
    quotas: [quota({ places: { each: 'title.places' } })],
    appeal: { days: 5, to: trainer, answer: 10 },
  })
  const figures = [...figuresOf(one)].map(({ path, figure }) => `${path.join('.')}=${figure}`)
  expect(figures.sort()).toEqual([
    'appeal.answer=10',
    'appeal.days=5',
    'quotas.0.places.each=title.places',
    'stages.1.days=5',
    'stages.1.objections.days=5',
    'stages.2.seats=11',
  ])
})
