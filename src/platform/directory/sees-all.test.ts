/** Who sees everybody is not asked of every row; everybody else still is. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plantOrganisations, plantPeople, type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { newId } from '../../base/ids.ts'

let house: Scratch
let own: string[]
beforeAll(async () => {
  house = await scratch()
  const org = await plantOrganisations(house.owner)
  own = await plantPeople(house.owner, org.first, 2)
  await plantPeople(house.owner, org.abroad, 1)
  await sql`insert into directory.employment (person_id, id, org_id, org_path, during)
    select p.id, gen_random_uuid(), p.org_id, p.org_path, '[2020-09-01,)' from directory.person p`.execute(house.owner)
})
afterAll(() => house?.drop())

const seen = (who: Parameters<Scratch['as']>[0]) =>
  house.as(who, async (act) => {
    const { rows } = await sql<{ all: boolean; employed: number }>`select directory.sees_all() as all,
      (select count(*)::int from directory.employment) as employed`.execute(act.tx)
    return [rows[0]!.all, rows[0]!.employed]
  })

it('only who has every tree of organisations in scope sees all rows', async () => {
  expect(await seen({ paths: ['m'] })).toEqual([true, 3])
  expect(await seen({ paths: ['m.q'] })).toEqual([false, 2])
  expect(await seen({ paths: [], self: true, person: own[0]! })).toEqual([false, 1])
  expect(await seen({ paths: [] })).toEqual([false, 0])
  await sql`insert into directory.organisation (id, path, kind, name, short_name) values (${newId()}, 'n', 'municipality', '他市', '他市')`.execute(
    house.owner,
  )
  expect(await seen({ paths: ['m'] })).toEqual([false, 3])
  expect(await seen({ paths: ['n'] })).toEqual([false, 0])
  expect(await seen({ paths: ['m', 'n'] })).toEqual([true, 3])
})
