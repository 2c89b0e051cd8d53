/** Cases as data: from where which act leads where, and that no order of acts leads anywhere else. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Definition, Stage } from '../contract/definition.ts'
import { ENDED, type Move, moved, movesFrom, type Position, placesHeld, reachable, STATES } from './flow.ts'
import { type Signature, settled } from './signing.ts'

const title = { zh: '步骤', en: 'Step' }
const office = { role: 'principal', at: 'school' } as const
const district = { role: 'trainer', at: 'district' } as const
const check = (id: string, may: ('return' | 'refuse')[] = ['return', 'refuse']): Stage => ({
  id,
  title,
  kind: 'check',
  by: [office],
  signs: 'any',
  may,
})
const notice: Stage = {
  id: 'notice',
  title,
  kind: 'notice',
  by: district,
  days: 5,
  shows: ['name'],
  objections: { anonymous: true, answer: district, days: 5 },
}
const decide: Stage = { id: 'decide', title, kind: 'decide', by: district }
const file: Stage = { id: 'file', title, kind: 'file', by: district }
type Flow = Pick<Definition, 'stages' | 'appeal'>
const flow: Flow = {
  stages: [check('school'), check('district', ['return']), notice, decide, file],
  appeal: { days: 5, to: district, answer: 10 },
}
const at = (state: Position['state'], stage: string | null): Position => ({ state, stage })

describe('where an act leads', () => {
  const cases: [string, Position, Move, Position | null][] = [
    ['submitted to the first stage', at('draft', null), { act: 'submit' }, at('waiting', 'school')],
    ['not passed before it is submitted', at('draft', null), { act: 'pass' }, null],
    ['passed to the next', at('waiting', 'school'), { act: 'pass' }, at('waiting', 'district')],
    ['the last stage files it', at('waiting', 'file'), { act: 'pass' }, at('filed', 'file')],
    ['back to the applicant', at('waiting', 'district'), { act: 'return', to: null }, at('returned', 'district')],
    ['corrected, it goes on where it was', at('returned', 'district'), { act: 'submit' }, at('waiting', 'district')],
    ['back to an earlier stage', at('waiting', 'decide'), { act: 'return', to: 'school' }, at('waiting', 'school')],
    ['not back to a later one', at('waiting', 'school'), { act: 'return', to: 'decide' }, null],
    ['not back to itself', at('waiting', 'decide'), { act: 'return', to: 'decide' }, null],
    ['refused where the stage may', at('waiting', 'school'), { act: 'refuse' }, at('refused', 'school')],
    ['not refused where it may not', at('waiting', 'district'), { act: 'refuse' }, null],
    ['what is filed is not refused', at('filed', 'file'), { act: 'refuse' }, null],
    ['nor while it is being filed', at('waiting', 'file'), { act: 'refuse' }, null],
    ['stopped by an objection', at('waiting', 'notice'), { act: 'pause' }, at('paused', 'notice')],
    ['only at a notice', at('waiting', 'school'), { act: 'pause' }, null],
    ['goes on once it is answered', at('paused', 'notice'), { act: 'resume' }, at('waiting', 'notice')],
    ['does not pass while it is stopped', at('paused', 'notice'), { act: 'pass' }, null],
    ['an objection that is upheld ends it', at('paused', 'notice'), { act: 'refuse' }, at('refused', 'notice')],
    ['appealed', at('refused', 'decide'), { act: 'appeal' }, at('appealed', 'decide')],
    ['upheld', at('appealed', 'decide'), { act: 'uphold', to: 'decide' }, at('waiting', 'decide')],
    ['dismissed', at('appealed', 'decide'), { act: 'dismiss' }, at('refused', 'decide')],
    ['withdrawn while it is stopped', at('paused', 'notice'), { act: 'withdraw' }, at('withdrawn', 'notice')],
    ['not withdrawn once it is filed', at('filed', 'file'), { act: 'withdraw' }, null],
    ['a draft lapses', at('draft', null), { act: 'lapse' }, at('lapsed', null)],
    ['what was submitted does not', at('waiting', 'school'), { act: 'lapse' }, null],
    ['reopened no further than it had come', at('refused', 'school'), { act: 'reopen', to: 'decide' }, null],
    ['reopened', at('refused', 'district'), { act: 'reopen', to: 'school' }, at('waiting', 'school')],
  ]
  it.each(cases)('%s', (_name, from, move, to) => expect(moved(flow, from, move)).toEqual(to))
})

describe('places', () => {
  const cases: [string, Position, string[]][] = [
    ['none before the first yes', at('waiting', 'school'), []],
    ['those of the stages left behind', at('waiting', 'decide'), ['school', 'district', 'notice']],
    ['kept while it is corrected or stopped', at('paused', 'notice'), ['school', 'district']],
    ['given back by a refusal', at('refused', 'decide'), []],
    ['and by withdrawing', at('withdrawn', 'decide'), []],
    ['all of them in the end', at('filed', 'file'), ['school', 'district', 'notice', 'decide', 'file']],
  ]
  it.each(cases)('%s', (_name, position, held) => expect(placesHeld(flow, position)).toEqual(held))
})

const anyStage = (id: string) =>
  fc.constantFrom<Stage>(check(id), check(id, []), { ...notice, id }, { ...decide, id }, { ...file, id })
const anyFlow = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    stages: fc.tuple(...Array.from({ length: count }, (_, nth) => anyStage(`s${nth}`))),
    appeal: fc.constantFrom(undefined, flow.appeal),
  }),
) as fc.Arbitrary<Flow>

describe('any flow', () => {
  it('reaches only declared places by any order of acts, and keeps places of stages it has passed', () => {
    fc.assert(
      fc.property(anyFlow, fc.array(fc.nat(), { maxLength: 40 }), (any, choices) => {
        const known = new Set(any.stages.map(({ id }) => id))
        const places = new Set(reachable(any).map(({ state, stage }) => `${state}@${stage}`))
        let here: Position = at('draft', null)
        for (const choice of choices) {
          const moves = movesFrom(any, here)
          if (moves.length === 0) break
          here = moved(any, here, moves[choice % moves.length]!)!
          expect(STATES).toContain(here.state)
          expect(here.stage === null || known.has(here.stage)).toBe(true)
          expect(places).toContain(`${here.state}@${here.stage}`)
          if (ENDED.has(here.state) && here.state !== 'filed') expect(placesHeld(any, here)).toEqual([])
        }
      }),
      { numRuns: 2_000 },
    )
  })
  it('can end from everywhere, and reaches every stage', () => {
    fc.assert(
      fc.property(anyFlow, (any) => {
        const all = reachable(any)
        for (const { id } of any.stages) expect(all).toContainEqual(at('waiting', id))
        for (const position of all)
          if (!ENDED.has(position.state))
            expect(movesFrom(any, position).some((move) => reachesEnd(any, moved(any, position, move)!))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

/** Whether an end can be reached by going on without turning back. */
function reachesEnd(any: Flow, from: Position, depth = 0): boolean {
  if (ENDED.has(from.state)) return true
  return (
    depth < 12 && movesFrom(any, from).some(({ act }) => act === 'withdraw' || act === 'dismiss' || act === 'lapse')
  )
}

describe('signatures', () => {
  const sign = (state: Signature['state'], added = false) => ({ state, added })
  const rows: [string, 'any' | 'all', ReturnType<typeof sign>[], string][] = [
    ['nobody yet', 'any', [sign('open'), sign('open')], 'open'],
    ['the first of several is enough', 'any', [sign('signed'), sign('open')], 'signed'],
    ['everybody', 'all', [sign('signed'), sign('open')], 'open'],
    ['everybody has', 'all', [sign('signed'), sign('signed')], 'signed'],
    ['one no is enough where all sign', 'all', [sign('signed'), sign('refused')], 'refused'],
    ['the first no counts where any may sign', 'any', [sign('open'), sign('refused')], 'refused'],
    ['who was added must sign as well', 'any', [sign('signed'), sign('open', true)], 'open'],
    ['and then it is done', 'any', [sign('signed'), sign('signed', true)], 'signed'],
    ['who was added does not sign for the others', 'any', [sign('open'), sign('signed', true)], 'open'],
    ['handed over, the other signs', 'all', [sign('handed_over'), sign('signed')], 'signed'],
    ['nobody is asked', 'any', [], 'open'],
  ]
  it.each(rows)('%s', (_name, signs, asked, expected) => expect(settled(signs, asked)).toBe(expected))
})
