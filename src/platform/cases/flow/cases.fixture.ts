/** A published call over the invented district of the tests, and cases of it, for tests of everything that works on cases. */
import { sql } from 'kysely'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { type Act, transact } from '../../db/index.ts'
import { keepForm } from '../../forms/index.ts'
import type { Held } from '../../inbox/index.ts'
import { type Definition, definition } from '../contract/definition.ts'
import { moveOne } from './move.ts'
import { lockedApplication, openCall } from './rows.ts'

const both = (zh: string) => ({ zh, en: zh })
export const FORM = {
  pages: [
    {
      name: 'main',
      title: { default: '申报内容', en: 'Application' },
      elements: [{ type: 'comment', name: 'plan', title: { default: '工作设想', en: 'Plan' }, isRequired: true }],
    },
  ],
}
const trainer = { role: 'trainer', at: 'district' } as const

/** A call as a pack writes it: school, district, notice, decision, filing. */
export const simple = (over: Partial<Record<keyof Definition, unknown>> = {}): Definition =>
  definition.parse({
    id: 'test.simple',
    title: { zh: '测试遴选', en: 'A test call' },
    clause: { document: '测试办法' },
    confidence: 'U',
    note: '测试',
    applicant: 'person',
    form: FORM,
    stages: [
      { id: 'school', title: both('学校推荐'), kind: 'check', by: [{ role: 'principal', at: 'school' }], days: 5 },
      { id: 'district', title: both('区级审核'), kind: 'check', by: [trainer] },
      {
        id: 'notice',
        title: both('公示'),
        kind: 'notice',
        by: trainer,
        days: 5,
        shows: ['name', 'school'],
        objections: { anonymous: true, answer: trainer, days: 5 },
      },
      { id: 'decide', title: both('审定'), kind: 'decide', by: { role: 'commission', at: 'district' } },
      { id: 'file', title: both('归档'), kind: 'file', by: { role: 'commission', at: 'district' } },
    ],
    appeal: { days: 5, to: { role: 'commission', at: 'district' }, answer: 10 },
    result: { kind: 'test.simple', title: { zh: '测试称号', en: 'Test designation' }, level: 'district', years: 3 },
    ...over,
  })

export type Office = { act: <R>(work: (act: Act, held: Held[]) => Promise<R>, at?: string) => Promise<R> }
export type CasesHouse = {
  house: OpenHouse
  world: World
  /** An act as a role at a place (`principal@0`, `trainer@district`), or as a person by their account. */
  office: (who: string) => Promise<Office>
  everywhere: Office['act']
  publish: (what?: Definition, how?: { places?: [stage: string, places: number][]; closes?: string }) => Promise<string>
  /** An application of one teacher as it was just begun, or already submitted. */
  apply: (callId: string, school: 0 | 1 | 2, nth: number, submitted?: boolean) => Promise<string>
  where: (applicationId: string) => Promise<{ state: string; stage: string | null }>
}

export async function openCasesHouse(perSchool = 4, now = '2023-03-01T01:00:00Z'): Promise<CasesHouse> {
  const house = await openTestHouse(now)
  return casesIn(house, await buildWorld(house, perSchool))
}

/** The same over a house and its people that stand already. */
export async function casesIn(house: OpenHouse, world: World): Promise<CasesHouse> {
  const { db, owner } = house
  const places = { district: world.district, city: world.city, other: world.other }
  const office = async (who: string): Promise<Office> => {
    const [role, place] = who.split('@') as [string, string]
    const org = places[place as keyof typeof places] ?? world.schools[Number(place) as 0 | 1 | 2]
    const actor = { account: world.accounts[who]!, person: null, name: who }
    return {
      act: (work, at) =>
        transact(
          db,
          { actor, scope: { paths: [org.path], self: false }, permission: 'test', ...(at ? { at } : {}) },
          (act) => work(act, [{ role, orgId: org.id }]),
        ),
    }
  }
  world.accounts['commission@city'] = world.accounts['commission@district']!
  const everywhere = (await office('commission@city')).act
  return {
    house,
    world,
    office,
    everywhere,
    publish: async (what = simple(), { places: given = [], closes } = {}) => {
      const id = newId()
      await everywhere(async (act) => {
        const version = await keepForm(act, what.form)
        await sql`insert into cases.call (id, org_id, org_path, authority, definition, form_version, title, state, opens_on, judged_on, seed, made_by, published_at)
          values (${id}, ${world.district.id}, ${world.district.path}::ltree, 'qianjiang', ${JSON.stringify(what)}::jsonb, ${version}, ${JSON.stringify(what.title)}::jsonb,
            'published', db.today(), db.today(), 'seed', ${act.actor.account}, db.now())`.execute(act.tx)
        if (closes)
          await sql`insert into cases.deadline (call_id, stage, closes_at, by_account) values (${id}, 'submit', ${closes}, ${act.actor.account})`.execute(
            act.tx,
          )
        for (const [stage, count] of given)
          await sql`insert into cases.quota (call_id, id, stage, org_id, org_path, places)
            values (${id}, ${newId()}, ${stage}, ${world.district.id}, ${world.district.path}::ltree, ${count})`.execute(
            act.tx,
          )
      })
      return id
    },
    apply: async (callId, school, nth, submitted = true) => {
      const person = world.teachers[school][nth]!
      const org = world.schools[school]
      const id = newId()
      const actor = { account: person.account, person: person.id, name: person.name }
      await transact(db, { actor, scope: { paths: [], self: true }, permission: 'test' }, async (act) => {
        await sql`insert into cases.application (id, call_id, person_id, org_id, org_path, name, form_version, answers, made_by)
          select ${id}, c.id, ${person.id}, ${org.id}, ${org.path}::ltree, ${person.name}, c.form_version, '{"plan": "三年内带教两名青年教师"}', ${person.account}
          from cases.call c where c.id = ${callId}`.execute(act.tx)
        if (submitted)
          await moveOne(act, await openCall(act, callId), await lockedApplication(act, id), { act: 'submit' })
      })
      return id
    },
    where: async (applicationId) => {
      const { rows } = await sql<{ state: string; stage: string | null }>`select a.state, a.stage
        from cases.application a where a.id = ${applicationId}`.execute(owner)
      return rows[0]!
    },
  }
}
