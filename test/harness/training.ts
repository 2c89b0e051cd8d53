/** A published plan in the district of the test world, and classes in it that people go through. */
import { moveClock } from '../../src/platform/db/index.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import type { World } from './world.ts'

type NewClass = {
  places?: number
  enrolment?: 'delegated' | 'open'
  hours?: string
  terms?: number
}

export type TrainingYear = {
  planId: string
  projectId: string
  /** A class for all teachers of primary school, with places shared out until 20 March. */
  openClass: (change?: NewClass) => Promise<string>
  /** A session from nine to twelve; returns its id. */
  session: (classId: string, day: string, more?: { compulsory?: boolean; term?: number }) => Promise<string>
  /** The school proposes these people. */
  send: (classId: string, school: 0 | 1, people: readonly { id: string }[], waitIfFull?: boolean) => Promise<void>
  /** These people were there; the clock stands half an hour into the session, which begins at nine on that day. */
  present: (sessionId: string, day: string, people: readonly { id: string }[]) => Promise<void>
  at: (instant: string) => Promise<void>
}

export async function openYear(house: OpenHouse, world: World): Promise<TrainingYear> {
  const trainer = (await world.as('trainer@district')).training
  const { planId } = await trainer.importPlan({ orgId: world.district.id, authority: 'qianjiang', year: 2023 })
  await (await world.as('commission@district')).training.publishPlan({ planId })
  const projectId = (await trainer.plans({}))[0]!.projects[0]!.id
  const at = (instant: string) => moveClock(house.owner, new Date(instant))
  let made = 0
  return {
    planId,
    projectId,
    at,
    openClass: async (change = {}) => {
      made += 1
      const { classId } = await trainer.createClass({
        planId,
        projectId,
        code: `T-${made}`,
        name: `测试班${made}`,
        level: 'district',
        kind: 'class',
        creditKind: 'concentrated',
        target: { stages: ['2'] },
        places: 6,
        hours: '12',
        terms: 1,
        budgetFen: 0,
        enrolment: 'delegated',
        ...change,
      })
      await trainer.shareOut({ classId, deadline: '2023-03-20T10:00:00Z' })
      return classId
    },
    session: async (classId, day, { compulsory = false, term = 1 } = {}) =>
      (
        await trainer.saveSession({
          classId,
          title: `${day} 场`,
          place: '报告厅',
          starts: `${day}T01:00:00Z`,
          ends: `${day}T04:00:00Z`,
          compulsory,
          term,
        })
      ).sessionId,
    send: async (classId, school, people, waitIfFull = false) => {
      await (await world.as(`clerk@${school}`)).training.propose({
        classId,
        orgId: world.schools[school].id,
        personIds: people.map(({ id }) => id),
        waitIfFull,
      })
    },
    present: async (sessionId, day, people) => {
      await at(`${day}T01:30:00Z`)
      await trainer.checkInByHand({ sessionId, personIds: people.map(({ id }) => id), reason: '现场核对' })
    },
  }
}
