/** Whoever finds an open screen is not told a secret: every act that tells one asks first who it is, also where it is called past the pages. */
import type { AnyContractProcedure } from '@orpc/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProcedureMeta } from '../../src/platform/access/contract.ts'
import { hashPassword } from '../../src/platform/access/index.ts'
import { buildApp } from '../../src/server/app.ts'
import { contract } from '../../src/server/contract.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld, type World } from '../harness/world.ts'

const PASSWORD = 'Journey-2023'
let house: OpenHouse
let world: World
let app: Awaited<ReturnType<typeof buildApp>>
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 1)
  await sql`update access.account set password_hash = ${await hashPassword(PASSWORD)}`.execute(house.owner)
  app = await buildApp(house)
})
afterAll(async () => {
  await app?.close()
  await house?.close()
})

type Told = { name: string; meta: ProcedureMeta; fields: string[] }
const procedures: Told[] = Object.entries(contract as Record<string, Record<string, AnyContractProcedure>>).flatMap(
  ([module, part]) =>
    Object.entries(part).map(([name, procedure]) => ({
      name: `${module}.${name}`,
      meta: procedure['~orpc'].meta as ProcedureMeta,
      fields: fieldsOf(procedure['~orpc'].outputSchema),
    })),
)

/** The names of what an answer holds, at any depth. */
function fieldsOf(schema: unknown, seen = new Set<unknown>()): string[] {
  if (schema === null || typeof schema !== 'object' || seen.has(schema)) return []
  seen.add(schema)
  const { shape, ...def } = ((schema as { _zod?: { def: Record<string, unknown> } })._zod?.def ?? {}) as {
    shape?: Record<string, unknown>
  } & Record<string, unknown>
  const inner = [def.element, def.innerType, def.in, def.out, ...((def.options as unknown[]) ?? [])]
  return [
    ...Object.entries(shape ?? {}).flatMap(([key, part]) => [key, ...fieldsOf(part, seen)]),
    ...inner.flatMap((part) => fieldsOf(part, seen)),
  ]
}

const SECRET = /^(secret|clientSecret|initialPassword|idNumber|privateKey|password|token|accessToken|codes)$/
/** Those that come after an act that asks. */
const AFTER: Record<string, string> = {
  'access.confirmApp': 'access.beginApp',
  'access.addPasskey': 'access.beginPasskey',
}

test('every act whose answer holds a secret asks for it', () => {
  const telling = procedures.filter(
    ({ name, meta, fields }) =>
      meta.kind === 'command' && meta.permission !== 'public' && !AFTER[name] && fields.some((key) => SECRET.test(key)),
  )
  expect(telling.length).toBeGreaterThan(5)
  expect(telling.filter(({ meta }) => !meta.fresh).map(({ name }) => name)).toEqual([])
})

test('so does whatever lets another in, shows what is sealed, or hands out everything about somebody', () => {
  const fresh = procedures.filter(({ meta }) => meta.fresh).map(({ name }) => name)
  expect(fresh).toEqual(
    expect.arrayContaining([
      'access.createAccount',
      'access.decideRecovery',
      'access.disableAccount',
      'access.grantRole',
      'access.grantTrust',
      'access.resetPassword',
      'access.takeEmergency',
      'credentials.replaceKey',
      'privacy.requestExport',
      'privacy.takeExport',
      'records.revealIdentity',
      'records.revealOwnIdentity',
      'records.revealOwnSealed',
      'records.revealSealed',
      'sso.change',
      'sso.newSecret',
      'sso.register',
      'sso.replaceKey',
    ]),
  )
})

test('an old session is refused by each of them, whatever it sends, and let through once it was confirmed', async () => {
  const call = async (cookie: string, name: string, json: unknown = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url: `/rpc/${name.replace('.', '/')}`,
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      payload: { json },
    })
    return (answer.json() as { json: { data?: { code?: string } } }).json?.data?.code
  }
  for (const login of ['administrator-d', 'clerk-0', 'security-d', 'commission-d']) {
    const signedIn = await app.inject({
      method: 'POST',
      url: '/rpc/access/signIn',
      payload: { json: { login, password: PASSWORD } },
    })
    const cookie = signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const account = world.accounts[`${login.replace(/-d$/, '@district').replace('-0', '@0')}`]
    await sql`update access.session set confirmed_at = now() - interval '1 hour' where account_id = ${account}`.execute(
      house.owner,
    )
    for (const { name } of procedures.filter(({ meta }) => meta.fresh))
      expect(`${login} ${name} ${await call(cookie, name)}`).toBe(`${login} ${name} access.confirm_first`)
    await call(cookie, 'access.confirm', { password: PASSWORD })
    expect(await call(cookie, 'records.revealIdentity')).not.toBe('access.confirm_first')
  }
})
