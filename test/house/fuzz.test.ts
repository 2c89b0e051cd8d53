/**
 * Every operation of the OpenAPI document is asked with good and bad input, over the real server, by every role inside and outside of the
 * district where things are, and by nobody. Nothing is a fault, no answer tells of rows outside the scope or holds a secret. Input is made
 * from fixed seeds: QIANGSHI_FUZZ_ROUNDS=20 asks more, QIANGSHI_FUZZ_SEED other things.
 */
import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { idNumberCheck, isIdNumber } from '../../src/base/id-number.ts'
import { hashPassword, ROLES, type Role } from '../../src/platform/access/index.ts'
import { buildApp, COOKIE, openApi } from '../../src/server/app.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { kept } from '../../src/server/modules.ts'
import { type Procedure, procedures } from '../../src/server/permissions.ts'
import { wordsOf } from '../harness/answer-text.ts'
import {
  type Known,
  NASTY_BODIES,
  NASTY_CURSORS,
  NASTY_QUERIES,
  type Schema,
  spoilt,
  wellFormed,
} from '../harness/fuzz-input.ts'
import { openTestHouse } from '../harness/house.ts'
import { rehearsing } from '../harness/rehearse.ts'
import { type Asked, asRequest } from '../harness/rest.ts'
import { buildWorld, type Person, type World } from '../harness/world.ts'
import { type Furniture, furnish } from './furniture.ts'
import { samples } from './samples/index.ts'

const ROUNDS = Number(process.env.QIANGSHI_FUZZ_ROUNDS ?? 1)
const SEED = Number(process.env.QIANGSHI_FUZZ_SEED ?? 20_230_301)

/** Operations that show full numbers and contacts of those in scope: that is what they are for. */
const REVEALS = new Set([
  'records.revealIdentity',
  'records.revealOwnIdentity',
  'records.revealSealed',
  'records.revealOwnSealed',
])
/** Public by intent: whoever holds the code on the paper reads what the paper says, and platforms may be offered to everybody. */
const PUBLIC = new Set([
  'cases.publicNotice',
  'cases.printNotice',
  'cases.checkNotice',
  'documents.verify',
  'sso.offered',
])

const numbered = (digits: string): string => digits + idNumberCheck(digits)
const CONFIDED = {
  here: [numbered('50011419900101001'), '13812345678', 'here.4711@example.cn', '城南街道青江路 4711 号'],
  there: [numbered('50011419880712002'), '13987654321', 'there.4712@example.cn', '城北街道白江路 4712 号'],
}
type Reader = { name: string; role: Role | null; where: 'here' | 'there' | null; cookie: string | null }

let house: OpenHouse
let app: FastifyInstance
let world: World
let furniture: Furniture
let known: Known
let operations: Map<string, { method: 'GET' | 'POST'; schema: Schema | null }>
const readers: Reader[] = []
/** What nobody is ever told. */
const secrets = new Map<string, string>()
/** What only one of the two districts may read of. */
const marks: Record<'here' | 'there', string[]> = { here: [], there: [] }

beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
  furniture = await furnish(house, world)
  await plant()
  operations = await readDocument()
  known = whatIsKnown()
  app = await buildApp({ ...house, db: rehearsing(house.databaseUrl) }, { callsAMinute: Number.POSITIVE_INFINITY })
}, 180_000)
afterAll(async () => {
  await app?.close()
  await house?.close()
})

/** Names, numbers, secrets and sessions to look for. */
async function plant(): Promise<void> {
  const { owner } = house
  for (const [at, place] of [
    [0, 'here'],
    [2, 'there'],
  ] as const) {
    const { records } = await world.as(`clerk@${at}`)
    const [teacher] = world.teachers[at]
    const [idNumber, phone, mail, address] = CONFIDED[place]
    await records.correct({ personId: teacher!.id, idNumber })
    await records.keepRow({
      personId: teacher!.id,
      groupId: 'contact',
      values: { phone: phone!, mail: mail!, address: address! },
    })
    const { access } = await world.as(teacher!.account)
    secrets.set(`secret of an app ${place}`, (await access.beginApp({ name: '手机' })).secret)
  }
  const people = (nth: number) => world.teachers[nth]!.flatMap(({ id, name, number }) => [id, name, number])
  marks.here = [...people(0), ...people(1), ...CONFIDED.here]
  marks.there = [...people(2), ...CONFIDED.there]
  await sql`update access.account set password_hash = ${await hashPassword('Fuzzed-2023')}, must_change = false`.execute(
    owner,
  )
  for (const role of Object.keys(ROLES) as Role[])
    for (const where of ['here', 'there'] as const)
      readers.push({ name: `${role} ${where}`, role, where, cookie: await session(accountOf(role, where)) })
  readers.push({ name: 'nobody', role: null, where: null, cookie: null })
  const sealed = kept.map(({ table, cipher }) =>
    sql<{
      bytes: Buffer
    }>`select ${sql.raw(cipher)} as bytes from ${sql.raw(table)} where ${sql.raw(cipher)} is not null`.execute(owner),
  )
  for (const [n, { rows }] of (await Promise.all(sealed)).entries())
    for (const { bytes } of rows) {
      secrets.set(`${kept[n]!.table} in hexadecimal`, bytes.toString('hex'))
      secrets.set(`${kept[n]!.table} in base64`, bytes.toString('base64').replace(/=+$/, ''))
    }
}

const accountOf = (role: Role, where: 'here' | 'there'): string => {
  if (role === 'teacher') return world.teachers[where === 'here' ? 0 : 2][0]!.account
  const at =
    role === 'clerk' || role === 'principal' ? (where === 'here' ? '0' : '2') : where === 'here' ? 'district' : 'other'
  return world.accounts[`${role}@${at}`]!
}

/** A session that has just been confirmed, and stays so however long this takes. */
async function session(account: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(token).digest()
  await sql`insert into access.session (token_hash, account_id, created_at, seen_at, expires_at, confirmed_at)
    values (${hash}, ${account}, now(), now() + interval '1 day', now() + interval '1 day', now() + interval '1 day')`.execute(
    house.owner,
  )
  secrets.set(`session ${account}`, token).set(`session hash ${account}`, hash.toString('hex'))
  return token
}

/** What each operation takes, as outsiders read it. */
async function readDocument(): Promise<typeof operations> {
  type Parameter = { name: string; required?: boolean; schema: Schema }
  type Operation = {
    operationId: string
    parameters?: Parameter[]
    requestBody?: { content: Record<string, { schema: Schema }> }
  }
  const { paths } = (await openApi()) as unknown as { paths: Record<string, { get?: Operation; post?: Operation }> }
  return new Map(
    Object.values(paths).map(({ get, post }) => {
      const { operationId, parameters, requestBody } = (get ?? post)!
      const body = Object.values(requestBody?.content ?? {})[0]?.schema ?? null
      const asked: Schema | null = parameters
        ? {
            type: 'object',
            properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
            required: parameters.filter(({ required }) => required).map(({ name }) => name),
          }
        : body
      return [operationId, { method: get ? 'GET' : 'POST', schema: asked }]
    }),
  )
}

/** Every value of the samples, of the furniture and of the people of both districts, by the name it stands under. */
function whatIsKnown(): Known {
  const found = new Map<string, Set<unknown>>()
  const note = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) note(name.replace(/s$/, ''), one)
    else if (value && typeof value === 'object' && !(value instanceof File))
      for (const [key, one] of Object.entries(value)) note(key, one)
    else if (typeof value === 'string') found.set(name, (found.get(name) ?? new Set()).add(value))
  }
  for (const sample of Object.values(samples)) note('', sample(world, furniture))
  note('', furniture)
  for (const people of world.teachers)
    for (const { id, account, number } of people.slice(0, 2))
      note('', { personId: id, aboutId: id, accountId: account, number, ids: [id] })
  for (const { id } of [world.city, world.district, world.other, ...world.schools])
    note('', { orgId: id, parentId: id })
  for (const id of [furniture.openClass, furniture.runningClass, furniture.doneClass, furniture.plannedClass])
    note('classId', id)
  note('cursors', NASTY_CURSORS)
  return new Map([...found].map(([name, values]) => [name, [...values]]))
}

type Case = { reader: Reader; asked: Asked; input: unknown }

/** Who asks what: the fewer may do it, the more often those are tried. */
async function casesOf(path: string, permission: string): Promise<Case[]> {
  const { method, schema } = operations.get(path)!
  const seed = createHash('sha256').update(`${SEED} ${path}`).digest().readInt32BE()
  const sample = fc.constant(samples[path]?.(world, furniture) ?? {})
  const good = schema ? wellFormed(schema, known) : fc.constant({})
  const mixed = fc.oneof(
    { weight: 3, arbitrary: good },
    { weight: 3, arbitrary: spoilt(sample) },
    { weight: 2, arbitrary: spoilt(good) },
    { weight: 1, arbitrary: sample },
  )
  const whole: fc.Arbitrary<Partial<Asked>> =
    method === 'GET'
      ? fc.constantFrom(...NASTY_QUERIES).map((query) => ({ query }))
      : fc.constantFrom(...NASTY_BODIES).map(({ type, body }) => ({ type, body }))
  const cases: Case[] = []
  const first = readers.find((reader) => mayAsk(reader, permission))
  for (const [n, reader] of readers.entries()) {
    const may = mayAsk(reader, permission)
    const inputs = fc.sample(mixed, { seed: seed + n, numRuns: (may && reader.where === 'here' ? 2 : 1) * ROUNDS })
    // Whoever stands outside asks for what there is inside.
    if (may && reader.where === 'there')
      inputs.push(...fc.sample(fc.oneof(sample, good), { seed: seed + n, numRuns: ROUNDS }))
    for (const input of inputs) cases.push({ reader, input, asked: await asRequest(path, method, input) })
    if (reader === first)
      for (const raw of fc.sample(whole, { seed, numRuns: 2 * ROUNDS }))
        cases.push({ reader, input: raw, asked: { ...(await asRequest(path, method, {})), ...raw } })
  }
  return cases
}

const mayAsk = ({ role }: Reader, permission: string): boolean =>
  permission === 'public' || (role !== null && (permission === 'self' || house.permissions.holds(role, permission)))

let address = 0
async function ask({ reader, asked }: Case) {
  address += 1
  return app.inject({
    method: asked.method,
    url: asked.query === undefined ? asked.url : `${asked.url}?${asked.query}`,
    headers: {
      ...(asked.type ? { 'content-type': asked.type } : {}),
      ...(reader.cookie ? { cookie: `${COOKIE}=${reader.cookie}` } : {}),
    },
    ...(asked.body === undefined ? {} : { payload: asked.body }),
    // Everybody comes from elsewhere: nobody waits because of others who failed.
    remoteAddress: `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`,
  })
}

/** What is wrong with an answer, if anything. */
function faultsOf(procedure: Procedure, { reader, asked }: Case, answer: Awaited<ReturnType<typeof ask>>): string[] {
  const { path, permission } = procedure
  const status = answer.statusCode
  const faults: string[] = []
  if (status >= 500) faults.push(`${status} ${answer.body.slice(0, 200)}`)
  if (status < 400 && !mayAsk(reader, permission)) faults.push(`${status} without the permission`)
  if (status >= 400 && !inForm(answer.body)) faults.push(`${status} not in the form: ${answer.body.slice(0, 200)}`)
  const words = wordsOf(answer.rawPayload)
  const said = `${asked.query ?? ''} ${asked.body?.toString('utf8') ?? ''} ${asked.url}`
  const told = (text: string) =>
    words.includes(text) && !said.includes(text) && !said.includes(encodeURIComponent(text))
  for (const [what, text] of secrets) if (told(text)) faults.push(`tells ${what}`)
  if (/\$argon2|PRIVATE KEY|"(password_?hash|token_?hash|\w+_?cipher)"/i.test(words))
    faults.push('tells a hash, a key or sealed bytes')
  if (status >= 400 && /\.ts:\d+|node_modules|\bselect\b.*\bfrom\b|syntax error|violates/i.test(words))
    faults.push('tells how it is made')
  if (!REVEALS.has(path)) {
    for (const text of [...CONFIDED.here, ...CONFIDED.there].filter(told)) faults.push(`tells ${text}`)
    for (const [number] of words.matchAll(/(?<![0-9A-Za-z])[1-8]\d{16}[\dXx](?![0-9A-Za-z])/g))
      if (isIdNumber(number.toUpperCase()) && told(number)) faults.push(`tells ${number}`)
  }
  if (PUBLIC.has(path)) return faults
  const hidden =
    reader.where === null ? [...marks.here, ...marks.there] : marks[reader.where === 'here' ? 'there' : 'here']
  for (const mark of hidden.filter(told)) faults.push(`tells ${mark} out of scope`)
  return faults
}

/** `{kind, code}`, or within the envelope of the API. */
function inForm(body: string): boolean {
  try {
    const { data, kind, code } = JSON.parse(body)
    return typeof (data?.kind ?? kind) === 'string' && typeof (data?.code ?? code) === 'string'
  } catch {
    return false
  }
}

it('the document has every operation', () => {
  expect([...operations.keys()].sort()).toEqual(procedures.map(({ path }) => path).sort())
})

it.each(procedures)(
  '$path',
  async (procedure) => {
    const wrong: string[] = []
    for (const one of await casesOf(procedure.path, procedure.permission)) {
      const answer = await ask(one)
      const faults = faultsOf(procedure, one, answer)
      if (faults.length > 0)
        wrong.push(
          `${one.reader.name}: ${faults.join('; ')} <- ${String(one.asked.query ?? one.asked.body ?? '').slice(0, 600)}`,
        )
      tally.set(answer.statusCode, (tally.get(answer.statusCode) ?? 0) + 1)
    }
    expect(wrong).toEqual([])
  },
  30_000 * ROUNDS + 30_000,
)

const tally = new Map<number, number>()

it('what is looked for is found where it may be read, in workbooks as well', async () => {
  const reader = readers.find(({ name }) => name === 'clerk there')!
  const [{ id, name }] = world.teachers[2] as [Person, ...Person[]]
  const tells = async (path: string, input: unknown) => {
    const asked = await asRequest(path, operations.get(path)!.method, input)
    const answer = await ask({ reader, input, asked })
    const procedure = { ...procedures.find((one) => one.path === path)!, path: 'as.somebody.elsewhere' }
    return faultsOf(procedure, { reader: { ...reader, where: 'here' }, input, asked }, answer).join('; ')
  }
  expect(await tells('records.people', { limit: 50 })).toContain(`tells ${name} out of scope`)
  expect(await tells('records.exportPeople', {})).toContain(`tells ${name} out of scope`)
  expect(await tells('records.revealIdentity', { personId: id, purpose: '核对信息' })).toContain(
    `tells ${CONFIDED.there[0]}`,
  )
})

it('the door of the web app answers in form whatever it is sent', async () => {
  const cookie = `${COOKIE}=${readers.find(({ name }) => name === 'clerk here')!.cookie}`
  const envelopes = ['', 'null', '[]', '1', '{"json":{},"meta":1}', '{"json":{},"meta":[[99,"a","b"]]}']
    .concat(
      '{"json":{"ids":[]},"meta":[[2,"ids","x"]]}',
      '{"json":"x","meta":[[0],[1],[3],[5]]}',
      '{"meta":[[1,"__proto__"]]}',
    )
    .concat('{"json":{"locale":"9"},"meta":[[0,"locale"]]}', '{"json":{"locale":"x"},"meta":[[0,"locale"]]}')
  const bodies = [...NASTY_BODIES, ...envelopes.map((body) => ({ type: 'application/json', body }))]
  const wrong: string[] = []
  for (const { type, body } of bodies)
    for (const url of ['/rpc/desk/markRead', '/rpc/access/setLocale', '/rpc/access/signIn']) {
      const headers = { 'content-type': type, cookie }
      const answer = await app.inject({ method: 'POST', url, headers, payload: body })
      const formed = answer.statusCode < 400 || inForm(JSON.stringify(answer.json().json ?? answer.json()))
      if (answer.statusCode >= 500 || !formed)
        wrong.push(`${url} ${answer.statusCode} ${answer.body} <- ${type} ${body}`)
    }
  expect(wrong).toEqual([])
})

it('good input came through as well, and everybody is still signed in', async () => {
  if (tally.size > 0) console.info(`answers by status: ${JSON.stringify(Object.fromEntries([...tally].sort()))}`)
  for (const { name, cookie } of readers) {
    if (!cookie) continue
    const { statusCode, body } = await app.inject({ url: '/api/access/me', headers: { cookie: `${COOKIE}=${cookie}` } })
    expect(`${name}: ${statusCode} ${JSON.parse(body) === null}`).toBe(`${name}: 200 false`)
  }
})
