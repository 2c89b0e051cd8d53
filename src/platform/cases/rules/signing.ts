/** Signatures at a stage: whether all that are asked for are there. */
export type Signature = { state: 'open' | 'signed' | 'refused' | 'handed_over' | 'dropped' }

/** `any`: the first decides. `all`: everybody signs, and one refusal is enough for a no. Signers who were added must sign in either case. */
export function settled(
  signs: 'any' | 'all',
  asked: readonly (Signature & { added: boolean })[],
): 'open' | 'signed' | 'refused' {
  const counted = asked.filter(({ state }) => state !== 'handed_over' && state !== 'dropped')
  if (counted.some(({ state }) => state === 'refused')) return 'refused'
  const added = counted.filter((one) => one.added)
  const regular = counted.filter((one) => !one.added)
  const done = (list: readonly Signature[]) => list.every(({ state }) => state === 'signed')
  const enough = signs === 'all' ? done(regular) : regular.some(({ state }) => state === 'signed')
  return enough && done(added) && counted.length > 0 ? 'signed' : 'open'
}
