/**
 * Every procedure is tried by every role, in scope and out of it. A role without the permission is forbidden; a role that holds it
 * elsewhere learns nothing and changes nothing. A procedure without a sample input fails here, so none is left untried.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, type Role } from '../../src/platform/access/index.ts'
import type { Caller } from '../../src/server/caller.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { procedures } from '../../src/server/permissions.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld, type World } from '../harness/world.ts'
import { type Furniture, furnish } from './furniture.ts'
import { HARMLESS, samples } from './samples/index.ts'

let house: OpenHouse
let world: World
let furniture: Furniture
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
  furniture = await furnish(house, world)
})
afterAll(() => house?.close())

const roles = Object.keys(ROLES) as Role[]
/** Who holds a role over the first school, and who holds it elsewhere. */
const inside = (role: Role) =>
  role === 'teacher'
    ? world.teachers[0]![0]!.account
    : role === 'clerk' || role === 'principal'
      ? `${role}@0`
      : `${role}@district`
const outside = (role: Role) =>
  role === 'teacher'
    ? world.teachers[2]![0]!.account
    : role === 'clerk' || role === 'principal'
      ? `${role}@2`
      : `${role}@other`

type Outcome = { code: string; text: string }

async function call(caller: Caller, path: string, input: unknown): Promise<Outcome> {
  const procedure = path
    .split('.')
    .reduce((node, name) => (node as Record<string, unknown>)[name], caller as unknown) as (
    input: unknown,
  ) => Promise<unknown>
  try {
    const answer = await procedure(input)
    const text =
      answer instanceof File
        ? `${answer.name} ${Buffer.from(await answer.arrayBuffer()).toString('latin1')}`
        : JSON.stringify(answer ?? null)
    return { code: 'done', text }
  } catch (error) {
    const { data, status, message } = error as {
      data?: { kind?: string; code?: string }
      status?: number
      message: string
    }
    if (!data?.code) return { code: status && status < 500 ? `status ${status}` : `FAULT ${message}`, text: message }
    return { code: `${data.kind} ${data.code}`, text: JSON.stringify(data) }
  }
}

it('every procedure declares a permission that some role holds', () => {
  const unknown = procedures.filter(
    ({ permission }) => permission !== 'public' && permission !== 'self' && !house.permissions.knows(permission),
  )
  expect(unknown).toEqual([])
  const idle = house.permissions.all.filter(({ roles: holders }) => holders.length === 0)
  expect(idle).toEqual([])
})

it('every procedure has a sample input', () => {
  expect(procedures.map(({ path }) => path).filter((path) => !(path in samples))).toEqual([])
})

describe.each(procedures.map(({ path, permission, kind }) => ({ path, permission, kind })))(
  '$path ($permission)',
  ({ path, permission, kind }) => {
    const input = () => samples[path]?.(world, furniture)

    it('is refused to whoever does not hold the permission', async () => {
      if (permission === 'public' || permission === 'self') return
      for (const role of roles.filter((candidate) => !house.permissions.holds(candidate, permission))) {
        const { code } = await call(await world.as(inside(role)), path, input())
        expect(`${role}: ${code}`).toBe(`${role}: forbidden access.forbidden`)
      }
    })

    it('tells and changes nothing outside the scope', async () => {
      const secrets = [...world.teachers[0]!, ...world.teachers[1]!].flatMap(({ id, name, number }) => [
        id,
        name,
        number,
      ])
      for (const role of roles.filter(
        (candidate) =>
          permission === 'public' || permission === 'self' || house.permissions.holds(candidate, permission),
      )) {
        const { code, text } = await call(await world.as(outside(role)), path, input())
        expect(`${role}: ${code}`).not.toMatch(/FAULT/)
        if (HARMLESS.has(path)) continue
        const asked = JSON.stringify(input() ?? null)
        const leaked = secrets.filter((secret) => text.includes(secret) && !asked.includes(secret))
        expect(`${role}: ${leaked.join(' ')}`).toBe(`${role}: `)
        if (kind === 'command') expect(`${role}: ${code}`).toMatch(/: (not_found|refused|conflict|invalid|forbidden) /)
      }
    })

    it('works without a fault for whoever holds it in scope', async () => {
      for (const role of roles.filter(
        (candidate) =>
          permission === 'public' || permission === 'self' || house.permissions.holds(candidate, permission),
      )) {
        const { code, text } = await call(await world.as(inside(role)), path, input())
        expect(`${role}: ${code} ${code.startsWith('FAULT') || code.startsWith('status') ? text : ''}`).not.toMatch(
          /FAULT|status|forbidden/,
        )
      }
    })
  },
)
