/** Which small groups are held back, and which others with them so that no difference gives them away. */

/** One figure: `parent` is the organisation whose total it is part of, `people` the size of its group. */
export type Group = { key: string; parent: string | null; people: number }

/**
 * Groups of 1 to minimum − 1 people are held back. Where what is held back among siblings adds up to fewer than the minimum, or is
 * a single one, it could be found as the difference from their parent’s total: then the next smallest goes with it.
 */
export function suppressed(groups: readonly Group[], minimum: number): Set<string> {
  const held = new Set<string>()
  for (const siblings of Map.groupBy(groups, ({ parent }) => parent).values()) {
    const bySize = siblings
      .filter(({ people }) => people > 0)
      .sort((a, b) => a.people - b.people || (a.key < b.key ? -1 : 1))
    let count = 0
    let people = 0
    for (const group of bySize) {
      const exposed = count > 0 && group.parent !== null && (count === 1 || people < minimum)
      if (group.people >= minimum && !exposed) break
      held.add(group.key)
      count += 1
      people += group.people
    }
  }
  return held
}
