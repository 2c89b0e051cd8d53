/** A start with packs that are wrong: the version in force stays and the product runs; with nothing in force it does not start. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createDatabase, dropDatabase, templateDatabase } from '../../../test/harness/cluster.ts'
import { lastWords } from '../../../test/harness/program.ts'
import { connect, type Db, migrate } from '../../platform/db/index.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const FILE = 'packs/beijing/parameters/training.yaml'
/** The program in a folder of its own, whose packs may be changed. */
let home = ''
let url = ''
let owner: Db
let right = ''
/** Where the mistake stands in the file. */
let place = { line: 0, column: 0 }
const children: ChildProcess[] = []
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'qiangshi-packs-'))
  await Promise.all(['src', 'packs'].map((name) => cp(join(ROOT, name), join(home, name), { recursive: true })))
  for (const name of ['package.json', 'package-lock.json']) await copyFile(join(ROOT, name), join(home, name))
  await symlink(join(ROOT, 'node_modules'), join(home, 'node_modules'))
  await mkdir(join(home, 'dist', 'web'), { recursive: true })
  await writeFile(join(home, 'dist', 'web', 'index.html'), '<!doctype html>')
  right = await readFile(join(home, FILE), 'utf8')
})
beforeEach(async () => {
  await writeFile(join(home, FILE), right)
  url = await createDatabase(await templateDatabase('bare', async (bare) => void (await migrate(bare))))
  owner = connect(url, { role: 'owner', max: 1 })
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await owner.destroy()
  await dropDatabase(url)
})
afterAll(() => rm(home, { recursive: true, force: true }))

function start(command: string, language = 'en_US.UTF-8') {
  const child = spawn(process.execPath, [join(home, 'src/server/main.ts'), command, '--json'], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      LANG: language,
      PORT: '0',
      DATABASE_URL: url,
      QIANGSHI_DATA: join(home, 'data'),
      NODE_COMPILE_CACHE: join(home, '.tmp', 'compiled'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (text) => (said[name] += text))
  return { child, said, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, ...said })) }
}
const run = (command: string, language?: string) => start(command, language).ended
const breakPacks = async () => {
  const at = right.indexOf('value: 36\n') + 'value: '.length
  expect(at).toBeGreaterThan(10)
  const before = right.slice(0, at).split('\n')
  place = { line: before.length, column: before.at(-1)!.length + 1 }
  await writeFile(join(home, FILE), `${right.slice(0, at)}many${right.slice(at + 2)}`)
}
const packsInForce = async () =>
  (await sql<{ versionId: string }>`select p.version_id from policy.pack p order by 1`.execute(owner)).rows
const refused = async () =>
  (await sql<{ problems: { file: string }[] }>`select r.problems from policy.refused_load r`.execute(owner)).rows
const doctor = async (language?: string) => {
  const { checks } = JSON.parse((await run('doctor', language)).stdout)
  return checks.find(({ check }: { check: string }) => check === 'packs')
}

test('nothing in force: refused with every place', async () => {
  await breakPacks()
  const ended = await run('serve')
  expect(ended.code).toBe(1)
  expect(ended.stderr).toContain(`· beijing/parameters/training.yaml, line ${place.line}, column ${place.column}: `)
  expect(lastWords(ended)).toEqual([expect.stringMatching(/^The policy packs have one mistake and were not loaded/)])
  expect(await packsInForce()).toEqual([])
  expect(await refused()).toEqual([])
})

test('a version in force: it stays, the product runs, and says what is wrong', async () => {
  expect((await run('migrate')).code).toBe(0)
  const before = await packsInForce()
  expect(before.length).toBeGreaterThan(5)
  expect((await doctor()).code).toBe('packs.ok')

  await breakPacks()
  const { child, said, ended } = start('serve', 'zh_CN.UTF-8')
  await vi.waitFor(() => expect(said.stdout).toContain('"ready":true'), { timeout: 60_000, interval: 50 })
  const { url: address } = JSON.parse(said.stdout.split('\n')[0]!)
  expect((await fetch(`${address}/`)).status).toBe(200)
  expect(said.stderr).toContain('· 参数包有 1 处错误，未能更新；产品继续按现行版本运行')
  // Both languages stand in the line of each mistake.
  const [line] = said.stderr.split('\n').filter((text) => text.includes('training.yaml 第'))
  expect(line).toMatch(new RegExp(`第 ${place.line} 行第 ${place.column} 列：\\p{Script=Han}+.*（.*[a-z]+ [a-z]+`, 'u'))
  expect(said.stderr).toMatch(/"level":50.*"problems":\[\{"file":"beijing\/parameters\/training\.yaml"/)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
  expect(await packsInForce()).toEqual(before)
  expect((await refused())[0]!.problems).toMatchObject([{ file: 'beijing/parameters/training.yaml', ...place }])
  expect(await doctor('zh_CN.UTF-8')).toMatchObject({
    state: 'fault',
    code: 'packs.invalid',
    says: expect.stringContaining(`beijing/parameters/training.yaml 第 ${place.line} 行第 ${place.column} 列`),
    todo: expect.stringContaining('原有版本继续有效'),
  })

  await writeFile(join(home, FILE), right)
  expect((await run('migrate')).code).toBe(0)
  expect(await refused()).toEqual([])
  expect((await doctor()).code).toBe('packs.ok')
})

test('an adopted layer that no longer fits: the same', async () => {
  expect((await run('migrate')).code).toBe(0)
  const version = 'beijing@adopted00000'
  await sql`insert into policy.pack_version (id, authority, name, extends, origin)
    values (${version}, 'beijing', '{"zh": "北京市", "en": "Beijing"}', 'national', 'adopted')`.execute(owner)
  await sql`insert into policy.parameter (version_id, id, title, unit)
    values (${version}, 'training.credit.cycle_total', '{"zh": "学时", "en": "Hours"}', 'hour')`.execute(owner)
  await sql`insert into policy.parameter_value (version_id, parameter_id, during, value, confidence, note)
    values (${version}, 'training.credit.cycle_total', '[2024-01-01,)', '360', 'U', '试')`.execute(owner)
  await sql`insert into policy.pack (authority, origin, version_id, since) values ('beijing', 'adopted', ${version}, now())`.execute(
    owner,
  )
  const ended = await run('migrate')
  expect(ended.code).toBe(0)
  expect(ended.stderr).toContain(`${version}, line 1, column 1: adopted change: its unit hour becomes credit`)
  expect((await refused())[0]!.problems).toMatchObject([{ file: version, path: 'training.credit.cycle_total' }])
  expect(await doctor()).toMatchObject({ code: 'packs.invalid', says: expect.stringContaining('its unit hour') })
})
