/** Doors beside the API for notices: the calendar as calendars read it, and ending letters from a letter. */

import type { FastifyInstance } from 'fastify'
import ICAL from 'ical.js'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unsubscribeToken } from '../../src/platform/inbox/mail/outbox.ts'
import { buildApp } from '../../src/server/app.ts'
import { callerFor } from '../../src/server/caller.ts'
import { contract } from '../../src/server/contract.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'
import { openMailbox } from '../harness/mailbox.ts'
import { openYear } from '../harness/training.ts'
import { buildWorld, refusalOf, type World } from '../harness/world.ts'
import { furnish } from './furniture.ts'

let house: OpenHouse
let world: World
let app: FastifyInstance
let teacher: string
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
  app = await buildApp(house)
  teacher = world.teachers[0]![0]!.account
})
afterAll(async () => {
  await app?.close()
  await house?.close()
})

const desk = async (who: string) => (await world.as(who)).desk
const feedOf = async (who: string) => new URL((await (await desk(who)).makeFeed()).url).pathname
const read = (path: string) => app.inject({ url: path })
const calendarAt = async (path: string) => {
  const answer = await read(path)
  expect(answer.statusCode).toBe(200)
  return new ICAL.Component(ICAL.parse(answer.body))
}
const eventsIn = (calendar: ICAL.Component) => calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))

describe('the calendar', () => {
  it('holds sessions, meetings and due dates, in the time of China, for the person alone', async () => {
    const { panelId, expertAccount } = await furnish(house, world)
    const year = await openYear(house, world)
    await year.at('2023-03-10T01:00:00Z')
    const classId = await year.openClass({ terms: 2 })
    await year.send(classId, 0, world.teachers[0]!.slice(0, 1))
    const path = await feedOf(teacher)
    const due = eventsIn(await calendarAt(path)).find(({ summary }) => summary.startsWith('待办到期'))!
    expect(due.summary).toMatch(/^待办到期：学校推荐您参加“测试班1”/)
    expect(due.startDate.isDate).toBe(true)
    expect(due.startDate.toString()).toBe('2023-03-20')
    expect(due.endDate.toString()).toBe('2023-03-21')

    await (await world.as('trainer@district')).training.confirmClass({ classId })
    const [own, others] = [
      await year.session(classId, '2023-04-01'),
      await year.session(classId, '2023-04-02', { term: 2 }),
    ]
    const calendar = await calendarAt(path)
    const events = eventsIn(calendar)
    const ids = events.map(({ uid }) => uid)
    expect(ids).toContain(`session:${own}@127.0.0.1:3000`)
    expect(ids).not.toContain(`session:${others}@127.0.0.1:3000`)
    expect(new Set(ids).size).toBe(ids.length)
    const session = events.find(({ uid }) => uid.startsWith(`session:${own}`))!
    const [zone] = calendar.getAllSubcomponents('vtimezone')
    ICAL.TimezoneService.register(zone!)
    expect(session.startDate.zone?.tzid).toBe('Asia/Shanghai')
    expect(session.startDate.toJSDate().toISOString()).toBe('2023-04-01T01:00:00.000Z')
    expect(session.endDate.toJSDate().toISOString()).toBe('2023-04-01T04:00:00.000Z')
    expect(session.summary).toContain('测试班1')
    expect(String(session.component.getFirstPropertyValue('url'))).toBe('http://127.0.0.1:3000/my/training')
    expect(String(session.component.getFirstPropertyValue('dtstamp'))).toMatch(/Z$/)

    const meetings = eventsIn(await calendarAt(await feedOf(expertAccount)))
    const meeting = meetings.find(({ uid }) => uid.startsWith(`panel:${panelId}`))!
    expect(meeting.startDate.toString()).toBe('2023-04-01')
    expect(
      eventsIn(await calendarAt(await feedOf(world.teachers[1]![0]!.account))).map(({ uid }) => uid),
    ).not.toContain(session.uid)
  })

  it('is in the language of the account, every line short enough, and the same until something changes', async () => {
    const path = await feedOf(teacher)
    await (await world.as(teacher)).access.setLocale({ locale: 'en' })
    const { body, headers } = await read(path)
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(body).toContain('X-WR-CALNAME:Qiangshi')
    expect(body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
    expect(body.replaceAll('\r\n', '')).not.toContain('\n')
    expect((await read(path)).body).toBe(body)
  })

  it('ends with its address, with another address and with the account', async () => {
    const first = await feedOf(teacher)
    const second = await feedOf(teacher)
    expect([(await read(first)).statusCode, (await read(second)).statusCode]).toEqual([404, 200])
    await (await desk(teacher)).revokeFeed()
    expect((await read(second)).statusCode).toBe(404)
    const third = await feedOf(teacher)
    await sql`update access.account set disabled_at = now() where id = ${teacher}`.execute(house.owner)
    expect((await read(third)).statusCode).toBe(404)
    await sql`update access.account set disabled_at = null where id = ${teacher}`.execute(house.owner)
    expect((await read('/calendar/nonsense.ics')).statusCode).toBe(404)
    const { rows } = await sql<{ text: string }>`select f::text as text from inbox.feed f`.execute(house.owner)
    expect(rows.some(({ text }) => text.includes(third.slice(10, 42)))).toBe(false)
  })
})

describe('ending letters from a letter', () => {
  const frequency = async () => (await (await desk(teacher)).notices()).frequency
  const wish = { frequency: 'daily', sendAt: '07:30', weekday: 1, quietFrom: null, quietUntil: null } as const

  it('asks first, and is done by the button or by the mail program', async () => {
    await (await desk(teacher)).setNotices(wish)
    const url = `/mail/unsubscribe/${unsubscribeToken(house.key, teacher)}`
    const asked = await app.inject({ url, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })
    expect(asked.statusCode).toBe(200)
    expect(asked.body).toContain('确认不再接收')
    expect(await frequency()).toBe('daily')
    const form = {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    } as const
    expect((await app.inject({ ...form, headers: { ...form.headers, 'accept-language': 'en-GB' } })).body).toContain(
      'The mails have stopped',
    )
    expect(await frequency()).toBe('never')
    expect((await app.inject(form)).statusCode).toBe(200)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from audit.event where action = 'desk.mail_unsubscribed' and subject_id = ${teacher}`.execute(
      house.owner,
    )
    expect(rows[0]!.n).toBeGreaterThan(0)
  })

  it('needs a mark that only this installation makes', async () => {
    await (await desk(teacher)).setNotices(wish)
    const forged = unsubscribeToken((purpose) => Buffer.from(purpose.padEnd(32)).subarray(0, 32), teacher)
    for (const token of [forged, 'x', '%00'])
      expect((await app.inject({ method: 'POST', url: `/mail/unsubscribe/${token}` })).statusCode).toBe(404)
    expect(await frequency()).toBe('daily')
  })
})

it('an address is entered, verified and taken away over the API, and wrong codes are counted', async () => {
  const own = await desk(teacher)
  expect(await refusalOf(own.claimAddress({ address: 'a@example.cn' }))).toBe('refused inbox.mail_off')
  const box = await openMailbox()
  house.settings.mail = { url: box.url, from: 'notices@example.cn' }
  try {
    expect(await refusalOf(own.claimAddress({ address: 'a@b@example' }))).toBe('invalid inbox.bad_address')
    await own.claimAddress({ address: 'teacher@example.cn' })
    const { beats } = await import('../../src/server/modules.ts')
    for (const { run } of beats) await run(house)
    expect((await own.notices()).claim).toEqual({ address: 't***@example.cn' })
    const [letter] = box.of('teacher@example.cn')
    const code = /\d{6}/.exec(letter!.text!)![0]
    for (let n = 0; n < 2; n++)
      expect(await refusalOf(own.confirmAddress({ code: code === '111111' ? '222222' : '111111' }))).toBe(
        'refused inbox.wrong_code',
      )
    const { rows } = await sql<{
      n: number
    }>`select failures as n from inbox.address_claim where account_id = ${teacher}`.execute(house.owner)
    expect(rows[0]!.n).toBe(2)
    await own.confirmAddress({ code })
    expect(await own.notices()).toMatchObject({ mail: true, address: 't***@example.cn', claim: null })
    const { rows: trail } = await sql<{
      text: string
    }>`select string_agg(coalesce(after::text, ''), ' ') as text from audit.event where account_id = ${teacher}`.execute(
      house.owner,
    )
    expect(trail[0]!.text).toContain('t***@example.cn')
    expect(trail[0]!.text).not.toContain('teacher@example.cn')
    await own.removeAddress()
    expect((await own.notices()).address).toBeNull()
  } finally {
    delete house.settings.mail
    await box.close()
  }
})

it('what one tap does is a command that the recipient may give', async () => {
  const clerk = await callerFor(house, world.accounts['clerk@0']!)
  const { rows: items } = await sql<{
    act: { call: string; input: unknown }
  }>`select distinct on (act ->> 'call') act from inbox.item where act is not null`.execute(house.owner)
  expect(items.map(({ act }) => act.call).sort()).toEqual(['training.acknowledge', 'training.answer'])
  for (const { act } of items) {
    const [module = '', name = ''] = act.call.split('.')
    const procedure = (
      contract as unknown as Record<
        string,
        Record<string, { '~orpc': { meta: { kind: string }; inputSchema: { parse(input: unknown): unknown } } }>
      >
    )[module]![name]!
    expect(procedure['~orpc'].meta.kind).toBe('command')
    expect(() => procedure['~orpc'].inputSchema.parse(act.input)).not.toThrow()
  }
  const waiting = await clerk.desk.inbox({ kind: 'todo', open: true, area: 'training', byDue: true })
  const circular = waiting.rows.find(({ act }) => act?.call === 'training.acknowledge')!
  await clerk.training.acknowledge(circular.act!.input as { circularId: string })
  expect((await clerk.desk.inbox({ kind: 'todo', open: true })).rows.map(({ id }) => id)).not.toContain(circular.id)
})
