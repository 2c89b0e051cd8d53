/** A school’s scorecard is what the indicators say, and the indicators say what happened. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { openYear, type TrainingYear } from '../../../test/harness/training.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { type Act, SYSTEM, transact } from '../../platform/db/index.ts'
import { measure, measureAll } from '../../platform/indicators/index.ts'
import type { OpenHouse } from '../../server/house.ts'
import { facts } from '../../server/modules.ts'
import { INDICATOR_IDS, planYear, SCORECARD } from './queries/indicators.ts'
import { planOf } from './queries/scorecards.ts'
import { figures } from './service/figures.ts'

let house: OpenHouse
let world: World
let year: TrainingYear
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
  year = await openYear(house, world)
  const trainer = (await world.as('trainer@district')).training
  const [first, second] = world.teachers
  // Four places: the first school fills its two, the second one of its two. Enough hours that a pass reaches the pace.
  const classId = await year.openClass({ places: 4, hours: '220' })
  await year.send(classId, 0, first.slice(0, 2))
  await year.send(classId, 1, second.slice(0, 1))
  await trainer.confirmClass({ classId })
  const [one, two] = [await year.session(classId, '2023-04-01'), await year.session(classId, '2023-04-02')]
  await year.present(one, '2023-04-01', [first[0]!, second[0]!])
  await (await world.as(second[0]!.account)).training.askLeave({ sessionId: two, reason: '监考任务' })
  await trainer.decideLeaves({ requests: [{ sessionId: two, personId: second[0]!.id }], grant: true, answer: '' })
  await year.present(two, '2023-04-02', [first[0]!])
  await year.at('2023-04-03T01:00:00Z')
  await trainer.completeClass({ classId })
})
afterAll(() => house?.close())

const under = <R>(paths: string[], work: (act: Act) => Promise<R>): Promise<R> =>
  transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths, self: false }, readOnly: true }, work)
const span = async (act: Act) => {
  const plan = await planOf(act, year.planId)
  return planYear(act, facts, plan, await figures(act, plan.authority))
}

describe('the scorecards', () => {
  it('say what happened', async () => {
    const { schools } = await (await world.as('commission@district')).training.scorecards({ planId: year.planId })
    // Schools come in the order of the tree; here it is that of the world.
    const place = ({ orgId }: { orgId: string }) => world.schools.findIndex(({ id }) => id === orgId)
    const inOrder = schools.toSorted((a, b) => place(a) - place(b))
    const shown = inOrder.map(({ orgId, kind, rates }) => [
      orgId,
      kind,
      ...rates.map(({ id, numerator, denominator }) => `${id} ${numerator}/${denominator}`),
    ])
    expect(shown).toEqual([
      [world.schools[0].id, 'school', 'delegation 2/2', 'participation 2/4', 'pass 1/2', 'credit 1/4'],
      [world.schools[1].id, 'school', 'delegation 1/2', 'participation 1/1', 'pass 1/1', 'credit 1/4'],
    ])
  })

  it('are what the indicators measure, each alone and all in one', async () => {
    const { schools } = await (await world.as('commission@district')).training.scorecards({ planId: year.planId })
    await under([world.district.path], async (act) => {
      const during = await span(act)
      expect(during).toMatchObject({ from: '2023-01-01', until: '2024-01-01' })
      const orgIds = schools.map(({ orgId }) => orgId)
      const together = await measureAll(
        act,
        INDICATOR_IDS.map((id) => SCORECARD[id]),
        { orgIds },
        during,
      )
      for (const [i, id] of INDICATOR_IDS.entries()) {
        const measured = await measure(act, SCORECARD[id], { orgIds }, during)
        expect(together[i]).toEqual(measured)
        expect(
          measured.map(({ orgId, numerator, denominator }) => [orgId, Number(numerator), Number(denominator)]),
        ).toEqual(schools.map(({ orgId, rates }) => [orgId, rates[i]!.numerator, rates[i]!.denominator]))
      }
    })
  })

  it('add up to the district’s own figures', async () => {
    await under([world.district.path], async (act) => {
      const measured = await measureAll(
        act,
        INDICATOR_IDS.map((id) => SCORECARD[id]),
        { level: 'district' },
        await span(act),
      )
      expect(measured.map(([district]) => [district!.orgName, district!.value])).toEqual([
        ['测试区', '0.7500'],
        ['测试区', '0.6000'],
        ['测试区', '0.6667'],
        ['测试区', '0.2500'],
      ])
    })
  })

  it('show a school its own figures and no others', async () => {
    const { schools } = await (await world.as('clerk@1')).training.scorecards({ planId: year.planId })
    expect(schools.map(({ orgId, rates }) => [orgId, rates[0]!.numerator])).toEqual([[world.schools[1].id, 1]])
    expect((await (await world.as('auditor@other')).training.scorecards({ planId: year.planId })).schools).toEqual([])
  })

  it('carry every definition with its clause', async () => {
    const { definitions } = await (await world.as('clerk@0')).training.scorecards({ planId: year.planId })
    expect(definitions.map(({ id }) => id)).toEqual(INDICATOR_IDS)
    for (const { definitionZh, definitionEn, clause } of definitions)
      expect([definitionZh, definitionEn, clause.number].map(Boolean)).toEqual([true, true, true])
  })
})
