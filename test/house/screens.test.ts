/** What screens say they rest on is there: every parameter and requirement set under `uses` stands in a pack. */
import { expect, it } from 'vitest'
import { PACKS, readPacks } from '../../src/platform/policy/index.ts'
import { facts } from '../../src/server/modules.ts'
import { modules } from '../../src/web/modules.ts'

it('every screen names parameters and rules of the packs', async () => {
  const packs = await readPacks(PACKS, facts)
  const known = new Set(
    packs.flatMap(({ parameters, requirements }) => [...parameters, ...requirements].map(({ id }) => id)),
  )
  const used = modules.flatMap(({ nav }) => nav.flatMap(({ path, uses = [] }) => uses.map((id) => ({ path, id }))))
  expect(used.length).toBeGreaterThan(15)
  expect(used.filter(({ id }) => !known.has(id))).toEqual([])
})
