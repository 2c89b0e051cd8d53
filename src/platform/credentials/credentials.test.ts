/** Issued, carried away, checked with the published key alone; altered, revoked, corrected; keys that are replaced or lost. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compactVerify, createLocalJWKSet } from 'jose'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { buildApp } from '../../server/app.ts'
import type { OpenHouse } from '../../server/house.ts'
import { beats } from '../../server/modules.ts'
import { keysIn, signedText, statusAddress, verifyCredential } from './contract/verify.ts'
import { PLACES, placeOf } from './status.ts'

let house: OpenHouse
let world: World
let app: Awaited<ReturnType<typeof buildApp>>
let teacher: Person
let other: Person
let honour: string
let title: string
const AT = new Date('2023-06-01T00:00:00Z')

beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  app = await buildApp(house)
  ;[teacher, other] = world.teachers[0] as [Person, Person]
  for (const person of [teacher, other]) {
    title = newId()
    await sql`insert into records.title (person_id, id, level, during) values (${person.id}, ${title}, (select min(code) from records.code where "table" = 'TITLE'), '[2019-09-01,)')`.execute(
      house.owner,
    )
  }
  honour = await anHonour('区优秀教师')
})
afterAll(async () => {
  await app?.close()
  await house?.close()
})

async function anHonour(name: string, until = '2029-01-01'): Promise<string> {
  const id = newId()
  await sql`insert into records.honour (person_id, id, code, name, level, awarded_on, during)
    values (${teacher.id}, ${id}, 'district_backbone', ${name}, '43', '2022-09-10', daterange('2022-09-10', ${until}))`.execute(
    house.owner,
  )
  return id
}
const own = async () => (await world.as(teacher.account)).credentials
const take = async (subjectId = honour, withNumber = false) => {
  const mine = await own()
  const { id } = await mine.issue({ source: 'records.honour', subjectId, withNumber })
  return { id, jwt: await (await mine.file({ id })).text() }
}
const get = async (path: string) => {
  const answer = await app.inject(path)
  expect(answer.statusCode, path).toBe(200)
  expect(answer.headers['access-control-allow-origin']).toBe('*')
  return answer.body
}
const keys = async () => keysIn(await get('/.well-known/jwks.json'))
const listOf = async (jwt: string) => get(new URL(statusAddress(jwt)!).pathname)
const check = async (jwt: string) => verifyCredential(jwt, { keys: await keys(), status: await listOf(jwt), at: AT })
/** What the holder was told of what was revoked. */
const toldOf = async () => {
  const { rows } = await sql<{ data: { title: string; reason: string } }>`select i.data from inbox.item i
    where i.recipient_id = ${teacher.id} and i.code = 'credentials.message.revoked'`.execute(house.owner)
  return rows.map(({ data }) => data)
}
const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString())

describe('a credential', () => {
  it('is checked offline with the published key, by our function and by another library', async () => {
    const { jwt } = await take()
    const verdict = await check(jwt)
    expect(verdict).toMatchObject({ state: 'holds', status: 'checked' })
    const jwks = JSON.parse(await get('/.well-known/jwks.json'))
    expect(JSON.stringify(jwks)).not.toContain('"d"')
    const set = createLocalJWKSet(jwks)
    const { protectedHeader } = await compactVerify(jwt, set)
    const did = JSON.parse(await get('/.well-known/did.json'))
    expect(did.assertionMethod).toContain(protectedHeader.kid)
    expect(await verifyCredential(jwt, { keys: keysIn(JSON.stringify(did)), at: AT })).toMatchObject({
      state: 'holds',
      status: 'unchecked',
    })
  })

  it('says name, what, who and when, and nothing else of the person', async () => {
    const { jwt } = await take()
    const claims = claimsOf(jwt)
    expect(claims).toMatchObject({
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      validFrom: '2022-09-10T00:00:00+08:00',
      validUntil: '2028-12-31T23:59:59+08:00',
      credentialSubject: {
        type: ['AchievementSubject'],
        identifier: [{ identityType: 'name', identityHash: teacher.name, hashed: false }],
        achievement: { name: '区优秀教师', achievementType: 'Award' },
      },
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    })
    expect(jwt).not.toContain(Buffer.from(teacher.number).toString('base64url').slice(0, -2))
    for (const hidden of [teacher.id, teacher.number, honour]) expect(JSON.stringify(claims)).not.toContain(hidden)
  })

  it('says the teacher number where that is wished; the one before is revoked', async () => {
    const subject = await anHonour('区先进个人')
    const before = await take(subject)
    const after = await take(subject, true)
    expect(JSON.stringify(claimsOf(after.jwt))).toContain(teacher.number)
    expect((await check(before.jwt)).state).toBe('revoked')
    expect((await check(after.jwt)).state).toBe('holds')
    expect((await take(subject, true)).id).toBe(after.id)
  })

  it('fails with any character altered', async () => {
    const { jwt } = await take()
    const published = await keys()
    for (let at = 0; at < jwt.length; at += 7) {
      const sign = jwt[at] === 'A' ? 'B' : 'A'
      if (jwt[at] === '.') continue
      const { state } = await verifyCredential(`${jwt.slice(0, at)}${sign}${jwt.slice(at + 1)}`, {
        keys: published,
        at: AT,
      })
      expect(['altered', 'unreadable', 'key'], `character ${at}`).toContain(state)
    }
    const claims = { ...claimsOf(jwt), name: '特级教师' }
    const [head, , signature] = jwt.split('.')
    const forged = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
    expect((await verifyCredential(forged, { keys: published, at: AT })).state).toBe('altered')
    const unsigned = `${Buffer.from('{"alg":"none","kid":"x"}').toString('base64url')}.${forged.split('.')[1]}.AA`
    expect((await verifyCredential(unsigned, { keys: published, at: AT })).state).toBe('unreadable')
  })

  it('tells its term and foreign keys', async () => {
    const { jwt } = await take()
    const published = await keys()
    const on = async (day: string) => (await verifyCredential(jwt, { keys: published, at: new Date(day) })).state
    expect(await on('2022-09-09T00:00:00Z')).toBe('early')
    expect(await on('2029-01-02T00:00:00Z')).toBe('over')
    expect((await verifyCredential(jwt, { keys: [], at: AT })).state).toBe('key')
    expect((await verifyCredential('nothing', { keys: published, at: AT })).state).toBe('unreadable')
  })

  it('is carried by a picture', async () => {
    const { id, jwt } = await take()
    const svg = await (await (await own()).file({ id, as: 'svg' })).text()
    expect(signedText(svg)).toBe(jwt)
    expect((await verifyCredential(svg, { keys: await keys(), at: AT })).state).toBe('holds')
    expect(signedText(JSON.stringify({ id: `data:application/vc+jwt,${jwt}` }))).toBe(jwt)
  })

  it('is one’s own', async () => {
    const { id } = await take()
    const stranger = (await world.as(other.account)).credentials
    expect(await refusalOf(stranger.issue({ source: 'records.honour', subjectId: honour }))).toContain('not_found')
    expect(await refusalOf(stranger.file({ id }))).toContain('not_found')
    expect((await stranger.mine()).issued).toEqual([])
    expect((await stranger.mine()).items.map(({ source }) => source)).toEqual(['records.title'])
  })

  it('is issued once, however many ask at once', async () => {
    const mine = await own()
    const subject = await anHonour('区骨干教师')
    const ids = await Promise.all(
      Array.from({ length: 6 }, () => mine.issue({ source: 'records.honour', subjectId: subject })),
    )
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
  })
})

describe('what the record does not say any more', () => {
  const beat = async () => beats.find(({ name }) => name === 'credentials')!.run(house)
  it('is revoked on the list: corrected, or gone', async () => {
    const [changed, gone] = [await anHonour('甲'), await anHonour('乙')]
    const [first, second] = [await take(changed), await take(gone)]
    expect((await check(first.jwt)).state).toBe('holds')
    await sql`update records.honour set name = '甲（更正）' where id = ${changed}`.execute(house.owner)
    await sql`delete from records.honour where id = ${gone}`.execute(house.owner)
    await beat()
    expect((await check(first.jwt)).state).toBe('revoked')
    expect((await check(second.jwt)).state).toBe('revoked')
    const { issued } = await (await own()).mine()
    const reasons = new Map(issued.map(({ id, reason }) => [id, reason]))
    expect([reasons.get(first.id), reasons.get(second.id)]).toEqual(['corrected', 'gone'])
    expect(await toldOf()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ title: '甲', reason: 'corrected' }),
        expect.objectContaining({ title: '乙', reason: 'gone' }),
      ]),
    )
    expect((await toldOf()).filter(({ title: name }) => name === '甲')).toHaveLength(1)
    expect(await refusalOf((await own()).file({ id: first.id }))).toBe('refused credentials.revoked')
  })

  it('cannot be hidden behind a list of another, or an older signature', async () => {
    const subject = await anHonour('丙')
    const { jwt } = await take(subject)
    const list = await listOf(jwt)
    const [head, body, signature] = list.split('.')
    const broken = `${head}.${body}.${signature!.startsWith('A') ? 'B' : 'A'}${signature!.slice(1)}`
    const verdict = await verifyCredential(jwt, { keys: await keys(), status: broken, at: AT })
    expect(verdict).toMatchObject({ state: 'holds', status: 'unchecked' })
    expect(await verifyCredential(jwt, { keys: await keys(), status: jwt, at: AT })).toMatchObject({
      status: 'unchecked',
    })
  })

  it('stays revoked in the database', async () => {
    await expect(
      sql`update credentials.credential set revoked_at = null, reason = null where revoked_at is not null`.execute(
        house.owner,
      ),
    ).rejects.toThrow(/revoked already/)
  })

  it('has a place in the list that tells nothing, and no two the same', () => {
    const places = new Set(Array.from({ length: 3_000 }, (_, nth) => placeOf(house, 1, nth)))
    expect(places.size).toBe(3_000)
    expect(Math.max(...places)).toBeLessThan(PLACES)
  })
})

describe('keys', () => {
  it('that are replaced stay published; what they signed holds', async () => {
    const before = await take()
    const security = (await world.as('security@district')).credentials
    const [old] = await security.keys()
    expect(await refusalOf((await own()).replaceKey({ lost: false, reason: '例行' }))).toContain('forbidden')
    await security.replaceKey({ lost: false, reason: '例行更换' })
    const after = await take(await anHonour('丁'))
    expect((await security.keys()).map(({ signs }) => signs)).toEqual([true, false])
    expect(claimsOf(after.jwt).iss).toBe(claimsOf(before.jwt).iss)
    const kid = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString()).kid
    expect(kid(after.jwt)).not.toBe(kid(before.jwt))
    expect(kid(before.jwt)).toContain(old!.kid)
    expect((await check(before.jwt)).state).toBe('holds')
    expect((await check(after.jwt)).state).toBe('holds')
  })

  it('that are lost are unpublished, and what they signed is revoked', async () => {
    const subject = await anHonour('戊')
    const before = await take(subject)
    const security = (await world.as('security@district')).credentials
    expect((await security.replaceKey({ lost: true, reason: '服务器失窃' })).revoked).toBeGreaterThan(0)
    expect((await check(before.jwt)).state).toBe('key')
    // Told to whoever holds it, once for each; what they have issued anew themselves is not.
    expect((await toldOf()).filter(({ reason }) => reason === 'key').length).toBeGreaterThan(0)
    expect((await toldOf()).map(({ reason }) => reason)).not.toContain('anew')
    const anew = await take(subject)
    expect(anew.id).not.toBe(before.id)
    expect((await check(anew.jwt)).state).toBe('holds')
  })

  it('stand sealed', async () => {
    const { rows } = await sql<{ text: string }>`select k::text as text from credentials.signing_key k`.execute(
      house.owner,
    )
    for (const { text } of rows) expect(text).not.toContain('"d"')
  })
})

it('is checked at the command line without database or connection', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'credential-'))
  try {
    const { jwt } = await take()
    const [file, key, list] = [join(folder, 'a.vc.jwt'), join(folder, 'jwks.json'), join(folder, 'list.jwt')]
    await writeFile(file, jwt)
    await writeFile(key, await get('/.well-known/jwks.json'))
    await writeFile(list, await listOf(jwt))
    const run = (...more: string[]) =>
      promisify(execFile)(process.execPath, [
        'src/server/main.ts',
        'verify-credential',
        file,
        '--key',
        key,
        '--json',
        ...more,
      ])
    expect(JSON.parse((await run('--status', list)).stdout)).toMatchObject({ state: 'holds', status: 'checked' })
    await writeFile(file, `${jwt.slice(0, -20)}${jwt.at(-20) === 'A' ? 'B' : 'A'}${jwt.slice(-19)}`)
    const { code, stdout } = (await run().catch((error) => error)) as { code: number; stdout: string }
    expect([code, JSON.parse(stdout).state]).toEqual([1, 'altered'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
