/** A year goes on without those who do not answer, and names whoever is refused otherwise. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { openYear, type TrainingYear } from '../../../test/harness/training.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { moveClock } from '../../platform/db/index.ts'
import { loadPlan } from '../../platform/policy/index.ts'
import type { OpenHouse } from '../house.ts'
import { castOf } from './cast.ts'
import { type Course, happeningsOf } from './course.ts'
import { inStep } from './stuck.ts'
import { numberedIn, summary } from './summary.ts'

let house: OpenHouse
let world: World
let year: TrainingYear
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 6)
  year = await openYear(house, world)
})
afterAll(() => house?.close())

const mustChange = (login: string, must: boolean) =>
  sql`update access.account set must_change = ${must} where login = ${login}`.execute(house.owner)

async function planned(code: string): Promise<Course> {
  const trainer = (await world.as('trainer@district')).training
  const { classId } = await trainer.createClass({
    planId: year.planId,
    projectId: year.projectId,
    code,
    name: '试点班',
    level: 'district',
    kind: 'class',
    creditKind: 'concentrated',
    target: { stages: ['2'] },
    places: 12,
    hours: '6',
    enrolment: 'delegated',
  })
  const row = await trainer.class({ classId })
  return {
    ...row,
    schedule: [{ places: 12, starts: '2023-05-10' }],
    sessionsPlanned: { days: 1, hoursPerDay: 6 },
  }
}

describe('a class of the year', () => {
  it('is performed to its end without those who must change their password first', async () => {
    const quiet = world.teachers[0]![1]!.number.toLowerCase()
    await mustChange(quiet, true)
    await mustChange('clerk-1', true)
    const silent: string[] = []
    const journal: string[][] = []
    const cast = await castOf(house, (login) => silent.push(login))
    const course = await planned('Y-1')
    const stage = {
      cast,
      journal: (what: string, subject: string, person = '') => void journal.push([what, subject, person]),
      sayTime: (to: Date) => moveClock(house.owner, to),
    }
    for (const happening of happeningsOf(course, stage)) {
      await moveClock(house.owner, happening.at)
      await happening.run()
    }
    expect(silent.sort()).toEqual(['clerk-1', quiet].sort())
    const trainer = (await world.as('trainer@district')).training
    expect((await trainer.class({ classId: course.id })).state).toBe('completed')
    const acts = journal.filter(([, , person]) => person === world.teachers[0]![1]!.id).map(([what]) => what)
    expect(acts.filter((what) => what === 'accept' || what === 'check-in')).toEqual([])
    await mustChange(quiet, false)
    await mustChange('clerk-1', false)
  })

  it('that is refused says to whom, in which class and at which step', async () => {
    await moveClock(house.owner, new Date('2023-03-01T01:00:00Z'))
    const course = await planned('Y-2')
    const cast = await castOf(house)
    const stage = { cast, journal: () => {}, sayTime: (to: Date) => moveClock(house.owner, to) }
    // The deadline that the step sets has passed by then.
    await moveClock(house.owner, new Date('2023-12-01T01:00:00Z'))
    const [share] = happeningsOf(course, stage)
    await expect(inStep({ course, step: share!.what }, share!.run)).rejects.toMatchObject({
      code: 'server.year_stuck',
      data: { login: 'trainer-d', what: 'Y-2 试点班 · share' },
    })
  })
})

it('counts the classes of the pack and no others', async () => {
  const cast = await castOf(house)
  const codes = numberedIn(await loadPlan('qianjiang', 2023))
  const { places, classes } = await summary(cast, year.planId, 2023, codes)
  expect([places, classes.length]).toEqual([3060, 11])
})
