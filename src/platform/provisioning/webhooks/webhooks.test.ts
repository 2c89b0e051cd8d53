/** Word that is sent: to a real receiver that checks the signature; refused, given up, sent again; and nowhere else than it may go. */
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { Outbound } from '../../outbound/index.ts'
import { platformOf } from '../provisioning.fixture.ts'
import { fanOut } from './fan-out.ts'
import { sendRound } from './send.ts'
import { TYPES } from './types.ts'

type Received = { id: string; seconds: number; signature: string; body: string }

/** As the receivers of others check it (Standard Webhooks), by their own few lines. */
const holds = (secret: string, { id, seconds, signature, body }: Received): boolean =>
  signature.split(' ').includes(
    `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
      .update(`${id}.${seconds}.${body}`)
      .digest('base64')}`,
  )

let house: OpenHouse
let world: World
let server: Server
let url: string
let received: Received[]
/** What the receiver answers. */
let answer: number
let location: string | undefined

beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const head = (name: string) => String(request.headers[name])
      received.push({
        id: head('webhook-id'),
        seconds: Number(head('webhook-timestamp')),
        signature: head('webhook-signature'),
        body,
      })
      response.writeHead(answer, location ? { location } : {}).end('taken')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  url = `http://${host}/hook`
  house.settings.outbound = [host]
})
afterAll(async () => {
  server?.close()
  await house?.close()
})
beforeEach(async () => {
  received = []
  answer = 204
  location = undefined
  await sql`update provisioning.endpoint set state = 'ended'`.execute(house.owner)
  await sql`delete from provisioning.event`.execute(house.owner)
})

const api = async (who = 'administrator@district') => (await world.as(who)).provisioning
type Asked = { types?: string[]; orgIds?: string[]; platform?: Parameters<typeof platformOf>[1] }
async function endpoint({ types = [...TYPES], orgIds = [world.district.id], platform }: Asked = {}) {
  const platformId = await platformOf(world, platform)
  return { platformId, ...(await (await api()).makeEndpoint({ platformId, url, types, orgIds })) }
}
/** A round of the product's own work. */
const round = async () => {
  await fanOut(house)
  return sendRound(house)
}
const said = () => received.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> })
/** The next try is due. */
const later = () => sql`update provisioning.delivery set next_at = now() where state = 'waiting'`.execute(house.owner)
const rename = (name: string, n = 0) =>
  sql`update directory.person set name = ${name} where id = ${world.teachers[0]![n]!.id}`.execute(house.owner)
const deliveries = async (endpointId: string) => (await (await api()).deliveries({ endpointId, limit: 200 })).rows

describe('what happens', () => {
  it('is told signed, by the platform’s own name for the person, and nothing else of them', async () => {
    const { secret, endpointId } = await endpoint()
    const [person] = world.teachers[0]!
    await (await world.as('clerk@0')).access.disableAccount({ accountId: person!.account, disabled: true })
    expect(await round()).toEqual({ sent: 1, failed: 0 })
    const [one] = received
    expect(holds(secret, one!)).toBe(true)
    expect(holds(secret, { ...one!, body: one!.body.replace('disabled', 'enabled') })).toBe(false)
    expect(Math.abs(one!.seconds - Date.now() / 1000)).toBeLessThan(60)
    expect(said()[0]).toMatchObject({ type: 'account.disabled', data: { user: expect.stringMatching(/^[\w-]{43}$/) } })
    for (const hidden of [person!.id, person!.account, person!.name, person!.number])
      expect(one!.body).not.toContain(hidden)
    expect(one!.id).toBe(`msg_${(await deliveries(endpointId))[0]!.id}`)
    expect(await round()).toEqual({ sent: 0, failed: 0 })
  })

  it('to each as it looks from there: gone, come, or moved', async () => {
    await endpoint()
    await endpoint({ orgIds: [world.schools[0].id] })
    await endpoint({ orgIds: [world.schools[1].id] })
    const { id } = await world.addTeacher(world.schools[0])
    await round()
    expect(said().map(({ type }) => type)).toEqual(['person.joined', 'person.joined'])
    received = []
    await sql`update directory.person set org_id = ${world.schools[1].id}, org_path = ${world.schools[1].path}::ltree where id = ${id}`.execute(
      house.owner,
    )
    await round()
    expect(
      said()
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['person.joined', 'person.left', 'person.moved'])
    const [from, to] = [world.schools[0].id, world.schools[1].id]
    const told = Object.fromEntries(said().map(({ type, data }) => [type, [data.from, data.to]]))
    expect(told).toEqual({
      'person.moved': [from, to],
      'person.left': [from, undefined],
      'person.joined': [undefined, to],
    })
  })

  it('is no leaving where another employment follows in the same act', async () => {
    await endpoint({ types: ['person.left'] })
    const { id } = await world.addTeacher(world.schools[0])
    await house.owner.transaction().execute(async (tx) => {
      await sql`update directory.employment set during = daterange(lower(during), '2023-03-01') where person_id = ${id}`.execute(
        tx,
      )
      await sql`insert into directory.employment (person_id, id, org_id, org_path, during)
        values (${id}, gen_random_uuid(), ${world.schools[1].id}, ${world.schools[1].path}::ltree, daterange('2023-03-01', null))`.execute(
        tx,
      )
    })
    await round()
    expect(said()).toEqual([])
    await sql`update directory.employment set during = daterange(lower(during), '2023-06-30') where person_id = ${id} and upper_inf(during)`.execute(
      house.owner,
    )
    await round()
    expect(said()).toMatchObject([{ type: 'person.left', data: { on: '2023-06-30' } }])
  })

  it('is told of nobody outside, and of those who let it only', async () => {
    const { platformId } = await endpoint({ platform: { basis: 'consent', basisText: '', scopes: ['profile'] } })
    await sql`update directory.person set name = '邻区教师' where id = ${world.teachers[2]![0]!.id}`.execute(
      house.owner,
    )
    await rename('未同意')
    await round()
    expect(said()).toEqual([])
    await sql`insert into sso.consent (account_id, platform_id, scopes, given_at) values (${world.teachers[0]![0]!.account}, ${platformId}, '{profile}', now())`.execute(
      house.owner,
    )
    await rename('已同意')
    await round()
    expect(said()).toMatchObject([{ type: 'person.changed', data: {} }])
  })

  it('is not told where what happened was taken back', async () => {
    await endpoint()
    await house.owner
      .transaction()
      .execute(async (tx) => {
        await sql`update directory.person set name = '未成' where id = ${world.teachers[0]![0]!.id}`.execute(tx)
        throw new Error('no')
      })
      .catch(() => {})
    await round()
    expect(said()).toEqual([])
  })

  it('of a credential that holds no more, by nothing that others are told as well', async () => {
    await endpoint({ types: ['credential.revoked'] })
    await sql`select provisioning.tell('credential.revoked', ${world.teachers[0]![0]!.id}, null, '{"credential": "c", "list": "l", "place": 7}')`.execute(
      house.owner,
    )
    await round()
    expect(said().map(({ data }) => data)).toEqual([{ user: expect.stringMatching(/^[\w-]{43}$/) }])
  })

  it('of what was put before the public, where it stands', async () => {
    await endpoint({ types: ['notice.published'] })
    await sql`select provisioning.tell('notice.published', null, array[${world.district.path}::ltree], '{"notice": "n", "code": "abc"}')`.execute(
      house.owner,
    )
    await round()
    expect(said()).toMatchObject([{ type: 'notice.published', data: { url: 'http://127.0.0.1:3000/notice/abc' } }])
  })
})

describe('nothing is lost', () => {
  it('where the program dies between what happened and the sending of it', async () => {
    const { endpointId } = await endpoint()
    await rename('甲')
    // Taken, and dead before it was written.
    await house.owner
      .transaction()
      .execute(async (tx) => {
        await sql`select * from provisioning.take_events(10)`.execute(tx)
        throw new Error('dead')
      })
      .catch(() => {})
    await fanOut(house)
    // Claimed, and dead before it was sent: due again after its pause.
    await sql`update provisioning.delivery set attempts = 1, next_at = now() + interval '1 minute' where endpoint_id = ${endpointId}`.execute(
      house.owner,
    )
    expect(await sendRound(house)).toEqual({ sent: 0, failed: 0 })
    await later()
    expect(await sendRound(house)).toEqual({ sent: 1, failed: 0 })
    expect(said()).toHaveLength(1)
  })

  it('nor told twice by two programs at once, and in the order in which it happened', async () => {
    await endpoint()
    for (let n = 0; n < 12; n++) {
      await rename(`第${n}次`, n % 3)
      await fanOut(house)
    }
    await Promise.all([round(), round(), round()])
    while ((await round()).sent > 0);
    expect(received).toHaveLength(12)
    expect(new Set(received.map(({ id }) => id)).size).toBe(12)
    const { rows } = await sql<{
      id: string
    }>`select 'msg_' || d.id as id from provisioning.delivery d join provisioning.endpoint e on e.id = d.endpoint_id
      where e.state = 'active' order by d.position`.execute(house.owner)
    expect(received.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  })
})

describe('a receiver that refuses', () => {
  it('is tried again under the same id with longer pauses, given up, and told again by hand', async () => {
    const { endpointId, secret } = await endpoint()
    answer = 503
    await rename('乙')
    expect(await round()).toEqual({ sent: 0, failed: 1 })
    expect(await round()).toEqual({ sent: 0, failed: 0 })
    const [first] = await deliveries(endpointId)
    expect(first).toMatchObject({ state: 'waiting', attempts: 1, status: 503, failure: 'http' })
    const pauses: number[] = []
    for (let n = 0; n < 9; n++) {
      await later()
      await round()
      const { rows } = await sql<{
        pause: number
      }>`select extract(epoch from d.next_at - d.last_at)::int as pause from provisioning.delivery d where d.id = ${first!.id}`.execute(
        house.owner,
      )
      pauses.push(rows[0]!.pause / 60)
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 360])
    expect((await deliveries(endpointId))[0]).toMatchObject({ state: 'dead', attempts: 10, failure: 'http' })
    expect(new Set(received.map(({ id }) => id)).size).toBe(1)
    answer = 200
    received = []
    expect(await (await api()).replay({ endpointId, dead: true })).toEqual({ count: 1 })
    expect(await round()).toEqual({ sent: 1, failed: 0 })
    expect(received[0]!.id).toBe(`msg_${first!.id}`)
    expect(holds(secret, received[0]!)).toBe(true)
    expect((await (await api()).endpoints()).find(({ id }) => id === endpointId)).toMatchObject({ waiting: 0, dead: 0 })
  })

  it('again and again is paused, its owner hears of it, and nothing that waits is lost', async () => {
    const { endpointId } = await endpoint()
    answer = 500
    await rename('丙')
    await rename('丁', 1)
    for (let n = 0; n < 20; n++) {
      await later()
      await round()
    }
    const there = async () => (await (await api()).endpoints()).find(({ id }) => id === endpointId)!
    expect(await there()).toMatchObject({ state: 'paused', reason: 'http' })
    expect(received).toHaveLength(15)
    const todos = async () =>
      (
        await sql<{
          account: string
          open: boolean
        }>`select i.recipient_id as account, i.done_at is null as open from inbox.item i
          where i.key = ${`provisioning-paused:${endpointId}`}`.execute(house.owner)
      ).rows
    expect(await todos()).toEqual([{ account: world.accounts['administrator@district'], open: true }])
    expect(await refusalOf((await api()).testEndpoint({ endpointId }))).toBe('conflict provisioning.paused')
    answer = 200
    received = []
    await rename('戊', 2)
    await (await api()).setEndpointState({ endpointId, state: 'active' })
    await round()
    expect(received).toHaveLength(2)
    expect(await todos()).toMatchObject([{ open: false }])
  })

  it('that is gone for good (410) is not asked twice', async () => {
    const { endpointId } = await endpoint()
    answer = 410
    await rename('己')
    await round()
    expect((await deliveries(endpointId))[0]).toMatchObject({ state: 'dead', attempts: 1 })
    expect((await (await api()).endpoints()).find(({ id }) => id === endpointId)!.state).toBe('paused')
  })

  it('that leads elsewhere is not followed', async () => {
    const { endpointId } = await endpoint()
    answer = 307
    location = 'http://127.0.0.1:1/inside'
    await rename('庚')
    expect(await round()).toEqual({ sent: 0, failed: 1 })
    expect((await deliveries(endpointId))[0]).toMatchObject({ status: 307, failure: 'http' })
  })
})

describe('by hand', () => {
  it('a test is sent, and a time again', async () => {
    const { endpointId } = await endpoint()
    await (await api()).testEndpoint({ endpointId })
    await round()
    expect(said()).toMatchObject([{ type: 'endpoint.test', data: {} }])
    const range = (from: number, until: number) => ({
      endpointId,
      from: new Date(Date.now() + from).toISOString(),
      until: new Date(Date.now() + until).toISOString(),
    })
    expect(await (await api()).replay(range(-7_200_000, -3_600_000))).toEqual({ count: 0 })
    expect(await (await api()).replay(range(-3_600_000, 60_000))).toEqual({ count: 1 })
    await round()
    expect(new Set(received.map(({ id }) => id)).size).toBe(1)
    expect(received).toHaveLength(2)
    expect(await refusalOf((await api()).replay({ endpointId }))).toBe('invalid provisioning.nothing_named')
  })

  it('a secret is replaced without a gap: for a while both sign', async () => {
    const { endpointId, secret: old } = await endpoint()
    const { secret, oldUntil } = await (await api()).rotateSecret({ endpointId })
    expect(oldUntil).not.toBeNull()
    await rename('辛')
    await round()
    expect([holds(old, received[0]!), holds(secret, received[0]!)]).toEqual([true, true])
    await sql`update provisioning.secret set ends_at = now() - interval '1 second' where endpoint_id = ${endpointId} and ends_at is not null`.execute(
      house.owner,
    )
    await rename('壬')
    await round()
    expect([holds(old, received[1]!), holds(secret, received[1]!)]).toEqual([false, true])
    const { rows } = await sql<{ text: string }>`select s::text as text from provisioning.secret s`.execute(house.owner)
    expect(rows.map(({ text }) => text).join()).not.toContain(Buffer.from(secret).toString('hex'))
  })

  it.each([
    ['https://127.0.0.1/hook', 'outbound.not_allowed'],
    ['https://[::1]/hook', 'outbound.not_allowed'],
    ['https://169.254.169.254/latest/meta-data', 'outbound.not_allowed'],
    ['https://10.1.2.3/hook', 'outbound.not_allowed'],
    ['https://2130706433/hook', 'outbound.not_allowed'],
    ['https://0x7f.1/hook', 'outbound.not_allowed'],
    ['https://[::ffff:10.0.0.1]/hook', 'outbound.not_allowed'],
    ['http://platform.example/hook', 'outbound.plain'],
    ['https://user:secret@platform.example/hook', 'outbound.no_address'],
    ['file:///etc/passwd', 'outbound.no_address'],
  ])('%s is not registered', async (address, code) => {
    const platformId = await platformOf(world)
    const made = (await api()).makeEndpoint({
      platformId,
      url: address,
      types: ['person.left'],
      orgIds: [world.district.id],
    })
    expect(await refusalOf(made)).toBe(`refused ${code}`)
  })

  it('a name that leads inside when it is asked is refused then, whatever it said before', async () => {
    const platformId = await platformOf(world)
    const address = 'https://rebound.example/hook'
    const { endpointId } = await (await api()).makeEndpoint({
      platformId,
      url: address,
      types: [...TYPES],
      orgIds: [world.district.id],
    })
    await (await api()).testEndpoint({ endpointId })
    for (const inside of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1']) {
      await later()
      const out = new Outbound([], async () => [{ address: inside, family: inside.includes(':') ? 6 : 4 }])
      expect(await sendRound(house, out)).toEqual({ sent: 0, failed: 1 })
      expect((await deliveries(endpointId))[0]).toMatchObject({ status: null, failure: 'outbound.not_allowed' })
    }
  })

  it('what is unknown, beyond the platform, or out of reach is refused', async () => {
    const platformId = await platformOf(world)
    const make = async (asked: object, who?: string) =>
      refusalOf(
        (await api(who)).makeEndpoint({
          platformId,
          url,
          types: ['person.left'],
          orgIds: [world.district.id],
          ...asked,
        }),
      )
    expect(await make({ types: ['person.salary'] })).toBe('invalid provisioning.type_unknown')
    expect(await make({ orgIds: [world.other.id] })).toBe('invalid provisioning.outside_holder')
    expect(await make({}, 'administrator@other')).toBe('not_found not_found')
    const { endpointId } = await endpoint()
    expect(await refusalOf((await api('administrator@other')).deliveries({ endpointId, limit: 10 }))).toBe(
      'not_found not_found',
    )
    expect(await (await api('administrator@other')).endpoints()).toEqual([])
  })
})
