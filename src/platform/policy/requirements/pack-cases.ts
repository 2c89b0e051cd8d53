/** Runs the worked cases of packs as they stand on the disk, without a database. */
import type { FactBook } from '../facts.ts'
import { chainOf, parametersOf } from '../packs/chain.ts'
import type { Pack } from '../packs/pack.ts'
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
export function rulesIn(packs: readonly Pack[], authority: string, book: FactBook): Rules {
  const chain = chainOf(packs, authority)
  const sets = chain.flatMap((pack, depth) =>
    pack.requirements.map((one) => ({ depth, authority: pack.authority, packVersion: pack.version, declared: one })),
  )
  return new Rules(parametersOf(chain), sets, (id) => book.declared(id)?.type)
}
