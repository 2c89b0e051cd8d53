/** Worked cases are worth what they would notice: every condition, exception and scope, taken as always or as never true, makes one fail. */
import { describe, expect, it } from 'vitest'
import { PACKS, readPacks, runCases } from '../../src/platform/policy/index.ts'
import { facts } from '../../src/server/modules.ts'

type Packs = Awaited<ReturnType<typeof readPacks>>
type Version = Packs[number]['requirements'][number]['versions'][number]
type Text = { at: string; read: () => string; write: (text: string) => void }

/** Every expression of a version, and how to put another in its place. */
function textsOf(version: Version): Text[] {
  const found: Text[] = []
  const within = (group: object): void => {
    for (const node of Object.values(group).find(Array.isArray) ?? []) {
      if (!('test' in node)) within(node)
      else
        for (const [at, holder, key] of [
          [node.id, node, 'test'],
          ...(node.exceptions ?? []).map((one: { id: string }) => [`${node.id} › ${one.id}`, one, 'when']),
        ])
          found.push({ at, read: () => holder[key], write: (text) => Object.assign(holder, { [key]: text }) })
    }
  }
  within(version.needs)
  for (const { when } of version.grades ?? []) within(when)
  if (version.applies !== undefined)
    found.push({
      at: 'applies',
      read: () => version.applies!,
      write: (text) => {
        version.applies = text
      },
    })
  return found
}

const packs = await readPacks(PACKS, facts)
const sets = packs.flatMap(({ authority, requirements }) => requirements.map(({ id }) => [authority, id] as const))

describe('would notice', () => {
  it.each(sets)('%s: %s', (authority, id) => {
    // What comes earliest is left out: it is slow, and says nothing that the outcome of a day does not.
    const own = structuredClone(packs).map((pack) => ({
      ...pack,
      cases: pack.cases.filter(({ set }) => set === id).map(({ earliest: _, ...one }) => one),
    }))
    const set = own.find((pack) => pack.authority === authority)!.requirements.find((one) => one.id === id)!
    const unnoticed = set.versions.flatMap((version) =>
      textsOf(version).flatMap(({ at, read, write }) => {
        const written = read()
        const missed = ['true', 'false'].filter((text) => {
          write(text)
          return runCases(own, facts).every(({ passed }) => passed)
        })
        write(written)
        return missed.map((text) => `${version.from} ${at}: ${text}`)
      }),
    )
    expect(unnoticed).toEqual([])
  })
})
