/** Cases on their way, in PostgreSQL: who may act where, what they find to do, places and deadlines under contention. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, transact } from '../../db/index.ts'
import { type CasesHouse, openCasesHouse, simple } from './cases.fixture.ts'
import { moveAll, moveOne } from './move.ts'
import { lockedApplication, lockedApplications, openCall } from './rows.ts'
import { addSigner, handOver, sendBack, sign, urge } from './sign.ts'

let at: CasesHouse
beforeAll(async () => {
  at = await openCasesHouse(8)
})
afterAll(() => at.house.close())

const signed = async (who: string, ids: string[]) =>
  (await at.office(who)).act((act, held) => sign(act, held, ids, { verdict: 'signed' }))
const tasks = async (id: string) => {
  const { rows } = await sql<{ role: string; state: string; dueOn: string | null }>`select t.role, t.state, t.due_on
    from cases.task t where t.application_id = ${id} order by t.opened_at, t.id`.execute(at.house.owner)
  return rows
}

describe('from the applicant to the filed result', () => {
  it('goes through every stage, asks whoever has it, and keeps every step', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 0, 0)
    expect(await at.where(id)).toEqual({ state: 'waiting', stage: 'school' })
    expect(await tasks(id)).toEqual([{ role: 'principal', state: 'open', dueOn: '2023-03-08' }])
    await signed('principal@0', [id])
    expect(await at.where(id)).toEqual({ state: 'waiting', stage: 'district' })
    await signed('trainer@district', [id])
    for (const stage of ['notice', 'decide', 'file']) {
      expect(await at.where(id)).toEqual({ state: 'waiting', stage })
      await at.everywhere(async (act) =>
        moveOne(act, await openCall(act, call), await lockedApplication(act, id), { act: 'pass' }),
      )
    }
    expect(await at.where(id)).toEqual({ state: 'filed', stage: 'file' })
    const { rows } = await sql<{
      act: string
    }>`select s.act from cases.step s where s.application_id = ${id} order by s.nth`.execute(at.house.owner)
    expect(rows.map(({ act }) => act)).toEqual(['submit', 'pass', 'pass', 'pass', 'pass', 'pass'])
  })
  it('comes back to the applicant with what is to be corrected, and goes on where it was', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 0, 1)
    await signed('principal@0', [id])
    const points = [{ question: 'plan', says: '请写明年度安排' }]
    await (await at.office('trainer@district')).act((act, held) =>
      sendBack(act, held, [id], { to: null, words: '请补充', points }),
    )
    expect(await at.where(id)).toEqual({ state: 'returned', stage: 'district' })
    const person = at.world.teachers[0][1]!
    const { rows } = await sql<{
      code: string
      kind: string
    }>`select i.code, i.kind from inbox.item i where i.recipient_id = ${person.id} order by i.id desc`.execute(
      at.house.owner,
    )
    expect(rows[0]).toEqual({ code: 'cases.told.returned', kind: 'todo' })
  })
})

describe('who may sign', () => {
  it('refuses whoever was not asked, and names no case outside the scope', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 0, 2)
    await expect(signed('trainer@district', [id])).rejects.toMatchObject({ code: 'cases.not_asked' })
    await expect(signed('clerk@0', [id])).rejects.toMatchObject({ code: 'cases.not_asked' })
    await expect(signed('principal@1', [id])).rejects.toMatchObject({ kind: 'not_found' })
  })
  it('waits for everybody where all sign, and for who was added', async () => {
    const [school, ...rest] = simple().stages
    const both = {
      ...school,
      signs: 'all',
      by: [
        { role: 'principal', at: 'school' },
        { role: 'clerk', at: 'school' },
      ],
    }
    const call = await at.publish(simple({ stages: [both, ...rest] }))
    const id = await at.apply(call, 1, 0)
    await signed('principal@1', [id])
    expect(await at.where(id)).toMatchObject({ stage: 'school' })
    await (await at.office('clerk@1')).act((act, held) =>
      addSigner(act, held, [id], { role: 'trainer', at: 'district', words: '请区里会签' }),
    )
    await signed('clerk@1', [id])
    expect(await at.where(id)).toMatchObject({ stage: 'school' })
    await signed('trainer@district', [id])
    expect(await at.where(id)).toMatchObject({ stage: 'district' })
  })
  it('hands over, and then only the other signs', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 1, 1)
    const principal = await at.office('principal@1')
    await principal.act((act, held) =>
      handOver(act, held, [id], { role: 'clerk', at: 'school', words: '由教务处办理' }),
    )
    await expect(signed('principal@1', [id])).rejects.toMatchObject({ code: 'cases.not_asked' })
    await signed('clerk@1', [id])
    expect(await at.where(id)).toMatchObject({ stage: 'district' })
  })
  it('is urged once a day', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 1, 2)
    const trainer = await at.office('trainer@district')
    expect(await trainer.act((act) => urge(act, [id]))).toEqual({ urged: 1 })
    await expect(trainer.act((act) => urge(act, [id]))).rejects.toMatchObject({ code: 'cases.urged_today' })
  })
  it('gives a reason for a no', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 1, 3)
    const principal = await at.office('principal@1')
    await expect(principal.act((act, held) => sign(act, held, [id], { verdict: 'refused' }))).rejects.toMatchObject({
      code: 'cases.words_needed',
    })
    await principal.act((act, held) => sign(act, held, [id], { verdict: 'refused', words: '任教年限不足' }))
    expect(await at.where(id)).toEqual({ state: 'refused', stage: 'school' })
  })
})

describe('places', () => {
  it('are never given twice, however many ask at once, and come back', async () => {
    const call = await at.publish(simple(), { places: [['school', 3]] })
    const ids = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((nth) => at.apply(call, 0, nth)))
    const answers = await Promise.allSettled(ids.map((id) => signed('principal@0', [id])))
    const refusals = answers.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
    expect(refusals).toHaveLength(5)
    for (const { reason } of refusals)
      expect(reason).toMatchObject({ code: 'cases.quota_full', data: { places: 3, lacking: 1 } })
    const taken = async () =>
      (
        await sql<{ taken: number }>`select q.taken from cases.quota q where q.call_id = ${call}`.execute(
          at.house.owner,
        )
      ).rows[0]!.taken
    expect(await taken()).toBe(3)
    const through = ids.filter((_, nth) => answers[nth]!.status === 'fulfilled')
    const trainer = await at.office('trainer@district')
    await trainer.act((act, held) => sign(act, held, [through[0]!], { verdict: 'refused', words: '材料不实' }))
    expect(await taken()).toBe(2)
    await signed('principal@0', [ids.find((id) => !through.includes(id))!])
    expect(await taken()).toBe(3)
  })
  it('are taken by all of a list or by none', async () => {
    const call = await at.publish(simple(), { places: [['school', 2]] })
    const ids = await Promise.all([0, 1, 2].map((nth) => at.apply(call, 1, nth)))
    await expect(signed('principal@1', ids)).rejects.toMatchObject({
      code: 'cases.quota_full',
      data: { lacking: 1 },
    })
    for (const id of ids) expect(await at.where(id)).toMatchObject({ stage: 'school' })
  })
})

describe('deadlines', () => {
  it('are those of the instant at which an act was received', async () => {
    const call = await at.publish(simple(), { closes: '2023-03-10T16:00:00Z' })
    const id = await at.apply(call, 2, 0, false)
    const submitted = (when: string) =>
      at.everywhere(
        async (act) => moveOne(act, await openCall(act, call), await lockedApplication(act, id), { act: 'submit' }),
        when,
      )
    await expect(submitted('2023-03-10T16:00:00.001Z')).rejects.toMatchObject({ code: 'cases.too_late' })
    await submitted('2023-03-10T16:00:00Z')
    expect(await at.where(id)).toMatchObject({ state: 'waiting' })
  })
})

it('moves none of a list where one of them cannot be moved', async () => {
  const call = await at.publish()
  const ids = [await at.apply(call, 2, 1), await at.apply(call, 2, 2, false)]
  const both = at.everywhere(async (act) =>
    moveAll(act, await openCall(act, call), await lockedApplications(act, ids), { act: 'pass' }),
  )
  await expect(both).rejects.toMatchObject({ code: 'cases.not_possible', data: { count: 1 } })
  expect(await at.where(ids[0]!)).toMatchObject({ stage: 'school' })
})

it('tells an office once a day what waits, until nothing does, and again when something comes later', async () => {
  const call = await at.publish(simple(), {})
  const told = async () => {
    const { rows } = await sql<{ open: boolean }>`select i.done_at is null as open from inbox.item i
      where i.recipient_id = ${at.world.schools[2].id} and i.role = 'principal' and starts_with(i.key, ${`cases.stage:${call}:`}) order by i.id`.execute(
      at.house.owner,
    )
    return rows.map(({ open }) => open)
  }
  const first = [await at.apply(call, 2, 3), await at.apply(call, 2, 4)]
  expect(await told()).toEqual([true])
  await signed('principal@2', first.slice(0, 1))
  expect(await told()).toEqual([true])
  await signed('principal@2', first.slice(1))
  expect(await told()).toEqual([false])
  await moveClock(at.house.owner, new Date('2023-03-02T01:00:00Z'))
  await at.apply(call, 2, 5)
  expect(await told()).toEqual([false, true])
})

it('leaves an office nothing to do once the last of its applicants has withdrawn', async () => {
  const call = await at.publish(simple(), {})
  const open = async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from inbox.item i
      where i.recipient_id = ${at.world.schools[1].id} and i.role = 'principal' and starts_with(i.key, ${`cases.stage:${call}:`}) and i.done_at is null`.execute(
      at.house.owner,
    )
    return rows[0]!.n
  }
  const ids = [await at.apply(call, 1, 3), await at.apply(call, 1, 4)]
  const withdraw = async (nth: 3 | 4) => {
    const { id, account } = at.world.teachers[1][nth]!
    const actor = { account, person: id, name: '本人' }
    await transact(at.house.db, { actor, scope: { paths: [], self: true }, permission: 'test' }, async (act) => {
      await moveOne(act, await openCall(act, call), await lockedApplication(act, ids[nth - 3]!), { act: 'withdraw' })
      // The office's scope was the product's alone.
      expect((await sql`select from cases.application a where a.call_id = ${call}`.execute(act.tx)).rows.length).toBe(1)
    })
  }
  await withdraw(3)
  expect(await open()).toBe(1)
  await withdraw(4)
  expect(await open()).toBe(0)
})
