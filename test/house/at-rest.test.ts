/** What people send in lies nowhere in the data folder as they sent it, whichever door it came by; what lay there before is sealed as well. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/base/ids.ts'
import { SYSTEM, transact } from '../../src/platform/db/index.ts'
import { readFile as readKept } from '../../src/platform/files/index.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { sealAnew } from '../../src/server/reseal.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld, type World } from '../harness/world.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 1)
})
afterAll(() => house?.close())

const KNOWN = '身份证 50011419900101123X 伤残等级鉴定'
const photo = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.from(KNOWN), Buffer.alloc(200_000, 7)])

const folder = (): string => house.settings.dataFolder
async function everything(): Promise<Buffer> {
  const entries = await readdir(folder(), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(0)
  return Buffer.concat(await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name)))))
}
const read = (id: string) =>
  transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } },
    async (act) => (await readKept(act, house.files, id)).bytes,
  )

test('a photograph that a teacher sends in', async () => {
  const { records } = await world.as(world.teachers[0][0]!.account)
  const { fileId } = await records.addEvidence({ file: new File([photo], '鉴定书.jpg') })
  expect((await everything()).includes(KNOWN)).toBe(false)
  expect(await read(fileId)).toEqual(photo)
})

test('one from the time when they lay there in clear', async () => {
  const old = Buffer.concat([photo, Buffer.from('old')])
  const sha256 = createHash('sha256').update(old).digest('hex')
  const place = join(folder(), 'files', sha256.slice(0, 2), sha256.slice(2, 4))
  await mkdir(place, { recursive: true })
  await writeFile(join(place, sha256), old)
  const id = newId()
  await sql`insert into files.file (id, sha256, name, media_type, size, purpose, org_path)
    values (${id}, ${sha256}, '旧.jpg', 'image/jpeg', ${old.length}, 'records.evidence', ${world.district.path}::ltree)`.execute(
    house.owner,
  )
  expect(await read(id)).toEqual(old)
  expect((await everything()).includes(KNOWN)).toBe(true)
  expect((await sealAnew(house, undefined)).files).toEqual({ sealed: 1, broken: [] })
  expect((await everything()).includes(KNOWN)).toBe(false)
  expect(await read(id)).toEqual(old)
})
