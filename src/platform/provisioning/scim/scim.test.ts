/** Rosters asked for by SCIM over real HTTP: who is told of, what of them, and to whom not. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { moveClock } from '../../db/index.ts'
import { pairwiseOf } from '../../sso/index.ts'
import {
  type Answer,
  asker,
  ENTERPRISE,
  filtered,
  openDoor,
  platformOf,
  SCIM,
  TEACHER,
  tokenFor,
} from '../provisioning.fixture.ts'

let house: OpenHouse
let world: World
let app: FastifyInstance
let url: string
let ask: ReturnType<typeof asker>
let platformId: string
const NOW = '2023-03-01T01:00:00Z'

beforeAll(async () => {
  house = await openTestHouse(NOW)
  world = await buildWorld(house, 4)
  ;({ app, url } = await openDoor(house))
  platformId = await platformOf(world)
  const { token } = await tokenFor(world, platformId)
  ask = asker(() => url, token)
})
afterAll(async () => {
  await app?.close()
  await house?.close()
})

const of = (token: string | null) => asker(() => url, token)
const names = ({ body }: Answer): string[] =>
  body.Resources.map(({ displayName }: { displayName: string }) => displayName).sort()
const inDistrict = () => [...world.teachers[0]!, ...world.teachers[1]!].map(({ name }) => name)
/** Offices of the district, who are not on record. */
const OFFICES = [
  'administrator',
  'auditor',
  'clerk',
  'clerk',
  'commission',
  'expert',
  'principal',
  'principal',
  'security',
  'trainer',
]

describe('what the server says of itself', () => {
  it.each(['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'])('%s is told to everybody', async (path) => {
    const { status, headers, body } = await of(null)(path)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain(SCIM)
    expect(JSON.stringify(body)).toContain(`${url}/scim/v2${path}`.replace(/s$/, ''))
  })

  it('what it says it can do it can', async () => {
    const { body } = await of(null)('/ServiceProviderConfig')
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 500 },
      sort: { supported: true },
      etag: { supported: true },
    })
    expect((await of(null)(`/Schemas/${TEACHER}`)).body.attributes.map(({ name }: { name: string }) => name)).toEqual([
      'stages',
      'subjects',
    ])
    expect((await of(null)('/Schemas/nothing')).status).toBe(404)
  })
})

describe('a token', () => {
  it.each([
    ['is missing', null],
    ['is none', 'nonsense'],
    ['is made up', `qsp_${'a'.repeat(49)}`],
  ])('that %s opens nothing', async (_, token) => {
    const { status, headers, body } = await of(token)('/Users')
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toContain('Bearer')
    expect(headers.get('content-type')).toContain(SCIM)
    expect(body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401' })
  })

  it('is told once, stands nowhere, and its use is noted', async () => {
    const { tokenId, token } = await tokenFor(world, platformId)
    await of(token)('/Users?count=0')
    const { rows } = await sql<{
      text: string
      hash: boolean
    }>`select t::text as text, t.hash = sha256(${Buffer.from(token)}) as hash
      from provisioning.token t where t.id = ${tokenId}`.execute(house.owner)
    expect(rows[0]!.hash).toBe(true)
    expect(rows[0]!.text).not.toContain(token.slice(12))
    const row = (await (await world.as('administrator@district')).provisioning.tokens()).find(
      ({ id }) => id === tokenId,
    )!
    expect(row).toMatchObject({
      prefix: token.slice(0, 10),
      state: 'active',
      usedAt: expect.stringContaining('2023-03-01'),
    })
    const { rows: trail } = await sql<{
      text: string
    }>`select e::text as text from audit.event e where e.subject_id = ${tokenId}`.execute(house.owner)
    expect(trail.length).toBe(1)
    expect(trail[0]!.text).not.toContain(token.slice(12))
  })

  it('that was revoked, has expired, or whose platform is not in use, opens nothing', async () => {
    const { tokenId, token } = await tokenFor(world, platformId, { expiresOn: '2023-03-02' })
    expect((await of(token)('/Users?count=0')).status).toBe(200)
    await moveClock(house.owner, new Date('2023-03-02T16:30:00Z'))
    expect((await of(token)('/Users?count=0')).status).toBe(401)
    await moveClock(house.owner, new Date(NOW))
    expect((await of(token)('/Users?count=0')).status).toBe(200)
    const { sso, provisioning } = await world.as('administrator@district')
    await sso.setState({ platformId, state: 'suspended', reason: '核查' })
    expect((await of(token)('/Users?count=0')).status).toBe(401)
    await sso.setState({ platformId, state: 'active', reason: '核查完毕' })
    await (await world.as('security@district')).provisioning.revokeToken({ tokenId })
    expect((await of(token)('/Users?count=0')).status).toBe(401)
    expect(await refusalOf(provisioning.revokeToken({ tokenId }))).toBe('not_found not_found')
  })

  it.each([
    ['for longer than policy lets', { expiresOn: '2024-06-30' }, 'invalid provisioning.expires_wrong'],
    ['for a day that is over', { expiresOn: '2023-02-28' }, 'invalid provisioning.expires_wrong'],
  ])('is not made %s', async (_, asked, code) => {
    expect(await refusalOf(tokenFor(world, platformId, asked))).toBe(code)
  })

  it('is not made beyond the holder, nor by whoever does not reach it', async () => {
    expect(await refusalOf(tokenFor(world, platformId, { orgIds: [world.other.id] }))).toBe(
      'invalid provisioning.outside_holder',
    )
    const { provisioning } = await world.as('administrator@other')
    const made = provisioning.makeToken({
      holderId: platformId,
      kind: 'platform',
      name: '名册',
      orgIds: [world.other.id],
      things: ['scim.read'],
      scopes: [],
      expiresOn: '2023-12-31',
    })
    expect(await refusalOf(made)).toBe('not_found not_found')
    expect(await provisioning.tokens()).toEqual([])
  })
})

describe('who is told of', () => {
  it('everybody in reach, and nobody else', async () => {
    const all = await ask('/Users?count=500')
    expect(names(all)).toEqual([...inDistrict(), ...OFFICES].sort())
    expect(all.body).toMatchObject({ totalResults: all.body.Resources.length, startIndex: 1 })
    const { token } = await tokenFor(world, platformId, { orgIds: [world.schools[0].id] })
    expect(names(await of(token)('/Users'))).toEqual(
      [...world.teachers[0]!.map(({ name }) => name), 'clerk', 'principal'].sort(),
    )
  })

  it('to a platform for teachers of teachers only', async () => {
    const { token } = await tokenFor(world, await platformOf(world, { roles: ['teacher'] }))
    expect(names(await of(token)('/Users'))).toEqual(inDistrict().sort())
  })

  it('to a platform that rests on consent of whoever let it, and no more than they let it', async () => {
    const id = await platformOf(world, { basis: 'consent', basisText: '', scopes: ['profile', 'school', 'teaching'] })
    const { token } = await tokenFor(world, id)
    expect((await of(token)('/Users')).body.totalResults).toBe(0)
    const [one, two] = world.teachers[0]!
    await sql`insert into sso.consent (account_id, platform_id, scopes, given_at, withdrawn_at) values
      (${one!.account}, ${id}, '{profile}', now(), null), (${two!.account}, ${id}, '{profile,school}', now(), now())`.execute(
      house.owner,
    )
    const { body } = await of(token)('/Users')
    expect(body.Resources).toHaveLength(1)
    expect(body.Resources[0]).toMatchObject({ displayName: one!.name })
    expect(body.Resources[0].groups).toBeUndefined()
    expect(body.Resources[0][ENTERPRISE]).toBeUndefined()
    // What it is not told of somebody it cannot find out by asking for it.
    expect((await of(token)(filtered(`${ENTERPRISE}:organization co "小学"`))).body.totalResults).toBe(0)
    expect(
      (await of(token)('/Groups?count=10')).body.Resources.flatMap(({ members }: { members: unknown[] }) =>
        members.filter((m) => (m as { type: string }).type === 'User'),
      ),
    ).toEqual([])
  })

  it('by names that are another at every platform, and those that they sign in with', async () => {
    const { token } = await tokenFor(world, await platformOf(world))
    const [mine, theirs] = [await ask('/Users?count=500'), await of(token)('/Users?count=500')]
    const ids = (answer: Answer) => answer.body.Resources.map(({ id }: { id: string }) => id)
    expect(ids(mine).filter((id: string) => ids(theirs).includes(id))).toEqual([])
    expect((await of(token)(`/Users/${ids(mine)[0]}`)).status).toBe(404)
    const text = JSON.stringify(mine.body)
    for (const { id, account, number } of world.teachers[0]!)
      for (const hidden of [id, account, number]) expect(text).not.toContain(hidden)
  })

  it('by the name that it heard when somebody signed in, before it ever asked', async () => {
    const id = await platformOf(world)
    const { token } = await tokenFor(world, id)
    const [one, two] = world.teachers[0]!
    const sub = pairwiseOf(house, id, one!.account)
    expect((await of(token)(filtered(`id eq "${sub}"`))).body.Resources).toMatchObject([{ displayName: one!.name }])
    expect((await of(token)(`/Users/${pairwiseOf(house, id, two!.account)}`)).body.displayName).toBe(two!.name)
  })

  it('with staff numbers to a platform that may know them', async () => {
    const { token } = await tokenFor(world, await platformOf(world, { pairwise: false, scopes: ['profile', 'number'] }))
    const [one] = world.teachers[0]!
    const { body } = await of(token)(filtered(`userName eq "${one!.number.toLowerCase()}"`))
    expect(body.Resources).toMatchObject([
      { id: one!.account, userName: one!.number, [ENTERPRISE]: { employeeNumber: one!.number } },
    ])
  })

  it('to a service what its token says', async () => {
    const { access } = await world.as('administrator@district')
    const { id } = await access.createServiceAccount({
      login: 'svc-hr',
      name: '人事系统',
      orgId: world.district.id,
      ownerId: world.accounts['administrator@district']!,
      purpose: '核对在岗人员',
    })
    const { token } = await tokenFor(world, id, { kind: 'service', scopes: ['number'] })
    const { body } = await of(token)(filtered(`userName eq "${world.teachers[1]![0]!.number}"`))
    expect(body.Resources).toHaveLength(1)
    expect(body.Resources[0].displayName).toBeUndefined()
    expect((await of(token)(filtered('displayName pr'))).body).toMatchObject({ scimType: 'invalidFilter' })
    expect(await refusalOf(tokenFor(world, id, { kind: 'service', scopes: ['bank'] }))).toBe(
      'invalid provisioning.scope_unknown',
    )
    await access.disableAccount({ accountId: id, disabled: true })
    expect((await of(token)('/Users')).status).toBe(401)
  })
})

describe('one of them', () => {
  const first = async () => (await ask(filtered(`displayName eq "${world.teachers[0]![0]!.name}"`))).body.Resources[0]

  it('is told with what a school knows', async () => {
    const user = await first()
    const [{ name }, school] = [world.teachers[0]![0]!, world.schools[0]]
    expect(user).toMatchObject({
      userName: user.id,
      name: { formatted: name },
      active: true,
      roles: [{ value: 'teacher', display: '教师' }],
      groups: [{ value: school.id, display: '第一小学' }],
      [ENTERPRISE]: { organization: '第一小学', division: '测试区' },
      [TEACHER]: { stages: [{ value: '2' }], subjects: [{ value: '14' }] },
      meta: { resourceType: 'User', location: `${url}/scim/v2/Users/${user.id}` },
    })
    expect(user.schemas).toEqual(expect.arrayContaining([ENTERPRISE, TEACHER]))
  })

  it('is asked for again only where it changed', async () => {
    const { id } = await first()
    const { headers, body } = await ask(`/Users/${id}`)
    const etag = headers.get('etag')!
    expect(body.meta.version).toBe(etag)
    expect((await ask(`/Users/${id}`, { headers: { 'if-none-match': etag } })).status).toBe(304)
    await sql`update directory.person set name = '教师改名' where id = ${world.teachers[0]![0]!.id}`.execute(
      house.owner,
    )
    expect((await ask(`/Users/${id}`, { headers: { 'if-none-match': etag } })).body.displayName).toBe('教师改名')
    await sql`update directory.person set name = ${world.teachers[0]![0]!.name} where id = ${world.teachers[0]![0]!.id}`.execute(
      house.owner,
    )
  })

  it('is told in part', async () => {
    const { id } = await first()
    expect((await ask(`/Users/${id}?attributes=userName,${ENTERPRISE}:division`)).body).toEqual({
      schemas: expect.any(Array),
      id,
      userName: id,
      [ENTERPRISE]: { division: '测试区' },
    })
    const { body } = await ask(`/Users/${id}?excludedAttributes=groups,name.formatted,roles.display`)
    expect(body.groups).toBeUndefined()
    expect(body.name).toBeUndefined()
    expect(body.roles).toEqual([{ value: 'teacher' }])
    expect(body.displayName).toBeDefined()
  })

  it.each(['nobody', '00000000-0000-0000-0000-000000000000', '%00', '..%2F', "'%20or%20true"])(
    '%s is not there',
    async (id) => {
      expect((await ask(`/Users/${id}`)).status).toBe(404)
      expect((await ask(`/Groups/${id}`)).status).toBe(404)
    },
  )
})

describe('many of them', () => {
  it('come in pages that neither lose nor repeat anybody', async () => {
    const seen: string[] = []
    for (let startIndex = 1; ; startIndex += 5) {
      const { body } = await ask(`/Users?startIndex=${startIndex}&count=5&attributes=displayName`)
      expect(body.totalResults).toBe(18)
      expect(body.itemsPerPage).toBe(body.Resources.length)
      if (body.Resources.length === 0) break
      seen.push(...body.Resources.map(({ id }: { id: string }) => id))
    }
    expect(new Set(seen).size).toBe(18)
    expect(seen).toHaveLength(18)
  })

  it('are counted without being told', async () => {
    expect((await ask('/Users?count=0')).body).toMatchObject({ totalResults: 18, itemsPerPage: 0, Resources: [] })
    expect((await ask('/Users?count=-3&startIndex=-9')).body).toMatchObject({ startIndex: 1, itemsPerPage: 0 })
  })

  it('come in an order', async () => {
    const sorted = async (how: string) =>
      (await ask(`/Users?sortBy=displayName&sortOrder=${how}`)).body.Resources.map(
        ({ displayName }: { displayName: string }) => displayName,
      )
    const up = await sorted('ascending')
    expect([...(await sorted('descending'))].sort()).toEqual([...up].sort())
    expect(up[0]).toBe('administrator')
    expect((await ask('/Users?sortBy=password')).body).toMatchObject({ status: '400', scimType: 'invalidPath' })
    expect((await ask('/Users?sortOrder=sideways')).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
  })

  it('are searched without an address that holds the question', async () => {
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: `displayName eq "${world.teachers[0]![0]!.name}"`,
      attributes: ['displayName'],
    }
    expect(names(await ask('/Users/.search', { method: 'POST', body }))).toEqual([world.teachers[0]![0]!.name])
    expect((await ask('/Users/.search', { method: 'POST', body: {} })).status).toBe(400)
  })

  it('who changed since are found by when', async () => {
    const later = '2023-03-01T03:00:00Z'
    await moveClock(house.owner, new Date(later))
    expect((await ask(filtered('meta.lastModified gt "2023-03-01T02:00:00Z"'))).body.totalResults).toBe(0)
    const [one, two, three] = world.teachers[1]!
    await (await world.as('clerk@1')).access.disableAccount({ accountId: two!.account, disabled: true })
    await sql`update directory.person set name = '教师改姓' where id = ${one!.id}`.execute(house.owner)
    await sql`update records.teaching set subject = '13' where person_id = ${three!.id}`.execute(house.owner)
    const changed = await ask(filtered('meta.lastModified gt "2023-03-01T02:00:00Z"'))
    expect(names(changed)).toEqual(['教师改姓', two!.name, three!.name].sort())
    expect(
      changed.body.Resources.find(({ displayName }: { displayName: string }) => displayName === two!.name),
    ).toMatchObject({ active: false })
    const last = changed.body.Resources.map(({ meta }: { meta: { lastModified: string } }) => meta.lastModified)
      .sort()
      .at(-1)
    expect((await ask(filtered(`meta.lastModified gt "${last}"`))).body.totalResults).toBe(0)
    await (await world.as('clerk@1')).access.disableAccount({ accountId: two!.account, disabled: false })
    await sql`update directory.person set name = ${one!.name} where id = ${one!.id}`.execute(house.owner)
    await moveClock(house.owner, new Date(NOW))
  })
})

describe('schools', () => {
  it('are groups with those who belong there, and those below', async () => {
    const { body } = await ask('/Groups')
    expect(body.Resources.map(({ displayName }: { displayName: string }) => displayName).sort()).toEqual(
      ['测试区', '第一小学', '第二小学'].sort(),
    )
    const school = (await ask(`/Groups/${world.schools[0].id}`)).body
    expect(school.members).toHaveLength(6)
    const user = (await ask(`/Users/${school.members[0].value}`)).body
    expect(user.groups[0].value).toBe(world.schools[0].id)
    expect(
      (await ask(`/Groups?filter=${encodeURIComponent(`members eq "${user.id}"`)}`)).body.Resources.map(
        ({ id }: { id: string }) => id,
      ),
    ).toEqual([world.schools[0].id])
    expect((await ask('/Groups?excludedAttributes=members')).body.Resources[0].members).toBeUndefined()
    expect((await ask(`/Groups/${world.schools[2].id}`)).status).toBe(404)
    expect(
      (
        await ask(
          `/Groups?filter=${encodeURIComponent('displayName sw "第" and urn:ietf:params:scim:schemas:extension:qiangshi:2.0:Group:kind eq "school"')}`,
        )
      ).body.totalResults,
    ).toBe(2)
  })
})
