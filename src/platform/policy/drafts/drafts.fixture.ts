/** A house for tests of drafts: a district under Qianjiang's pack with its training centre and commission, and a copy of the packs that a test may write in. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type Org } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import { facts } from '../../../server/modules.ts'
import { type Act, SYSTEM, transact } from '../../db/index.ts'
import { loadPacks, PACKS } from '../index.ts'

export type DraftHouse = Awaited<ReturnType<typeof openDraftHouse>>

/** @param perSchool teachers in each of the three schools */
export async function openDraftHouse(perSchool: number) {
  const house = await openTestHouse()
  const world = await buildWorld(house, perSchool)
  await sql`update directory.organisation set authority = 'chongqing' where id = ${world.other.id}`.execute(house.owner)
  const folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await cp(PACKS, folder, { recursive: true })
  const policyOf = async (who: string) => (await world.as(who)).policy
  return {
    house,
    world,
    folder,
    trainer: await policyOf('trainer@district'),
    commission: await policyOf('commission@district'),

    /** As whoever reaches the whole city. */
    everywhere: <R>(work: (act: Act) => Promise<R>): Promise<R> =>
      transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } }, work),

    /** One more account with a role. */
    office: async (login: string, role: string, at: Org) => {
      const id = newId()
      await sql`insert into access.account (id, login, name, org_id, org_path)
        values (${id}, ${login}, ${login}, ${at.id}, ${at.path}::ltree)`.execute(house.owner)
      await sql`insert into access.assignment (account_id, id, role, org_id, org_path)
        values (${id}, ${newId()}, ${role}, ${at.id}, ${at.path}::ltree)`.execute(house.owner)
      world.accounts[login] = id
      return policyOf(login)
    },

    /** Writes files of the folder, does the work, puts everything back and into force. */
    withFiles: async (written: Record<string, (text: string) => string>, work: () => Promise<void>): Promise<void> => {
      const before = new Map<string, string | null>()
      for (const [name, write] of Object.entries(written)) {
        const file = join(folder, name)
        before.set(file, await readFile(file, 'utf8').catch(() => null))
        await mkdir(join(file, '..'), { recursive: true })
        await writeFile(file, write(before.get(file) ?? ''))
      }
      try {
        await work()
      } finally {
        for (const [file, text] of before) await (text === null ? rm(file) : writeFile(file, text))
        await loadPacks(house.owner, facts, folder)
      }
    },

    close: async () => {
      await house.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
