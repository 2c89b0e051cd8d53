/** Signing in and linking by other providers, against a second oidc-provider and a CAS; and what somebody might try in the place of the person. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type Person, type World } from '../../../test/harness/world.ts'
import { buildApp } from '../../server/app.ts'
import type { OpenHouse } from '../../server/house.ts'
import { openDoors, PASSWORD, Visitor } from '../sso/flow.fixture.ts'
import { CLIENT, type Elsewhere, openCas, openOidc, There } from './elsewhere.fixture.ts'

let house: OpenHouse
let world: World
let app: FastifyInstance
let city: Elsewhere
let other: Elsewhere
let cas: Awaited<ReturnType<typeof openCas>>
let used = 0

const entered = { nameEn: null, scopes: ['profile'], casVersion: null, secondValues: [], ...CLIENT }
beforeAll(async () => {
  ;[city, other, cas] = await Promise.all([openOidc(), openOidc(), openCas()])
  house = await openTestHouse()
  house.settings.outbound = [city.host, other.host, cas.host]
  world = await buildWorld(house, 18)
  await openDoors(house)
  const { upstream } = await world.as('security@district')
  const orgId = world.district.id
  await upstream.addProvider({ key: 'city', kind: 'oidc', orgId, name: '市平台', ...entered, address: city.address })
  await upstream.addProvider({ key: 'other', kind: 'oidc', orgId, name: '别家', ...entered, address: other.address })
  await upstream.addProvider({
    key: 'cas',
    kind: 'cas',
    orgId,
    name: '校园',
    ...entered,
    casVersion: 3,
    address: cas.address,
  })
  app = await buildApp(house)
  await app.ready()
}, 120_000)
afterAll(async () => {
  await app?.close()
  await Promise.all([city?.close(), other?.close(), cas?.close()])
  await house?.close()
})
beforeEach(() => {
  city.amr = ['pwd']
  cas.amr = ['pwd']
})

/** A teacher whom no other test knows, and a name that nobody has elsewhere. */
const someone = (): { person: Person; login: string; name: string } => {
  const person = [...world.teachers[0], ...world.teachers[1]][used++]!
  return { person, login: person.number.toLowerCase(), name: `somebody-${used}` }
}
const visitor = async (login: string | null) => {
  const one = new Visitor(app)
  if (login) await one.signIn(login)
  return one
}
const begin = async (one: Visitor, provider = 'city', back = '') =>
  (await one.ask('POST', '/upstream/begin', { provider, back })).json().to as string
const beginLink = async (one: Visitor, provider = 'city') =>
  (await one.ask('POST', '/upstream/link', { provider })).json().to as string
const arrive = async (one: Visitor, address: string) => String((await one.ask('GET', address)).headers.location)
const whoIs = async (one: Visitor) =>
  (await one.ask('POST', '/rpc/access/me', { json: null })).json().json?.account?.login ?? null
const enter = async (one: Visitor, name: string, provider = 'city', back = '') =>
  arrive(one, await new There().enter(await begin(one, provider, back), name))
const linked = async (provider = 'city') => {
  const { person, login, name } = someone()
  const one = await visitor(login)
  expect(await arrive(one, await new There().enter(await beginLink(one, provider), name))).toBe(
    `/account?linked=${provider}`,
  )
  return { person, login, name, one }
}

describe.each(['city', 'cas'])('by %s', (provider) => {
  it('somebody links, signs out, and comes in that way; history and trail say so', async () => {
    const { one, login, name, person } = await linked(provider)
    await one.signOut()
    expect(await whoIs(one)).toBeNull()
    expect(await enter(one, name, provider, '/my/training?a=1')).toBe('/my/training?a=1')
    expect(await whoIs(one)).toBe(login)
    const signIns = (await one.ask('GET', '/api/access/signIns')).json()
    expect(signIns[0]).toMatchObject({
      outcome: 'signed_in',
      method: 'fed',
      via: { zh: provider === 'cas' ? '校园' : '市平台' },
    })
    const { upstream } = await world.as(person.account)
    expect((await upstream.links()).links).toMatchObject([{ label: `${name} there`, how: 'own' }])
    const { rows } = await sql<{
      action: string
    }>`select e.action from audit.event e where e.subject_id = ${person.account}
      or e.account_id = ${person.account} order by e.id`.execute(house.owner)
    expect(rows.map(({ action }) => action)).toContain('upstream.linked')
  })

  it('whoever is linked with nobody gets in nowhere', async () => {
    const one = await visitor(null)
    expect(await enter(one, 'nobody-here', provider)).toBe('/sign-in/elsewhere')
    expect(await whoIs(one)).toBeNull()
  })

  it('an answer is good once, for the browser that asked, within its time', async () => {
    const { name } = await linked(provider)
    const [victim, thief] = [await visitor(null), await visitor(null)]
    const back = await new There().enter(await begin(victim, provider), name)
    expect(await arrive(thief, back)).toContain('why=lost')
    expect(await whoIs(thief)).toBeNull()
    expect(await arrive(victim, back)).toBe('/')
    expect(await arrive(victim, back)).toContain('why=lost')
    const late = await new There().enter(await begin(victim, provider), name)
    await sql`update upstream.attempt set expires_at = now()`.execute(house.owner)
    expect(await arrive(victim, late)).toContain('why=lost')
  })

  it('what was given for one way is no use on another', async () => {
    const { name, one } = await linked(provider)
    await one.signOut()
    // The thief has a code or a ticket of somebody else and puts it into a way of their own; or theirs into the way of somebody else.
    const stolen = new URL(await new There().enter(await begin(one, provider), name))
    const thief = await visitor(null)
    const own = new URL(await new There().enter(await begin(thief, provider), 'thief'))
    for (const key of ['code', 'ticket'])
      if (own.searchParams.has(key)) own.searchParams.set(key, stolen.searchParams.get(key)!)
    expect(await arrive(thief, own.href)).toContain('why=unproven')
    expect(await whoIs(thief)).toBeNull()
  })

  it('nobody links to an account that is not theirs', async () => {
    const { name, login } = await linked(provider)
    const thief = someone()
    const one = await visitor(thief.login)
    expect(await arrive(one, await new There().enter(await beginLink(one, provider), name))).toContain(
      'why=subject_linked',
    )
    // A link that the thief began, finished in the browser of somebody else, whether by cookies of the thief or not.
    const victim = await visitor(login)
    const back = await new There().enter(await beginLink(one, provider), 'thief')
    expect(await arrive(victim, back)).toContain('why=lost')
    for (const [key, value] of one.jar) if (key !== 'qs_session') victim.jar.set(key, value)
    expect(await arrive(victim, back)).toContain('why=other_session')
    const twice = await visitor(login)
    expect(await arrive(twice, await new There().enter(await beginLink(twice, provider), 'second-name'))).toContain(
      'why=account_linked',
    )
  })

  it('of two who link the same at the same moment one does', async () => {
    const [a, b] = [someone(), someone()]
    const [one, two] = [await visitor(a.login), await visitor(b.login)]
    const backs = await Promise.all(
      [one, two].map(async (each) => new There().enter(await beginLink(each, provider), a.name)),
    )
    const ends = await Promise.all([arrive(one, backs[0]!), arrive(two, backs[1]!)])
    expect(
      ends.map((end) => (end.includes('linked=') ? 'linked' : end.split('why=')[1]?.split('&')[0])).sort(),
    ).toEqual(['linked', 'subject_linked'])
  })
})

describe('mixed up', () => {
  it('an answer that comes to the door of another provider is not used', async () => {
    const { name } = await linked()
    const one = await visitor(null)
    const back = await new There().enter(await begin(one), name)
    expect(await arrive(one, back.replace('/upstream/city/', '/upstream/other/'))).toContain('why=mixed')
    // It was taken for good.
    expect(await arrive(one, back)).toContain('why=lost')
  })
  it('nor one that names another issuer, or none', async () => {
    const { name } = await linked()
    const one = await visitor(null)
    for (const iss of [other.address, null]) {
      const back = new URL(await new There().enter(await begin(one), name))
      if (iss) back.searchParams.set('iss', iss)
      else back.searchParams.delete('iss')
      expect(await arrive(one, back.href)).toContain('why=unproven')
    }
  })
  it('nor two states or two tickets', async () => {
    const { name } = await linked('cas')
    const one = await visitor(null)
    const back = await new There().enter(await begin(one, 'cas'), name)
    expect(await arrive(one, `${back}&state=x`)).toContain('why=lost')
    expect(await arrive(one, `${back}&ticket=ST-x`)).toContain('why=unproven')
  })
  it('the same name at two providers is two people', async () => {
    const { name } = await linked()
    const one = await visitor(null)
    expect(await enter(one, name, 'other')).toBe('/sign-in/elsewhere')
    expect(await enter(one, name, 'cas')).toBe('/sign-in/elsewhere')
  })
})

describe('an account', () => {
  it('that is disabled stays out, and its history says so', async () => {
    const { name, person } = await linked()
    await sql`update access.account set disabled_at = now() where id = ${person.account}`.execute(house.owner)
    const one = await visitor(null)
    expect(await enter(one, name)).toContain('why=closed')
    expect(await whoIs(one)).toBeNull()
    const { rows } =
      await sql`select s.outcome, s.method from access.sign_in s where s.account_id = ${person.account} order by s.at desc limit 1`.execute(
        house.owner,
      )
    expect(rows).toEqual([{ outcome: 'disabled', method: 'fed' }])
  })

  it('loses its links when an initial password is given, and opens by none of an office once it holds one', async () => {
    const { name, person } = await linked()
    const one = await visitor(null)
    await sql`update upstream.link set how = 'office', approved_by = ${world.accounts['clerk@0']!} where account_id = ${person.account}`.execute(
      house.owner,
    )
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path)
      values (${person.account}, gen_random_uuid(), 'administrator', ${world.schools[0].id}, ${world.schools[0].path}::ltree)`.execute(
      house.owner,
    )
    expect(await enter(one, name)).toContain('why=office')
    await sql`update access.account set password_hash = 'another', must_change = true where id = ${person.account}`.execute(
      house.owner,
    )
    expect(await enter(one, name)).toBe('/sign-in/elsewhere')
  })

  it('of an organisation that the provider is not for stays out', async () => {
    const { name, person } = await linked()
    await sql`update access.account set org_id = ${world.schools[2].id}, org_path = ${world.schools[2].path}::ltree where id = ${person.account}`.execute(
      house.owner,
    )
    const one = await visitor(null)
    expect(await enter(one, name)).toContain('why=not_served')
    const away = await visitor(world.teachers[2][0]!.number.toLowerCase())
    expect(await arrive(away, await new There().enter(await beginLink(away), 'away'))).toContain('why=not_served')
  })

  it('with a second factor is asked for it, unless the provider is believed to have asked', async () => {
    const { name, person, login } = await linked()
    await sql`insert into access.totp (account_id, id, name, secret_cipher, confirmed_at) values (${person.account}, gen_random_uuid(), 'app', '\\x00', now())`.execute(
      house.owner,
    )
    const one = await visitor(null)
    expect(await enter(one, name, 'city', '/apps')).toBe('/sign-in?second=app&back=%2Fapps')
    expect(await whoIs(one)).toBeNull()
    city.amr = ['pwd', 'mfa']
    expect(await enter(one, name)).toContain('second=app')
    const { upstream } = await world.as('security@district')
    const found = (await upstream.providers()).find(({ key }) => key === 'city')!
    const change = (secondValues: string[], revision: number) =>
      upstream.changeProvider({ ...found, ...CLIENT, providerId: found.id, revision, secondValues })
    const { revision } = await change(['mfa'], found.revision)
    expect(await enter(one, name)).toBe('/')
    expect(await whoIs(one)).toBe(login)
    city.amr = ['pwd']
    const again = await visitor(null)
    expect(await enter(again, name)).toContain('second=app')
    await change([], revision)
  })

  it('that sees what is others’ and has no second factor is held back as ever', async () => {
    const clerk = world.accounts['clerk@1']!
    const one = await visitor('clerk-1')
    expect(await arrive(one, await new There().enter(await beginLink(one), 'a-clerk'))).toBe('/account?linked=city')
    await sql`update access.account set second_due = '2020-01-01' where id = ${clerk}`.execute(house.owner)
    house.settings.secondFactor = 'enforced'
    try {
      const again = await visitor(null)
      expect(await enter(again, 'a-clerk')).toBe('/account/security')
      expect((await again.ask('POST', '/rpc/access/accounts', { json: {} })).json().json.data.code).toBe(
        'access.must_add_second',
      )
    } finally {
      delete house.settings.secondFactor
    }
  })
})

describe('what is one’s own to show', () => {
  it('is asked for before a link, and that another vouched is not enough', async () => {
    const { login, name, one } = await linked()
    const link = (provider: string) => one.ask('POST', '/upstream/link', { provider })
    await sql`update access.session set confirmed_at = now() - interval '1 hour'`.execute(house.owner)
    expect((await link('other')).json().code).toBe('access.confirm_first')
    await one.signOut()
    expect((await link('other')).json().code).toBe('access.sign_in_first')
    await enter(one, name)
    expect(await whoIs(one)).toBe(login)
    expect((await link('other')).json().code).toBe('access.confirm_first')
    const { links } = (await one.ask('GET', '/api/upstream/links')).json()
    const unlink = () => one.ask('POST', '/rpc/upstream/unlink', { json: { linkId: links[0].id } })
    expect((await unlink()).json().json.data.code).toBe('access.confirm_first')
    expect((await one.ask('POST', '/rpc/access/confirm', { json: { password: PASSWORD } })).statusCode).toBe(200)
    expect((await link('other')).json().to).toContain(other.address)
    const elsewhere = await visitor(null)
    await enter(elsewhere, name)
    expect(await whoIs(elsewhere)).toBe(login)
    expect((await unlink()).statusCode).toBe(200)
    // What the link had opened ends; where it was undone goes on.
    expect([await whoIs(elsewhere), await whoIs(one)]).toEqual([null, login])
    expect(await enter(elsewhere, name)).toBe('/sign-in/elsewhere')
  })

  it('the provider is asked anew for a link, whoever sat there before', async () => {
    const { login } = someone()
    const one = await visitor(login)
    const asked = new URL(await beginLink(one)).searchParams
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login', '0'])
    const there = new There()
    await there.enter(await begin(await visitor(null), 'cas'), 'who-sat-there')
    const back = new URL(await there.enter(await begin(one, 'cas'), 'unused'))
    const way = new URL(await beginLink(one, 'cas'))
    expect(way.searchParams.get('renew')).toBe('true')
    // A ticket that came of the earlier sign-in is none for a link.
    const [ticket] = [...cas.tickets.keys()].slice(-1)
    Object.assign(cas.tickets.get(ticket!)!, { service: way.searchParams.get('service') })
    const forged = new URL(way.searchParams.get('service')!)
    forged.searchParams.set('ticket', back.searchParams.get('ticket')!)
    expect(await arrive(one, forged.href)).toContain('why=unproven')
  })
})

describe('the doors', () => {
  it('lead back to the product and nowhere else', async () => {
    const { name } = await linked()
    const one = await visitor(null)
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example'])
      expect(await enter(one, name, 'city', back)).toBe('/')
  })
  it('keep what they keep in cookies that scripts and other sites do not get', async () => {
    const one = await visitor(null)
    const answer = await one.ask('POST', '/upstream/begin', { provider: 'city' })
    expect(answer.cookies).toHaveLength(1)
    expect(answer.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/upstream', maxAge: 600 })
    const to = new URL(answer.json().to)
    expect(to.searchParams.get('code_challenge_method')).toBe('S256')
    expect(to.href).not.toContain(answer.cookies[0]!.value)
    const foreign = await one.ask('POST', '/upstream/begin', { provider: 'city' }, { 'sec-fetch-site': 'cross-site' })
    expect(foreign.statusCode).toBe(403)
  })
  it('of a provider that is closed or unknown are shut, also for who is on the way', async () => {
    const { name } = await linked('other')
    const one = await visitor(null)
    const inside = await visitor(null)
    await enter(inside, name, 'other')
    const back = await new There().enter(await begin(one, 'other'), name)
    const { upstream } = await world.as('security@district')
    const { id } = (await upstream.providers()).find(({ key }) => key === 'other')!
    await upstream.setProviderEnabled({ providerId: id, enabled: false })
    expect(await whoIs(inside)).toBeNull()
    expect(await arrive(one, back)).toContain('why=lost')
    expect((await one.ask('POST', '/upstream/begin', { provider: 'other' })).statusCode).toBe(404)
    expect((await one.ask('POST', '/upstream/begin', { provider: 'none' })).statusCode).toBe(404)
    await upstream.setProviderEnabled({ providerId: id, enabled: true })
    expect(await enter(one, name, 'other')).toBe('/')
  })
  it('say so where the provider is silent', async () => {
    house.settings.outbound = []
    try {
      const { upstream } = await world.as('security@district')
      const held = (await upstream.providers()).find(({ key }) => key === 'other')!
      // Asked again because it was changed.
      house.settings.outbound = [other.host]
      await upstream.changeProvider({ ...held, ...CLIENT, providerId: held.id })
      house.settings.outbound = []
      const answer = await (await visitor(null)).ask('POST', '/upstream/begin', { provider: 'other' })
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'upstream.unavailable'])
    } finally {
      house.settings.outbound = [city.host, other.host, cas.host]
    }
  })
  it('nothing that somebody is called elsewhere stands in the database in clear', async () => {
    const { name } = await linked()
    await enter(await visitor(null), 'called-elsewhere')
    for (const table of ['link', 'arrival', 'request', 'attempt', 'provider']) {
      const { rows } = await sql<{
        row: string
      }>`select t::text as row from ${sql.table(`upstream.${table}`)} t`.execute(house.owner)
      const text = rows.map(({ row }) => row).join('\n')
      for (const secret of [name, 'called-elsewhere', CLIENT.secret]) expect(text).not.toContain(secret)
    }
  })
})
