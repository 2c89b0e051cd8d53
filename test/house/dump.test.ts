/**
 * A stolen dump: everything in the database as text, after every command of the product was performed once and people have signed in, changed
 * their passwords and been entered with their identity numbers. It holds none of what was given in confidence, and nothing that opens a door.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idNumberCheck, isIdNumber } from '../../src/base/id-number.ts'
import { hashPassword, ROLES, type Role } from '../../src/platform/access/index.ts'
import { buildApp } from '../../src/server/app.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { procedures } from '../../src/server/permissions.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld, type World } from '../harness/world.ts'
import { furnish } from './furniture.ts'
import { samples } from './samples/index.ts'

const PASSWORD = 'Confided-2023'
const numbered = (digits: string): string => digits + idNumberCheck(digits)
const [FIRST, SECOND] = [numbered('50011419900101001'), numbered('50011419880712002')]
let house: OpenHouse
let world: World
/** What was said in confidence, by what it is. */
const confided = new Map<string, string>()
let dump: { table: string; text: string }[]

/** Every answer that tells something once. */
const TOLD_ONCE =
  /^(initialPassword|secret|secretKey|uri|clientSecret|codes|code|token|url|feed|recoveryCodes|password)$/

/** Texts under such names, wherever they stand in an answer. */
function toldIn(answer: unknown, path: string): void {
  if (Array.isArray(answer)) for (const one of answer) toldIn(one, path)
  else if (answer && typeof answer === 'object')
    for (const [name, value] of Object.entries(answer)) {
      const texts = [value].flat().filter((one) => typeof one === 'string')
      if (TOLD_ONCE.test(name) && SECRETS.has(path))
        for (const [n, text] of texts.entries()) confided.set(`${path} ${name} ${n}`, text as string)
      else toldIn(value, path)
    }
}
/** Commands that tell a secret. */
const SECRETS = new Set([
  'access.createAccount',
  'access.resetPassword',
  'access.beginApp',
  'access.confirmApp',
  'access.newRecoveryCodes',
  'access.decideRecovery',
  'desk.makeFeed',
  'provisioning.makeToken',
  'provisioning.makeEndpoint',
  'provisioning.rotateSecret',
])

beforeAll(async () => {
  house = await openTestHouse()
  house.settings.mail = { url: 'smtp://127.0.0.1:9', from: 'portal@example.cn' }
  world = await buildWorld(house, 4)
  const furniture = await furnish(house, world)
  await people()
  const at = (role: Role) =>
    role === 'teacher'
      ? world.teachers[0]![0]!.account
      : role === 'clerk' || role === 'principal'
        ? `${role}@0`
        : `${role}@district`
  for (const { path, permission, kind } of procedures) {
    if (kind !== 'command') continue
    const holder = (Object.keys(ROLES) as Role[]).find(
      (role) => permission === 'public' || permission === 'self' || house.permissions.holds(role, permission),
    )
    if (!holder) continue
    const procedure = path
      .split('.')
      .reduce((node, name) => (node as Record<string, unknown>)[name], (await world.as(at(holder))) as unknown)
    const answer = await (procedure as (input: unknown) => Promise<unknown>)(samples[path]?.(world, furniture)).catch(
      () => null,
    )
    toldIn(answer, path)
  }
  await doors()
  dump = await everything()
})
afterAll(() => house?.close())

/** Entered, corrected and looked at in full. */
async function people(): Promise<void> {
  const { records } = await world.as('clerk@0')
  const [teacher] = world.teachers[0]!
  await records.correct({ personId: teacher!.id, idNumber: FIRST })
  await records.revealIdentity({ personId: teacher!.id, purpose: 'check' })
  await records.correct({ personId: teacher!.id, idNumber: SECOND })
  const contact = {
    phone: '13812345678',
    mail: 'zhang.san@example.cn',
    address: '城南街道青江路 4711 号',
    emergency: '李四 13987654321',
  }
  await records.keepRow({ personId: teacher!.id, groupId: 'contact', values: contact })
  await records.revealSealed({ personId: teacher!.id, groupId: 'contact', purpose: 'check' }).catch(() => null)
  for (const [what, text] of Object.entries(contact)) confided.set(what, text)
  confided.set('identity number', SECOND).set('identity number before', FIRST)
}

/** Through the front door: a password, a wrong one, a session, a new password. */
async function doors(): Promise<void> {
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}, must_change = false where login = 'trainer-d'`.execute(
    house.owner,
  )
  const app = await buildApp(house)
  const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/rpc/access/${path}`, payload: { json }, headers })
  await post('signIn', { login: 'trainer-d', password: 'Mistyped-4711' })
  await post('signIn', { login: 'Wrongfield-4711', password: 'x' })
  const entered = await post('signIn', { login: 'trainer-d', password: PASSWORD })
  expect(entered.statusCode).toBe(200)
  const cookies = [entered.headers['set-cookie']].flat().map((one) => String(one).split(';')[0]!)
  for (const one of cookies) confided.set(`cookie ${one.split('=')[0]}`, one.split('=')[1]!)
  const changed = await post(
    'changePassword',
    { current: PASSWORD, next: 'Confided-2024' },
    { cookie: cookies.join('; ') },
  )
  expect(changed.statusCode).toBe(200)
  await app.close()
  confided.set('password', 'Confided-2024').set('password before', PASSWORD).set('mistyped password', 'Mistyped-4711')
}

/** Every table there is, of the queue as well, as a dump has it. */
async function everything(): Promise<typeof dump> {
  const { rows } = await sql<{ name: string }>`select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%' order by 1`.execute(
    house.owner,
  )
  const found: typeof dump = []
  for (const { name } of rows) {
    const { rows: texts } = await sql<{ text: string }>`select t::text as text from ${sql.raw(name)} t`.execute(
      house.owner,
    )
    if (texts.length > 0) found.push({ table: name, text: texts.map(({ text }) => text).join('\n') })
  }
  return found
}

const places = (test: (text: string) => boolean): string[] =>
  dump.filter(({ text }) => test(text)).map(({ table }) => table)

it('was made after something had been confided', () => {
  expect(dump.length).toBeGreaterThan(80)
  expect([...confided.keys()]).toEqual(
    expect.arrayContaining([
      'identity number',
      'password',
      'cookie qs_session',
      'access.createAccount initialPassword 0',
    ]),
  )
  for (const [what, text] of confided) expect(`${what}: ${text.length > 5}`).toBe(`${what}: true`)
})

describe('a dump does not hold', () => {
  it('anything that was confided, as text, in hexadecimal or in base64', () => {
    const found = [...confided].flatMap(([what, text]) => {
      const bytes = Buffer.from(text)
      const forms = [text, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')]
      return places((all) => forms.some((form) => all.includes(form))).map((table) => `${what} in ${table}`)
    })
    expect(found).toEqual([])
  })

  it('any identity number, whoever it belongs to', () => {
    const numbers = /(?<![0-9A-Za-z])[1-8]\d{16}[\dXx](?![0-9A-Za-z])/g
    expect(places((text) => (text.match(numbers) ?? []).some((one) => isIdNumber(one.toUpperCase())))).toEqual([])
  })

  it('any mobile telephone number', () => {
    const found = dump.flatMap(({ table, text }) =>
      (text.match(/(?<![0-9A-Za-z.\-+:])1[3-9]\d{9}(?![0-9A-Za-z.-])/g) ?? []).map((one) => `${table} ${one}`),
    )
    expect(found).toEqual([])
  })

  it('the address of a mailbox that somebody gave', () => {
    expect(places((text) => text.includes('teacher@example.cn'))).toEqual([])
  })

  it('a private key or a secret that opens something', () => {
    expect(places((text) => /PRIVATE KEY|otpauth:|"d" ?: ?"[\w-]{20,}"|"d\\*":\\*"/.test(text))).toEqual([])
    const master = house.key('identity-cipher')
    expect(places((text) => text.includes(master.toString('hex')) || text.includes(master.toString('base64')))).toEqual(
      [],
    )
  })
})

it('passwords are kept as argon2id, with a salt each, at 19 MiB and two rounds or more', async () => {
  const { rows } = await sql<{
    hash: string
  }>`select password_hash as hash from access.account where password_hash is not null`.execute(house.owner)
  expect(rows.length).toBeGreaterThan(0)
  for (const { hash } of rows) {
    const [, memory, rounds] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(hash) ?? []
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456)
    expect(Number(rounds)).toBeGreaterThanOrEqual(2)
  }
})

it('an installation whose key is in the environment keeps none in the database', async () => {
  const { rows } = await sql<{
    name: string
  }>`select s.name from access.secret s where s.name <> 'fingerprint'`.execute(house.owner)
  expect(rows).toEqual([])
})
