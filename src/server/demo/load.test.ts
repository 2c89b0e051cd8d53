import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { qualityDaily } from '../../domains/records/index.ts'
import { SYSTEM, transact } from '../../platform/db/index.ts'
import { callerFor } from '../caller.ts'
import type { OpenHouse } from '../house.ts'
import { load } from './load.ts'

let house: OpenHouse
beforeAll(async () => {
  house = await openTestHouse()
  await load(house.owner, house.key, () => {})
})
afterAll(() => house?.close())

async function as(login: string) {
  const { rows } = await sql<{ id: string }>`select a.id from access.account a where a.login = ${login}`.execute(
    house.owner,
  )
  return (await callerFor(house, rows[0]!.id)).records
}

it('keeps an identity number for everybody, so that it can be revealed and a second person of that number is refused', async () => {
  const clerk = await as('clerk')
  const { rows } = await clerk.people({ limit: 1 })
  const known = await clerk.person({ personId: rows[0]!.personId })
  expect(known).toMatchObject({ mayReveal: true, idMasked: expect.stringMatching(/^509999\*{8}/) })
  const { idNumber } = await clerk.revealIdentity({ personId: known.personId, purpose: '核对证件' })
  expect(idNumber).toMatch(/^509999\d{11}[\dX]$/)
  expect(`${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`).toBe(known.idMasked)
  await expect(
    clerk.addTeacher({
      name: '另一人',
      idNumber,
      orgId: known.orgId,
      category: '11',
      basis: 'in_post',
      from: '2023-02-01',
    }),
  ).rejects.toMatchObject({ data: expect.objectContaining({ code: 'directory.identity_taken' }) })
})

it('finds people by what schools are called: name, name begun, code, initials, and with a name', async () => {
  const trainer = await as('trainer')
  const school = (
    await sql<{ id: string; code: string; people: number }>`select o.id, o.code,
    (select count(*)::int from directory.person p where p.org_id = o.id) as people
    from directory.organisation o where o.short_name = '城南小学校'`.execute(house.owner)
  ).rows[0]!
  const total = async (search: string) => (await trainer.people({ search, limit: 1 })).total
  for (const term of ['城南小学校', school.code, 'cnxx', '黔江区城南小'])
    expect([term, await total(term)]).toEqual([term, school.people])
  const { rows } = await trainer.people({ orgId: school.id, limit: 1 })
  const { rows: found } = await trainer.people({ search: `${rows[0]!.name} 城南`, limit: 50 })
  expect(found.map(({ personId }) => personId)).toContain(rows[0]!.personId)
  expect(new Set(found.map(({ name }) => name))).toEqual(new Set([rows[0]!.name]))
  expect(
    (await trainer.people({ search: rows[0]!.number.slice(2, 8), limit: 50 })).rows.map(({ personId }) => personId),
  ).toContain(rows[0]!.personId)
})

it('knows everything since its own day, so that what was known then can be asked for', async () => {
  const { rows } = await sql<{ late: number }>`select count(*)::int as late from (
      select known_from from directory.person union all select known_from from directory.employment
      union all select known_from from directory.organisation union all select known_from from records.title
      union all select known_from from records.teaching
    ) k where k.known_from > '2023-01-01'`.execute(house.owner)
  expect(rows[0]!.late).toBe(0)
})

it('has flaws as a district has them: of every kind a few, at some schools more', async () => {
  const paths = (
    await sql<{ path: string }>`select o.path::text from directory.organisation o where o.parent_id is null`.execute(
      house.owner,
    )
  ).rows
  await transact(
    house.db,
    {
      actor: SYSTEM,
      permission: qualityDaily.permission,
      scope: { paths: paths.map(({ path }) => path), self: false },
    },
    qualityDaily.run,
  )
  const { rows: found } = await sql<{ people: number; flawed: number; kinds: number; most: number }>`
    select (select count(*)::int from directory.person) as people, count(distinct f.person_id)::int as flawed, count(distinct f.rule)::int as kinds,
      (select count(*) from records.finding x group by x.rule order by 1 desc limit 1)::int as most from records.finding f`.execute(
    house.owner,
  )
  const { people, flawed, kinds, most } = found[0]!
  expect(flawed / people).toBeGreaterThan(0.05)
  expect(flawed / people).toBeLessThan(0.15)
  expect(kinds).toBeGreaterThan(8)
  expect(most / people).toBeLessThan(0.06)
  const { rows: schools } = await sql<{
    share: number
  }>`select count(distinct f.person_id)::float / count(distinct p.id) as share
    from directory.person p left join records.finding f on f.person_id = p.id group by p.org_id having count(distinct p.id) > 30`.execute(
    house.owner,
  )
  const shares = schools.map(({ share }) => share)
  expect(Math.max(...shares)).toBeGreaterThan(0.15)
  expect(Math.min(...shares)).toBeLessThan(0.06)
  const { rows: twins } = await sql<{ n: number }>`select count(*)::int as n from records.twin`.execute(house.owner)
  expect(twins[0]!.n).toBeGreaterThanOrEqual(5)
})
