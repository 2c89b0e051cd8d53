/** Runs the worked cases of packs as they stand on the disk, without a database. */
import type { FactBook } from '../facts.ts'
import type { Pack } from '../packs.ts'
import { type Declared, Parameters } from '../rules/reader.ts'
import { type CaseResult, runCase } from './cases.ts'
import { Rules } from './rules.ts'

/** All cases of all packs, each under the rules of its pack's authority. */
export function runCases(packs: readonly Pack[], book: FactBook): (CaseResult & { authority: string })[] {
  const factType = (id: string) => book.declared(id)?.type
  return packs.flatMap(({ authority, cases }) => {
    const rules = rulesIn(packs, authority, book)
    return cases.map((one) => ({ authority, ...runCase(rules, one, factType) }))
  })
}

/** The rules of an authority as its pack and those above it say. */
function rulesIn(packs: readonly Pack[], authority: string, book: FactBook): Rules {
  const chain: Pack[] = []
  for (let up: string | null = authority; up !== null; up = chain.at(-1)!.extends)
    chain.push(packs.find((pack) => pack.authority === up)!)
  const declared = chain.flatMap((pack, depth) =>
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
  const sets = chain.flatMap((pack, depth) =>
    pack.requirements.map((one) => ({ depth, authority: pack.authority, packVersion: pack.version, declared: one })),
  )
  return new Rules(new Parameters(authority, declared), sets, (id) => book.declared(id)?.type)
}
