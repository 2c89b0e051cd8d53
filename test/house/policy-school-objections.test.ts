/** Objections on behalf of a school: raised by those who answer for it, answered by the owner of the fact or of the result, told back. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, SYSTEM, transact } from '../../src/platform/db/index.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld, refusalOf, type World } from '../harness/world.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
})
afterAll(() => house?.close())

const SET = 'staffing.established'
const FACT = 'school.in_post'
const at = (instant: string) => moveClock(house.owner, new Date(instant))
const as = async (who: string) => (await world.as(who)).policy
/** Who works there holds no established post. */
const notInPost = (orgId: string) =>
  sql`update directory.employment set basis = 'contract' where org_id = ${orgId}`.execute(house.owner)
const objecting = (school: number, fact?: string) => ({
  set: SET,
  orgId: world.schools[school]!.id,
  text: '在编人数与编制部门核定的不一致',
  ...(fact ? { fact } : {}),
})
const messagesOf = async (who: string) =>
  (await (await world.as(who)).desk.inbox({ kind: 'message' })).rows.map(({ code }) => code)

describe('an objection on behalf of a school', () => {
  it('goes to the owner of the fact, is told as it stood, upheld once the fact is corrected, and told back', async () => {
    const orgId = world.schools[0].id
    const principal = await as('principal@0')
    const { id: objectionId } = await principal.objectForSchool(objecting(0, FACT))
    expect(await refusalOf((await as('clerk@0')).objectForSchool(objecting(0, FACT)))).toBe(
      'conflict policy.objection_open',
    )
    expect(await refusalOf(principal.objectForSchool(objecting(0, 'person.born')))).toBe('invalid policy.not_in_set')
    const commission = await world.as('commission@district')
    const todo = (await commission.desk.inbox({ kind: 'todo' })).rows.find(
      ({ code }) => code === 'policy.todo.school_objection',
    )
    expect(todo).toMatchObject({ link: '/policy/objections', doneAt: null, data: { name: '第一小学' } })
    const [row] = await commission.policy.objections({})
    expect(row).toMatchObject({
      about: { kind: 'organisation', id: orgId, name: '第一小学' },
      orgName: '测试区',
      raisedBy: 'principal',
      own: false,
      fact: { id: FACT, was: '4' },
    })
    const ids = { aboutId: orgId, objectionId }
    expect((await commission.policy.objection(ids)).changed).toBe(false)
    const uphold = { ...ids, uphold: true, answer: '已按编制部门数据更正' }
    expect(await refusalOf(commission.policy.answerObjection(uphold))).toBe('refused policy.remedy_needed')
    await at('2023-03-02T01:00:00Z')
    await notInPost(orgId)
    const { asItStood, today, changed } = await commission.policy.objection(ids)
    const inPost = ({ facts }: typeof asItStood) => facts.find(({ id }) => id === FACT)?.value
    expect([inPost(asItStood), inPost(today!), changed]).toEqual(['4', '0', true])
    expect(await refusalOf(commission.policy.answerObjection({ ...uphold, anew: true }))).toBe(
      'invalid policy.anew_people_only',
    )
    await commission.policy.answerObjection(uphold)
    expect(await principal.schoolObjections()).toMatchObject([
      { state: 'upheld', answer: '已按编制部门数据更正', remedy: null, own: true },
    ])
    expect(await messagesOf('principal@0')).toContain('policy.message.objection_upheld')
    const { rows } = await commission.desk.inbox({ kind: 'todo' })
    expect(rows.filter(({ code, doneAt }) => code === 'policy.todo.school_objection' && doneAt === null)).toEqual([])
  })

  it('to a result that stays is upheld only with what will be corrected and by when', async () => {
    const { id: objectionId } = await (await as('clerk@0')).objectForSchool(objecting(0))
    const commission = await as('commission@district')
    const ids = { aboutId: world.schools[0].id, objectionId }
    const answer = '核定编制尚未录入'
    const remedy = { what: '补录各学段核定编制', by: '2023-03-31' }
    expect(await refusalOf(commission.answerObjection({ ...ids, uphold: true, answer }))).toBe(
      'refused policy.remedy_needed',
    )
    expect(await refusalOf(commission.answerObjection({ ...ids, uphold: false, answer, remedy }))).toBe(
      'invalid policy.upheld_only',
    )
    const past = { ...remedy, by: '2023-03-01' }
    expect(await refusalOf(commission.answerObjection({ ...ids, uphold: true, answer, remedy: past }))).toBe(
      'invalid policy.remedy_past',
    )
    await commission.answerObjection({ ...ids, uphold: true, answer, remedy })
    const told = (await (await as('principal@0')).schoolObjections()).find(({ id }) => id === objectionId)
    expect(told).toMatchObject({ state: 'upheld', remedy, fact: null, own: false })
    expect(await messagesOf('clerk@0')).toContain('policy.message.objection_remedy')
  })

  it('is nobody’s to raise, see or answer outside the school and its owners', async () => {
    const { id: objectionId } = await (await as('principal@1')).objectForSchool(objecting(1, FACT))
    const ids = { aboutId: world.schools[1].id, objectionId }
    expect(await refusalOf((await as('principal@2')).objectForSchool(objecting(1)))).toBe('not_found not_found')
    for (const who of ['teacher', 'trainer@district'])
      expect(
        await refusalOf(
          (await as(who === 'teacher' ? world.teachers[1]![0]!.account : who)).objectForSchool(objecting(1)),
        ),
      ).toBe('forbidden access.forbidden')
    expect(await (await as('principal@2')).schoolObjections()).toEqual([])
    expect((await (await as('principal@0')).schoolObjections()).map(({ id }) => id)).not.toContain(objectionId)
    for (const who of ['commission@other', 'principal@1', 'clerk@0'])
      expect(await refusalOf((await as(who)).answerObjection({ ...ids, uphold: false, answer: '以核定为准' }))).toBe(
        'not_found not_found',
      )
    const seen = (paths: string[]) =>
      transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths, self: false } }, async ({ tx }) => {
        const { rows } = await sql<{
          id: string
        }>`select x.id from policy.objection x where x.id = ${objectionId}`.execute(tx)
        return rows.length
      })
    expect([
      await seen([world.schools[1].path]),
      await seen([world.district.path]),
      await seen([world.schools[0].path]),
      await seen([world.other.path]),
      await seen([]),
    ]).toEqual([1, 1, 0, 0, 0])
  })

  it('is not answered by whoever raised it, whatever other office they hold', async () => {
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path)
      values (${world.accounts['principal@1']}, gen_random_uuid(), 'commission', ${world.district.id}, ${world.district.path}::ltree)`.execute(
      house.owner,
    )
    const both = await as('principal@1')
    const [row] = await both.objections({})
    expect(row).toMatchObject({ own: true, about: { id: world.schools[1].id } })
    const ids = { aboutId: row!.about.id, objectionId: row!.id }
    expect(await refusalOf(both.answerObjection({ ...ids, uphold: false, answer: '以核定为准' }))).toBe(
      'refused policy.not_oneself',
    )
    await expect(
      sql`update policy.objection set state = 'rejected', answer = 'x', answered_at = now(), answered_by = raised_by where id = ${row!.id}`.execute(
        house.owner,
      ),
    ).rejects.toThrow(/check/)
  })
})
