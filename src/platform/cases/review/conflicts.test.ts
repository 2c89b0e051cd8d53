/** Who may not review whom: every rule with its edge, and the question for one expert and one case. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import type { Caller } from '../../../server/caller.ts'
import { type CasesHouse, openCasesHouse } from '../flow/cases.fixture.ts'
import { addExperts, asExpert, withReview } from './review.fixture.ts'

let at: CasesHouse
let office: Caller['cases']
let callId: string
let applicationId: string
beforeAll(async () => {
  at = await openCasesHouse(8)
  office = (await at.world.as('trainer@district')).cases
  callId = await at.publish(withReview())
  applicationId = await at.apply(callId, 0, 0)
})
afterAll(() => at?.house.close())

const applicant = () => at.world.teachers[0][0]!
/** A teacher of the second school as an expert. */
async function expert(nth: number) {
  const person = at.world.teachers[1][nth]!
  await office.addExpert({ number: person.number, fields: { 语文: 3 } })
  return person
}
const why = async (accountId: string, of = applicationId) =>
  (await office.couldReview({ accountId, applicationId: of })).why
const run = (text: ReturnType<typeof sql>) => text.execute(at.house.owner)

describe('by rule', () => {
  it('nothing stands between strangers; nobody reviews their own case', async () => {
    const person = await expert(0)
    expect(await office.couldReview({ accountId: person.account, applicationId })).toEqual({ possible: true, why: [] })
    await office.addExpert({ number: applicant().number, fields: { 语文: 3 } })
    expect(await why(applicant().account)).toEqual(['same_school', 'self'])
  })
  it.each([
    ['2020-03-01', []],
    ['2020-03-02', ['same_school']],
    ['2020-06-01', ['same_school']],
  ])('who left the school before %s: %j', async (until, expected) => {
    const person = at.world.teachers[1][1]!
    await office.addExpert({ number: person.number, fields: { 语文: 3 } })
    await run(
      sql`delete from directory.employment where person_id = ${person.id} and org_id = ${at.world.schools[0].id}`,
    )
    await run(
      sql`update directory.employment set during = daterange(${until}, null) where person_id = ${person.id} and org_id = ${at.world.schools[1].id}`,
    )
    await run(sql`insert into directory.employment (person_id, id, org_id, org_path, during)
      values (${person.id}, ${newId()}, ${at.world.schools[0].id}, ${at.world.schools[0].path}::ltree, daterange('2010-09-01', ${until}))`)
    expect(await why(person.account)).toEqual(expected)
  })
  it('schools of one cluster, as long as both belong to it', async () => {
    const person = await expert(2)
    const cluster = newId()
    await run(
      sql`insert into directory.cluster (id, org_id, org_path, kind, name) values (${cluster}, ${at.world.district.id}, ${at.world.district.path}::ltree, 'education_group', '第一集团')`,
    )
    for (const school of [at.world.schools[0], at.world.schools[1]])
      await run(
        sql`insert into directory.cluster_member (cluster_id, org_id, during) values (${cluster}, ${school.id}, daterange('2020-01-01', null))`,
      )
    expect(await why(person.account)).toEqual(['same_cluster'])
    await run(
      sql`update directory.cluster_member set during = daterange('2020-01-01', '2023-02-01') where cluster_id = ${cluster} and org_id = ${at.world.schools[1].id}`,
    )
    expect(await why(person.account)).toEqual([])
  })
  it('a studio they share, as its head or a member', async () => {
    const person = await expert(3)
    const studio = newId()
    await run(sql`insert into cases.designation (holder_id, id, person_id, org_id, org_path, kind, title, level, during)
      values (${person.id}, ${studio}, ${person.id}, ${at.world.schools[1].id}, ${at.world.schools[1].path}::ltree, 'studio.master', '{"zh":"工作室","en":"Studio"}', 'district', daterange('2022-01-01', '2025-01-01'))`)
    await run(
      sql`insert into cases.member (holder_id, designation_id, id, person_id, name, during) values (${person.id}, ${studio}, ${newId()}, ${applicant().id}, ${applicant().name}, daterange('2022-01-01', '2025-01-01'))`,
    )
    expect(await why(person.account)).toEqual(['same_studio'])
  })
  it.each(['mentor', 'co_author', 'relative', 'declared'] as const)(
    '%s, whoever of the two declared it',
    async (kind) => {
      const person = await expert(4)
      const own = await asExpert(at, person.account)
      const { id } = await own.declareOwnRelation({
        other: { name: applicant().name, number: applicant().number },
        kind,
      })
      expect(await why(person.account)).toEqual([kind])
      await own.dropOwnRelation({ id })
      expect(await why(person.account)).toEqual([])
      const made = await office.declareRelation({
        one: { name: applicant().name, org: '第一小学' },
        other: { name: person.name, number: person.number },
        kind,
      })
      expect(await why(person.account)).toEqual([kind])
      await office.dropRelation({ personId: applicant().id, id: made.id })
    },
  )
  it('somebody from elsewhere by the name of their employer', async () => {
    const [stranger, colleague] = await addExperts(at, 2)
    await run(sql`update cases.expert set employer = '第一小学' where account_id = ${colleague!}`)
    expect(await why(stranger!)).toEqual([])
    expect(await why(colleague!)).toEqual(['same_school'])
  })
  it('only what the call names, but always oneself', async () => {
    const other = await at.publish(withReview({ conflicts: ['relative'] }))
    const id = await at.apply(other, 0, 0)
    expect(await why(applicant().account, id)).toEqual(['self'])
  })
  it('is found also where the expert has left the scope of who asks', async () => {
    const person = await expert(5)
    await run(
      sql`update directory.employment set org_id = ${at.world.schools[0].id}, org_path = ${at.world.schools[0].path}::ltree where person_id = ${person.id}`,
    )
    await run(
      sql`update directory.person set org_id = ${at.world.schools[2].id}, org_path = ${at.world.schools[2].path}::ltree where id = ${person.id}`,
    )
    expect(await why(person.account)).toEqual(['same_school'])
  })
})

describe('declaring', () => {
  it('asks for somebody who is meant and no one else, and is seen by who declared it and by offices only', async () => {
    const person = await expert(6)
    const own = await asExpert(at, person.account)
    const declare = (name: string, number = '') =>
      refusalOf(own.declareOwnRelation({ other: { name, number }, kind: 'declared' }))
    expect(await declare('无此人', 'T99999')).toBe('invalid cases.relation_unknown')
    expect(await declare(applicant().name, 'T99999')).toBe('invalid cases.relation_unknown')
    expect(await declare(person.name, person.number)).toBe('invalid cases.relation_self')
    expect(await declare(applicant().name, applicant().number)).toBe('done')
    expect((await own.ownRelations()).map(({ otherName }) => otherName)).toEqual([applicant().name])
    const other = await asExpert(at, at.world.teachers[1][4]!.account)
    expect(await other.ownRelations()).toEqual([])
  })
  it('says nothing of cases and experts outside the scope', async () => {
    const elsewhere = (await at.world.as('trainer@other')).cases
    expect(await refusalOf(elsewhere.couldReview({ accountId: applicant().account, applicationId }))).toBe(
      'not_found not_found',
    )
    expect(await elsewhere.experts({})).toEqual([])
  })
})
