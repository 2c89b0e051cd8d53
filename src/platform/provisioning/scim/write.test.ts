/** What is written by SCIM: an account is ended, and opened by whoever ended it. Nothing else, and never what stands higher. */
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { asker, filtered, openDoor, platformOf, tokenFor } from '../provisioning.fixture.ts'
import { PATCH } from './urns.ts'

let house: OpenHouse
let world: World
let app: FastifyInstance
let url: string
let reader: ReturnType<typeof asker>
let writer: ReturnType<typeof asker>

beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
  ;({ app, url } = await openDoor(house))
  const platformId = await platformOf(world)
  const things = ['scim.read', 'scim.write'] as const
  reader = asker(() => url, (await tokenFor(world, platformId)).token)
  writer = asker(
    () => url,
    (await tokenFor(world, platformId, { things: [...things], orgIds: [world.schools[0].id] })).token,
  )
})
afterAll(async () => {
  await app?.close()
  await house?.close()
})

const idOf = async (name: string, ask = reader): Promise<string> =>
  (await ask(filtered(`displayName eq "${name}"`))).body.Resources[0].id
const replace = (value: unknown, path = 'active') => ({
  schemas: [PATCH],
  Operations: [{ op: 'replace', path, value }],
})
const patch = (id: string, body: unknown, ask = writer, headers = {}) =>
  ask(`/Users/${id}`, { method: 'PATCH', body, headers })
const disabled = async (account: string) => {
  const { rows } = await sql<{
    at: string | null
  }>`select a.disabled_at as at from access.account a where a.id = ${account}`.execute(house.owner)
  return rows[0]!.at !== null
}

describe('an account', () => {
  it('is ended with its sessions, told to the school, and opened again by the same platform', async () => {
    const { name, account } = world.teachers[0]![0]!
    const id = await idOf(name)
    await sql`insert into access.session (token_hash, account_id, created_at, seen_at, expires_at)
      values (${createHash('sha256').update('x').digest()}, ${account}, now(), now(), now() + interval '1 hour')`.execute(
      house.owner,
    )
    const answer = await patch(id, replace(false))
    expect(answer).toMatchObject({ status: 200, body: { id, active: false } })
    expect(await disabled(account)).toBe(true)
    const { rows } = await sql<{ sessions: number; told: number; action: string; actor: string }>`select
      (select count(*)::int from access.session s where s.account_id = ${account}) as sessions,
      (select count(*)::int from inbox.item i where i.code = 'provisioning.message.account_disabled') as told, e.action, e.actor
      from audit.event e where e.subject_id = ${account}`.execute(house.owner)
    expect(rows).toEqual([{ sessions: 0, told: 1, action: 'provisioning.account_disabled', actor: '教研云' }])
    // As other servers write it.
    expect(
      await patch(id, { schemas: [PATCH], Operations: [{ op: 'Replace', value: { active: 'True' } }] }),
    ).toMatchObject({
      status: 200,
      body: { active: true },
    })
    expect(await disabled(account)).toBe(false)
  })

  it('that was ended in the product stays ended', async () => {
    const { name, account } = world.teachers[0]![1]!
    const id = await idOf(name)
    await (await world.as('clerk@0')).access.disableAccount({ accountId: account, disabled: true })
    expect(await patch(id, replace(true))).toMatchObject({ status: 403, body: { scimType: 'mutability' } })
    expect(await disabled(account)).toBe(true)
  })

  it('that the product opened and ended since is not opened by the platform that ended it before', async () => {
    const { name, account } = await world.addTeacher(world.schools[0])
    const id = await idOf(name)
    const { access } = await world.as('clerk@0')
    expect((await patch(id, replace(false))).status).toBe(200)
    await access.disableAccount({ accountId: account, disabled: false })
    await access.disableAccount({ accountId: account, disabled: true })
    expect(await patch(id, replace(true))).toMatchObject({ status: 403, body: { scimType: 'mutability' } })
    expect(await disabled(account)).toBe(true)
  })

  it('that was closed by its holder’s own wish stays closed', async () => {
    const { id: person, name, account } = await world.addTeacher(world.schools[0])
    const id = await idOf(name)
    expect((await patch(id, replace(false))).status).toBe(200)
    const { id: orgId, path } = world.schools[0]
    await sql`insert into privacy.request (account_id, id, person_id, name, org_id, org_path, office_id, kind, words, state, asked_at, due_on, answer)
      values (${account}, gen_random_uuid(), ${person}, ${name}, ${orgId}, ${path}::ltree, ${orgId}, 'close', '申请注销账号', 'granted', now(), '2023-04-01', '同意')`.execute(
      house.owner,
    )
    expect(await patch(id, replace(true))).toMatchObject({ status: 403, body: { scimType: 'mutability' } })
    expect(await disabled(account)).toBe(true)
  })

  it('that holds an office is not ended', async () => {
    const id = await idOf('principal', writer)
    expect((await patch(id, replace(false))).status).toBe(403)
    expect(await disabled(world.accounts['principal@0']!)).toBe(false)
  })

  it('beyond the token is not there', async () => {
    const { name, account } = world.teachers[1]![0]!
    expect((await patch(await idOf(name), replace(false))).status).toBe(404)
    expect(await disabled(account)).toBe(false)
  })

  it('that changed since it was read is left alone', async () => {
    const { name, account } = world.teachers[0]![2]!
    const id = await idOf(name)
    expect((await patch(id, replace(false), writer, { 'if-match': 'W/"another"' })).status).toBe(412)
    expect(await disabled(account)).toBe(false)
    const etag = (await writer(`/Users/${id}`)).headers.get('etag')!
    expect((await patch(id, replace(false), writer, { 'if-match': etag })).status).toBe(200)
  })
})

describe('nothing else', () => {
  it.each([
    ['a name', replace('张三', 'displayName'), 'mutability'],
    [
      'several things',
      { schemas: [PATCH], Operations: [{ op: 'replace', value: { active: false, userName: 'x' } }] },
      'mutability',
    ],
    ['a removal', { schemas: [PATCH], Operations: [{ op: 'remove', path: 'active' }] }, 'mutability'],
    ['neither true nor false', replace('perhaps'), 'invalidValue'],
    [
      'true and false',
      { schemas: [PATCH], Operations: [replace(true).Operations[0], replace(false).Operations[0]] },
      'invalidValue',
    ],
    ['no operation', { schemas: [PATCH], Operations: [] }, 'invalidSyntax'],
    ['no schema', { Operations: replace(false).Operations }, 'invalidSyntax'],
    ['no JSON', '{', 'invalidSyntax'],
  ])('is taken: %s', async (_, body, scimType) => {
    const { name, account } = world.teachers[0]![3]!
    expect(await patch(await idOf(name), body)).toMatchObject({ status: 400, body: { scimType } })
    expect(await disabled(account)).toBe(false)
  })

  it('by whoever may only read', async () => {
    const { name, account } = world.teachers[0]![3]!
    expect((await patch(await idOf(name), replace(false), reader)).status).toBe(403)
    expect((await reader('/Users', { method: 'POST', body: {} })).status).toBe(403)
    expect(await disabled(account)).toBe(false)
  })

  it.each([
    ['POST', '/Users'],
    ['PUT', '/Users/x'],
    ['DELETE', '/Users/x'],
    ['POST', '/Groups'],
    ['PATCH', '/Groups/x'],
    ['DELETE', '/Groups/x'],
    ['POST', '/Bulk'],
    ['GET', '/Me'],
  ])('%s %s is not offered, and says so', async (method, path) => {
    const answer = await writer(path, { method, ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }) })
    expect(answer).toMatchObject({
      status: 501,
      body: { status: '501', detail: expect.stringContaining('kept in the product') },
    })
  })

  it('other paths and other bodies are refused in the form of the protocol', async () => {
    expect((await writer('/Teachers')).body).toMatchObject({ status: '404' })
    const answer = await fetch(`${url}/scim/v2/Users/.search`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<a/>',
    })
    expect(answer.status).toBe(415)
    const long = await writer('/Users/.search', { method: 'POST', body: `"${'x'.repeat(70_000)}"` })
    expect(long.status).toBe(413)
  })
})

it('what went wrong is logged without what was asked', async () => {
  const written: string[] = []
  const write = process.stderr.write
  process.stderr.write = ((text: string) => written.push(text) > 0) as typeof write
  try {
    await sql`alter table provisioning.watch rename to watch_gone`.execute(house.owner)
    const answer = await reader(filtered(`displayName eq "王某某" and meta.lastModified gt "2023-01-01T00:00:00Z"`))
    expect(answer).toMatchObject({ status: 500, body: { detail: expect.stringMatching(/^fault [\da-f-]{36}$/) } })
  } finally {
    await sql`alter table provisioning.watch_gone rename to watch`.execute(house.owner)
    process.stderr.write = write
  }
  expect(written.join('')).toContain('/scim/v2/Users')
  expect(written.join('')).not.toMatch(/王某某|filter=|%E7%8E%8B/)
})
