/** For tests of the records: a house that knows only them and the accounts, a small district with its people, and the usual acts. */
import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld } from '../../../test/harness/world.ts'
import { accessPermissions, actorOfAccount, Permissions } from '../../platform/access/index.ts'
import { FactBook } from '../../platform/policy/index.ts'
import type { OpenHouse } from '../../server/house.ts'
import { loadCodes, recordsApi, recordsFacts, recordsPermissions } from './index.ts'

const api = recordsApi(new FactBook(recordsFacts))

/** The caller closes the house. */
export async function recordsDistrict() {
  const opened = await openTestHouse()
  const house: OpenHouse = { ...opened, permissions: new Permissions([...accessPermissions, ...recordsPermissions]) }
  await loadCodes(house.owner)
  const world = await buildWorld(house, 3)
  const as = async (who: string) => {
    const actor = await actorOfAccount(house.db, world.accounts[who] ?? who)
    return createRouterClient(api, { context: { house, actor } })
  }
  return {
    house,
    world,
    as,
    teacher: () => world.addTeacher(world.schools[0]),
    add: async (input: Record<string, unknown> = {}) =>
      (await as('clerk@0')).addTeacher({
        orgId: world.schools[0].id,
        name: '新来老师',
        category: '11',
        basis: 'in_post',
        from: '2022-09-01',
        ...input,
      } as never),
    rolesOf: async (personId: string) =>
      (
        await sql<{
          role: string
          org: string
        }>`select s.role, s.org_id as org from access.assignment s join access.account a on a.id = s.account_id
        where a.person_id = ${personId} and s.during @> db.today() order by s.role`.execute(house.owner)
      ).rows,
    published: async (personId: string) =>
      (
        await sql<
          Record<string, unknown>
        >`select t.* from records.pub_teacher t where t.person_id = ${personId}`.execute(house.owner)
      ).rows[0],
  }
}
export type RecordsDistrict = Awaited<ReturnType<typeof recordsDistrict>>
