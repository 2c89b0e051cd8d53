/** From an empty database to the first administrator at work, in production. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, dropDatabase } from '../../../test/harness/cluster.ts'
import { lastWords, run } from '../../../test/harness/program.ts'
import { connect } from '../../platform/db/index.ts'
import { buildApp } from '../app.ts'
import { openHouse } from '../house.ts'
import { readEnvironment } from '../settings.ts'
import { diagnose } from './doctor.ts'

let url = ''
let base = ''
let env: Record<string, string>
beforeAll(async () => {
  url = await createDatabase()
  base = await mkdtemp(join(tmpdir(), 'qiangshi-init-'))
  env = {
    NODE_ENV: 'production',
    DATABASE_URL: url,
    QIANGSHI_DATA: base,
    QIANGSHI_SECRET: randomBytes(32).toString('base64'),
    QIANGSHI_URL: 'http://qiangshi.example',
  }
})
afterAll(async () => {
  await dropDatabase(url)
  await rm(base, { recursive: true, force: true })
})

const ORDER = [
  'init',
  '--municipality',
  '重庆市',
  '--authority',
  'chongqing',
  '--district',
  '黔江区=qianjiang',
  '--login',
  'Chief',
]
const administrator = async () =>
  (await diagnose(readEnvironment(env))).checks.find(({ check }) => check === 'administrator')?.code

test('the first administrator comes in, changes the password and opens what is missing', async () => {
  expect((await run(['migrate'], env)).code).toBe(0)
  expect(await administrator()).toBe('administrator.none')
  const wrong = await run([...ORDER, '--district', '某区=atlantis'], env)
  expect([wrong.code, lastWords(wrong)]).toEqual([
    1,
    [expect.stringMatching(/^There is no pack “atlantis”; there are: beijing/)],
  ])
  const missing = await run(['init', '--json'], env)
  expect([missing.code, JSON.parse(missing.stdout)]).toEqual([1, { error: 'usage.missingMandatoryOptionValue' }])

  const done = await run([...ORDER, '--json'], env)
  expect(done.code, done.stderr).toBe(0)
  const { login, initialPassword, districts } = JSON.parse(done.stdout)
  expect([login, districts[0].name]).toEqual(['chief', '黔江区'])
  expect(await administrator()).toBe('administrator.ok')

  const house = await openHouse(readEnvironment(env))
  const app = await buildApp(house)
  let cookie = ''
  const call = async (path: string, payload: object) => {
    const answer = await app.inject({ method: 'POST', url: `/api/${path}`, headers: { cookie }, payload })
    const set = answer.headers['set-cookie']
    if (set) cookie = String(set).split(';')[0]!
    return { status: answer.statusCode, ...(answer.json() as { code?: string; data?: { code?: string } }) }
  }
  try {
    expect(await call('access/signIn', { login, password: initialPassword })).toMatchObject({
      mustChangePassword: true,
    })
    const account = { login: 'second', name: '管理员', orgId: districts[0].id }
    expect((await call('access/createAccount', account)).data?.code).toBe('access.must_change_password')
    const next = 'Kestrel!Tea4two'
    expect(await call('access/changePassword', { current: initialPassword, next })).toMatchObject({ status: 200 })
    const made = await call('access/createAccount', account)
    expect(made.status).toBe(200)
    const accountId = (made as unknown as { id: string }).id
    expect(await call('access/grantRole', { accountId, role: 'commission', orgId: districts[0].id })).toMatchObject({
      status: 200,
    })
    const school = {
      parentId: districts[0].id,
      kind: 'school',
      schoolType: '211',
      name: '第一小学',
      shortName: '一小',
      from: '2020-09-01',
    }
    expect(await call('directory/addOrganisation', school)).toMatchObject({ status: 200 })
  } finally {
    await app.close()
    await house.close()
  }
})

test('never twice', async () => {
  const again = await run(ORDER, env)
  expect([again.code, lastWords(again)]).toEqual([
    1,
    [expect.stringMatching(/^There are organisations or accounts already/)],
  ])
  const owner = connect(url, { role: 'owner', max: 1 })
  const { rows } = await sql`select a.login from access.account a order by 1`.execute(owner)
  await owner.destroy()
  expect(rows).toEqual([{ login: 'chief' }, { login: 'second' }])
})
