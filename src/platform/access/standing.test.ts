/** Every role at every level of the tree tries to act on an account with every role at every level. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type Org, refusalOf, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import type { Caller } from '../../server/caller.ts'
import type { OpenHouse } from '../../server/house.ts'
import { transact } from '../db/index.ts'
import { renameAccount } from './people.ts'
import { ROLES, type Role } from './roles.ts'

const roles = Object.keys(ROLES) as Role[]
const PLACES = ['school', 'district', 'city', 'elsewhere'] as const
type Place = (typeof PLACES)[number]

let house: OpenHouse
let world: World
let at: Record<Place, Org>
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 1)
  at = { school: world.schools[0], district: world.district, city: world.city, elsewhere: world.schools[2] }
})
afterAll(() => house?.close())

/** An account of the first school that holds this role there or elsewhere. */
async function holder(role: Role, place: Place, during = '[2020-01-01,)'): Promise<{ id: string; assignment: string }> {
  const [id, assignment] = [newId(), newId()]
  const { schools } = world
  await sql`insert into access.account (id, login, name, org_id, org_path)
    values (${id}, ${`x-${id}`}, ${role}, ${schools[0].id}, ${schools[0].path}::ltree)`.execute(house.owner)
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during)
    values (${id}, ${assignment}, ${role}, ${at[place].id}, ${at[place].path}::ltree, ${during}::daterange)`.execute(
    house.owner,
  )
  return { id, assignment }
}

const ABOVE = 'forbidden access.above_you'
/** Whoever could set their password alone would be them. */
const OFFICES: readonly Role[] = ['administrator', 'security', 'auditor']
const rank: Record<Place, number> = { school: 0, district: 1, city: 2, elsewhere: 3 }
/** What the house promises, said apart from the program: over accounts of one's own tree, and nobody with more rights. */
function promised(
  what: string,
  permission: 'account' | 'role',
  who: Role,
  from: Place,
  role: Role,
  place: Place,
): string {
  if (who !== 'administrator' && !(who === 'clerk' && permission === 'account')) return 'forbidden access.forbidden'
  const covered = from === 'city' || rank[place] <= rank[from]
  if (!covered) return ABOVE
  // Who watches over administrators is not dismissed by them.
  if (what === 'ending a role' && (role === 'security' || role === 'auditor')) return 'forbidden access.trust_apart'
  if (who !== 'administrator') return role === 'teacher' || role === 'clerk' ? 'done' : ABOVE
  return what === 'resetting a password' && OFFICES.includes(role) ? 'forbidden access.reset_apart' : 'done'
}

type Target = { id: string; assignment: string }
const acts: [string, 'account' | 'role', (caller: Caller, target: Target) => Promise<unknown>][] = [
  ['resetting a password', 'account', ({ access }, { id }) => access.resetPassword({ accountId: id })],
  ['disabling', 'account', ({ access }, { id }) => access.disableAccount({ accountId: id, disabled: true })],
  ['enabling', 'account', ({ access }, { id }) => access.disableAccount({ accountId: id, disabled: false })],
  [
    'granting a role',
    'role',
    ({ access }, { id }) => access.grantRole({ accountId: id, role: 'clerk', orgId: world.schools[0].id }),
  ],
  [
    'ending a role',
    'role',
    ({ access }, { id, assignment }) => access.endRole({ accountId: id, assignmentId: assignment }),
  ],
]

describe.each(acts)('%s', (what, permission, act) => {
  test.each(roles)('by a %s of the school, the district and the city', async (who) => {
    for (const from of ['school', 'district', 'city'] as const) {
      const caller = await world.as((await holder(who, from)).id)
      for (const role of roles) {
        for (const place of PLACES) {
          const target = await holder(role, place)
          const expected = promised(what, permission, who, from, role, place)
          const outcome = await refusalOf(act(caller, target))
          // A role that the asker does not see is not there at all.
          const found = expected === ABOVE && outcome === 'not_found not_found' ? ABOVE : outcome
          expect(`${from} → ${role}@${place}: ${found}`).toBe(`${from} → ${role}@${place}: ${expected}`)
          if (expected !== 'done') await unchanged(target)
        }
      }
    }
  })
})

async function unchanged({ id, assignment }: Target): Promise<void> {
  const { rows } = await sql`select a.password_hash, a.disabled_at, s.id, upper(s.during) as ends,
    (select count(*) from access.assignment x where x.account_id = a.id) as roles
    from access.account a join access.assignment s on s.account_id = a.id where a.id = ${id}`.execute(house.owner)
  expect(rows).toEqual([{ passwordHash: null, disabledAt: null, id: assignment, ends: null, roles: 1 }])
}

test('a role that has ended puts nobody above anybody, one that is about to begin does', async () => {
  const clerk = await world.as('clerk@0')
  const reset = async (during: string) =>
    refusalOf(clerk.access.resetPassword({ accountId: (await holder('administrator', 'district', during)).id }))
  expect(await reset('[2020-01-01,2023-03-01)')).toBe('done')
  expect(await reset('[2020-01-01,2020-01-01)')).toBe('done')
  expect(await reset('[2023-04-01,)')).toBe(ABOVE)
})

test('the login of whoever stands above stays when a clerk corrects the number', async () => {
  const [teacher] = world.teachers[0]
  const rename = (who: string, was: string, now: string) =>
    transact(
      house.db,
      {
        actor: { account: world.accounts[who]!, person: null, name: who },
        permission: 'records.person.write',
        scope: { paths: [world.schools[0].path], self: false },
      },
      (act) =>
        renameAccount(act, teacher!.id, {
          was: { number: was, name: teacher!.name },
          now: { number: now, name: teacher!.name },
        }),
    )
  expect(await rename('clerk@0', teacher!.number, 'N1')).toBe('n1')
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path)
    values (${teacher!.account}, ${newId()}, 'principal', ${at.school.id}, ${at.school.path}::ltree)`.execute(
    house.owner,
  )
  expect(await rename('clerk@0', 'N1', 'N2')).toBeNull()
  expect(await rename('administrator@district', 'N1', 'N2')).toBe('n2')
})

test('an account is opened for nobody out of scope, nor twice for one person', async () => {
  const { access } = await world.as('clerk@0')
  const open = (personId: string) =>
    refusalOf(
      access.createAccount({ login: `n-${newId()}`.slice(0, 40), name: '新', orgId: world.schools[0].id, personId }),
    )
  expect(await open(world.teachers[2][0]!.id)).toBe('not_found not_found')
  expect(await open(world.teachers[0][0]!.id)).toBe('invalid access.person_has_account')
})
