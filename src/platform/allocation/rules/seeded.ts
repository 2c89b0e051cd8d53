/** Order by lot, the same for the same seed: who comes first among equals must neither be the alphabet nor change when asked again. */

/** A new array in the order that the seed draws; `list` must come in an order that does not hang on chance. */
export function drawn<T>(list: readonly T[], seed: number): T[] {
  const next = numbers(seed)
  const order = [...list]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1))
    const moved = order[last]!
    order[last] = order[other]!
    order[other] = moved
  }
  return order
}

/** Mulberry32: numbers from 0 to below 1. */
function numbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
