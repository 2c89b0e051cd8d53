/** What holds for an authority when packs are taken as they stand, without a database: its own pack and those above it. */
import { type Declared, Parameters } from '../rules/reader.ts'
import type { Pack } from './pack.ts'

type Part = Pick<Pack, 'authority' | 'version' | 'parameters'>

/** @param chain the authority's own pack first, then the one it extends, and so on */
export const parametersOf = (chain: readonly Part[]): Parameters =>
  new Parameters(chain[0]!.authority, declaredOf(chain))

/** Every value that they declare. */
export const declaredOf = (chain: readonly Part[]): Declared[] =>
  chain.flatMap((pack, depth) =>
    pack.parameters.flatMap(({ id, unit, values }) =>
      values.map(
        ({ from, value, clause = null, confidence }, nth): Declared => ({
          depth,
          authority: pack.authority,
          packVersion: pack.version,
          id,
          unit,
          from,
          until: values[nth + 1]?.from ?? null,
          value,
          clause,
          confidence,
        }),
      ),
    ),
  )

/** Its pack and those above it, nearest first. */
export function chainOf<T extends { authority: string; extends: string | null }>(
  packs: readonly T[],
  authority: string,
): T[] {
  const chain: T[] = []
  for (let up: string | null = authority; up !== null; up = chain.at(-1)!.extends)
    chain.push(packs.find((pack) => pack.authority === up)!)
  return chain
}
