/** What a call may name of policy: the sets and parameters of its authority, from what is in force or from packs as they stand in files. */
import type { Act } from '../../db/index.ts'
import { type FactBook, type Pack, rulesOf } from '../../policy/index.ts'

export type Known = {
  /** Of whom the set is asked; undefined where there is none. */
  set: (id: string) => 'person' | 'organisation' | undefined
  /** Whether it holds one number; undefined where there is no such parameter. */
  figure: (id: string) => boolean | undefined
  fact: (id: string, of: 'person' | 'organisation') => boolean
  /** Kinds of designations that some call gives; null where they are not looked at. */
  kinds: ReadonlySet<string> | null
}

const aFact = (book: FactBook) => (id: string, of: 'person' | 'organisation') => book.declared(id, of) !== undefined

/** What is in force. @throws Refusal `policy.no_pack` */
export async function knownIn<T>(
  act: Act<T>,
  authority: string,
  book: FactBook,
  kinds: Known['kinds'] = null,
): Promise<Known> {
  const rules = await rulesOf(act, authority, book)
  return {
    set: (id) => rules.declared(id)[0]?.declared.about,
    figure: (id) => (rules.parameters.unitOf(id) === undefined ? undefined : rules.parameters.typeOf(id) === 'number'),
    fact: aFact(book),
    kinds,
  }
}

/** What packs say that are not loaded. */
export function knownInPacks(packs: readonly Pack[], authority: string, book: FactBook, kinds: Known['kinds']): Known {
  const chain: Pack[] = []
  for (let up: string | null = authority; up !== null; ) {
    const found = packs.find((pack) => pack.authority === up)
    if (found) chain.push(found)
    up = found?.extends ?? null
  }
  const parameter = (id: string) => chain.flatMap(({ parameters }) => parameters).find((one) => one.id === id)
  return {
    set: (id) => chain.flatMap(({ requirements }) => requirements).find((one) => one.id === id)?.about,
    figure: (id) => {
      return parameter(id)?.values.every(({ value }) => typeof value === 'number')
    },
    fact: aFact(book),
    kinds,
  }
}
