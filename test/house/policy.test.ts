/** The worked cases of all packs, against the facts that the modules really declare. */
import { describe, expect, it } from 'vitest'
import { PACKS, readPacks, runCases } from '../../src/platform/policy/index.ts'
import { facts } from '../../src/server/modules.ts'

const results = runCases(await readPacks(PACKS, facts), facts)

describe('worked cases', () => {
  it.each(results.map(({ authority, name, differs }) => [`${authority}: ${name}`, differs] as const))(
    '%s',
    (_, differs) => {
      expect(differs).toEqual([])
    },
  )

  it('there are some for every set', async () => {
    const tried = new Set(results.map(({ set }) => set))
    const sets = (await readPacks(PACKS, facts)).flatMap(({ requirements }) => requirements.map(({ id }) => id))
    expect(sets.filter((id) => !tried.has(id))).toEqual([])
  })
})
