/** Accounts of people: which login they get where it is somebody's already, and how account and login follow a correction. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../test/harness/world.ts'
import type { OpenHouse } from '../../server/house.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 1)
})
afterAll(() => house?.close())

const clerk = async () => (await world.as('clerk@0')).records
const add = async (input: Record<string, unknown> = {}) =>
  (await clerk()).addTeacher({
    orgId: world.schools[0].id,
    name: '新来老师',
    category: '11',
    basis: 'in_post',
    from: '2022-09-01',
    ...input,
  })
/** Somebody elsewhere whose account has this login by hand. */
const occupy = async (login: string) =>
  (await world.as('administrator@other')).access.createAccount({ login, name: '外人', orgId: world.other.id })
const accountOf = async (personId: string) =>
  (
    await sql<{ login: string; name: string; roles: string }>`select a.login, a.name,
    (select string_agg(s.role, ',') from access.assignment s where s.account_id = a.id) as roles from access.account a where a.person_id = ${personId}`.execute(
      house.owner,
    )
  ).rows[0]
const changes = async (personId: string) =>
  (
    await sql<{ before: object; after: object }>`select e.before, e.after from audit.event e
    where e.about_person = ${personId} and e.action = 'access.account_renamed'`.execute(house.owner)
  ).rows

describe('taking on', () => {
  it('writes numbers in capitals and makes the login from them', async () => {
    const { personId, number, login } = await add({ number: ' qj12a ' })
    expect({ number, login }).toEqual({ number: 'QJ12A', login: 'qj12a' })
    expect(await accountOf(personId)).toEqual({ login: 'qj12a', name: '新来老师', roles: 'teacher' })
    expect(await refusalOf(add({ number: 'ＱＪ12a' }))).toBe('conflict directory.number_taken')
  })

  it('takes the next free login where somebody has it, and says so', async () => {
    await occupy('y100')
    await occupy('y100-2')
    const { personId, login } = await add({ number: 'Y100' })
    expect(login).toBe('y100-3')
    expect(await accountOf(personId)).toMatchObject({ login: 'y100-3', roles: 'teacher' })
  })
})

describe('correcting', () => {
  it('takes the account’s name and the login made from the number along, in the trail', async () => {
    const { personId } = await add({ number: 'Z1' })
    expect(await (await clerk()).correct({ personId, name: '改名老师', number: 'z2' })).toEqual({ login: 'z2' })
    expect(await accountOf(personId)).toMatchObject({ login: 'z2', name: '改名老师' })
    expect(await changes(personId)).toEqual([
      { before: { login: 'z1', name: '新来老师' }, after: { login: 'z2', name: '改名老师' } },
    ])
    const { rows } = await sql<{ before: object; after: object }>`select e.before, e.after from audit.event e
      where e.about_person = ${personId} and e.action = 'directory.person_corrected'`.execute(house.owner)
    expect(rows).toEqual([{ before: { number: 'Z1', name: '新来老师' }, after: { number: 'Z2', name: '改名老师' } }])
  })

  it('leaves a login that was chosen', async () => {
    const { personId } = await add({ number: 'Z3' })
    await sql`update access.account set login = 'laowang' where person_id = ${personId}`.execute(house.owner)
    expect(await (await clerk()).correct({ personId, number: 'Z4' })).toEqual({ login: null })
    expect(await accountOf(personId)).toMatchObject({ login: 'laowang' })
    expect(await changes(personId)).toEqual([])
  })

  it('takes a free login where the new one is somebody’s, and refuses a number that is', async () => {
    await occupy('z66')
    const { personId } = await add({ number: 'Z5' })
    expect(await (await clerk()).correct({ personId, number: 'Z66' })).toEqual({ login: 'z66-2' })
    // One that was made from the number with a counter follows as well.
    expect(await (await clerk()).correct({ personId, number: 'Z7' })).toEqual({ login: 'z7' })
    expect(await refusalOf((await clerk()).correct({ personId, number: world.teachers[2]![0]!.number }))).toBe(
      'conflict directory.number_taken',
    )
    expect(await accountOf(personId)).toMatchObject({ login: 'z7' })
  })

  it('writes nothing about the account where neither changes', async () => {
    const { personId } = await add({ number: 'Z8' })
    await (await clerk()).correct({ personId, birthDate: '1990-01-02' })
    expect(await changes(personId)).toEqual([])
  })
})
