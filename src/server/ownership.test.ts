/** Root starts in somebody else's folder, and they go on with it. */
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, dropDatabase } from '../../test/harness/cluster.ts'
import { anotherUser, lastWords, run } from '../../test/harness/program.ts'
import { sealTrail } from '../platform/audit/index.ts'
import { diagnose } from './commands/doctor.ts'
import { openHouse } from './house.ts'
import { closedTo, settleOwnership } from './ownership.ts'
import { readEnvironment } from './settings.ts'

const other = await anotherUser()
const asRoot = process.getuid?.() === 0 && other?.uid !== undefined
let base = ''
let url = ''
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'qiangshi-ownership-'))
  await chmod(base, 0o755)
  url = await createDatabase()
})
afterAll(async () => {
  await dropDatabase(url)
  await rm(base, { recursive: true, force: true })
})

const ownersIn = async (folder: string): Promise<number[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const uids = await Promise.all(entries.map(async ({ parentPath, name }) => (await lstat(join(parentPath, name))).uid))
  return [...new Set(uids)]
}

describe.skipIf(!asRoot)('root', () => {
  test('leaves everything that it makes to the folder’s owner', async () => {
    const folder = join(base, 'theirs')
    await mkdir(folder)
    await chown(folder, other!.uid!, other!.gid!)
    const env = readEnvironment({ DATABASE_URL: url, QIANGSHI_DATA: folder })
    const house = await openHouse(env)
    const bytes = Buffer.from('%PDF-1.7\n%%EOF\n')
    await house.files.put(bytes, 1000)
    await house.close()
    const begun = await run(['init', '--municipality', '某市', '--authority', 'national', '--login', 'chief'], {
      DATABASE_URL: url,
      QIANGSHI_DATA: folder,
    })
    expect(begun.code, begun.stderr).toBe(0)
    const again = await openHouse(env)
    await sealTrail(again.db)
    await again.witness.note(again.db)
    await again.close()
    expect((await readdir(join(folder, 'audit-heads'))).length).toBe(1)
    expect(await ownersIn(folder)).toEqual([other!.uid])
    const verified = await run(['verify', '--json'], { DATABASE_URL: url, QIANGSHI_DATA: folder }, other)
    expect([verified.code, JSON.parse(verified.stdout).audit.head.state]).toEqual([0, 'held'])
  })

  test('mends what earlier starts have left, and until then the owner is told', async () => {
    const folder = join(base, 'mixed')
    const deep = join(folder, 'files', 'ab', 'cd')
    await mkdir(deep, { recursive: true })
    await mkdir(join(folder, 'audit-heads'))
    await writeFile(join(folder, 'audit-heads', '1.json'), '{}', { mode: 0o600 })
    for (const path of [folder, join(folder, 'files'), join(folder, 'audit-heads')])
      await chown(path, other!.uid!, other!.gid!)
    const env = { DATABASE_URL: url, QIANGSHI_DATA: folder }
    const refused = await run(['verify'], env, other)
    expect([refused.code, lastWords(refused)]).toEqual([
      1,
      [expect.stringMatching(/files\/ab belongs to another user \(0\)/)],
    ])
    const told = await run(['doctor', '--json'], env, other)
    expect(JSON.parse(told.stdout).checks.map(({ code }: { code: string }) => code)).toContain('data.not_yours')

    await settleOwnership(folder)
    expect(await ownersIn(folder)).toEqual([other!.uid])
    expect((await run(['verify'], env, other)).stderr).not.toMatch(/belongs to another user/)
  })
})

test('a folder of one’s own is open', async () => {
  const folder = join(base, 'mine')
  await mkdir(join(folder, 'files', 'ab'), { recursive: true })
  expect(await closedTo(folder)).toBeUndefined()
  const { checks } = await diagnose(readEnvironment({ DATABASE_URL: url, QIANGSHI_DATA: folder, PORT: '0' }))
  expect(checks.find(({ check }) => check === 'data')?.code).toBe('data.ok')
})
