/** A house for a test: its own database cloned from a migrated template, the real API, nobody mocked. */
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Permissions } from '../../src/platform/access/index.ts'
import { openWitness } from '../../src/platform/audit/index.ts'
import { withChosen } from '../../src/platform/cipher/index.ts'
import { connect, type Db, migrate, moveClock } from '../../src/platform/db/index.ts'
import { openStore } from '../../src/platform/files/index.ts'
import { prepareJobs } from '../../src/platform/jobs/index.ts'
import { loadPacks, PACKS } from '../../src/platform/policy/index.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { facts, jobs, loaders, modules } from '../../src/server/modules.ts'
import { parameterOf } from '../../src/server/parameter.ts'
import { createDatabase, dropDatabase, templateDatabase } from './cluster.ts'

/** A migrated database with the packs loaded and nothing else. */
const migrated = () =>
  templateDatabase('migrated', async (url) => {
    await migrate(url)
    const owner = connect(url, { role: 'owner', max: 1 })
    await loadPacks(owner, facts, PACKS)
    for (const bringUp of loaders) await bringUp(owner)
    await owner.destroy()
    await prepareJobs(url, jobs)
  })

const master = randomBytes(32)
const derive = (purpose: string): Buffer => createHmac('sha256', master).update(purpose).digest()

/** Opens a house on a clone of the template; `now` sets the product's clock. Close it in `afterAll`. */
export async function openTestHouse(
  now = '2023-03-01T01:00:00Z',
  template: () => Promise<string> = migrated,
): Promise<OpenHouse> {
  const url = await createDatabase(await template())
  const owner: Db = connect(url, { role: 'owner', max: 3 })
  const db: Db = connect(url, { max: 12 })
  const folder = await mkdtemp(join(tmpdir(), 'qiangshi-house-'))
  await moveClock(owner, new Date(now))
  const key = await withChosen((purpose) => derive(purpose), owner)
  return {
    db,
    owner,
    databaseUrl: url,
    applied: [],
    permissions: new Permissions(modules.flatMap(({ permissions }) => permissions)),
    settings: { demo: false, production: false, publicUrl: 'http://127.0.0.1:3000', dataFolder: folder },
    files: await openStore(join(folder, 'files'), key),
    witness: openWitness(join(folder, 'audit-heads'), key('audit.head')),
    key,
    parameter: parameterOf,
    close: async () => {
      await db.destroy()
      await owner.destroy()
      await dropDatabase(url)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
