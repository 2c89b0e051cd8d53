/** Asking to be somebody, and the office that decides; and the providers that security administrators look after. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../test/harness/world.ts'
import { buildApp } from '../../server/app.ts'
import type { OpenHouse } from '../../server/house.ts'
import { openDoors, Visitor } from '../sso/flow.fixture.ts'
import { CLIENT, openCas, openOidc, There } from './elsewhere.fixture.ts'

let house: OpenHouse
let world: World
let app: FastifyInstance
let cas: Awaited<ReturnType<typeof openCas>>
let oidc: Awaited<ReturnType<typeof openOidc>>
let used = 0

const entered = { nameEn: null, clientId: null, scopes: [], casVersion: 2 as const, secondValues: [] }
beforeAll(async () => {
  ;[cas, oidc] = await Promise.all([openCas(), openOidc()])
  house = await openTestHouse()
  house.settings.outbound = [cas.host, oidc.host]
  world = await buildWorld(house, 12)
  await openDoors(house)
  const { upstream } = await world.as('security@district')
  await upstream.addProvider({
    key: 'cas',
    kind: 'cas',
    orgId: world.district.id,
    name: '校园',
    ...entered,
    address: `${cas.address}/`,
  })
  app = await buildApp(house)
  await app.ready()
}, 120_000)
afterAll(async () => {
  await app?.close()
  await Promise.all([cas?.close(), oidc?.close()])
  await house?.close()
})

const someone = (): { person: Person; name: string } => ({
  person: world.teachers[0][used++]!,
  name: `somebody-${used}`,
})
/** Somebody comes from the CAS and is nobody here yet. */
async function arrived(name: string) {
  const one = new Visitor(app)
  const { to } = (await one.ask('POST', '/upstream/begin', { provider: 'cas' })).json()
  const answer = await one.ask('GET', await new There().enter(to, name))
  return { one, to: String(answer.headers.location) }
}
const ask = (one: Visitor, number: string, note = '') => one.ask('POST', '/upstream/arrival', { number, note })
const waiting = async (who = 'clerk@0') =>
  (await (await world.as(who)).upstream.requests()).filter(({ state }) => state === 'waiting')
const inboxOf = async (who: string) => {
  const { desk } = await world.as(who)
  return (await desk.inbox({ limit: 50 })).rows.map(({ code }) => code)
}
const decide = async (who: string, { personId, id }: { personId: string; id: string }, approve = true) => {
  const { upstream } = await world.as(who)
  return upstream.decideRequest({
    personId,
    requestId: id,
    approve,
    ...(approve ? { checked: 'in_person' as const } : {}),
    reason: approve ? '' : '不是本人',
  })
}

describe('whoever comes from a provider and is nobody here', () => {
  it('asks by staff number, is checked by their school, and comes in that way from then on', async () => {
    const { person, name } = someone()
    await sql`update access.account set must_change = true where id = ${person.account}`.execute(house.owner)
    const { one, to } = await arrived(name)
    expect(to).toBe('/sign-in/elsewhere')
    expect((await one.ask('GET', '/upstream/arrival')).json()).toEqual({
      provider: { key: 'cas', name: '校园', nameEn: null },
      waiting: false,
      linked: false,
    })
    expect((await ask(one, person.number.toLowerCase(), '三年级办公室')).statusCode).toBe(200)
    expect((await one.ask('GET', '/upstream/arrival')).json().waiting).toBe(true)
    expect(await inboxOf('clerk@0')).toContain('upstream.todo.request')
    const [request] = await waiting()
    expect(request).toMatchObject({
      personId: person.id,
      number: person.number,
      label: name,
      note: '三年级办公室',
      mine: false,
    })
    await decide('clerk@0', request!)
    expect((await (await world.as('clerk@0')).desk.inboxCount()).todos).toBe(0)
    expect(await inboxOf(person.account)).toEqual(
      expect.arrayContaining(['upstream.message.asked', 'upstream.message.linked_by_office']),
    )
    const again = await arrived(name)
    expect(again.to).toBe('/')
    const me = (await again.one.ask('POST', '/rpc/access/me', { json: null })).json().json
    expect(me.account).toMatchObject({ login: person.number.toLowerCase(), mustChangePassword: false })
    const { upstream } = await world.as(person.account)
    expect((await upstream.links()).links).toMatchObject([{ how: 'office', label: name }])
    expect(await refusalOf(decide('clerk@0', request!))).toBe('conflict upstream.request_decided')
  })

  it('learns nothing of who there is', async () => {
    const { person, name } = someone()
    const linked = world.teachers[0][0]!
    const { one } = await arrived(name)
    const before = (await waiting('administrator@district')).length
    const answers = [
      await ask(one, 'T99999'),
      await ask(one, linked.number),
      await ask(one, world.teachers[2][0]!.number),
      await ask(one, person.number),
      await ask(one, world.teachers[0][9]!.number),
    ]
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    // One waits at a time; the others came to nothing.
    const now = await waiting('administrator@district')
    expect(now).toHaveLength(before + 1)
    expect(now.map(({ personId }) => personId)).toContain(person.id)
    await decide('clerk@0', now.find(({ personId }) => personId === person.id)!, false)
    expect(await inboxOf(person.account)).toContain('upstream.message.refused')
    expect((await arrived(name)).to).toBe('/sign-in/elsewhere')
  })

  it('is told to wait whether or not the number was right, and comes to nothing from the sixth time on', async () => {
    const { person, name } = someone()
    const { one } = await arrived(name)
    for (let n = 0; n < 5; n++) await ask(one, `T9999${n}`)
    expect((await one.ask('GET', '/upstream/arrival')).json()).toMatchObject({ waiting: true, linked: false })
    expect((await ask(one, person.number)).statusCode).toBe(200)
    expect((await waiting()).map(({ personId }) => personId)).not.toContain(person.id)
  })

  it('is known again by the browser alone', async () => {
    const { name } = someone()
    await arrived(name)
    const other = new Visitor(app)
    expect((await other.ask('GET', '/upstream/arrival')).statusCode).toBe(404)
    expect((await ask(other, 'T00001')).json().code).toBe('upstream.arrival_over')
    other.jar.set('qs_arrival', 'x'.repeat(43))
    expect((await ask(other, 'T00001')).json().code).toBe('upstream.arrival_over')
    expect((await ask(other, '')).json().code).toBe('invalid_input')
    expect((await ask(other, 'T\u0000')).json().code).toBe('invalid_input')
  })
})

it('the door at which one could try numbers is narrow', async () => {
  const { one } = await arrived('tries-numbers')
  const answers: number[] = []
  for (let n = 0; n < 22; n++) answers.push((await ask(one, `T9${1000 + n}`)).statusCode)
  expect([answers[0], answers.at(-1)]).toEqual([200, 429])
})

describe('the office', () => {
  it('decides about its own people, never about itself or those above it', async () => {
    const { person, name } = someone()
    await ask((await arrived(name)).one, person.number)
    const request = (await waiting()).find(({ personId }) => personId === person.id)!
    expect(await waiting('clerk@1')).not.toContainEqual(expect.objectContaining({ id: request.id }))
    expect(await refusalOf(decide('clerk@1', request))).toBe('not_found not_found')
    expect(await refusalOf(decide('administrator@other', request))).toBe('not_found not_found')
    expect(await refusalOf(decide('principal@0', request))).toBe('forbidden access.forbidden')
    expect(await refusalOf(decide(person.account, request))).toBe('forbidden access.forbidden')
    const give = (role: string) =>
      sql`insert into access.assignment (account_id, id, role, org_id, org_path)
        values (${person.account}, gen_random_uuid(), ${role}, ${world.schools[0].id}, ${world.schools[0].path}::ltree)`.execute(
        house.owner,
      )
    await give('clerk')
    expect(await refusalOf(decide(person.account, request))).toBe('invalid access.not_oneself')
    await give('principal')
    expect(await refusalOf(decide('clerk@0', request))).toBe('forbidden access.above_you')
    await give('administrator')
    expect(await refusalOf(decide('administrator@district', request))).toBe('forbidden upstream.office_links_itself')
    expect(await waiting()).toContainEqual(expect.objectContaining({ id: request.id }))
  })

  it('links nobody whose account was closed meanwhile', async () => {
    const { person, name } = someone()
    await ask((await arrived(name)).one, person.number)
    await sql`update access.account set disabled_at = now() where id = ${person.account}`.execute(house.owner)
    const request = (await waiting()).find(({ personId }) => personId === person.id)!
    expect(await refusalOf(decide('clerk@0', request))).toBe('conflict upstream.account_gone')
    await decide('clerk@0', request, false)
  })

  it('does not link twice, whoever asked meanwhile', async () => {
    const { person, name } = someone()
    const second = `${name}-two`
    await ask((await arrived(name)).one, person.number)
    await ask((await arrived(second)).one, person.number)
    const both = (await waiting()).filter(({ personId }) => personId === person.id)
    expect(both).toHaveLength(2)
    const done = await Promise.all(both.map((request) => refusalOf(decide('clerk@0', request))))
    expect(done.sort()).toEqual(['conflict upstream.account_linked', 'done'])
  })

  it('undoes a link with a reason, and the person is told', async () => {
    const person = world.teachers[0][0]!
    const { upstream } = await world.as('administrator@district')
    const [link] = await upstream.linksOf({ accountId: person.account })
    const away = await world.as('administrator@other')
    expect(await refusalOf(away.upstream.linksOf({ accountId: person.account }))).toBe('not_found not_found')
    const undo = { accountId: person.account, linkId: link!.id, reason: '离职' }
    expect(await refusalOf(away.upstream.unlinkFor(undo))).toBe('not_found not_found')
    await upstream.unlinkFor(undo)
    expect(await inboxOf(person.account)).toContain('upstream.message.unlinked_by_office')
    expect(await refusalOf(upstream.unlinkFor(undo))).toBe('not_found not_found')
  })

  it('finds what nobody decided lapsed after sixty days', async () => {
    const { person, name } = someone()
    await ask((await arrived(name)).one, person.number)
    await sql`update upstream.request set asked_at = db.now() - interval '61 days' where person_id = ${person.id}`.execute(
      house.owner,
    )
    await sql`select upstream.sweep()`.execute(house.owner)
    expect((await waiting()).map(({ personId }) => personId)).not.toContain(person.id)
  })
})

describe('a provider', () => {
  const tried = async (kind: 'oidc' | 'cas', address: string) => {
    const { upstream } = await world.as('security@district')
    return upstream.tryProvider({ kind, address })
  }
  it('is tried before it is entered', async () => {
    expect(await tried('cas', cas.address)).toMatchObject({ leadsTo: `${cas.address}/login`, pkce: null })
    expect(await tried('oidc', `${oidc.address}/.well-known/openid-configuration`)).toMatchObject({
      leadsTo: `${oidc.address}/auth`,
      pkce: true,
      issuerNamed: true,
    })
  })
  it.each([
    ['oidc', (): string => cas.address, 'refused upstream.answer_status'],
    ['oidc', (): string => oidc.address.replace('127.0.0.1', 'localhost'), 'refused outbound.plain'],
    ['oidc', (): string => `${oidc.address}/other`, 'refused upstream.answer_status'],
    ['oidc', (): string => 'https://10.0.0.1', 'refused outbound.not_allowed'],
    ['oidc', (): string => 'https://169.254.169.254/latest', 'refused outbound.not_allowed'],
    ['oidc', (): string => 'http://example.com', 'refused outbound.plain'],
    ['oidc', (): string => 'file:///etc/passwd', 'refused outbound.no_address'],
    ['cas', (): string => oidc.address, 'refused upstream.answer_status'],
    ['cas', (): string => `${cas.address}?x=1`, 'invalid upstream.address_plain'],
  ] as const)('%s says in words what is wrong: %#', async (kind, address, expected) => {
    expect(await refusalOf(tried(kind, address()))).toBe(expected)
  })

  it('is looked after by whoever guards the place, in scope, and keeps its address while people are linked', async () => {
    const { upstream } = await world.as('security@district')
    const away = await world.as('security@other')
    const system = await world.as('administrator@district')
    const one = {
      key: 'two',
      kind: 'oidc' as const,
      orgId: world.district.id,
      name: '市平台',
      ...entered,
      ...CLIENT,
      address: oidc.address,
    }
    expect(await refusalOf(system.upstream.addProvider(one))).toBe('forbidden access.forbidden')
    expect(await refusalOf(away.upstream.addProvider(one))).toBe('not_found not_found')
    expect(await refusalOf(upstream.addProvider({ ...one, clientId: null }))).toBe('invalid upstream.client_missing')
    const { providerId, callback } = await upstream.addProvider(one)
    expect(callback).toBe('http://127.0.0.1:3000/upstream/two/callback')
    expect(await refusalOf(upstream.addProvider(one))).toBe('conflict upstream.key_taken')
    const held = (await upstream.providers()).find(({ id }) => id === providerId)!
    expect(held).toMatchObject({ hasSecret: true, scopes: ['openid'], enabled: true, revision: 1 })
    expect(JSON.stringify(held)).not.toContain(CLIENT.secret)
    expect(await away.upstream.providers()).toEqual([])
    const { secret: _, ...kept } = { ...held, ...one, secret: '', providerId, revision: 1 }
    expect(await refusalOf(away.upstream.changeProvider(kept))).toBe('not_found not_found')
    expect(await upstream.changeProvider({ ...kept, name: '市级平台' })).toEqual({ revision: 2 })
    expect(await refusalOf(upstream.changeProvider(kept))).toBe('conflict upstream.changed_meanwhile')
    const elsewhere = { ...kept, secret: undefined, address: 'https://two.example.com', revision: 2 }
    await upstream.changeProvider({ ...elsewhere, address: kept.address })
    expect((await upstream.providers()).find(({ id }) => id === providerId)?.hasSecret).toBe(true)
    await upstream.changeProvider({ ...elsewhere, name: '市级平台', revision: 3 })
    expect((await upstream.providers()).find(({ id }) => id === providerId)?.hasSecret).toBe(false)
    const linkedOne = (await upstream.providers()).find(({ key }) => key === 'cas')!
    expect(linkedOne.links).toBeGreaterThan(0)
    expect(
      await refusalOf(upstream.changeProvider({ ...linkedOne, providerId: linkedOne.id, address: oidc.address })),
    ).toBe('conflict upstream.address_bound')
    const { rows } = await sql<{
      text: string
    }>`select string_agg(e.action || coalesce(e.after::text, ''), ' ') as text from audit.event e
      where e.subject_id = ${providerId}`.execute(house.owner)
    for (const action of ['upstream.provider_added', 'upstream.provider_changed'])
      expect(rows[0]!.text).toContain(action)
    expect(rows[0]!.text).not.toContain(CLIENT.secret)
    expect(await (await world.as(world.teachers[0][0]!.account)).upstream.doors()).toEqual([
      { key: 'cas', name: '校园', nameEn: null },
      { key: 'two', name: '市级平台', nameEn: null },
    ])
  })
})
