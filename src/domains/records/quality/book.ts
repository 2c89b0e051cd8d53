/** All rules of quality, in the order in which people read them. */
import { contradictory } from './book/contradictory.ts'
import { impossible } from './book/impossible.ts'
import { missing } from './book/missing.ts'
import { stale } from './book/stale.ts'
import type { QualityRule } from './rule.ts'

export const BOOK: readonly QualityRule[] = [...missing, ...impossible, ...contradictory, ...stale]
export const ruleOf = (id: string): QualityRule | undefined => BOOK.find((rule) => rule.id === id)
