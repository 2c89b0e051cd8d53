/** Assessments that are kept and never changed; a leak from its entry to the last person told: by whoever may, and seen by whom it concerns. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse('2023-03-01T01:00:00Z')
  world = await buildWorld(house, 2)
})
afterAll(() => house?.close())

const as = async (who: string) => (await world.as(who)).privacy
const assessment = () => ({
  orgId: world.district.id,
  title: '引入第三方培训平台',
  grounds: ['entrusted' as const, 'sensitive' as const],
  lawful: '为履行培训管理职责所必需',
  risks: '平台方可能超范围使用',
  measures: '只提供工号与学校，合同约定删除',
  verdict: 'conditions' as const,
  assessedOn: '2023-02-28',
})
const incident = () => ({
  orgId: world.schools[0].id,
  title: '名册误发至工作群',
  foundAt: '2023-03-01T08:00:00+08:00',
  kinds: '姓名、手机号码',
  causes: '经办人误操作',
  harm: '可能收到骚扰电话',
  measures: '已撤回并要求删除',
  advice: '接到可疑来电请勿回复',
  contact: '区教委信息科 0000-0000',
})

describe('an assessment', () => {
  test('is kept for three years at least, seen in scope, and never changed', async () => {
    const { id, keepUntil } = await (await as('commission@district')).keepAssessment(assessment())
    expect(keepUntil).toBe('2026-02-28')
    const seen = await (await as('auditor@district')).assessments()
    expect(seen).toMatchObject({ months: 36, clause: '中华人民共和国个人信息保护法第五十六条第二款' })
    expect(seen.rows.map((row) => row.id)).toEqual([id])
    expect((await (await as('commission@other')).assessments()).rows).toEqual([])
    for (const change of [sql`update privacy.assessment set verdict = 'go'`, sql`delete from privacy.assessment`])
      await expect(house.db.transaction().execute((tx) => change.execute(tx))).rejects.toThrow(/permission denied/)
  })

  test.each([
    ['by whoever may not', 'clerk@0', {}, 'forbidden access.forbidden'],
    ['by an auditor, who only looks', 'auditor@district', {}, 'forbidden access.forbidden'],
    ['for elsewhere', 'commission@other', {}, 'not_found not_found'],
    ['of a day to come', 'commission@district', { assessedOn: '2023-03-02' }, 'invalid privacy.assessed_later'],
  ] as const)('is refused %s', async (_what, who, change, refusal) => {
    expect(await refusalOf((await as(who)).keepAssessment({ ...assessment(), ...change }))).toBe(refusal)
  })
})

describe('a leak', () => {
  test('is told to the authority and to everybody whom it concerns, once, with all that the law wants', async () => {
    const office = await as('commission@district')
    const { id } = await office.keepIncident(incident())
    const todo = async () => {
      const { rows } = await sql<{ done: boolean }>`select i.done_at is not null as done from inbox.item i
        where i.code = 'privacy.todo.incident' and i.key = ${`privacy-incident:${id}`}`.execute(house.owner)
      return rows.map(({ done }) => done)
    }
    expect(await todo()).toEqual([false, false])
    const told = { incidentId: id, authority: '区网信办' }
    expect(await refusalOf(office.noteAuthority({ ...told, at: '2023-02-28T08:00:00+08:00' }))).toBe(
      'invalid privacy.told_before_found',
    )
    await office.noteAuthority({ ...told, at: '2023-03-01T08:30:00+08:00' })
    expect(await todo()).toEqual([true, true])

    const [first, second] = world.teachers[0]
    expect(await refusalOf(office.tellAffected({ incidentId: id }))).toBe('invalid privacy.nobody_named')
    expect(
      await office.tellAffected({
        incidentId: id,
        numbers: [first!.number.toLowerCase(), 'X9', world.teachers[2][0]!.number],
      }),
    ).toEqual({ told: 1, unknown: ['X9', world.teachers[2][0]!.number] })
    expect((await office.tellAffected({ incidentId: id, orgId: world.schools[0].id })).told).toBe(1)
    expect((await office.incidents())[0]).toMatchObject({ people: 2, authority: '区网信办', untoldWhy: null })
    expect(await refusalOf(office.leaveUntold({ incidentId: id, why: '文件已加密' }))).toBe(
      'refused privacy.people_told',
    )

    for (const person of [first!, second!]) {
      const own = await (await as(person.account)).ownIncidents()
      const { orgId: _, foundAt: __, ...said } = incident()
      expect(own).toMatchObject([said])
      const { rows } =
        await sql`select from inbox.item i where i.recipient_id = ${person.id} and i.code = 'privacy.message.incident'`.execute(
          house.owner,
        )
      expect(rows).toHaveLength(1)
    }
    expect(await (await as(world.teachers[1][0]!.account)).ownIncidents()).toEqual([])
  })

  test('that harms nobody may stay untold with a reason, until somebody is told after all', async () => {
    const office = await as('security@district')
    const { id } = await office.keepIncident(incident())
    await office.leaveUntold({ incidentId: id, why: '文件已加密，未被打开' })
    expect((await office.incidents()).find((row) => row.id === id)?.untoldWhy).toBe('文件已加密，未被打开')
    await office.tellAffected({ incidentId: id, numbers: [world.teachers[0][0]!.number] })
    expect((await office.incidents()).find((row) => row.id === id)).toMatchObject({ untoldWhy: null, people: 1 })
  })

  test('is nobody’s to see or tell elsewhere', async () => {
    const { id } = await (await as('commission@district')).keepIncident(incident())
    expect(await (await as('commission@other')).incidents()).toEqual([])
    const tell = async (who: string) =>
      refusalOf((await as(who)).tellAffected({ incidentId: id, orgId: world.schools[0].id }))
    expect([await tell('commission@other'), await tell('principal@0')]).toEqual([
      'not_found not_found',
      'forbidden access.forbidden',
    ])
    expect(
      await refusalOf(
        (await as('commission@district')).keepIncident({ ...incident(), foundAt: '2023-03-02T08:00:00+08:00' }),
      ),
    ).toBe('invalid privacy.found_later')
  })
})
